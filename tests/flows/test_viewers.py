"""A viewer's copy: what holds now, and nothing else; it verifies, and nobody decides in it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from plan_maker import goal
from spoiled_events import bundle
from two_machines import Machine, cheap_stretching, two_machines

from coach_assist.agreement.bodies import DecideBody, ProposeBody, SignOffBody
from coach_assist.agreement.events import make_record
from coach_assist.agreement.faults import Damaged
from coach_assist.agreement.fold import fold
from coach_assist.agreement.history import History
from coach_assist.agreement.lines import from_lines, to_lines
from coach_assist.agreement.viewers import withheld_from_viewers
from coach_assist.errors import Refused, UsageError
from coach_assist.exchange.package import pack, unpack
from coach_assist.exchange.sealing import seal, unseal
from coach_assist.flows import decide
from coach_assist.flows.export import FORMATS, ExportChoice, export_plan, record_export
from coach_assist.flows.note import keep_note, release_note
from coach_assist.flows.propose import put_forward
from coach_assist.flows.receive import open_file, take_in
from coach_assist.flows.share import recipient, share_with_viewer
from coach_assist.flows.show import plan_view
from coach_assist.flows.sign import sign, sign_view
from coach_assist.flows.verify_bundle import verify_bundle
from coach_assist.plan.drafts import Draft
from coach_assist.plan.ids import new_unit_id

FRAME = {"title": "Answering in time", "purpose": "Partners get an answer in a day.", "readers": ["Hana"]}
SECRET = ("Never agreed: stay late", "Too late for me", "We quarrelled on Monday", "The first wording")


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    cheap_stretching(monkeypatch)


def decide_all(machine: Machine, plan: str) -> None:
    with machine.workspace.open(plan) as opened:
        for view in decide.undecided(opened, machine.party):
            act = decide.decline if "stay late" in str(view.value) else decide.accept
            extra = (
                {"reason": SECRET[1]} if act is decide.decline
                else {"acknowledged": frozenset(view.to_acknowledge)}
            )  # fmt: skip
            act(machine.workspace, opened, machine.party, view.id, view.shown, **extra)


def exchange(bo: Machine, noor: Machine, plan: str) -> None:
    noor.receive(bo.file_for(noor, plan))
    bo.receive(noor.file_for(bo, plan))


def sign_both(bo: Machine, noor: Machine, plan: str) -> None:
    for machine, other in ((bo, noor), (noor, bo)):
        with machine.workspace.open(plan) as opened:
            sign(machine.workspace, opened, machine.party, sign_view(opened).plan_hash)
        other.receive(machine.file_for(other, plan))


def propose(machine: Machine, plan: str, draft: Draft) -> None:
    with machine.workspace.open(plan) as opened:
        put_forward(machine.workspace, opened, machine.party, [draft], accept_own=True)


@pytest.fixture
def signed(tmp_path: Path) -> tuple[Machine, Machine, Machine, str]:
    """Bo, Noor and Hana, who may read; a plan signed twice, with texts that are none of Hana's business."""
    bo, noor, plan = two_machines(tmp_path, "The first wording")
    hana = Machine(tmp_path / "hana", "Hana", "manager")
    bo.meet(hana)
    propose(bo, plan, goal(SECRET[0], origin="person"))
    propose(bo, plan, Draft(id=new_unit_id(), kind="frame", value=FRAME, origin="person"))
    for _ in range(2):
        decide_all(bo, plan)
        exchange(bo, noor, plan)
        decide_all(noor, plan)
        exchange(bo, noor, plan)
    sign_both(bo, noor, plan)
    (unit,) = (one.unit for one in bo.state(plan).agreed.values() if one.kind == "goal")
    propose(noor, plan, goal("The second wording by 31 March 2027", unit=unit, origin="person"))
    exchange(bo, noor, plan)
    decide_all(bo, plan)
    exchange(bo, noor, plan)
    sign_both(bo, noor, plan)
    with noor.workspace.open(plan) as opened:
        keep_note(opened, "team_member", SECRET[2], date(2026, 11, 25))
        note = opened.notes.all("team_member")[0].question.removeprefix("note.")
        release_note(noor.workspace, opened, "team_member", note)
    bo.receive(noor.file_for(bo, plan))
    return bo, noor, hana, plan


