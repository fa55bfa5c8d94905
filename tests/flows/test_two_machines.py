"""Two machines, no server: sealed files in any order, twice, late; one outcome, or nothing applied."""

from __future__ import annotations

from pathlib import Path

import pytest
from plan_maker import goal
from two_machines import Machine, cheap_stretching, two_machines

from coach_assist.agreement.lines import from_lines, to_lines
from coach_assist.errors import Refused, UsageError
from coach_assist.exchange.package import pack, unpack
from coach_assist.exchange.sealing import seal, unseal
from coach_assist.flows import decide
from coach_assist.flows.identity import card_of, take_card_in
from coach_assist.flows.propose import put_forward
from coach_assist.flows.receive import open_file
from coach_assist.flows.sign import sign, sign_view
from coach_assist.flows.verify_bundle import verify_bundle
from coach_assist.workspace.contacts import Card


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    cheap_stretching(monkeypatch)


def accept_all_shown(machine: Machine, plan: str) -> None:
    with machine.workspace.open(plan) as opened:
        for view in decide.undecided(opened, machine.party):
            decide.accept(
                machine.workspace, opened, machine.party, view.id, view.shown,
                acknowledged=frozenset(view.to_acknowledge),
            )  # fmt: skip


def propose(machine: Machine, plan: str, text: str) -> None:
    with machine.workspace.open(plan) as opened:
        put_forward(machine.workspace, opened, machine.party, [goal(text, origin="person")], accept_own=True)


def test_agree_and_sign_across_two_machines(tmp_path: Path) -> None:
    bo, noor, plan = two_machines(tmp_path)
    assert {one.custody for one in bo.state(plan).parties.values()} == {"own machine"}
    accept_all_shown(noor, plan)
    accept_all_shown(bo, plan)
    assert bo.state(plan).agreed == noor.state(plan).agreed == {}
    bo.receive(noor.file_for(bo, plan))
    noor.receive(bo.file_for(noor, plan))
    assert bo.state(plan).agreed == noor.state(plan).agreed != {}
    (one,) = bo.state(plan).agreed.values()
    assert set(one.custody.values()) == {"own machine"}
    for machine, other in ((bo, noor), (noor, bo)):
        with machine.workspace.open(plan) as opened:
            sign(machine.workspace, opened, machine.party, sign_view(opened).plan_hash)
        other.receive(machine.file_for(other, plan))
    for machine in (bo, noor):
        signed = machine.state(plan).sign_offs.in_force
        assert signed is not None and signed.revision == 1


def test_any_order_twice_late_and_both_having_gone_on(tmp_path: Path) -> None:
    bo, noor, plan = two_machines(tmp_path)
    early = bo.file_for(noor, plan)
    propose(bo, plan, "One more from Bo")
    propose(noor, plan, "One more from Noor")
    late = bo.file_for(noor, plan)
    accept_all_shown(noor, plan)
    noor.receive(late)
    noor.receive(early)
    once = noor.state(plan)
    noor.receive(late)
    assert noor.state(plan) == once
    bo.receive(noor.file_for(bo, plan))
    noor.receive(bo.file_for(noor, plan))
    bo.receive(noor.file_for(bo, plan))
    a, b = bo.state(plan), noor.state(plan)
    assert a.proposals.keys() == b.proposals.keys() and len(a.proposals) == 3
    assert a.agreed == b.agreed


def test_what_is_new_is_said_before_it_is_taken_in(tmp_path: Path) -> None:
    bo, noor, plan = two_machines(tmp_path)
    propose(bo, plan, "Write minutes")
    propose(noor, plan, "Mine, unsent")
    before = noor.state(plan)
    received = open_file(noor.workspace, bo.file_for(noor, plan), noor.secrets)
    said = [one.what for one in received.new]
    assert any("Write minutes" in what for what in said) and any(
        "made a copy for Noor" in what for what in said
    )
    assert received.known and received.unsent > 0
    assert noor.state(plan) == before


