"""After the agreement: progress, a guided check-in, and what is due today."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from follow_maker import GOAL, agreed_plan, hold_check_in

from coach_assist.agreement.follow_fold import follow
from coach_assist.tui.check_in.screen import CheckInScreen
from coach_assist.tui.progress.screen import ProgressScreen
from coach_assist.tui.today.screen import TodayScreen
from coach_assist.workspace.store import Workspace

TODAY = date(2026, 12, 9)


@pytest.fixture
def under_way(root: Path) -> str:
    with agreed_plan(Workspace(root)) as plan:
        hold_check_in(
            Workspace(root), plan, "manager", date(2026, 12, 2), {f"value/{GOAL}": "6", "talk": "The rota"}
        )
        return plan.id


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_progress_says_how_the_plan_stands(seat, under_way, size):
    async with seat(*size) as hand:
        hand.app.go(ProgressScreen(under_way, TODAY))
        await hand.settle()
        text = hand.app.screen.text_of_screen()
        assert "6 on 2026-12-02" in text and "expected today" in text
        assert "Questions for the two of you" in text or "To talk about" in text
        assert "The rota" in text and "--- today ---" in text
        assert "Progress" in hand.seen() and "Answering in time" in hand.seen()
        assert all(len(line) <= size[0] for line in hand.seen().splitlines())


async def test_progress_rests_on_no_colour(seat, under_way):
    async with seat(80, 60) as hand:
        hand.app.go(ProgressScreen(under_way, TODAY))
        await hand.settle()
        assert "! Bo: Send the list of partners" in hand.app.screen.text_of_screen()
        assert "overdue" in hand.app.screen.text_of_screen()


async def test_a_check_in_is_guided_kept_and_recorded_only_when_said(seat, under_way, root):
    async with seat() as hand:
        hand.app.take_turn("team_member")
        hand.app.go(CheckInScreen(under_way, "team_member", TODAY))
        await hand.settle()
        screen = hand.app.screen
        steps = 0
        while (step := screen.talk.step) is not None:
            steps += 1
            assert f"{screen.talk.steps.index(step) + 1} of {len(screen.talk.steps)}" in hand.seen()
            if step.id == f"value/{GOAL}":
                await hand.write("many")
                await hand.press("enter")
                assert "is not a number" in hand.seen() and screen.talk.step == step
                await hand.press("ctrl+u")
                await hand.write("8")
                await hand.press("enter")
            elif step.id == "recognition":
                await hand.write("Thank you for the list")
                await hand.press("enter", "enter")
            elif step.id == "notes":
                await hand.paste("only for me")
                await hand.press("ctrl+n")
            else:
                await hand.press("ctrl+o")
        assert steps > 4 and "This is what both of you will see." in hand.seen()
        assert "Thank you for the list" in hand.seen() and "Only you see this" in hand.seen()
        with Workspace(root).open(under_way) as plan:
            assert len(follow(plan.history).check_ins) == 1
        await hand.press("enter")
        assert "Summarise your notes now?" in hand.seen()
        await hand.choose("Not now")
        assert hand.place == "ProgressScreen"
        with Workspace(root).open(under_way) as plan:
            assert len(follow(plan.history).check_ins) == 2


async def test_leaving_a_check_in_keeps_what_was_typed(seat, under_way, root):
    async with seat() as hand:
        hand.app.go(CheckInScreen(under_way, "manager", TODAY))
        await hand.settle()
        while hand.app.screen.talk.step.id != f"value/{GOAL}":
            await hand.press("ctrl+o")
        await hand.write("7")
        await hand.press("escape")
        assert hand.place == "ProgressScreen"
        hand.app.go(CheckInScreen(under_way, "manager", TODAY))
        await hand.settle()
        assert hand.app.screen.talk.answers[f"value/{GOAL}"] == "7"
        await hand.press("pageup")
        assert hand.app.screen.talk.step is not None


async def test_progress_begins_a_check_in_for_one_of_the_two(seat, under_way):
    async with seat() as hand:
        hand.app.go(ProgressScreen(under_way, TODAY))
        await hand.settle()
        await hand.press("c")
        assert "Who writes this check-in down?" in hand.seen()
        await hand.choose("Noor")
        assert hand.place == "CheckInScreen" and "Noor" in hand.seen()


async def test_today_lists_what_is_due_and_opens_it(seat, under_way):
    async with seat() as hand:
        await hand.press("t")
        assert hand.place == "TodayScreen"
        hand.app.go(TodayScreen(TODAY))
        await hand.settle()
        assert "Its day has passed" in hand.seen() and "Send the list of partners" in hand.seen()
        await hand.press("enter")
        assert hand.place == "ProgressScreen"


async def test_nothing_agreed_is_said(seat, root):
    from plan_maker import named_plan

    with named_plan(Workspace(root)) as plan:
        plan_id = plan.id
    async with seat() as hand:
        hand.app.go(ProgressScreen(plan_id))
        await hand.settle()
        assert "agreed" in hand.seen()
