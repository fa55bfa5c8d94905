"""Deciding: only after the whole text was on the screen, one at a time, for oneself only."""

from __future__ import annotations

from pathlib import Path

import pytest
from plan_maker import goal, named_plan

from coach_assist.flows.propose import put_forward
from coach_assist.tui.review.messages import Decided
from coach_assist.workspace.store import Workspace

GOOD = "Cut the queue at the till from 9 to 5 minutes by 30 June 2027"
LONG = GOOD + "." + " It is measured every Friday at noon by Bo." * 60


@pytest.fixture
def two_goals(root: Path) -> str:
    workspace = Workspace(root)
    with named_plan(workspace) as plan:
        put_forward(workspace, plan, "team_member", [goal(LONG), goal(GOOD)], accept_own=False)
        return plan.id


async def sit_down_as(hand, name: str) -> None:
    await hand.press("o")
    await hand.choose(f"I am {name}, and I go on")
    assert hand.place == "ReviewScreen"


async def go_to_the_short_one(hand) -> None:
    """Move the bar down and wait until that text was drawn whole: before that no key decides."""
    await hand.press("down")
    await hand.until(lambda: hand.app.screen.was_whole, "the whole text")


async def test_a_long_text_can_be_decided_only_when_its_end_was_seen(seat, two_goals, root):
    async with seat() as hand:
        await sit_down_as(hand, "Bo")
        assert "Space reads on" in hand.seen()
        for key in ("a", "d", "t", "c"):
            await hand.press(key)
            assert hand.place == "ReviewScreen"
        assert hand.got(Decided) == []
        with Workspace(root).open(two_goals) as plan:
            assert len(plan.state.waits_for("manager")) == 2
        for _ in range(30):
            if "end of this text" in hand.seen():
                break
            await hand.press("space")
        await hand.press("a")
        (decided,) = hand.got(Decided)
        assert (decided.party, decided.decision) == ("manager", "accept")


async def test_after_a_decision_the_next_undecided_one_comes(seat, two_goals):
    async with seat(120, 40) as hand:
        await sit_down_as(hand, "Bo")
        await go_to_the_short_one(hand)
        assert "end of this text" in hand.seen()
        await hand.press("a")
        assert "1 to decide" in hand.seen()
        assert hand.app.screen._chosen.headline == LONG


async def test_declining_needs_no_reason_and_takes_one(seat, two_goals, root):
    async with seat(120, 40) as hand:
        await sit_down_as(hand, "Bo")
        await go_to_the_short_one(hand)
        await hand.press("d")
        assert hand.place == "ReasonCard" and "need not give one" in hand.seen()
        await hand.press("escape")
        assert hand.got(Decided) == []
        await hand.press("d")
        await hand.write("Too fast")
        await hand.press("enter")
        (decided,) = hand.got(Decided)
        assert decided.decision == "decline"
        with Workspace(root).open(two_goals) as plan:
            assert plan.state.proposals[decided.proposal].reasons == {"manager": "Too fast"}


async def test_a_counter_is_the_own_text_accepted_by_its_writer_only(seat, two_goals, root):
    async with seat(120, 40) as hand:
        await sit_down_as(hand, "Bo")
        await go_to_the_short_one(hand)
        await hand.press("c")
        assert hand.place == "UnitForm"
        await hand.write(" at Bo's")
        await hand.press("ctrl+n")
        assert hand.place == "CounterCard" and "[+at Bo's+]" in hand.seen()
        assert hand.got(Decided) == []
        await hand.press("escape")  # back to the text, with nothing lost
        assert hand.place == "UnitForm" and "at Bo's" in hand.seen()
        await hand.press("ctrl+n", "enter")
        (decided,) = hand.got(Decided)
        assert decided.decision == "counter"
        with Workspace(root).open(two_goals) as plan:
            counters = [one for one in plan.state.proposals.values() if one.counters == decided.proposal]
            assert [one.value["statement"] for one in counters] == [GOOD + " at Bo's"]
            assert counters[0].decisions == {"manager": "accept", "team_member": None}
            assert plan.state.agreed == {}


async def test_let_us_talk_goes_to_the_agenda(seat, two_goals, root):
    async with seat(120, 40) as hand:
        await sit_down_as(hand, "Bo")
        await go_to_the_short_one(hand)
        await hand.press("t")
        with Workspace(root).open(two_goals) as plan:
            assert [party for _one, party in plan.state.agenda] == ["manager"]


async def test_reading_alone_decides_nothing(seat, two_goals, root):
    async with seat(120, 40) as hand:
        await hand.press("o")
        await hand.choose("I am Bo, and I will read this alone first")
        assert "Reading alone" in hand.seen() and "Accept" not in hand.seen()
        for key in ("a", "d", "t", "c", "down", "a", "d"):
            await hand.press(key)
        assert hand.place == "ReviewScreen" and hand.got(Decided) == []


async def test_nothing_accepts_all_or_for_the_other(seat, two_goals, root):
    async with seat(120, 40) as hand:
        await sit_down_as(hand, "Bo")
        actions = {binding.binding.action for binding in hand.app.screen.active_bindings.values()}
        assert not {action for action in actions if "all" in action.split("_")}
        for _ in range(30):
            if hand.place == "ReviewScreen":
                await hand.press("a" if hand.app.screen.was_whole else "space")
        with Workspace(root).open(two_goals) as plan:
            assert plan.state.agreed == {}
            assert all(one.decisions["team_member"] is None for one in plan.state.proposals.values())


async def test_what_another_window_did_is_seen_at_the_next_key(seat, two_goals, root):
    async with seat(120, 40) as hand:
        await sit_down_as(hand, "Bo")
        workspace = Workspace(root)
        with workspace.open(two_goals) as plan:
            put_forward(
                workspace,
                plan,
                "team_member",
                [goal("Answer each letter within 2 days by 2027-05-01")],
                accept_own=False,
            )
        assert "Answer each letter" not in hand.seen()
        await hand.press("down")
        assert "Answer each letter" in hand.seen()