def test_a_file_is_for_its_recipient_only_and_any_change_is_refused(tmp_path: Path) -> None:
    bo, noor, plan = two_machines(tmp_path)
    stranger = Machine(tmp_path / "x", "Xenia", "manager")
    data = bo.file_for(noor, plan)
    before = noor.state(plan)
    with pytest.raises(Refused, match="not sealed to these keys"):
        open_file(stranger.workspace, data, stranger.secrets)
    for place in range(0, len(data), max(len(data) // 60, 1)):
        with pytest.raises(Refused):
            noor.receive(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
    for wrong in (b"", data[:-1], data + b"x", b"age-encryption.org/v1\n"):
        with pytest.raises(Refused):
            noor.receive(wrong)
    assert noor.state(plan) == before


def test_a_well_sealed_lie_is_refused_and_nothing_is_applied(tmp_path: Path) -> None:
    """Anybody can seal to Noor; what counts are the signatures inside."""
    bo, noor, plan = two_machines(tmp_path)
    propose(bo, plan, "Write minutes")
    lines = unpack(unseal(bo.file_for(noor, plan), noor.secrets.seal)).lines
    before = noor.state(plan)
    for lie in (
        lines.replace(b"Write minutes", b"Write novels"),
        b"\n".join(lines.split(b"\n")[:-2]) + b"\n",
        lines.replace(b'"decision":"accept"', b'"decision":"withdraw"', 1),
        b"",
        b"{}\n",
    ):
        with pytest.raises(Refused):
            noor.receive(seal(pack(lie), [noor.person.seal]))
    for wrong in (b"", b"{}\n" + lines, b"[1]\n" + lines, pack(lines)[1:], pack(lines, "manager", None)):
        with pytest.raises(Refused):
            noor.receive(seal(wrong, [noor.person.seal]))
    with pytest.raises(Refused, match="newer"):
        noor.receive(seal(pack(lines).replace(b'"v":1', b'"v":2', 1), [noor.person.seal]))
    with pytest.raises(Refused, match="not that party's"):
        noor.receive(seal(pack(lines, "manager", b"\x05" * 32), [noor.person.seal]))
    assert noor.state(plan) == before


def test_a_plan_that_is_refused_leaves_no_file_behind(tmp_path: Path) -> None:
    bo, noor, plan = two_machines(tmp_path)
    other = Machine(tmp_path / "other", "Noor", "team_member")
    lines = unpack(unseal(bo.file_for(noor, plan), noor.secrets.seal)).lines
    with pytest.raises(Refused):
        other.receive(seal(pack(lines[:-100]), [other.person.seal]))
    assert other.workspace.ids() == ()


def test_the_key_that_stayed_behind_can_no_longer_accept_for_its_party(tmp_path: Path) -> None:
    bo, _, plan = two_machines(tmp_path)
    with bo.workspace.open(plan) as opened:
        view = decide.undecided(opened, "team_member")[0]
        with pytest.raises(Refused, match="locked, or not on this machine"):
            decide.accept(
                bo.workspace, opened, "team_member", view.id, view.shown,
                acknowledged=frozenset(view.to_acknowledge),
            )  # fmt: skip


def test_who_is_no_party_gets_no_copy(tmp_path: Path) -> None:
    bo, noor, plan = two_machines(tmp_path)
    stranger = Machine(tmp_path / "x", "Xenia", "manager")
    bo.meet(stranger)
    with pytest.raises(UsageError, match="no party"):
        bo.file_for(stranger, plan)
    with pytest.raises(UsageError, match="key of their own already"):
        bo.file_for(stranger, plan, hand_over="team_member")
    with pytest.raises(UsageError, match="no contact"):
        noor.file_for(stranger, plan)


def test_a_card_is_taken_in_only_with_its_words(tmp_path: Path) -> None:
    bo, noor, _ = two_machines(tmp_path)
    words, data = card_of(noor.workspace, "Noor")
    card = Card.model_validate_json(data)
    for said in ("", words.rsplit("-", 1)[0], words + "-acid", "acid " * 8):
        with pytest.raises(UsageError, match="not the words"):
            take_card_in(bo.workspace, card, said)
    take_card_in(bo.workspace, card, f"  {words.upper().replace('-', ' ')} ")


def test_a_signed_export_proves_itself_anywhere(tmp_path: Path) -> None:
    bo, noor, plan = two_machines(tmp_path)
    accept_all_shown(noor, plan)
    accept_all_shown(bo, plan)
    bo.receive(noor.file_for(bo, plan))
    with bo.workspace.open(plan) as opened:
        history = opened.history
        data = to_lines(history)
    report = verify_bundle(data)
    assert report.state == bo.state(plan) and report.withheld == 0 and report.heads_checked == 0
    assert len(report.events) == len(history.events)
    assert verify_bundle(data, bo.workspace).heads_checked == len(history.heads)
    accept_late = from_lines(data)
    assert accept_late.heads == history.heads
    propose(bo, plan, "Later")
    with pytest.raises(Refused, match="gone"):
        verify_bundle(data, bo.workspace)
    hidden = frozenset(
        one for one, event in history.events.items() if event.kind == "comment" or event.kind == "share"
    )
    assert verify_bundle(to_lines(history, withheld=hidden)).withheld == len(hidden) > 0
