"""`coach-assist rules`: the table, the JSON, one rule explained, and what is no rule."""

import json

import pytest

from coach_assist.cli.main import main


def run(capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main(["rules", *args])
    said = capsys.readouterr()
    return int(ended.value.code or 0), said.out, said.err


def test_the_table_has_one_line_for_each_rule(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys)
    _, as_json, _ = run(capsys, "--json")
    rules = json.loads(as_json)
    assert code == 0
    assert [line.split()[0] for line in out.splitlines()] == [rule["code"] for rule in rules]
    assert {"S101", "M201", "T501", "B601", "L701", "P801", "X901", "X902"} <= {
        rule["code"] for rule in rules
    }
    assert [rule["code"] for rule in rules if not rule["on_by_default"]] == ["R401"]


def test_one_rule_is_explained_with_its_examples(capsys: pytest.CaptureFixture[str]) -> None:
    _, as_json, _ = run(capsys, "M204", "--json")
    (rule,) = json.loads(as_json)
    code, out, _ = run(capsys, "m204")
    assert code == 0
    assert out.startswith(f"M204 {rule['name']} (note")
    for text in (rule["what"], rule["why"], rule["source"], *rule["good"], *rule["bad"]):
        assert text in out


def test_a_beginning_lists_its_rules(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "T5")
    assert all(line.startswith("T5") for line in out.splitlines())
    assert len(out.splitlines()) == 9


def test_what_is_no_rule_is_said_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "M2O4")
    assert (code, out) == (2, "")
    assert "M2O4 is no rule; did you mean M2" in err
