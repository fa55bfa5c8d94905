"""Changing and removing what is agreed by hand: a draft first, a proposal then, agreed only by both."""

from __future__ import annotations

from pathlib import Path

import pytest
from plan_maker import accept_everything_one_by_one, goal, named_plan

from coach_assist.flows.propose import put_forward
from coach_assist.workspace.store import Workspace

GOAL = "Cut the queue at the till from 9 to 5 minutes by 30 June 2027"


@pytest.fixture
def agreed(root: Path) -> str:
    workspace = Workspace(root)
    with named_plan(workspace) as plan:
        put_forward(workspace, plan, "team_member", [goal(GOAL)], accept_own=False)
        accept_everything_one_by_one(workspace, plan)
        return plan.id


async def test_a_removal_is_a_proposal_until_both_accept(seat, agreed, root):
    async with seat() as hand:
        await hand.press("o")
        assert hand.place == "AgreedScreen"
        await hand.press("e", "enter")
        await hand.choose("Take it out of the plan")
        assert hand.place == "DraftScreen" and "to be taken out of the plan" in hand.seen()
        await hand.press("p")
        await hand.choose("All, as Noor")
        with Workspace(root).open(agreed) as plan:
            assert len(plan.state.agreed) == 1
        for name in ("Bo", "Noor"):
            await hand.choose(f"I am {name}, and I go on")
            await hand.take_part()
            assert "to be taken out of the plan" in hand.seen() and GOAL[:20] in hand.seen()
            await hand.press("a")
        with Workspace(root).open(agreed) as plan:
            assert plan.state.agreed == {}


async def test_a_change_keeps_its_unit_and_names_its_base(seat, agreed, root):
    async with seat() as hand:
        await hand.press("o")
        await hand.press("e", "enter", "enter")
        assert hand.place == "UnitForm"
        await hand.write(", together")
        await hand.press("ctrl+n")
        assert hand.place == "DraftScreen"
        await hand.press("p", "enter")
        with Workspace(root).open(agreed) as plan:
            (unit, standing), *_ = plan.state.agreed.items()
            (change,) = plan.state.waits_for("manager")
            assert change.unit == unit and change.base == standing.id
            assert change.value["statement"] == GOAL + ", together"


async def test_the_full_path_asks_more_and_keeps_all_answers(seat, root):
    async with seat() as hand:
        await hand.new_plan()
        await hand.choose("I am not the team member")
        await hand.choose("Without a model")
        await hand.write("Noor")
        await hand.press("enter")
        assert "2 of 14" in hand.seen()
        await hand.press("f6")
        assert "2 of 24" in hand.seen()
        await hand.press("f6")
        assert "2 of 14" in hand.seen()
