"""Whole drafts against recorded answers of the embedded model: what it writes, and what comes of it."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from scripted_drafting import ANSWERS

from coach_assist.assistant.brief import brief_of
from coach_assist.assistant.grounding import Grounds
from coach_assist.assistant.outputs import DraftOutput
from coach_assist.assistant.provider import Provider
from coach_assist.flows.draft import draft_answers
from coach_assist.interview.answers import parse_answers_data

TODAY = date(2026, 3, 2)


async def drafted(provider: Provider, **changes: Any) -> tuple[dict[str, Any], Grounds]:
    answers = parse_answers_data({**ANSWERS, **changes}, today=TODAY)
    result = await draft_answers(answers, provider=provider)
    assert result.failed is None
    data: dict[str, Any] = json.loads(json.dumps(result.to_json()))
    DraftOutput.model_validate(data)
    listed = "\n".join(one["text"] for unit in data["units"] for one in unit["suggested"])
    return data, Grounds(f"{brief_of(answers).everything}\n{listed}")


def goal_of(data: dict[str, Any]) -> dict[str, Any]:
    (goal,) = [unit for unit in data["units"] if unit["kind"] == "goal"]
    return goal


@pytest.mark.vcr
async def test_a_measured_goal_rests_on_what_the_answers_measure(recorded_provider: Provider) -> None:
    data, known = await drafted(recorded_provider)
    goal = goal_of(data)
    assert {goal["verdicts"][letter] for letter in "SMT"} == {"met"}
    assert goal["value"]["metric"]["baseline"] == "4"
    assert 0 < int(goal["value"]["metric"]["target"]) < 4
    assert known.inventions(goal["value"]["statement"]) == []
    assert [call["prompt"] for call in data["calls"]] == ["goal_measured", "activities"]
    assert data["calls"][0]["attempts"] == 1


@pytest.mark.vcr
async def test_a_goal_without_a_number_becomes_something_to_see_and_count(
    recorded_provider: Provider,
) -> None:
    data, known = await drafted(
        recorded_provider,
        goal="Be more confident",
        development_area="Presenting designs",
        current_state="Her designs are strong. In design reviews she goes silent when somebody disagrees.",
        why="Good designs get changed because nobody hears the reasons.",
        obstacle="Senior people interrupt her.",
        activities="Rehearse with Tom; write the reasons down before each review.",
    )
    goal = goal_of(data)
    assert goal["provenance"]["origin"] == "model"
    assert {goal["verdicts"][letter] for letter in "SMT"} == {"met"}
    assert goal["value"]["metric"]["baseline"] is None
    assert "metric.target" in [one["field"] for one in goal["suggested"]]
    assert known.inventions(goal["value"]["statement"]) == []
