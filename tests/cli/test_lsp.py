"""The language server, spoken to by a real client over standard input and output."""

import asyncio
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from lsprotocol import types
from pygls.lsp.client import LanguageClient

TEXT = (
    "# Goals\n\n- 😀 Cut waiting times significantly\n- Cut 日本語 waits from 9 to 3 minutes by 2027-03-01\n"
)
ROW = 2


class Client(LanguageClient):
    """A client that keeps the diagnostics it is sent."""

    def __init__(self) -> None:
        super().__init__("test-client", "1")
        self.sent: asyncio.Queue[types.PublishDiagnosticsParams] = asyncio.Queue()
        self.messages: list[str] = []

        @self.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)  # type: ignore[untyped-decorator]
        def keep(params: types.PublishDiagnosticsParams) -> None:
            self.sent.put_nowait(params)

        @self.feature(types.WINDOW_SHOW_MESSAGE)  # type: ignore[untyped-decorator]
        def show(params: types.ShowMessageParams) -> None:
            self.messages.append(params.message)

    async def diagnostics(self) -> list[types.Diagnostic]:
        return list((await asyncio.wait_for(self.sent.get(), 30)).diagnostics)


@pytest_asyncio.fixture(params=["utf-16", "utf-32"])
async def client(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Client]:
    spoken = Client()
    await spoken.start_io(sys.executable, "-m", "coach_assist", "lsp")
    general = types.GeneralClientCapabilities(position_encodings=[types.PositionEncodingKind(request.param)])
    answer = await spoken.initialize_async(
        types.InitializeParams(
            capabilities=types.ClientCapabilities(general=general), root_uri=tmp_path.as_uri()
        )
    )
    assert answer.server_info is not None
    assert answer.server_info.name == "coach-assist"
    assert answer.capabilities.position_encoding == request.param
    spoken.initialized(types.InitializedParams())
    yield spoken
    await spoken.shutdown_async(None)
    spoken.exit(None)
    await asyncio.wait_for(spoken.stop(), 30)  # type: ignore[no-untyped-call]


def opened(client: Client, path: Path, text: str = TEXT, language: str = "markdown") -> str:
    uri = path.as_uri()
    client.text_document_did_open(
        types.DidOpenTextDocumentParams(types.TextDocumentItem(uri, language, 1, text))
    )
    return uri


async def test_marks_explanations_and_fixes_for_markdown(client: Client, tmp_path: Path) -> None:
    uri = opened(client, tmp_path / "goals.md")
    marks = await client.diagnostics()
    (degree,) = [mark for mark in marks if mark.code == "M202"]
    assert degree.source == "coach-assist"
    assert degree.severity == types.DiagnosticSeverity.Error
    # The emoji before the word is two units of UTF-16 and one of UTF-32.
    line = TEXT.split("\n")[ROW]
    start = line.index("significantly")
    assert degree.range.start.line == ROW
    assert degree.range.start.character in {start, start + 1}
    assert degree.range.end.character - degree.range.start.character == len("significantly")
    assert not [mark for mark in marks if mark.range.start.line == ROW + 1]

    hover = await client.text_document_hover_async(
        types.HoverParams(types.TextDocumentIdentifier(uri), degree.range.start)
    )
    assert hover is not None
    assert isinstance(hover.contents, types.MarkupContent)
    assert "M202" in hover.contents.value
    assert "Measurable: not stated yet" in hover.contents.value

    actions = await client.text_document_code_action_async(
        types.CodeActionParams(
            types.TextDocumentIdentifier(uri), degree.range, types.CodeActionContext(diagnostics=[degree])
        )
    )
    assert actions is not None
    titles = [action.title for action in actions]
    assert "Ignore M202 here" in titles
    ignore = actions[titles.index("Ignore M202 here")]
    assert isinstance(ignore, types.CodeAction)
    assert ignore.edit is not None
    assert ignore.edit.changes is not None
    (edit,) = ignore.edit.changes[uri]
    assert edit.new_text == " <!-- coach: ignore[M202] -->"
    fixes = [action for action in actions if action.title.startswith("M202: ")]
    assert fixes
    assert all(isinstance(fix, types.CodeAction) and fix.edit is not None for fix in fixes)

    # Taking the offer silences the mark: the edit goes back as a change.
    client.text_document_did_change(
        types.DidChangeTextDocumentParams(
            types.VersionedTextDocumentIdentifier(version=2, uri=uri),
            [types.TextDocumentContentChangePartial(range=edit.range, text=edit.new_text)],
        )
    )
    assert "M202" not in {mark.code for mark in await client.diagnostics()}

    client.text_document_did_close(types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(uri)))
    assert await client.diagnostics() == []


async def test_the_configuration_beside_the_document_counts(client: Client, tmp_path: Path) -> None:
    (tmp_path / "coach-assist.toml").write_text('ignore = ["M", "S", "T"]\n', encoding="utf-8")
    opened(client, tmp_path / "goals.md")
    assert {mark.code for mark in await client.diagnostics()} == set()
    (tmp_path / "coach-assist.toml").write_text('ignroe = ["M"]\n', encoding="utf-8")
    opened(client, tmp_path / "other.md")
    assert "M202" in {mark.code for mark in await client.diagnostics()}
    assert "did you mean ignore?" in client.messages[0]


async def test_a_json_line_that_cannot_be_read_is_a_mark(client: Client, tmp_path: Path) -> None:
    opened(
        client,
        tmp_path / "goals.jsonl",
        '{"text": "Cut waits from 9 to 3 by 2027-03-01"}\n{"text": 3}\n',
        "jsonl",
    )
    (mark,) = [mark for mark in await client.diagnostics() if mark.code == "unreadable"]
    assert mark.range.start.line == 1


def test_without_the_extra_the_command_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from coach_assist.cli.main import main

    monkeypatch.setitem(sys.modules, "coach_assist.cli.lsp_server", None)
    with pytest.raises(SystemExit) as ended:
        main(["lsp"])
    assert ended.value.code == 2
    assert "pip install 'coach-assist[lsp]'" in capsys.readouterr().err
