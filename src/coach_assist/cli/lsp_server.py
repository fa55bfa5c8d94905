"""The language server itself: diagnostics, hover and code actions over flows/editor.py."""

from __future__ import annotations

from pathlib import Path

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path
from pygls.workspace import TextDocument

from coach_assist import __version__
from coach_assist.errors import CoachError
from coach_assist.flows.check import CheckOptions
from coach_assist.flows.check_config import find_config
from coach_assist.flows.editor import Change, Checkup, Mark, Span, checkup, explanation

_SEVERITIES = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "note": types.DiagnosticSeverity.Information,
}
_INPUTS = {"markdown": "markdown", "jsonl": "jsonl", "json": "json"}


class CheckServer(LanguageServer):
    """A language server that remembers what it last found in each open document."""

    def __init__(self) -> None:
        super().__init__(
            "coach-assist", __version__, text_document_sync_kind=types.TextDocumentSyncKind.Incremental
        )
        self.found: dict[str, Checkup] = {}
        self._said: set[str] = set()

    def check(self, uri: str) -> None:
        """Check a document again and send its marks."""
        document = self.workspace.get_text_document(uri)
        path = to_fs_path(uri) or "untitled"
        found = checkup(document.source, path, self._options(path, document.language_id or ""))
        self.found[uri] = found
        lines = document.source.split("\n")
        diagnostics = [self._diagnostic(document, lines, mark) for mark in found.marks]
        self.text_document_publish_diagnostics(
            types.PublishDiagnosticsParams(uri, diagnostics, version=document.version)
        )

    def forget(self, uri: str) -> None:
        """Drop what was found in a document that was closed."""
        self.found.pop(uri, None)
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))

    def _options(self, path: str, language_id: str) -> CheckOptions:
        kind = _INPUTS.get(language_id, "auto")
        try:
            return CheckOptions(find_config(str(Path(path).parent)), kind)
        except CoachError as error:
            if str(error) not in self._said:
                self._said.add(str(error))
                self.window_show_message(types.ShowMessageParams(types.MessageType.Error, str(error)))
            return CheckOptions(input=kind)

    def range(self, document: TextDocument, lines: list[str], span: Span) -> types.Range:
        """Return a span as a range in the editor's own units (UTF-16 unless it asked for others)."""
        ends = []
        for row, column in span:
            line = lines[row] if row < len(lines) else ""
            ends.append(types.Position(row, document.position_codec.client_num_units(line[:column])))
        return types.Range(*ends)

    def _diagnostic(self, document: TextDocument, lines: list[str], mark: Mark) -> types.Diagnostic:
        return types.Diagnostic(
            range=self.range(document, lines, mark.span),
            message=mark.message,
            severity=_SEVERITIES[mark.level],
            code=mark.code,
            source="coach-assist",
        )

    def actions(self, uri: str, wanted: types.Range) -> list[types.CodeAction]:
        """Return the changes offered for the marks that `wanted` touches."""
        document = self.workspace.get_text_document(uri)
        lines = document.source.split("\n")
        found = self.found.get(uri)
        offered = []
        for mark in found.marks if found else ():
            diagnostic = self._diagnostic(document, lines, mark)
            if not _touch(diagnostic.range, wanted):
                continue
            offered += [self._action(document, lines, diagnostic, change) for change in mark.changes]
        return offered

    def _action(
        self, document: TextDocument, lines: list[str], diagnostic: types.Diagnostic, change: Change
    ) -> types.CodeAction:
        edits = [types.TextEdit(self.range(document, lines, span), text) for span, text in change.edits]
        title = change.title if change.title.startswith("Ignore ") else f"{diagnostic.code}: {change.title}"
        return types.CodeAction(
            title=title,
            kind=types.CodeActionKind.QuickFix,
            diagnostics=[diagnostic],
            is_preferred=change.safe and not change.title.startswith("Ignore "),
            edit=types.WorkspaceEdit(changes={document.uri: edits}),
        )

    def explain(self, uri: str, position: types.Position) -> types.Hover | None:
        """Return the explanation of the marks under a position, and the verdicts of the goal there."""
        document = self.workspace.get_text_document(uri)
        lines = document.source.split("\n")
        found = self.found.get(uri)
        if found is None:
            return None
        here = types.Range(position, position)
        parts: list[str] = []
        for mark in found.marks:
            if _touch(self.range(document, lines, mark.span), here):
                parts += [f"{mark.code}: {mark.message}", explanation(mark.code)]
        for span, verdicts in found.goals:
            if _touch(self.range(document, lines, span), here):
                parts.append(verdicts)
        if not parts:
            return None
        text = "\n\n".join(part for part in parts if part)
        return types.Hover(types.MarkupContent(types.MarkupKind.PlainText, text))


def _touch(one: types.Range, other: types.Range) -> bool:
    def key(position: types.Position) -> tuple[int, int]:
        return position.line, position.character

    return key(one.start) <= key(other.end) and key(other.start) <= key(one.end)


def new_server() -> CheckServer:
    """Return a language server with its features registered, not yet started."""
    server = CheckServer()

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: types.DidOpenTextDocumentParams) -> None:
        server.check(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def changed(params: types.DidChangeTextDocumentParams) -> None:
        server.check(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: types.DidCloseTextDocumentParams) -> None:
        server.forget(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def hover(params: types.HoverParams) -> types.Hover | None:
        return server.explain(params.text_document.uri, params.position)

    @server.feature(
        types.TEXT_DOCUMENT_CODE_ACTION,
        types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix]),
    )
    def code_actions(params: types.CodeActionParams) -> list[types.CodeAction]:
        return server.actions(params.text_document.uri, params.range)

    return server
