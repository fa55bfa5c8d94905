"""`coach-assist summarise` as it is called: what it prints, where, and its exit codes."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from coach_assist.cli import main
from coach_assist.resources import resource_folder
from coach_assist.workspace.store import Workspace

NOTES = (
    "Rosa: I'll call IT by 4 December 2026.\r\nTom: 14 of 20 clinics use the form.\r\n"
    "\x1b]0;title\x07\u202eTom: <script>\r\nRosa: ok\r\n"
)


def run(capfd: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main(["summarise", *arguments])
    out, err = capfd.readouterr()
    return int(ended.value.code or 0), out, err


@pytest.fixture
def notes(tmp_path: Path) -> str:
    path = tmp_path / "notes.txt"
    path.write_bytes(NOTES.encode())
    return str(path)


def test_json_has_exactly_the_shape_of_its_schema(notes: str, capfd: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capfd, notes, "--no-model", "--json")
    assert code == 0 and out.isascii()
    printed = json.loads(out)
    import jsonschema

    schema = json.loads((resource_folder("schemas") / "summary.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(printed, schema)
    assert list(printed) == ["items", "uncovered", "dropped", "method", "calls"]
    assert list(printed["items"][0]) == ["kind", "text", "quotes", "owner", "due", "goal"]
    lines = NOTES.splitlines()
    assert all(
        lines[quote["line"] - 1] == quote["text"] for item in printed["items"] for quote in item["quotes"]
    )


def test_the_text_names_its_method_its_lines_and_what_is_left(
    notes: str, capfd: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capfd, notes, "--no-model")
    assert code == 0
    assert out.startswith("Extract by rules (no model)")
    assert "owner: Rosa; due: 2026-12-04" in out and "In no item: lines " in out
    assert "\x1b" not in out and "\u202e" not in out and "\x07" not in out


def test_standard_input(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    import io
    import sys

    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(NOTES.encode())))
    code, out, _ = run(capfd, "-", "--no-model", "--json")
    assert code == 0 and json.loads(out)["items"]


def test_without_weights_the_extract_is_printed_and_the_code_is_3(
    notes: str, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COACH_ASSIST_MODEL", raising=False)
    code, out, err = run(capfd, notes, "--json")
    assert code == 3 and json.loads(out)["method"] == "rules"
    assert err.startswith("error: ") and "next:" in err


def test_ten_megabytes_are_refused_in_words_and_stay(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "long.txt"
    path.write_bytes(b"Rosa: I'll call IT.\n" * 500_000)
    size = path.stat().st_size
    code, out, err = run(capfd, str(path), "--no-model", "--json")
    assert code == 2 and out == "" and "larger than 1 MB" in err and "Split it" in err
    assert path.stat().st_size == size


def test_with_a_plan_it_says_where_it_is_kept(notes: str, capfd: pytest.CaptureFixture[str]) -> None:
    with Workspace().create() as plan:
        plan.answers.put("joint", "team_member", "Tom Berg")
        plan.answers.put("joint", "manager", "Rosa Klein")
        plan_id = plan.id
    code, out, err = run(capfd, notes, "--no-model", "--plan", plan_id)
    assert code == 0 and re.search(r"Kept in the plan's notes as summary\.[0-9a-f]{12}; 1 next action", err)
    assert "owner: Rosa Klein" in out
    code, _, err = run(capfd, notes, "--no-model", "--plan", "nosuchplan")
    assert code == 2 and "nosuchplan" in err


def test_a_line_left_out_on_purpose_can_be_added_by_its_number(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("I was off sick on Tuesday, so the draft is late.\nRosa to call IT.\n", encoding="utf-8")
    _, out, _ = run(capfd, str(path), "--no-model")
    assert "health: lines 1" in out and "Off sick" not in out
    _, out, _ = run(capfd, str(path), "--no-model", "--add", "1")
    assert "health" not in out and "1: I was off sick" in out
    code, _, err = run(capfd, str(path), "--no-model", "--add", "1;2")
    assert code == 2 and "no line number" in err
