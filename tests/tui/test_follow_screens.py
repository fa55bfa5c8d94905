"""Notes, changes, the closing, the search and the evaluation in the app."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from follow_maker import GOAL, SOFT_GOAL, agreed_plan
from tui_hand import Hand

from coach_assist.agreement.follow_fold import follow
from coach_assist.flows.note import notes_of
from coach_assist.tui.adapt.screen import AdaptScreen
from coach_assist.tui.closing.screen import ClosingScreen
from coach_assist.tui.notes.screen import NotesScreen
from coach_assist.tui.progress.screen import ProgressScreen
from coach_assist.workspace.store import Workspace

TODAY = date(2026, 12, 9)


@pytest.fixture
def under_way(root: Path) -> str:
    with agreed_plan(Workspace(root), signed=True) as plan:
        return plan.id


async def through(hand: Hand, key: str) -> None:
    """Answer each step that is left with one key."""
    for _ in range(30):
        if hand.app.screen.talk.step is None:
            return
        await hand.press(key)
    raise AssertionError(f"the talk does not end:\n{hand.seen()}")


async def test_a_note_takes_a_tag_a_text_and_enter_and_is_private_until_released(seat, under_way, root):
    async with seat() as hand:
        hand.app.go(ProgressScreen(under_way, TODAY))
        await hand.settle()
        await hand.press("n")
        await hand.choose("Bo")
        assert hand.place == "NoteCard"
        await hand.press("down", "enter", "enter")
        assert "Type the note" in hand.seen()
        await hand.write("Thank you for the list")
        await hand.press("enter")
        assert hand.place == "NotesScreen" and "private" in hand.seen()
        await hand.press("n", "enter")
        await hand.write("A quiet week")
        await hand.press("enter")
        with Workspace(root).open(under_way) as plan:
            assert [one.role for one in notes_of(plan, "manager")] == ["thanks", "observation"]
            assert notes_of(plan, "team_member") == ()
        await hand.press("x")
        await hand.choose("Keep it")
        await hand.press("x")
        await hand.choose("Delete it")
        assert "A quiet week" not in hand.app.screen.text_of_screen()
        await hand.press("r")
        assert "for good?" in hand.seen()
        await hand.choose("Release it")
        assert "released" in hand.seen()
        await hand.press("r", "x")  # nothing is left to release or delete
        assert hand.place == "NotesScreen"
        await hand.press("n", "escape", "escape")
        assert hand.place == "ProgressScreen"
    with Workspace(root).open(under_way) as plan:
        assert [one.text for one in notes_of(plan, "team_member")] == ["Thank you for the list"]


async def test_a_change_has_a_reason_and_the_other_decides(seat, under_way, root):
    async with seat() as hand:
        hand.app.go(ProgressScreen(under_way, TODAY))
        await hand.settle()
        await hand.press("e")
        await hand.choose("Noor")
        assert hand.place == "AdaptScreen"
        await hand.press("t")
        await hand.write("60 days")
        await hand.press("enter", "enter")
        assert "needs a reason" in hand.seen()
        await hand.write("Holidays")
        await hand.press("enter")
        assert "…" in hand.seen()
        with Workspace(root).open(under_way) as plan:
            (change,) = plan.state.waits_for("manager")
            assert change.kind == "timeline" and dict(change.reasons) == {"team_member": "Holidays"}
            assert change.base == plan.state.agreed[change.unit].id
        await hand.press("down", "down", "e")
        assert hand.place == "UnitForm"
        await hand.write(", together")
        await hand.press("ctrl+n", "escape")
        assert "It stays a draft of yours." in hand.seen()
        await hand.press("t")
        await hand.write("yesterday")
        await hand.press("enter")
        assert "Nothing was changed" in hand.seen()
        await hand.press("a")
        await hand.choose("Milestone")
        assert hand.place == "UnitForm"
        await hand.press("escape", "escape")
        assert hand.place == "ProgressScreen"
        hand.app.take_turn("manager")
        hand.app.open_plan(under_way, "review")
        await hand.settle()
        assert "Holidays" in hand.seen()


async def test_still_true_asks_of_each_part_and_leads_to_the_changes(seat, under_way, root):
    async with seat() as hand:
        hand.app.go(ProgressScreen(under_way, TODAY))
        await hand.settle()
        await hand.press("y")
        await hand.choose("Bo")
        assert "Is this still true?" in hand.seen() and "1 of 11" in hand.seen()
        await hand.press("enter", "enter", "down", "down", "enter")  # true, true, the first goal: drop
        await hand.press("escape", "y")
        await hand.choose("Bo")
        await through(hand, "enter")
        assert "Drop  Answer 10 of 10" in hand.seen()
        await hand.press("enter")
        assert hand.place == "AdaptScreen" and "1 parts are true no longer" in hand.seen()
        await hand.press("d")
        assert "This asks to drop it" in hand.seen()
        await hand.write("The role changed")
        await hand.press("enter")
        assert "true no longer" not in hand.seen()
        with Workspace(root).open(under_way) as plan:
            (change,) = plan.state.waits_for("team_member")
            assert change.unit == GOAL and change.removal and GOAL in plan.state.agreed
        await hand.press("y")
        await through(hand, "enter")
        assert "All of it is still true" in hand.seen()
        await hand.press("enter")
        assert hand.place == "ProgressScreen"
    with Workspace(root).open(under_way) as plan:
        assert not any(entry.question.startswith("still_true") for entry in plan.notes.all("manager"))


async def test_a_plan_is_closed_by_both_signatures_and_each_answers_the_survey(seat, under_way, root):
    async with seat() as hand:
        hand.app.go(ProgressScreen(under_way, TODAY))
        await hand.settle()
        await hand.press("l")
        await hand.choose("Bo")
        assert "There is no closing page yet" in hand.seen()
        await hand.press(
            "f", "enter", "ctrl+n", "down", "down", "enter", "ctrl+n"
        )  # done; dropped, no reason
        await hand.write("Shorter answers")
        await hand.press("ctrl+n")
        await through(hand, "ctrl+o")
        await hand.press("enter")
        assert "the reason is missing" in hand.seen() and "For what reason?" in hand.seen()
        await hand.write("The calls ended")
        await hand.press("ctrl+n", "enter")
        assert hand.place == "ClosingScreen" and "waits for Noor's signature" in hand.seen()
        assert "Shorter answers" in hand.app.screen.text_of_screen()
        await hand.press("s")  # Bo has signed
        assert hand.place == "ClosingScreen"
        await hand.press("v", *["enter"] * 5, "ctrl+o")
        assert "yours alone so far" in hand.seen()
        await hand.press("tab", "enter")
        with Workspace(root).open(under_way) as plan:
            assert not follow(plan.history).closed and not follow(plan.history).surveys
        hand.app.go(ClosingScreen(under_way, "team_member", TODAY))
        await hand.settle()
        await hand.press("space", "space", "s")
        assert "Sign this closing page?" in hand.seen() and "other one has signed it." in hand.seen()
        await hand.choose("Sign it")
        assert "This plan is closed" in hand.app.screen.text_of_screen()
        await hand.press("v", *["enter"] * 5, "ctrl+o", "enter")
        assert "You have shown your answers" in hand.app.screen.text_of_screen()
    with Workspace(root).open(under_way) as plan:
        (page,) = follow(plan.history).closed
        outcomes = {one.goal: (one.outcome, one.reason) for one in page.outcomes}
        assert outcomes == {GOAL: ("done", None), SOFT_GOAL: ("dropped", "The calls ended")}
        assert page.learned["team_member"] == "Shorter answers"
        assert set(follow(plan.history).surveys) == {"team_member"}


async def test_a_new_plan_begins_from_a_template_that_was_read(seat, root):
    async with seat() as hand:
        await hand.new_plan("From a template")
        assert "Which template?" in hand.seen()
        await hand.choose("Onboarding")
        assert (
            hand.place == "TemplateCard" and "90 days" in hand.seen() and "Frame of the plan" in hand.seen()
        )
        await hand.press("space", "b", "enter")
        assert "Type a name" in hand.seen()
        await hand.write("Noor")
        await hand.press("enter")
        await hand.write("Bo")
        await hand.press("enter")
        assert hand.place == "DraftScreen" and "nothing put forward" in hand.seen()
        hand.app.go_home()
        await hand.settle()
        await hand.new_plan("From a template")
        await hand.choose("Career")
        await hand.press("escape")
        assert hand.place == "HomeScreen"
    workspace = Workspace(root)
    (plan_id,) = workspace.ids()
    with workspace.open(plan_id) as plan:
        assert not plan.has_opened and plan.answers.get("joint", "manager") == "Bo"
        assert {draft.origin for draft in plan.drafts.all()} == {"import"}


async def test_plans_are_found_by_words_and_counted(seat, under_way):
    async with seat() as hand:
        await hand.press("slash")
        assert hand.place == "SearchScreen"
        await hand.write("shadow inbox")
        await hand.until(lambda: "1 found" in hand.seen(), "what is found")
        assert "Shadow Bo's inbox" in hand.seen()
        await hand.press("enter", "enter")
        assert hand.place == "AgreedScreen"
        hand.app.go_home()
        await hand.settle()
        await hand.press("slash")
        await hand.write("zebra")
        await hand.until(lambda: "No plan has all these words" in hand.seen(), "that nothing is found")
        await hand.press("escape", "e")
        assert hand.place == "EvaluationScreen"
        await hand.until(lambda: "Plans with something agreed: 1" in hand.seen(), "the counts")
        assert "Noor" not in hand.seen() and "No survey was released" in hand.seen()
        await hand.press("escape")
        assert hand.place == "HomeScreen"


@pytest.mark.parametrize("size", [(60, 20), (120, 40)])
async def test_the_screens_fit_their_windows(seat, under_way, size):
    async with seat(*size) as hand:
        for screen in (
            NotesScreen(under_way, "manager", TODAY, start=False),
            AdaptScreen(under_way, "manager", TODAY),
            ClosingScreen(under_way, "manager", TODAY),
        ):
            hand.app.go(screen)
            await hand.settle()
            lines = hand.seen().splitlines()
            assert all(len(line) <= size[0] for line in lines) and "f1" in lines[-1]
