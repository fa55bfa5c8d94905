"""`coach-assist review` from the command line: reports, exit codes, a table in file order, the state."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from document_maker import PIP, PLAN
from jsonschema import Draft202012Validator
from two_machines import PASSPHRASE, cheap_stretching, two_machines

from coach_assist.cli.main import group
from coach_assist.errors import ExitCode
from coach_assist.resources import resource_folder
from coach_assist.workspace.people import WrongPassphrase
from coach_assist.workspace.store import Workspace


def run(*args: object) -> Result:
    return CliRunner().invoke(group, ["review", *map(str, args)], standalone_mode=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "b.md").write_text(PLAN, encoding="utf-8")
    (tmp_path / "a.md").write_text(PIP, encoding="utf-8")
    (tmp_path / "bad.bin").write_bytes(b"\0\1")
    return tmp_path


def test_a_report_in_the_terminal(folder: Path) -> None:
    result = run(folder / "b.md")
    assert result.return_value == ExitCode.DONE
    for words in (
        "reads as a coaching",
        "Questions for the manager",
        "T time-bound: not stated yet",
        "no model was used",
    ):
        assert words in result.stdout


def test_json_is_valid_and_holds_every_file_in_order(folder: Path) -> None:
    result = run(folder / "b.md", folder / "bad.bin", folder / "a.md", folder / "none.md", "--format", "json")
    assert result.return_value == ExitCode.USAGE
    data = json.loads(result.stdout)
    schema = json.loads((resource_folder("schemas") / "review.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(data)
    assert [Path(entry["file"]).name for entry in data["files"]] == ["b.md", "bad.bin", "a.md", "none.md"]
    assert [entry["review"] is None for entry in data["files"]] == [False, True, False, True]
    assert "bad.bin" in result.stderr and "none.md" in result.stderr


def test_several_files_give_a_table_without_score_or_order_of_its_own(folder: Path) -> None:
    result = run(folder / "b.md", folder / "a.md")
    assert result.stdout.index("b.md") < result.stdout.index("a.md  PIP")
    assert "missing: none" in result.stdout and "findings: " in result.stdout
    assert not {"score", "rank", "%"} & set(result.stdout.lower().split())


def test_markdown_is_inert_and_the_state_is_gone_once_the_report_is_written(folder: Path) -> None:
    (folder / "c.md").write_text(
        "# <script>x</script> [a](javascript:x)\n\n## Goals\n- Run `x` | y\n", encoding="utf-8"
    )
    out = folder / "out.md"
    result = run(folder / "c.md", folder / "b.md", "--format", "markdown", "-o", out)
    assert result.return_value == ExitCode.DONE
    text = out.read_text(encoding="utf-8")
    assert "| File |" in text and "<script" not in text and "](" not in text
    assert out.stat().st_mode & 0o777 == 0o600
    assert not (folder / "out.md.state").exists()
    assert run(folder / "b.md", "-o", out).exception is not None


def test_terminal_escapes_of_a_document_reach_no_terminal(folder: Path) -> None:
    (folder / "e.md").write_text("## Goals\n- Run \x1b]52;c;eA==\x07 the \u202etill\n", encoding="utf-8")
    for form in ("text", "markdown", "json"):
        shown = run(folder / "e.md", "--format", form).stdout
        assert "\x1b" not in shown and "\u202e" not in shown


def test_a_pip_is_not_saved_and_a_plan_becomes_drafts(folder: Path) -> None:
    refused = run(folder / "a.md", "--save")
    assert refused.return_value == ExitCode.REFUSED
    assert Workspace().ids() == ()
    saved = run(folder / "b.md", "--save")
    assert saved.return_value == ExitCode.DONE and "none put forward" in saved.stderr
    (plan,) = Workspace().ids()
    with Workspace().open(plan) as opened:
        assert not opened.has_opened and opened.drafts.all()


def test_a_state_that_is_named_is_kept_and_taken_up(folder: Path) -> None:
    state = folder / "state"
    run(folder / "b.md", folder / "a.md", "--state", state)
    again = run(folder / "b.md", folder / "a.md", "--state", state)
    assert "2 reviews are taken up" in again.stderr


def test_wrong_use_is_said(folder: Path) -> None:
    for args in ((folder / "b.md", "--rewrite", "--no-model"), ("-",)):
        error = run(*args).exception
        assert getattr(error, "exit_code", None) == ExitCode.USAGE


def test_a_model_that_is_not_there_leaves_what_the_rules_say(folder: Path) -> None:
    (folder / "n.md").write_text(PLAN, encoding="utf-8")
    result = run(folder / "n.md", "--model")
    assert getattr(result.exception, "exit_code", None) == ExitCode.MODEL
    assert "no model was used" in result.stdout


def test_sealed_files_ask_once_for_the_passphrase_and_others_are_reviewed_all_the_same(
    folder: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    cheap_stretching(monkeypatch)
    bo, noor, identity = two_machines(tmp_path_factory.mktemp("two"))
    for name, sender, reader in (("mine.coach", bo, noor), ("not-mine.coach", noor, bo)):
        (folder / name).write_bytes(sender.file_for(reader, identity))
    files = [str(folder / name) for name in ("b.md", "mine.coach", "not-mine.coach")]
    without = run(*files)
    assert without.return_value == ExitCode.USAGE and "There are no keys on this machine" in without.stderr
    monkeypatch.setenv("COACH_ASSIST_HOME", str(noor.workspace.root))
    for jobs in ("1", "2"):
        result = CliRunner().invoke(
            group, ["review", *files, "--jobs", jobs, "--format", "json"],
            input=f"{PASSPHRASE}\n", standalone_mode=False,
        )  # fmt: skip
        assert result.return_value == ExitCode.USAGE, result.output
        first, second, third = json.loads(result.stdout)["files"]
        assert first["review"]["format"] == "markdown" and second["review"]["format"] == "bundle"
        assert "not sealed to these keys" in third["fault"]["what"]
        assert result.stderr.count("Passphrase of Noor") == 1 and "2 files are sealed" in result.stderr
    wrong = CliRunner().invoke(group, ["review", *files], input="wrong wrong\n", standalone_mode=False)
    assert isinstance(wrong.exception, WrongPassphrase)
