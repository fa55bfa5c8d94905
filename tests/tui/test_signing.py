"""Signing the whole plan, keys of one's own, the history in words, and all formats of export."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from follow_maker import agreed_plan

from coach_assist.flows.identity import create_person, person
from coach_assist.flows.own_key import move_to_own_key
from coach_assist.tui.agreed.export_card import AUDIENCES, kinds
from coach_assist.workspace.store import Workspace


@pytest.fixture
def agreed(root: Path) -> str:
    with agreed_plan(Workspace(root)) as plan:
        return plan.id


async def read_to_the_end(hand) -> None:
    for _ in range(40):
        await hand.press("space")
        if hand.app.screen.was_read:
            return
    raise AssertionError(hand.seen())


async def sign_as(hand, name: str) -> None:
    await hand.press("s")
    await hand.choose(name)
    await hand.choose("and I sign it")


async def test_both_sign_the_plan_that_they_read_to_its_end(seat, agreed, root):
    async with seat() as hand:
        hand.app.open_plan(agreed, "agreed")
        await hand.settle()
        await hand.press("s")
        assert hand.place == "SignScreen" and "Waits for the signature of" in hand.seen()
        await hand.press("s")
        assert "Its end was not on the screen yet" in hand.seen()
        await read_to_the_end(hand)
        await sign_as(hand, "Noor")
        assert "as soon as the other has signed" in hand.seen()
        await read_to_the_end(hand)
        await sign_as(hand, "Bo")
        assert "Revision 1 is in force" in hand.seen()
    with Workspace(root).open(agreed) as plan:
        assert plan.state.sign_offs.in_force is not None


async def test_a_key_of_ones_own_is_opened_by_its_passphrase_and_locked_at_a_hand_over(seat, agreed, root):
    workspace = Workspace(root)
    made = create_person(workspace, "Bo", "a long enough passphrase")
    workspace.unlocked.unlock(person(workspace, made.fingerprint), "a long enough passphrase")
    with workspace.open(agreed) as plan:
        move_to_own_key(workspace, plan, "manager", person(workspace, made.fingerprint))
    async with seat() as hand:
        hand.app.open_plan(agreed, "sign")
        await hand.settle()
        await read_to_the_end(hand)
        await sign_as(hand, "Bo")
        assert hand.place == "PassphraseCard"
        await hand.write("wrong one")
        await hand.press("enter")
        assert "does not open the keys" in hand.seen() and "wrong one" not in hand.seen()
        await hand.write("a long enough passphrase")
        assert "a long enough" not in hand.seen()
        await hand.press("enter")
        assert hand.place == "SignScreen" and "Signed." in hand.seen()
        fingerprint = hand.app.plan_file(agreed).state.parties["manager"].fingerprint
        assert hand.app.workspace.unlocked.held(fingerprint) is not None
        hand.app.give_keyboard(agreed, "team_member", "manager")
        assert hand.app.workspace.unlocked.held(fingerprint) is None


async def test_escape_leaves_the_key_locked_and_nothing_done(seat, agreed, root):
    workspace = Workspace(root)
    made = create_person(workspace, "Bo", "a long enough passphrase")
    workspace.unlocked.unlock(person(workspace, made.fingerprint), "a long enough passphrase")
    with workspace.open(agreed) as plan:
        move_to_own_key(workspace, plan, "manager", person(workspace, made.fingerprint))
        before = plan.state.events
    async with seat() as hand:
        hand.app.open_plan(agreed, "sign")
        await hand.settle()
        await read_to_the_end(hand)
        await sign_as(hand, "Bo")
        await hand.press("escape")
        assert hand.place == "SignScreen" and hand.app.plan_file(agreed).state.events == before


async def test_the_history_says_who_did_what(seat, agreed):
    async with seat() as hand:
        hand.app.open_plan(agreed, "agreed")
        await hand.settle()
        await hand.press("h")
        assert hand.place == "HistoryScreen" and "accepted" in hand.seen()
        await hand.press("home")
        assert "opened the plan of Noor and Bo" in hand.seen()
        await hand.press("escape")
        assert hand.place == "AgreedScreen"


async def test_every_format_is_offered_and_written(seat, agreed, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    async with seat() as hand:
        hand.app.open_plan(agreed, "agreed")
        await hand.settle()
        for place in range(len(kinds())):
            # What was chosen last is highlighted, so each time the next one is one step further.
            await hand.press("x", "enter", *["down"] * min(place, 1), "enter", "enter")
            assert "It is meant for: Noor, Bo. Confidential to: Noor, Bo." in hand.seen(), hand.seen()
    endings = {path.name.split(agreed[:6])[1] for path in tmp_path.iterdir()}
    assert endings == {kind.ending for kind in kinds().values()}


async def test_for_hr_it_says_so_in_the_history_and_the_last_choice_is_kept(
    seat, agreed, root, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    async with seat() as hand:
        hand.app.open_plan(agreed, "agreed")
        await hand.settle()
        await hand.press("x", "end", "enter")
        assert "For: HR. As what?" in hand.seen() and "Agenda" not in hand.seen()
        await hand.press("down", "enter")
        assert "For: HR. Where?" in hand.seen()
        await hand.press("escape", "escape", "escape")
        assert hand.place == "AgreedScreen" and not list(tmp_path.iterdir())
        await hand.press("x", "end", "enter", "down", "enter", "enter")
        await hand.choose("Bo")
        assert "Confidential to: HR, Noor, Bo." in hand.seen(), hand.seen()
        assert "agreed to no reader" in hand.seen()
        await hand.press("x")
        assert hand.app.screen.query_one("#audiences").highlighted == len(AUDIENCES) - 1
        await hand.press("enter", "enter", "enter")
        assert "there already" in hand.seen()
        await hand.press("enter")
        await hand.choose("Bo")
        assert "Saved to" in hand.seen()
    (path,) = tmp_path.iterdir()
    assert path.suffix == ".docx"
    with Workspace(root).open(agreed) as plan:
        assert [event.kind for event in plan.history.in_order()].count("export") == 2


async def test_what_keeps_a_file_from_being_written_is_said(seat, agreed, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    async with seat() as hand:
        hand.app.open_plan(agreed, "agreed")
        await hand.settle()
        await hand.press("x", "enter", "enter")
        hand.app.screen.query_one("#path").value = str(tmp_path / "none" / "plan.md")
        await hand.press("enter")
        assert "cannot be written: there is no such folder" in hand.words(), hand.seen()
        monkeypatch.setitem(sys.modules, "docx", None)
        await hand.press("x", "enter", "down", "enter", "enter")
        assert 'pip install "coach-assist[office]"' in hand.seen(), hand.seen()
    assert not list(tmp_path.iterdir())
