"""Rewriting one goal: the model's, a goal that needs none, and what the rules give without a model."""

from __future__ import annotations

from datetime import date

import pytest
from scripted_drafting import OBSERVED, drafting_server
from scripted_server import Script

from coach_assist.errors import UsageError
from coach_assist.flows.rewrite import LONGEST_GOAL, rewrite_goal

TODAY = date(2026, 3, 2)
SHORT = {name: OBSERVED[name] for name in ("occasions", "action", "times", "evidence")}


async def test_a_goal_alone_is_the_models_idea_and_listed_as_such():
    answer = {**SHORT, "occasions": "standups", "action": "let the others finish before answering"}
    async with drafting_server(ObservedGoal=answer) as (provider, server):
        result = await rewrite_goal("Listen better", provider=provider, today=TODAY)
    (one,) = result.rewrites
    assert "let the others finish before answering" in one.statement.lower() and not one.by_rules
    assert [one.verdicts[letter] for letter in "SMT"] == ["met"] * 3
    fields = {suggestion.field: suggestion.text for suggestion in one.suggested}
    assert fields["statement"] == "let the others finish before answering"
    assert {"metric.target", "due"} <= set(fields)
    assert result.failed is None and not result.already_smart
    schema = server.received[0].body["response_format"]["json_schema"]["schema"]
    assert list(schema["properties"]) == ["occasions", "action", "times", "evidence"]


async def test_two_alternatives_differ():
    async with drafting_server(ObservedGoal={**SHORT, "times": 5}) as (provider, server):
        result = await rewrite_goal("Explain designs better", provider=provider, today=TODAY, alternatives=2)
    assert len({one.statement for one in result.rewrites}) == 2 and len(server.received) == 1


async def test_a_goal_with_its_numbers_gets_the_date_it_lacks_and_no_model_is_asked():
    async with drafting_server() as (provider, server):
        result = await rewrite_goal(
            "Cut the waiting time for quotes from 9 to 5 days",
            provider=provider,
            today=TODAY,
            due=date(2026, 5, 1),
        )
    (one,) = result.rewrites
    assert one.statement == "By 2026-05-01, cut the waiting time for quotes from 9 to 5 days."
    assert one.metric is not None and (one.metric["baseline"], one.metric["target"]) == ("9", "5")
    assert one.by_rules and not result.already_smart and server.received == []


async def test_without_a_model_the_gaps_of_the_old_text_are_marked():
    result = await rewrite_goal("Improve the weekly report", provider=None, today=TODAY)
    (one,) = result.rewrites
    assert one.by_rules and one.statement.startswith("Improve the weekly report")
    assert "[target]" in one.statement and "[date]" in one.statement
    assert result.calls == () and result.failed is None and one.suggested == ()


async def test_a_goal_that_is_smart_comes_back_as_it_is():
    goal = "By 2026-05-29, Ana closes 8 of 10 tickets without the second line, shown by the weekly report"
    result = await rewrite_goal(goal, provider=None, today=TODAY)
    assert result.already_smart and [one.statement for one in result.rewrites] == [goal]
    assert result.rewrites[0].by_rules


@pytest.mark.parametrize("bad", ["not JSON at all", Script(parts=[b"broken"], status=500)])
async def test_an_unusable_answer_leaves_the_marked_text_and_says_so(bad):
    async with drafting_server(ObservedGoal=bad) as (provider, _):
        result = await rewrite_goal("Listen better", provider=provider, today=TODAY)
    (one,) = result.rewrites
    assert one.by_rules and "[" in one.statement
    assert result.failed is not None and result.failed.next_step


async def test_a_copied_example_is_refused():
    copied = {**SHORT, "action": "repeat the client's request in own words before offering a solution"}
    async with drafting_server(ObservedGoal=copied) as (provider, _):
        result = await rewrite_goal("Listen better", provider=provider, today=TODAY)
    assert result.rewrites[0].by_rules and result.failed is not None


@pytest.mark.parametrize("text", ["", "  \n", "x" * (LONGEST_GOAL + 1)])
async def test_no_goal_and_too_long_a_goal(text):
    with pytest.raises(UsageError):
        await rewrite_goal(text, provider=None, today=TODAY)
