"""What differs between two people's answers, against recorded answers of the embedded model."""

from __future__ import annotations

from pathlib import Path

import pytest
from alone_maker import both_released

from coach_assist.assistant.differing import problem_of
from coach_assist.assistant.provider import Provider
from coach_assist.flows.ai_record import ai_record
from coach_assist.flows.difference_words import difference_words
from coach_assist.interview.answers import Answer
from coach_assist.plan.units import PARTIES
from coach_assist.workspace.store import Workspace


def text(answer: Answer | None) -> str:
    return "" if answer is None else (answer if isinstance(answer, str) else "\n".join(answer))


@pytest.mark.vcr
async def test_differences_are_said_without_taking_a_side(
    recorded_provider: Provider, tmp_path: Path
) -> None:
    plan, view = both_released(Workspace(tmp_path / "home"))
    with plan:
        count = len(plan.history.events)
        heard: list[str] = []
        found = await difference_words(
            plan, view, provider=recorded_provider, on_words=lambda one: heard.append(one.question)
        )
        assert found.failed is None
        by_model = {one for one, words in found.words.items() if words.by_model}
        assert by_model == set(heard) and len(by_model) >= 3
        for one in view.talk:
            words = found.words[one.question.id]
            assert words.text.count("manager") == words.text.count("team member") == 1 or not words.by_model
            if words.by_model:
                answers = {party: text(one.answers[party]) for party in PARTIES}
                assert problem_of(words.text, one.question.label, answers) == ""
        calls = ai_record(plan).calls
        assert [call.section for call in calls] == [f"difference:{one.question.id}" for one in view.talk]
        assert {call.prompt for call in calls} == {"difference"}
        # Whatever stands in an answer: nothing was decided, and no draft was made of it.
        assert len(plan.history.events) == count and plan.drafts.all() == ()
        assert plan.state.proposals == {}
