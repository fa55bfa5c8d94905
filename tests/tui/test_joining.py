"""The page on joining: read whole before an answer, join, later, no; leaving and a statement as easily."""

from __future__ import annotations

import pytest
from no_room import no_room
from plan_maker import accept_everything_one_by_one, named_plan, plan_with_goals

from coach_assist.flows.joining import answered, standing
from coach_assist.workspace.store import Workspace

GOAL = "Cut the queue from 9 to 5 minutes by 2027-06-30"
NASTY = "[/b] \x1b[31mI want\x07 \u202eto say"


@pytest.fixture
def opened(root) -> str:
    with plan_with_goals(Workspace(root), GOAL) as plan:
        return plan.id


def where(root, plan_id):
    with Workspace(root).open(plan_id) as plan:
        return standing(plan)


async def to_page(hand, plan_id) -> None:
    hand.app.open_plan(plan_id, "handover")
    await hand.settle()
    await hand.choose("I am Noor, and I go on")
    assert hand.place == "JoiningScreen"


@pytest.mark.parametrize(("width", "height"), [(80, 24), (60, 20)])
async def test_the_page_is_read_to_its_end_before_anybody_joins(seat, root, width, height):
    async with seat(width, height) as hand:
        await hand.new_plan()
        assert hand.place == "JoiningScreen" and "Before you begin" in hand.seen()
        for words in ("I take part", "Later", "No ", "I am not the team member", "no reason is asked for"):
            assert words in hand.seen()
        await hand.press("enter")  # too soon: nothing is answered
        assert hand.place == "JoiningScreen" and "read it to its end" in hand.seen()
        await hand.choose("No ")
        await hand.press("escape")
        assert hand.place == "JoiningScreen"
        await hand.choose("No ")
        await hand.press("enter")  # one confirming key
        assert hand.place == "HomeScreen" and "No reason" not in hand.seen()
        assert Workspace(root).ids() == ()
        await hand.new_plan()
        await hand.press("escape")
        assert hand.place == "HomeScreen"


async def test_joining_before_the_first_question_counts_with_the_first_act(seat, root):
    async with seat() as hand:
        await hand.new_plan()
        await hand.take_part()
        await hand.choose("Without a model")
        await hand.write("Noor")
        await hand.press("enter")
        workspace = Workspace(root)
        with workspace.open(workspace.ids()[0]) as plan:
            assert answered(plan) == "join" and not plan.has_opened
        await hand.press("escape", "o")
        assert hand.place != "JoiningScreen"  # asked once


async def test_later_leads_back_and_joining_leads_to_the_first_decision(seat, root, opened):
    async with seat() as hand:
        await to_page(hand, opened)
        await hand.choose("Later")
        assert hand.place == "HandoverScreen" and where(root, opened).answer is None
        await hand.press("f4")  # no other way round the page either
        assert hand.place == "HandoverScreen"
        await hand.choose("I am Noor, and I go on")
        await hand.take_part()
        assert hand.place == "ReviewScreen" and where(root, opened).answer == "joined"
        await hand.press("escape", "f4")
        assert hand.place == "ReviewScreen"


async def test_a_no_closes_the_plan_and_can_be_taken_back(seat, root, opened):
    async with seat(110, 30) as hand:
        await to_page(hand, opened)
        await hand.choose("No ")
        await hand.press("enter")
        assert where(root, opened).answer == "no"
        assert hand.place == "HandoverScreen" and "Noor said no to this plan" in hand.seen()
        assert (
            "can be read, verified and exported" in hand.app.shown_text()
            and "closed" in hand.seen().splitlines()[0]
        )
        assert "I go on" not in hand.seen()
        await hand.press("f4", "escape")
        assert "it is your turn" not in hand.seen()
        hand.app.go_home()
        await hand.settle()
        assert "closed" in hand.seen() and "Noor said no" in hand.seen() and "decides 1" not in hand.seen()
        hand.app.open_plan(opened, "agreed")
        await hand.settle()
        assert "Noor said no to this plan" in hand.seen()
        await hand.press("j")
        while not hand.app.screen.was_whole:
            await hand.press("space")
        await hand.choose("Take part again")
        await hand.choose("I am Noor")
        assert where(root, opened).answer == "joined" and "closed" not in hand.seen().splitlines()[0]


async def test_a_statement_travels_on_top_and_leaving_is_as_easy(seat, root, opened):
    workspace = Workspace(root)
    with workspace.open(opened) as plan:
        accept_everything_one_by_one(workspace, plan)
    async with seat(100, 30) as hand:
        hand.app.open_plan(opened, "agreed")
        await hand.settle()
        hand.app.take_turn("team_member")
        await hand.press("j")
        await hand.choose("Write a statement")
        await hand.press("escape")
        assert where(root, opened).statement is None
        await hand.choose("Write a statement")
        await hand.press("ctrl+n")
        assert "nothing to attach" in hand.seen()
        await hand.paste(NASTY)
        await hand.press("ctrl+n")
        assert where(root, opened).statement == NASTY
        await hand.press("escape")
        assert hand.place == "AgreedScreen" and "Noor states:" in hand.seen() and "[/b]" in hand.seen()
        await hand.press("h")
        assert "Noor states:" in hand.seen() and "\x1b" not in hand.raw()
        await hand.press("j")
        await hand.choose("Change the statement")
        await hand.write(" more")
        await hand.press("ctrl+n")
        assert where(root, opened).statement == NASTY + " more"
        await hand.choose("Take the statement back")
        assert where(root, opened).statement is None
        while not hand.app.screen.was_whole:
            await hand.press("space")
        await hand.choose("I take part")
        await hand.choose("Leave this plan")
        await hand.press("escape")
        assert where(root, opened).answer == "joined"
        await hand.choose("Leave this plan")
        await hand.press("enter")
        assert where(root, opened).answer == "left" and "it is closed" in hand.seen()


async def test_nobody_says_it_for_the_team_member(seat, root, opened):
    async with seat() as hand:
        hand.app.open_plan(opened, "agreed")
        await hand.settle()
        hand.app.take_turn("manager")
        await hand.press("j")
        await hand.choose("No ")
        assert "Are you Noor?" in hand.seen()
        await hand.press("enter")
        assert where(root, opened).answer is None
        hand.app.give_keyboard(opened, "manager", "team_member")
        await hand.choose("No ")
        assert "Only Noor says this" in hand.seen() and where(root, opened).answer is None


async def test_what_cannot_be_written_is_said_and_nothing_is_answered(seat, root, opened):
    async with seat() as hand:
        await to_page(hand, opened)
        with no_room():
            await hand.take_part()
            assert hand.place == "JoiningScreen" and "The disk is full." in hand.seen()
        assert where(root, opened).answer is None
        await hand.press("escape")
        assert hand.place == "HandoverScreen"


async def test_an_answered_name_of_nobody_is_no_trap(seat, root):
    with named_plan(Workspace(root)) as plan:
        identity = plan.id
    async with seat() as hand:
        hand.app.open_plan(identity, "interview")
        await hand.settle()
        await hand.choose("No ")
        await hand.press("enter")
        assert hand.place == "HomeScreen" and "closed" in hand.seen()
        await hand.press("o")
        assert "Noor said no" in hand.seen() or "said no to this plan" in hand.seen()
        await hand.press("escape")
        assert hand.place == "HomeScreen"
