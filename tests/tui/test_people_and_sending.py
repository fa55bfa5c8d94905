"""Keys, first contact, a file from one machine to the other, a folder, and locking when nobody is there."""

from __future__ import annotations

import pytest
from no_room import no_room
from plan_maker import goal, named_plan
from tui_hand import Hand
from two_machines import PASSPHRASE, Machine, cheap_stretching, two_machines

from coach_assist.flows.identity import people
from coach_assist.flows.open_plan import open_plan
from coach_assist.flows.propose import put_forward
from coach_assist.flows.share import recipient, share_with_viewer
from coach_assist.flows.sync import sync_place
from coach_assist.tui.app import CoachApp
from coach_assist.workspace.contacts import contacts
from coach_assist.workspace.store import Workspace

NASTY = "[/b]Bo \x1b[31m\u202e"


@pytest.fixture(autouse=True)
def cheap(monkeypatch, tmp_path) -> None:
    cheap_stretching(monkeypatch)
    monkeypatch.chdir(tmp_path)


def at(root, width: int = 90, height: int = 30):
    app = CoachApp(root)
    return app, app.run_test(size=(width, height), notifications=True)


async def sit(app, pilot) -> Hand:
    hand = Hand(app, pilot, [])
    await hand.settle()
    return hand


async def fill(hand, *fields: str) -> None:
    for text in fields:
        if text:
            await hand.paste(text)
        await hand.press("enter")


async def test_keys_are_made_backed_up_changed_and_restored(seat, root, tmp_path):
    async with seat(90, 30) as hand:
        await hand.press("i")
        assert "Nobody has keys here yet" in hand.seen()
        await hand.press("n", "escape")
        assert people(Workspace(root)) == ()
        await hand.press("n")
        await fill(hand, NASTY, "too short"[:5], "too s")
        assert hand.place == "FieldsCard" and "shorter than 8" in hand.seen()
        await fill(hand, PASSPHRASE, "another one")
        assert "The two passphrases differ" in hand.seen() and people(Workspace(root)) == ()
        await fill(hand, PASSPHRASE, PASSPHRASE)
        assert "Back the keys up now?" in hand.seen() and "cannot be recovered" in hand.seen()
        await hand.press("enter")
        with no_room():
            await hand.press("enter")
            assert hand.place == "FieldsCard" and "cannot be written" in hand.seen()
        await hand.press("enter")
        (backup,) = tmp_path.glob("*.backup")
        assert backup.name == "b-bo-31m.backup" and backup.stat().st_mode & 0o777 == 0o600
        (one,) = people(Workspace(root))
        assert one.backed_up and one.words in hand.seen() and not {"\x1b", "\u202e"} & set(hand.raw())

        await hand.press("p")
        await fill(hand, "not that one at all", "new words for it", "new words for it")
        assert "does not open the keys" in hand.seen()
        await fill(hand, PASSPHRASE, "new words for it", "new words for it")
        assert "was changed" in hand.seen()
        one.path.unlink()
        await hand.press("r")
        await fill(hand, str(tmp_path / "nothing.backup"), PASSPHRASE)
        assert "cannot be read" in hand.seen()
        await hand.press("escape", "r")
        await fill(hand, f"'{backup}'", "wrong words entirely")
        assert "does not open the keys" in hand.seen()
        await fill(hand, PASSPHRASE)
        assert "are here again" in hand.seen()
        await hand.press("c", "enter")
        assert one.words in hand.seen() and len(list(tmp_path.glob("*.card"))) == 1
        await hand.press("c", "enter")
        assert "is there already" in hand.seen()  # nothing is written over
        await hand.press("escape", "escape")
        assert hand.place == "HomeScreen"


