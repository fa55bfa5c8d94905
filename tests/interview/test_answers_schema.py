"""The schema of answer files says the same as the reader, as far as a schema can."""

from __future__ import annotations

from datetime import date

import jsonschema
import pytest

from coach_assist.interview.answers import AnswersError, answers_data, parse_answers_data
from coach_assist.interview.answers_schema import answers_schema

LEAST = {"team_member": "A", "manager": "B", "development_area": "c", "goal": ["d"]}
VALIDATOR = jsonschema.Draft202012Validator(answers_schema())


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(answers_schema())


@pytest.mark.parametrize(
    "change",
    [{}, {"end": "30 days"}, {"end": "2 Weeks"}, {"start": "2027-02-01"}, {"start": ""}, {"goal": "x"},
     {"by": {"manager": {"why": "x"}}}, {"why": "\n🙂"}],
)  # fmt: skip
def test_what_is_taken_is_valid(change: dict[str, object]) -> None:
    data = {**LEAST, **change}
    VALIDATOR.validate(data)
    VALIDATOR.validate(answers_data(parse_answers_data(data, today=date(2027, 1, 1))))


@pytest.mark.parametrize(
    "change",
    [{"x": "y"}, {"manager": ""}, {"manager": 1}, {"goal": [1]}, {"goal": ["x"] * 11}, {"end": "soon"},
     {"start": "1 May"}, {"by": {"boss": {}}}, {"by": {"manager": {"x": "y"}}}, {"cadence": "x" * 401}],
)  # fmt: skip
def test_what_is_refused_is_not_valid(change: dict[str, object]) -> None:
    data = {**LEAST, **change}
    with pytest.raises(AnswersError):
        parse_answers_data(data, today=date(2027, 1, 1))
    assert not VALIDATOR.is_valid(data)