def viewers_file(machine: Machine, viewer: Machine, plan: str) -> bytes:
    with machine.workspace.open(plan) as opened:
        return share_with_viewer(
            machine.workspace, opened, machine.party, recipient(machine.workspace, viewer.name)
        )


def test_a_viewer_reads_what_is_in_force_and_nothing_else(
    signed: tuple[Machine, Machine, Machine, str],
) -> None:
    bo, _, hana, plan = signed
    data = viewers_file(bo, hana, plan)
    lines = unpack(unseal(data, hana.secrets.seal)).lines
    for text in SECRET:
        assert text.encode() not in lines
    received = open_file(hana.workspace, data, hana.secrets)
    assert received.viewer
    state = take_in(hana.workspace, received)
    whole = bo.state(plan)
    assert state.signed == whole.signed and len(state.signed) == 2
    assert state.revision == whole.revision == 2
    assert state.sign_offs.in_force is not None and state.sign_offs.in_force.proved
    with hana.workspace.open(plan) as opened:
        view = plan_view(opened)
        assert {one.headline for one in view.agreed} >= {"The second wording by 31 March 2027"}
        assert view.waits == {"team_member": 0, "manager": 0} and view.open == ()
    assert hana.receive(data) == state  # twice is once
    hana.receive(viewers_file(bo, hana, plan))


def test_a_viewer_exports_what_they_can_read_and_makes_no_copy_for_others(
    signed: tuple[Machine, Machine, Machine, str],
) -> None:
    bo, _, hana, plan = signed
    hana.receive(viewers_file(bo, hana, plan))
    with hana.workspace.open(plan) as opened:
        for form in FORMATS:
            if form != "ics":  # no date is agreed in this plan
                export = export_plan(opened, form)
                assert not [text for text in SECRET if text.encode() in export.content]
        with pytest.raises(Refused, match="viewer's copy"):
            record_export(
                hana.workspace, opened, "manager", export_plan(opened, "md", ExportChoice(audience="hr"))
            )


def test_the_copy_as_a_file_verifies_and_says_what_is_withheld(
    signed: tuple[Machine, Machine, Machine, str],
) -> None:
    bo, _, hana, plan = signed
    lines = unpack(unseal(viewers_file(bo, hana, plan), hana.secrets.seal)).lines
    report = verify_bundle(lines)
    with bo.workspace.open(plan) as opened:
        assert report.withheld == len(withheld_from_viewers(opened.history)) > 5
    signed_now = report.state.sign_offs.in_force
    assert signed_now is not None and signed_now.proved and signed_now.revision == 2
    # The first revision held a text that was replaced since: it counts, and is not shown.
    assert [one.proved for one in report.state.sign_offs.signed] == [False, True]


def test_a_viewer_never_decides(signed: tuple[Machine, Machine, Machine, str]) -> None:
    bo, _, hana, plan = signed
    hana.receive(viewers_file(bo, hana, plan))
    with hana.workspace.open(plan) as opened:
        (one,) = (one for one in opened.state.signed.values() if one.kind == "goal")
        with pytest.raises(Refused, match="viewer's copy"):
            decide.withdraw(hana.workspace, opened, "manager", one.id, one.shown)
        with pytest.raises(Refused, match="viewer's copy"):
            put_forward(hana.workspace, opened, "manager", [goal("Mine")], accept_own=False)
        history = opened.history
        body = DecideBody(proposal=one.id, shown=one.shown, decision="withdraw")
        key = hana.secrets.sign
        forged = make_record(
            "decide", body, plan=plan, key=key, at="2026-11-25T09:30:00Z", parents=history.heads
        )
        with pytest.raises(Damaged, match="no party"):
            history.extended([forged], partial=True)
    # The same, put into a whole history and sealed to a party: refused by name, and nothing is applied.
    before, file = bo.state(plan), bo.workspace.path_of(plan).read_bytes()
    with bo.workspace.open(plan) as opened:
        records, heads = list(opened.history.records()), opened.history.heads
    forged = make_record("decide", body, plan=plan, key=key, at="2026-11-25T09:30:00Z", parents=heads)
    with pytest.raises(Damaged, match=f"{forged.id[:12]}.*no party"):
        bo.receive(seal(pack(bundle([*records, forged], [forged.id])), [bo.person.seal]))
    assert bo.state(plan) == before and bo.workspace.path_of(plan).read_bytes() == file


