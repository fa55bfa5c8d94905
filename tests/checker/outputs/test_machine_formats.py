"""JSON Lines, JSON, SARIF, GitHub and JUnit: exact shapes, valid documents, nothing injected."""

import io
import json
import re
import xml.etree.ElementTree as ElementTree
from datetime import date
from pathlib import Path

import jsonschema
import pytest

from coach_assist.checker.assess import Checked
from coach_assist.checker.inputs.items import Item, Segment, Unreadable
from coach_assist.checker.outputs import Writer, writer
from coach_assist.checker.outputs.sarif import file_uri
from coach_assist.checker.outputs.tally import Tally
from coach_assist.checker.reports import Deadline, Edit, Finding, Fix

SCHEMA = json.loads((Path(__file__).parent / "sarif_subset.schema.json").read_text(encoding="utf-8"))
HARMFUL = 'x\x1b]0;t\x07\u202e & <b>"]]>\n::error::fake\r%0A soon \ud800'


def item(text: str = "Cut waits soon", line: int = 2) -> Checked:
    fix = Fix("name the day", (Edit(10, 14, "by [date]"),), safe=False)
    return Checked(
        Item(line, line, text, (Segment(0, line, 2, f"- {text}"),)),
        {"S": "met", "M": "unmet", "A": "unknown", "R": "unknown", "T": "unmet"},
        {"M": "no value"},
        Deadline("date", date(2027, 3, 1), 0, 3),
        (
            Finding("T503", "warning", 10, 14, "“soon” is no day", fix),
            Finding("M201", "error", 0, 14, HARMFUL),
        ),
    )


def run(
    name: str, *, file: str = "plans/a b.md", results: tuple[Checked | Unreadable, ...] | None = None
) -> str:
    out = io.StringIO()
    tally = Tally()
    printer: Writer = writer(name, out)
    printer.begin(file)
    for result in (item(), Unreadable(5, HARMFUL)) if results is None else results:
        if isinstance(result, Checked):
            tally.add(result)
            printer.checked(result)
        else:
            tally.unreadable += 1
            printer.unreadable(result)
    printer.end()
    printer.finish(tally)
    return out.getvalue()


def test_json_lines_hold_exactly_the_documented_members() -> None:
    first, second = (json.loads(line) for line in run("jsonl").splitlines())
    assert list(first) == ["id", "line", "verdicts", "reasons", "deadline", "findings"]
    assert first["deadline"] == {"kind": "date", "date": "2027-03-01"}
    assert list(first["findings"][0]) == ["code", "level", "start", "end", "message", "fix"]
    assert first["findings"][0]["fix"] == {
        "message": "name the day", "safe": False, "edits": [{"start": 10, "end": 14, "text": "by [date]"}],
    }  # fmt: skip
    assert first["findings"][1]["message"] == HARMFUL
    assert second == {"line": 5, "error": HARMFUL}


def test_json_is_one_document_with_a_summary() -> None:
    document = json.loads(run("json"))
    assert document["version"] == 1
    assert document["files"][0]["file"] == "plans/a b.md"
    assert [sorted(entry)[0] for entry in document["files"][0]["items"]] == ["deadline", "error"]
    assert document["summary"]["codes"] == {"M201": 1, "T503": 1}
    assert document["summary"]["unreadable"] == 1


def test_machine_formats_print_no_raw_control_or_bidirectional_character() -> None:
    for name in ("json", "jsonl", "sarif", "github", "junit"):
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]", run(name)), name


def test_sarif_is_valid_and_counts_code_points() -> None:
    log = json.loads(run("sarif"))
    jsonschema.Draft7Validator.check_schema(SCHEMA)
    jsonschema.validate(log, SCHEMA)
    (only,) = log["runs"]
    assert only["columnKind"] == "unicodeCodePoints"
    first, second = only["results"]
    place = first["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "plans/a%20b.md"
    assert place["region"] == {"startLine": 2, "startColumn": 13, "endLine": 2, "endColumn": 17}
    assert first["fixes"][0]["artifactChanges"][0]["replacements"][0]["insertedContent"] == {
        "text": "by [date]"
    }
    assert (first["level"], second["level"]) == ("warning", "error")
    assert only["invocations"][0]["executionSuccessful"] is False
    assert len(only["invocations"][0]["toolExecutionNotifications"]) == 1
    for result in only["results"]:
        assert only["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]


def test_the_sarif_schema_of_the_tests_refuses_what_the_standard_refuses() -> None:
    log = json.loads(run("sarif"))
    log["runs"][0]["columnKind"] = "bytes"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(log, SCHEMA)


def test_paths_become_uris() -> None:
    assert file_uri("a b/ü.md") == "a%20b/%C3%BC.md"
    assert file_uri("/a/b.md") == "file:///a/b.md"


def test_github_lines_cannot_be_broken_out_of() -> None:
    lines = run("github", file="a,b:c%.md").splitlines()
    assert len(lines) == 3
    assert lines[0] == ("::warning file=a%2Cb%3Ac%25.md,line=2,col=13,title=T503::T503 “soon” is no day")
    assert lines[1].startswith("::error file=")
    assert "%250A" in lines[1]


def test_junit_is_well_formed_and_counts() -> None:
    clean = Checked(Item("id 1", 9, "x", (Segment(0, 9, 0, "x"),)), {}, {}, None, ())
    warned = Checked(clean.item, {}, {}, None, (Finding("T503", "warning", 0, 1, "w"),))
    root = ElementTree.fromstring(run("junit", results=(item(), clean, warned, Unreadable(5, HARMFUL))))
    (suite,) = root
    assert suite.attrib == {
        "name": "plans/a b.md", "tests": "4", "failures": "1", "errors": "1", "skipped": "0",
    }  # fmt: skip
    assert [len(case) for case in suite] == [1, 0, 1, 1]
    failure = suite[0][0]
    assert failure.attrib["type"] == "M201"
    assert "2:13: warning T503" in (failure.text or "")


def test_no_source_at_all_still_gives_a_document() -> None:
    for name, parse in (("json", json.loads), ("sarif", json.loads), ("junit", ElementTree.fromstring)):
        out = io.StringIO()
        writer(name, out).finish(Tally())
        parse(out.getvalue())


def test_what_counts_for_the_exit_code() -> None:
    tally = Tally()
    tally.add(item())
    assert [tally.at_or_above(level) for level in ("error", "warning", "note", "never")] == [1, 2, 2, 0]
    assert tally.sentence() == "1 text checked: 1 error, 1 warning in 1 of them"
