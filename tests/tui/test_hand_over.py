"""While the keyboard is handed over the app knows one plan; the cover hides everything."""

from __future__ import annotations

from pathlib import Path

import pytest
from plan_maker import goal, named_plan

from coach_assist.flows.plan_drafts import save_draft
from coach_assist.flows.propose import put_forward
from coach_assist.workspace.store import Workspace


@pytest.fixture
def handed(root: Path) -> str:
    """A plan with a proposal and a private draft, beside a secret plan of others."""
    workspace = Workspace(root)
    with named_plan(workspace) as secret:
        save_draft(secret, None, "frame", {"title": "SECRET PLAN", "purpose": "x", "readers": []})
    with named_plan(workspace) as plan:
        put_forward(
            workspace,
            plan,
            "manager",
            [goal("Cut the queue from 9 to 5 minutes by 2027-06-30")],
            accept_own=False,
        )
        save_draft(plan, None, "support", {"what": "PRIVATE DRAFT"})
        plan.answers.put("manager", "current_state", "PRIVATE ANSWER")
        return plan.id


async def test_after_a_hand_over_there_is_this_plan_alone(seat, handed):
    async with seat(120, 40) as hand:
        assert "SECRET PLAN" in hand.seen()
        hand.app.open_plan(handed, "handover")
        await hand.settle()
        await hand.choose("I am Bo, and I go on")
        await hand.press("escape")
        await hand.choose("I am Noor, and I go on")
        assert hand.app.turn.handed_over and hand.app.turn.owner == "manager"

        def hidden() -> bool:
            everything = " ".join(
                str(widget.render()) for screen in hand.app.screen_stack for widget in screen.query("*")
            )
            return not any(word in hand.seen() + everything for word in ("SECRET", "PRIVATE"))

        for key in ("f2", "f3", "f4", "f5", "escape", "escape", "escape", "q", "n", "f1", "escape"):
            await hand.press(key)
            assert hidden(), f"after {key} on {hand.place}"
            assert hand.place != "HomeScreen"
        await hand.press("ctrl+p")
        for word in ("home", "draft", "plans", "interview"):
            await hand.write(word)
            assert hidden()
            await hand.press(*["backspace"] * len(word))
        await hand.press("escape")
        hand.app.go_home()
        hand.app.open_plan(handed, "draft")
        await hand.settle()
        assert hand.place == "HandoverScreen" and hidden()

        await hand.choose("Give the keyboard back to Bo")
        await hand.press("enter")  # the first answer is no
        assert hand.app.turn.handed_over
        await hand.choose("Give the keyboard back to Bo")
        await hand.choose("I am Bo, and I have the keyboard")
        assert not hand.app.turn.handed_over
        await hand.press("escape")
        assert hand.place == "HomeScreen" and "SECRET PLAN" in hand.seen()


async def test_the_hand_over_offers_reading_alone_as_plainly(seat, handed):
    async with seat() as hand:
        hand.app.open_plan(handed, "handover")
        await hand.settle()
        seen = hand.seen()
        assert "Noor" in seen and "I will read this alone first" in seen and "and I go on" in seen


@pytest.mark.parametrize("key", ["f9", "f12"])
async def test_one_key_covers_any_screen_and_takes_the_cover_away(seat, handed, key):
    async with seat() as hand:
        places = []
        for go in (
            lambda: None,
            lambda: hand.app.open_plan(handed, "draft"),
            lambda: hand.app.open_plan(handed, "review"),
        ):
            go()
            await hand.settle()
            before, place = hand.seen(), hand.place
            await hand.press(key)
            assert hand.place == "CoverScreen"
            words = hand.seen().split()
            assert words == ["Paused", "F9"]
            hand.app.say("PRIVATE MESSAGE")
            await hand.press("ctrl+p", "f1", "n", "escape", "enter")
            assert hand.seen().split() == words
            await hand.press(key)
            assert hand.place == place and before.splitlines()[0] in hand.seen()
            places.append(place)
        assert places == ["HomeScreen", "DraftScreen", "HandoverScreen"]


async def test_a_form_and_a_question_are_covered_too(seat, handed):
    async with seat() as hand:
        hand.app.open_plan(handed, "draft")
        await hand.settle()
        await hand.press("e", "f9")
        assert hand.place == "CoverScreen" and "PRIVATE" not in hand.seen()
        await hand.press("f9")
        assert hand.place == "UnitForm"


async def test_a_demo_says_so_on_every_screen(seat, handed):
    async with seat(demo=True) as hand:
        for go in (None, "interview", "draft", "review", "agreed"):
            if go:
                hand.app.open_plan(handed, go)
                await hand.settle()
            if hand.asks:
                await hand.choose("Without a model")
            assert "DEMO" in hand.seen(), hand.place
