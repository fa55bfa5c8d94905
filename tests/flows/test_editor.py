"""What an editor is given: marks with places, changes that can be made as they are, verdicts in words."""

import pytest

from coach_assist.checker.assess import Checked, assess
from coach_assist.checker.inputs.items import Item
from coach_assist.checker.settings import Settings
from coach_assist.flows import editor
from coach_assist.flows.check import CheckOptions
from coach_assist.flows.editor import checkup, explanation

VAGUE = "Cut waiting times significantly"


def test_marks_lie_on_the_words_in_the_document() -> None:
    text = f"# Goals\n\n- 😀 {VAGUE}\n"
    found = checkup(text, "a.md", CheckOptions())
    (mark,) = [mark for mark in found.marks if mark.code == "M202"]
    (row, start), (last_row, end) = mark.span
    assert (row, last_row) == (2, 2)
    assert text.split("\n")[row][start:end] == "significantly"
    (((first, _), _), words) = found.goals[0]
    assert first == 2
    assert "Measurable: not stated yet" in words


def test_a_change_made_as_offered_does_what_it_says() -> None:
    lines = [f"- {VAGUE}"]
    found = checkup(lines[0] + "\n", "a.md", CheckOptions())
    (mark,) = [mark for mark in found.marks if mark.code == "M202"]
    fix, ignore = mark.changes
    ((_, start), (_, end)), text = fix.edits[0]
    assert lines[0][:start] + text + lines[0][end:] == "- Cut waiting times by [target]"
    assert not fix.safe
    ((_, start), (_, end)), text = ignore.edits[0]
    silenced = lines[0][:start] + text + lines[0][end:]
    assert "M202" not in {mark.code for mark in checkup(silenced, "a.md", CheckOptions()).marks}


def test_a_plan_gets_marks_and_no_changes() -> None:
    text = (
        '{"units": [{"id": "u1", "kind": "goal", "value": {"statement": "Cut waiting times significantly"}}]}'
    )
    found = checkup(text, "plan.json", CheckOptions())
    assert "M202" in {mark.code for mark in found.marks}
    assert not [mark for mark in found.marks if mark.changes]


def test_an_unreadable_line_and_a_lone_surrogate_are_marks_not_crashes() -> None:
    (mark,) = checkup("\ud800\n", "a.txt", CheckOptions()).marks
    assert mark.code == "unreadable"


def test_one_more_key_costs_one_text_not_the_whole_document(monkeypatch: pytest.MonkeyPatch) -> None:
    checked: list[str] = []

    def counted(item: Item, settings: Settings) -> Checked:
        checked.append(item.text)
        return assess(item, settings)

    monkeypatch.setattr(editor, "assess", counted)
    document = "".join(f"- {VAGUE} for crew {number}\n" for number in range(100))
    checkup(document, "a.md", CheckOptions())
    assert len(checked) == 100
    checkup(document + "- one more\n", "a.md", CheckOptions())
    assert checked[100:] == ["one more"]


def test_a_rule_is_explained_in_words() -> None:
    assert explanation("M202").startswith("M202 ")
    assert explanation("unreadable") == ""