async def test_first_contact_then_a_file_with_the_key_then_own_keys(tmp_path):
    bo = Machine(tmp_path / "bo", "Bo", "manager")
    noor = Machine(tmp_path / "noor", "Noor", "team_member")
    bo.workspace.unlocked.lock()
    from coach_assist.flows.identity import card_of

    words, card = card_of(noor.workspace, "Noor")
    (tmp_path / "noor.card").write_bytes(card)
    with named_plan(bo.workspace) as plan:
        put_forward(
            bo.workspace, plan, "manager", [goal("Answer 8 of 10 mails by 2027-03-31")], accept_own=False
        )
        identity = plan.id
    app, running = at(tmp_path / "bo")
    async with running as pilot:
        hand = await sit(app, pilot)
        app.open_plan(identity, "agreed")
        await hand.settle()
        await hand.press("f")
        await hand.choose("Bo")
        assert hand.place == "SendScreen" and "Nobody to whom it can go" in hand.seen()
        await hand.choose("Somebody new")
        await fill(hand, "/nowhere/nothing.card")
        assert "is no contact card" in hand.seen()
        await hand.press("escape")
        await hand.choose("Somebody new")
        await fill(hand, str(tmp_path / "noor.card"), "one two three")
        assert "not the words of this card" in hand.seen() and contacts(bo.workspace.contacts_folder) == ()
        field = hand.app.focused
        field.value = ""
        await fill(hand, words.replace("-", " "))
        assert "as the team member, Noor, with the key that was made here" in " ".join(hand.seen().split())
        await hand.pilot.press("home")
        await hand.settle()
        assert "never travel" in hand.seen()
        await hand.press("enter")
        assert f"plan-{identity[:6]}-for-noor.sealed" in hand.seen()
        with no_room():
            await hand.press("enter")
        assert hand.place == "FieldsCard" and list(tmp_path.glob("*.sealed")) == []
        with bo.workspace.open(identity) as plan:
            assert "share" not in {one.kind for one in plan.history.events.values()}
        await hand.press("enter")
        assert "Written to" in hand.seen()
    (sealed,) = tmp_path.glob("*.sealed")

    app, running = at(tmp_path / "noor")
    async with running as pilot:
        hand = await sit(app, pilot)
        await hand.press("v")
        broken = tmp_path / "broken.sealed"
        broken.write_bytes(sealed.read_bytes()[:-9] + b"123456789")
        for name in ("/no/such/file", str(tmp_path), str(broken)):
            app.focused.value = ""
            await fill(hand, name)
            if hand.place == "PassphraseCard":
                await hand.write("not this one\n")
                await hand.settle()
                assert "does not open" in hand.seen()
                await hand.paste(PASSPHRASE)
                await hand.press("enter")
            assert hand.place == "ReceiveScreen" and noor.workspace.ids() == ()
        assert "Nothing" in hand.seen()
        app.focused.value = ""
        await fill(hand, f"file://{sealed}")
        seen = hand.seen()
        assert "new on this machine" in seen and "Bo proposed goal" in seen and "hands over the key" in seen
        assert noor.workspace.ids() == ()  # shown, not applied
        await hand.choose("Leave it")
        assert hand.place == "HomeScreen" and noor.workspace.ids() == ()
        await hand.press("v")
        await fill(hand, str(sealed))
        await hand.choose("Take it in")
        assert "1 to decide for Noor" in hand.seen()
        await hand.choose("Go on with my own keys")
        assert "knows the keys of Noor" in hand.seen()
        with noor.workspace.open(identity) as plan:
            assert plan.state.parties["team_member"].custody == "own machine"
        await hand.choose("Another file")
        await fill(hand, str(sealed))  # twice: nothing is new
        assert "Nothing in it is new" in hand.seen() and "are not in that file" in hand.seen()


async def test_a_folder_is_said_once_and_then_done_by_itself(tmp_path):
    bo, noor, identity = two_machines(tmp_path)
    folder = tmp_path / "shared"
    folder.mkdir()
    app, running = at(tmp_path / "bo")
    async with running as pilot:
        hand = await sit(app, pilot)
        app.open_plan(identity, "agreed")
        await hand.settle()
        await hand.press("f")
        await hand.choose("Through a folder")
        assert hand.place == "PassphraseCard"
        await hand.paste(PASSPHRASE)
        await hand.press("enter")
        await fill(hand, str(tmp_path / "none"))
        assert "is no folder" in hand.words()
        hand.app.focused.value = ""
        await fill(hand, str(folder))
        assert "newest file is in the folder" in hand.seen()
    assert [one.name for one in folder.iterdir()] == [f"{identity}.manager.sealed"]

    from coach_assist.flows.joining import answer, join_page
    from coach_assist.flows.sync import set_sync

    with open_plan(noor.workspace, identity) as plan:
        set_sync(noor.workspace, plan, "team_member", folder)
    with open_plan(noor.workspace, identity) as plan:
        answer(noor.workspace, plan, "join", join_page(plan))
    app, running = at(tmp_path / "bo")
    async with running as pilot:
        hand = await sit(app, pilot)
        app.open_plan(identity, "history")
        await hand.settle()
        assert "came through the folder" not in hand.seen()  # Bo's keys are locked
        await hand.press("escape", "f")
        await hand.choose("Look into the folder now")
        await hand.paste(PASSPHRASE)
        await hand.press("enter")
        assert "came through the folder" in hand.seen()
        with bo.workspace.open(identity) as plan:
            assert plan.state.joining.answer == "joined"
        await hand.choose("Share through the folder no longer")
        with bo.workspace.open(identity) as plan:
            assert sync_place(plan) is None


