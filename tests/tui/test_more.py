"""What is done seldom, by real keys: own keys, confirming, erasing, closing alone, going on in a new plan."""

from __future__ import annotations

import pytest
from plan_maker import accept_everything_one_by_one, plan_with_goals
from two_machines import PASSPHRASE, cheap_stretching

from coach_assist.agreement.history import History
from coach_assist.flows.confirm import to_confirm
from coach_assist.flows.identity import create_person
from coach_assist.flows.more import more as what_else
from coach_assist.workspace.store import Workspace

GOALS = (
    "Cut the queue from 9 to 5 minutes by 2027-06-30",
    "[/b] \x1b[31mSECRET\x07 gaps from 5 to 1 by 2027-03-31",
)


@pytest.fixture
def opened(root, monkeypatch) -> str:
    cheap_stretching(monkeypatch)
    with plan_with_goals(Workspace(root), *GOALS) as plan:
        return plan.id


def history(root, plan_id) -> History:
    with Workspace(root).open(plan_id) as plan:
        return plan.history


async def more(hand, plan_id, words, place="agreed") -> None:
    hand.app.open_plan(plan_id, place)
    await hand.settle()
    await hand.press("plus")
    await hand.choose(words)


async def test_a_text_of_ones_own_is_erased_for_good(seat, root, opened):
    async with seat(90, 30) as hand:
        await more(hand, opened, "Erase a text of mine")
        await hand.choose("Bo")
        assert "There is no text of yours" in hand.seen()
        await more(hand, opened, "Erase a text of mine")
        await hand.choose("Noor")
        await hand.choose("SECRET")
        assert "are not reached" in " ".join(hand.seen().split()) and "\x1b" not in hand.raw()
        await hand.press("enter")
        assert not history(root, opened).erased
        await more(hand, opened, "Erase a text of mine")
        await hand.choose("Noor")
        await hand.choose("SECRET")
        await hand.choose("Erase it")
        assert "erased here" in hand.seen() and len(history(root, opened).erased) == 1
    raw = (root / "plans" / f"{opened}.plan").read_bytes()
    assert b"SECRET" not in raw


async def test_closing_alone_with_a_reason_and_going_on_in_a_new_plan(seat, root, opened):
    workspace = Workspace(root)
    with workspace.open(opened) as plan:
        accept_everything_one_by_one(workspace, plan)
    async with seat(90, 30) as hand:
        await more(hand, opened, "Close this plan alone")
        await hand.choose("Bo")
        await hand.choose("Somebody else takes over")
        await hand.press("enter")
        assert "needed" in hand.seen()
        await hand.paste("Ada takes over \u202ein May")
        await hand.press("enter", "enter")  # the first answer leaves it open
        with workspace.open(opened) as plan:
            assert plan.state.joining.ended is None
        await more(hand, opened, "Close this plan alone")
        await hand.choose("Bo")
        await hand.choose("Somebody else takes over")
        await hand.paste("Ada takes over \u202ein May")
        await hand.press("enter")
        await hand.choose("Close it")
        assert "closed" in hand.seen().splitlines()[0] and "Closed by Bo" in hand.seen()
        assert "\u202e" not in hand.raw()

        await hand.press("plus")
        await hand.choose("Go on in a new plan")
        await hand.choose("Noor")
        await hand.choose("Somebody else")
        await hand.write("Ada\n")
        await hand.settle()
        assert "both decide anew on 2 parts" in " ".join(hand.seen().split())
        await hand.choose("Open it")
        assert hand.place == "HandoverScreen" and "Ada" in hand.seen()
    fresh = next(one for one in workspace.ids() if one != opened)
    with workspace.open(fresh) as plan:
        assert plan.state.agreed == {} and len(plan.state.proposals) == 2
        assert plan.history.opened.carried_from.plan == opened


async def test_own_keys_then_each_acceptance_is_confirmed_by_one_key(seat, root, opened):
    workspace = Workspace(root)
    create_person(workspace, "Noor", PASSPHRASE)
    with workspace.open(opened) as plan:
        accept_everything_one_by_one(workspace, plan)
    async with seat(80, 12) as hand:
        await more(hand, opened, "Go on with own keys")
        await hand.choose("Noor")
        await hand.choose("Noor")
        await hand.write("wrong passphrase\n")
        await hand.settle()
        assert hand.place == "PassphraseCard" and "does not open" in hand.seen()
        await hand.press("escape")
        with workspace.open(opened) as plan:
            assert plan.state.parties["team_member"].custody == "this machine"
        await more(hand, opened, "Go on with own keys")
        await hand.choose("Noor")
        await hand.choose("Noor")
        await hand.paste(PASSPHRASE)
        await hand.press("enter")
        assert "knows the keys of Noor" in hand.seen()
        await hand.press("plus")
        with workspace.open(opened) as plan:
            rows = what_else(workspace, plan)
            assert rows.custody[0] == "Noor acts with keys of their own." and rows.can_move == ("manager",)
        await hand.choose("Confirm with own keys")
        assert hand.place == "ConfirmScreen" and "1 of 2" in hand.seen()
        await hand.press("c")  # its end was not on the screen: 20 lines are few
        with workspace.open(opened) as plan:
            assert len(to_confirm(plan, "team_member")) == 2
        await hand.press("n", "n")
        for left in (1, 0):
            for _ in range(9):
                await hand.press("space")
            await hand.press("c")
            with workspace.open(opened) as plan:
                assert len(to_confirm(plan, "team_member")) == left
        assert "Nothing is left to confirm" in hand.seen()
        await hand.press("escape")
        assert hand.place == "AgreedScreen"
