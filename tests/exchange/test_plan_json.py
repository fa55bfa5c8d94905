"""The plan's schema accepts a partly agreed plan and nothing that is no plan."""

from __future__ import annotations

import copy
import json

import jsonschema
import plan_examples as examples
import pytest
from pydantic import ValidationError

from coach_assist.exchange.plan_json import PlanJson, plan_schema

SCHEMA = plan_schema()
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
EMPTY = {
    "format": "coach-assist plan",
    "version": 1,
    "plan": "a" * 26,
    "demo": False,
    "parties": {"team_member": "Nadia", "manager": "Tom"},
    "audience": ["Nadia", "Tom"],
    "revision": 0,
    "heads": ["1" * 64],
    "takes_part": None,
    "statement": None,
    "closed": None,
    "units": [],
    "open": [],
}


def whole() -> dict[str, object]:
    data = copy.deepcopy(EMPTY)
    data["units"] = [
        {
            "id": f"{'b' * 9}{letter}",
            "proposal": "0" * 64,
            "proposed_by": "manager",
            "kind": kind,
            "value": value,
        }
        for letter, (kind, value) in zip("abcdefghijklmn", examples.VALUES, strict=False)
    ]
    data["open"] = [{"id": "c" * 10, "kind": "goal", "state": "proposed", "waits_for": ["manager"]}]
    return PlanJson.model_validate(data).model_dump(mode="json")


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_it_accepts_an_empty_a_partly_and_a_wholly_agreed_plan() -> None:
    VALIDATOR.validate(EMPTY)
    VALIDATOR.validate(whole())
    VALIDATOR.validate({**whole(), "open": []})


@pytest.mark.parametrize(
    "change",
    [
        {"format": "another"},
        {"version": 2},
        {"plan": "A" * 26},
        {"extra": 1},
        {"parties": {"manager": "Tom"}},
        {"heads": ["1"]},
        {"revision": -1},
        {"demo": None},
        {"units": [{"kind": "goal"}]},
        {"open": [{"id": "c" * 10, "kind": "goal", "state": "agreed", "waits_for": []}]},
        {"open": [{"id": "c" * 10, "kind": "goal", "state": "proposed", "waits_for": ["HR"]}]},
    ],
)
def test_it_refuses_what_is_no_plan(change: dict[str, object]) -> None:
    data = {**whole(), **change}
    assert not VALIDATOR.is_valid(data)
    with pytest.raises(ValidationError):
        PlanJson.model_validate_json(json.dumps(data))


def test_a_unit_needs_the_value_of_its_own_kind() -> None:
    data = whole()
    data["units"][0]["kind"] = "goal"  # type: ignore[index]
    assert not VALIDATOR.is_valid(data)


def test_unused_fields_are_null_and_never_absent() -> None:
    data = whole()
    goal = data["units"][3]["value"]  # type: ignore[index]
    assert goal["achievable"] is None
    del goal["achievable"]
    assert not VALIDATOR.is_valid(data)