def test_only_an_agreed_reader_gets_a_copy_and_never_as_a_party(
    signed: tuple[Machine, Machine, Machine, str], tmp_path: Path
) -> None:
    bo, noor, hana, plan = signed
    other = Machine(tmp_path / "o", "Otto", "manager")
    bo.meet(other)
    with pytest.raises(UsageError, match="not among the readers"):
        viewers_file(bo, other, plan)
    with pytest.raises(UsageError, match="is a party"):
        viewers_file(bo, noor, plan)
    with pytest.raises(UsageError, match="no party"):
        bo.file_for(hana, plan)


def test_a_party_does_not_take_a_viewers_copy_for_a_whole_one(
    signed: tuple[Machine, Machine, Machine, str],
) -> None:
    bo, _, hana, plan = signed
    lines = unpack(unseal(viewers_file(bo, hana, plan), hana.secrets.seal)).lines
    before = bo.state(plan)
    with pytest.raises(Refused, match="whole one is on this machine"):
        bo.receive(seal(pack(lines), [bo.person.seal]))
    assert bo.state(plan) == before


def test_a_viewers_file_becomes_whole_once_nothing_is_missing(
    signed: tuple[Machine, Machine, Machine, str],
) -> None:
    bo, _, hana, plan = signed
    hana.receive(viewers_file(bo, hana, plan))
    with bo.workspace.open(plan) as opened:
        whole = to_lines(opened.history)
    hana.receive(seal(pack(whole), [hana.person.seal]))
    assert hana.state(plan) == bo.state(plan)
    with hana.workspace.open(plan) as opened:
        assert not opened.viewer


def test_a_sharer_who_hides_a_signed_text_is_seen(signed: tuple[Machine, Machine, Machine, str]) -> None:
    bo, _, _, plan = signed
    with bo.workspace.open(plan) as opened:
        history = opened.history
    hidden = withheld_from_viewers(history)
    in_force = fold(history).sign_offs.in_force
    assert in_force is not None
    for one in in_force.proposals:
        partial = from_lines(to_lines(history, withheld=hidden | {one}), partial=True)
        shown = fold(partial).sign_offs.in_force
        assert shown is not None and not shown.proved
    accepted = next(
        one.id for one in history.events.values()
        if isinstance(one.body, DecideBody) and one.body.proposal in in_force.proposals
        and one.body.decision == "accept"
    )  # fmt: skip
    partial = from_lines(to_lines(history, withheld=hidden | {accepted}), partial=True)
    assert not fold(partial).sign_offs.in_force.proved  # type: ignore[union-attr]
    for event in history.events.values():
        if isinstance(event.body, SignOffBody):
            with pytest.raises(Damaged, match="missing"):
                from_lines(to_lines(history, withheld=hidden | {event.id}), partial=True)


def test_who_hides_that_a_signer_went_back_is_seen() -> None:
    """Noor signs, goes back, and Bo signs all the same: with the going back withheld nothing is proved."""
    from history_maker import Copy

    copy = Copy()
    one = copy.both_accept(copy.propose("manager", "Write it down"))
    heads = sorted(copy.history.heads)
    found = fold(copy.history)
    body = SignOffBody(plan_hash=found.plan_hash, heads=heads, revision=1)
    copy.add("team_member", "sign_off", body)
    back = copy.decide("team_member", one, "withdraw")
    copy.add("manager", "sign_off", body)
    assert fold(copy.history).sign_offs.in_force is None
    hiding = from_lines(to_lines(copy.history, withheld=frozenset({back})), partial=True)
    signed_now = fold(hiding).sign_offs.in_force
    assert signed_now is not None and not signed_now.proved
    assert back not in withheld_from_viewers(copy.history)


def test_a_whole_history_never_leaves_a_sign_off_unproved() -> None:
    from history_maker import small_history

    history: History = small_history().history
    assert history.withheld == frozenset()
    proposals = [one for one in history.events.values() if isinstance(one.body, ProposeBody)]
    hidden = withheld_from_viewers(history)
    assert {one.id for one in proposals} - hidden == {one.id for one in fold(history).agreed.values()}
