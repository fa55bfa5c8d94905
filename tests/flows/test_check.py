"""The flow of `check`: any bytes in any format, suppression over whole files, plans and their fields."""

import io
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach_assist.checker.assess import Checked
from coach_assist.checker.config import CheckConfig
from coach_assist.checker.inputs.items import Unreadable
from coach_assist.checker.outputs import FORMATS, writer
from coach_assist.checker.outputs.tally import Tally
from coach_assist.flows.check import CheckOptions, Pip, Result, check_stream
from coach_assist.flows.check_fixes import fixed

VAGUE = "Cut waiting times significantly"
CLEAR = "Cut the median waiting time from 9 to 3 minutes by 2027-03-01"
PIECES = st.sampled_from([
    VAGUE, CLEAR, "\n", "\r\n", "- ", "| a | b |\n|-|-|\n| c | d |\n", "# Goals\n", "```\n", "---\n",
    '{"text": "', '"}\n', '{"units": [', "<!-- coach: ignore[M2] -->", "<!--", "-->", "😀", "e\u0301",
    "\u202e", "\t", "\\u00e9", "lazy", "by next week", "100 %", "שירות", "\x1b[31m", "\ufeff", "\x00", " ",
])  # fmt: skip


def run(data: bytes, kind: str = "auto", name: str = "-", **config: Any) -> list[Result]:
    return list(check_stream(io.BytesIO(data), name, CheckOptions(CheckConfig(**config), kind)))


def found(results: list[Result]) -> list[tuple[str | int, list[str]]]:
    return [
        (result.item.id, [finding.code for finding in result.findings])
        for result in results
        if isinstance(result, Checked)
    ]


@settings(deadline=None, max_examples=60)
@given(
    st.one_of(
        st.binary(max_size=120), st.lists(PIECES, max_size=12).map(lambda parts: "".join(parts).encode())
    ),
    st.sampled_from(["auto", "lines", "jsonl", "markdown", "json"]),
)
def test_any_bytes_are_checked_or_named_and_every_format_prints_them(data: bytes, kind: str) -> None:
    results = run(data, kind)
    for name in FORMATS:
        out = io.StringIO()
        printer = writer(name, out, explain=True)
        printer.begin("file")
        for result in results:
            if isinstance(result, Checked):
                printer.checked(result)
                for finding in result.findings:
                    assert 0 <= finding.start <= finding.end <= len(result.item.text)
            elif isinstance(result, Unreadable):
                printer.unreadable(result)
            else:
                printer.pip(result.signs)
        printer.end()
        printer.finish(Tally())
        out.getvalue().encode("utf-8")
        if name in {"json", "sarif"}:
            json.loads(out.getvalue())


@settings(deadline=None, max_examples=40)
@given(st.lists(PIECES, max_size=10).map(lambda parts: "".join(parts).encode()), st.booleans())
def test_fixing_twice_changes_nothing_more_and_breaks_no_line(data: bytes, unsafe: bool) -> None:
    options = CheckOptions(input="lines")
    once = fixed(data, "-", options, unsafe=unsafe).data
    assert fixed(once, "-", options, unsafe=unsafe).data == once


def test_safe_fixes_add_no_word_and_no_placeholder() -> None:
    data = f"{VAGUE}\n- {CLEAR} <!-- coach: ignore[M202] -->\n".encode()
    assert (
        fixed(data, "-", CheckOptions(input="lines"), unsafe=False).data == f"{VAGUE}\n- {CLEAR}\n".encode()
    )


def test_a_json_text_is_fixed_inside_its_string() -> None:
    line = json.dumps({"id": "é", "text": f"Für “alle”: {VAGUE}"}) + "\n"
    after = fixed(line.encode(), "-", CheckOptions(input="jsonl"), unsafe=True).data
    row = json.loads(after)
    assert row["id"] == "é"
    assert row["text"].startswith("Für “alle”: Cut waiting times by [target]")


def test_suppression_over_a_whole_markdown_file() -> None:
    source = (
        "<!-- coach: ignore-file[S, T] -->\n# Goals\n"
        f"- {VAGUE}\n<!-- coach: ignore[M202] -->\n- {VAGUE}\n"
        f"<!-- coach: ignore-start[M] -->\n- {VAGUE}\n<!-- coach: ignore-end -->\n- {VAGUE}\n"
        "<!-- coach: ignore[M2] -->\n"
    )
    assert found(run(source.encode(), "markdown")) == [
        (3, ["M202"]), (5, []), (7, []), (9, ["M202"]), (10, ["X901"]),
    ]  # fmt: skip


def test_a_comment_in_a_table_row_holds_for_the_row_only() -> None:
    rows = "| Goal | Goal |\n|---|---|\n"
    source = f"{rows}| {VAGUE} <!-- coach: ignore[S, M, T] --> | {VAGUE} |\n| {VAGUE} | x |\n"
    codes = [codes for line, codes in found(run(source.encode(), "markdown")) if line == 3]
    assert codes == [[], []]
    assert any(codes for line, codes in found(run(source.encode(), "markdown")) if line == 4)


def test_the_ignore_field_of_a_unit_holds_for_all_its_texts() -> None:
    unit = {"id": "u1", "kind": "goal", "value": {"statement": VAGUE, "relevant": "Ade is lazy"}}
    before = dict(found(run(json.dumps({"units": [unit]}).encode(), "json")))
    assert "M202" in before["u1"]
    assert "B601" in before["u1.relevant"]
    silenced = {**unit, "ignore": ["M202", "B601", "S999", "R402"]}
    after = dict(found(run(json.dumps({"units": [silenced]}).encode(), "json")))
    assert "M202" not in after["u1"]
    assert "B601" not in after["u1.relevant"]
    assert after["u1"][-2:] == ["X902", "X901"]


def test_a_plan_on_one_line_is_read_from_a_pipe() -> None:
    plan = json.dumps({"units": [{"id": "u1", "kind": "goal", "value": {"statement": CLEAR}}], "calls": []})
    assert [identity for identity, _ in found(run(plan.encode()))] == ["u1", "plan"]


def test_patterns_count_from_the_folder_of_the_configuration() -> None:
    config = CheckConfig(per_file_ignores=(("notes/*.txt", ("M", "S", "T")),), folder="/plans")
    options = CheckOptions(config)
    inside = list(check_stream(io.BytesIO(VAGUE.encode()), "/plans/notes/a.txt", options))
    outside = list(check_stream(io.BytesIO(VAGUE.encode()), "/plans/other/a.txt", options))
    assert [codes for _, codes in found(inside)] == [[]]
    assert "M202" in found(outside)[0][1]


@pytest.mark.parametrize("kind", ["lines", "markdown"])
def test_a_pip_comes_before_everything_else(kind: str) -> None:
    source = "Performance Improvement Plan\n\nFailure to improve may lead to termination of employment.\n"
    first = run(source.encode(), kind)[0]
    assert isinstance(first, Pip)
    assert first.signs


def test_findings_of_the_plan_rules_go_to_the_text_that_they_are_about() -> None:
    state = {"gaps": [{"id": "g1", "text": "Slow triage"}, {"id": "g2", "text": "Few questions asked"}]}
    activity = {"what": "Shadow a senior nurse on two shifts", "gap": "g1", "owner": "Ade"}
    units = [
        {"id": "u1", "kind": "current_state", "value": state},
        {"id": "u2", "kind": "activity", "value": activity},
    ]
    codes = dict(found(run(json.dumps({"units": units}).encode(), "json")))
    assert "P803" not in codes["u1.gaps.0.text"]
    assert "P803" in codes["u1.gaps.1.text"]
    assert "P801" in codes["plan"]
