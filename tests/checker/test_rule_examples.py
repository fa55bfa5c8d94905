"""Every rule's own examples: silent on the good ones, heard on the bad ones."""

from __future__ import annotations

import json

import pytest

from coach_assist.checker import Context, Settings, check_goal, check_plan, check_text
from coach_assist.checker.registry import Rule, rules

SUBJECT_RULES = [rule for rule in rules() if rule.scope != "housekeeping"]
EXAMPLES = [
    pytest.param(rule, text, wanted, id=f"{rule.code}-{'bad' if wanted else 'good'}-{number}")
    for rule in SUBJECT_RULES
    for wanted, texts in ((False, rule.good), (True, rule.bad))
    for number, text in enumerate(texts)
]


def codes(rule: Rule, example: str) -> set[str]:
    settings = Settings(select=("S", "M", "A", "R", "T", "B", "L", "P"))
    if rule.scope == "plan":
        return {finding.code for finding in check_plan(json.loads(example), settings).findings}
    if rule.scope == "text":
        return {finding.code for finding in check_text(example, settings)}
    text, mark, context = example.partition(" @ ")
    around = Context.from_json(json.loads(context)) if mark else None
    return {finding.code for finding in check_goal(text, around, settings).findings}


@pytest.mark.parametrize(("rule", "text", "wanted"), EXAMPLES)
def test_example(rule: Rule, text: str, wanted: bool) -> None:
    assert (rule.code in codes(rule, text)) is wanted, text


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.code)
def test_a_rule_is_documented(rule: Rule) -> None:
    assert rule.title.endswith(".")
    assert rule.what
    assert rule.why
    assert rule.source
    assert len(rule.good) >= 3
    assert len(rule.bad) >= 3
    assert rule.level in {"error", "warning", "note"}


def test_every_code_of_the_first_release_is_there() -> None:
    wanted = [
        *(f"S10{n}" for n in range(1, 8)), *(f"M20{n}" for n in range(1, 9)),
        *(f"A30{n}" for n in range(1, 7)),
        *(f"R40{n}" for n in range(1, 6)), *(f"T50{n}" for n in range(1, 10)),
        *(f"B60{n}" for n in range(1, 6)),
        *(f"L70{n}" for n in range(1, 4)), *(f"P8{n:02}" for n in range(1, 17)), "X901", "X902",
    ]  # fmt: skip
    assert [rule.code for rule in rules()] == sorted(wanted)