async def test_a_viewers_copy_is_read_and_nothing_else(tmp_path):
    bo, noor, identity = two_machines(tmp_path)
    hana = Machine(tmp_path / "hana", "Hana", "manager")
    bo.meet(hana)
    with bo.workspace.open(identity) as plan:
        from coach_assist.plan.drafts import Draft

        frame = {"title": "Mail on time", "purpose": "Answer in time", "readers": ["Hana"]}
        draft = Draft(id="frameframe", kind="frame", value=frame, origin="person")
        put_forward(bo.workspace, plan, "manager", [draft], accept_own=True)
    noor.receive(bo.file_for(noor, identity))
    with noor.workspace.open(identity) as plan:
        from coach_assist.flows.decide import accept, undecided

        for view in undecided(plan, "team_member"):
            codes = frozenset(view.to_acknowledge)
            accept(noor.workspace, plan, "team_member", view.id, view.shown, acknowledged=codes)
    bo.receive(noor.file_for(bo, identity))
    with bo.workspace.open(identity) as plan:
        data = share_with_viewer(bo.workspace, plan, "manager", recipient(bo.workspace, "Hana"))
    hana.receive(data)
    app, running = at(tmp_path / "hana")
    async with running as pilot:
        hand = await sit(app, pilot)
        assert "viewer's copy" in hand.seen()
        app.open_plan(identity, "agreed")
        await hand.settle()
        assert "viewer's copy" in hand.seen().splitlines()[0] and "nobody decides in it" in hand.seen()
        await hand.press("j")
        assert "Nothing is to be answered here" in hand.seen() and "Leave this plan" not in hand.seen()
        await hand.press("escape", "h")
        assert "withheld" in hand.seen()


async def test_idling_locks_the_keys_and_covers_the_screen(tmp_path):
    bo, _noor, _identity = two_machines(tmp_path)
    app, running = at(tmp_path / "bo")
    now = [1000.0]
    app.clock = lambda: now[0]
    async with running as pilot:
        hand = await sit(app, pilot)
        await hand.press("i")
        app.workspace.unlocked.unlock(bo.person, PASSPHRASE)
        assert app.workspace.unlocked.is_open(bo.person.fingerprint)
        for _ in range(4):  # reading and typing is being there, also without using a key
            now[0] += 400.0
            await hand.press("down")
            assert app.workspace.unlocked.is_open(bo.person.fingerprint) and hand.place == "PeopleScreen"
        now[0] += 599.0
        app.look_at_idle()
        assert app.workspace.unlocked.is_open(bo.person.fingerprint)
        now[0] += 2.0
        app.look_at_idle()
        await hand.settle()
        assert hand.place == "CoverScreen" and hand.seen().split() == ["Paused", "F9"]
        assert not app.workspace.unlocked.is_open(bo.person.fingerprint)
        await hand.press("f9")
        assert hand.place == "PeopleScreen" and "The keys were locked" in hand.seen()
        now[0] += 700.0
        await hand.press("escape")  # the key that ends the idling takes effect on nothing
        assert hand.place == "CoverScreen"
        await hand.press("f9")
        assert hand.place == "PeopleScreen"


async def test_the_minutes_are_a_setting_and_a_demo_has_nothing_to_hide(seat, monkeypatch):
    monkeypatch.setenv("COACH_ASSIST_LOCK_MINUTES", "2")
    async with seat() as hand:
        assert hand.app.idle_seconds == 120.0
    async with seat(demo=True) as hand:
        hand.app._last_input = -10_000.0
        hand.app.look_at_idle()
        assert not hand.app.covered


async def test_a_hand_over_locks(tmp_path):
    bo, _noor, identity = two_machines(tmp_path)
    app, running = at(tmp_path / "bo")
    async with running as pilot:
        hand = await sit(app, pilot)
        app.workspace.unlocked.unlock(bo.person, PASSPHRASE)
        app.give_keyboard(identity, "team_member", "manager")
        assert not app.workspace.unlocked.is_open(bo.person.fingerprint)
        await hand.settle()


def test_nobody_but_agreed_people_can_be_sent_to(tmp_path):
    from coach_assist.flows.sending import choices, file_name

    bo, _noor, identity = two_machines(tmp_path)
    stranger = Machine(tmp_path / "x", "X \u202e/../../etc", "manager")
    bo.meet(stranger)
    with bo.workspace.open(identity) as plan:
        assert [(one.to.name, one.how) for one in choices(bo.workspace, plan, "manager")] == [
            ("Noor", "party")
        ]
        (card,) = [one for one in contacts(bo.workspace.contacts_folder) if one.name != "Noor"]
        assert file_name(plan, card) == f"plan-{identity[:6]}-for-x-etc.sealed"
