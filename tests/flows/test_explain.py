"""Why a draft reads as it does: each part names the answer that it rests on, or is a suggestion."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from scripted_drafting import ANSWERS, drafting_server

from coach_assist.cli.main import group
from coach_assist.errors import UsageError
from coach_assist.flows.draft_plan import draft_plan
from coach_assist.flows.explain import (
    Explained,
    Part,
    explain_draft,
    explain_lines,
    explain_proposal,
    explain_rewrite,
    explain_unit,
)
from coach_assist.flows.propose import put_forward
from coach_assist.flows.rewrite import rewrite_goal
from coach_assist.plan.drafts import Draft
from coach_assist.plan.ids import new_unit_id
from coach_assist.workspace.plan_file import PlanFile
from coach_assist.workspace.store import Workspace

TODAY = date(2026, 3, 2)


def part(explained: Explained, field: str) -> Part:
    return next(one for one in explained.parts if one.field == field)


async def drafted(workspace: Workspace) -> tuple[PlanFile, Draft]:
    """A plan with the answers of the sample pair, drafted by the scripted model; its goal."""
    plan = workspace.create()
    for question, answer in ANSWERS.items():
        plan.answers.put("joint", question, answer)
    async with drafting_server() as (provider, _):
        await draft_plan(plan, provider=provider, on_event=lambda event: None, today=TODAY)
    return plan, next(draft for draft in plan.drafts.all() if draft.kind == "goal")


async def test_each_part_of_a_drafted_goal_names_its_answer(tmp_path: Path) -> None:
    plan, goal = await drafted(Workspace(tmp_path))
    with plan:
        explained = explain_draft(plan, goal.id)
        baseline = part(explained, "metric.baseline")
        assert (baseline.text, baseline.source, baseline.suggested) == ("4", "answer", False)
        (quote,) = baseline.quotes
        assert (quote.question, quote.label) == ("current_state", "Where it stands")
        assert quote.words == "4 of 10 tickets are passed on to the second line"
        assert part(explained, "relevant").quotes[0].words == ANSWERS["why"]
        assert {quote.question for quote in part(explained, "achievable").quotes} == {"support", "activities"}
        assert part(explained, "if_then").quotes[0].words == "The queue is long on Mondays"
        # Every quote is in the answer that it names, word for word.
        for one in explained.parts:
            for said in one.quotes:
                assert said.words in ANSWERS[said.question]
        # What no answer holds is a suggestion with its question, and nothing else is.
        target = part(explained, "metric.target")
        assert target.source == "model" and "within reach" in target.question and not target.quotes
        assert {one.field for one in explained.parts if one.suggested} == {
            one.field for one in goal.suggested
        }
        assert any(line.startswith("Measurable: yes (") for line in explained.wording)

        lines = explain_lines(explained)
        assert "    Where it stands: “4 of 10 tickets are passed on to the second line”" in lines
        assert lines[0].startswith("Goal: By ") and lines.index("Suggestions to settle") > 5
        assert explain_unit(plan, goal.id[:14]).statement == explained.statement
        with pytest.raises(UsageError, match="no draft"):
            explain_unit(plan, "zzz")
        with pytest.raises(UsageError):
            explain_unit(plan, "")


async def test_a_proposal_is_explained_from_what_travels_and_from_the_answers_here(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    plan, goal = await drafted(workspace)
    with plan:
        put = put_forward(workspace, plan, "manager", [goal], accept_own=False)
        explained = explain_proposal(plan, put.proposals[0])
        baseline = part(explained, "metric.baseline")
        assert baseline.source == "answer" and "4 of 10" in baseline.quotes[0].words
        assert part(explained, "metric.target").suggested
        # On a machine without the answers nothing is quoted, and nothing claims to be.
        for question in ANSWERS:
            plan.answers.delete("joint", question)
        without = explain_proposal(plan, put.proposals[0])
        assert not any(one.quotes for one in without.parts)


async def test_a_rewrite_says_what_it_kept(tmp_path: Path) -> None:
    async with drafting_server() as (provider, _):
        result = await rewrite_goal("Explain designs better", provider=provider, today=TODAY)
    explained = explain_rewrite(result.original, result.rewrites[0])
    done = next(one for one in explained.parts if one.label == "What is done")
    assert done.suggested and done.text == "explain the reasons for a design"
    assert part(explained, "due").suggested


def test_both_commands_say_it(tmp_path: Path) -> None:
    workspace = Workspace()
    with workspace.create() as plan:
        plan.answers.put("joint", "goal", ["Cut the wait from 6 to 4 minutes"])
        draft = Draft.model_validate(
            {
                "id": new_unit_id(),
                "kind": "goal",
                "value": {"statement": "Cut the wait from 6 to 4 minutes"},
                "origin": "own_words",
                "provenance": [{"field": "statement", "source": "answer", "questions": ["goal"]}],
            }
        )
        plan.drafts.put("joint", draft)
        name = plan.id
    runner = CliRunner()
    shown = runner.invoke(group, ["show", name, "--explain", draft.id])
    assert shown.exit_code == 0 and "Goals: “Cut the wait from 6 to 4 minutes”" in shown.stdout
    data = json.loads(runner.invoke(group, ["show", name, "--explain", draft.id, "--json"]).stdout)
    assert data["parts"][0]["quotes"][0]["question"] == "goal"
    text = "Cut the wait of callers from 6 to 4 minutes"
    rewritten = runner.invoke(group, ["rewrite", text, "--no-model", "--explain", "--today", "2026-03-02"])
    assert rewritten.exit_code == 0 and "What each part rests on" in rewritten.stdout
    unknown = runner.invoke(group, ["show", name, "--explain", "nothing"])
    assert isinstance(unknown.exception, UsageError)
