"""An erased text is gone from the file; the history verifies and says who erased it, never "damaged"."""

from __future__ import annotations

from pathlib import Path

import pytest
from history_maker import UNIT, Copy
from plan_maker import accept_everything_one_by_one, goal, plan_with_goals
from two_machines import cheap_stretching, two_machines

from coach_assist.agreement.bodies import EraseBody, SignOffBody
from coach_assist.agreement.faults import Damaged
from coach_assist.agreement.fold import fold
from coach_assist.agreement.history import History
from coach_assist.agreement.lines import from_lines, to_lines
from coach_assist.errors import UsageError
from coach_assist.flows import decide
from coach_assist.flows.erase import erase
from coach_assist.flows.history_words import history_words
from coach_assist.flows.propose import put_forward
from coach_assist.workspace.store import Workspace

SECRET = "the unlikely word wolkenkratzerpolka"


def test_the_text_is_gone_and_the_history_says_so(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "home")
    with plan_with_goals(workspace, SECRET, "Stays") as plan, workspace.open(plan.id) as other:
        target = next(one.id for one in plan.state.proposals.values() if one.value["statement"] == SECRET)
        erase(workspace, plan, "team_member", target[:10])
        assert target not in plan.state.proposals and len(plan.state.proposals) == 1
        assert plan.state == other.state  # the other process lets go of it, too
        assert all(event.id != target or event.body is None for event in other.history.events.values())
        assert SECRET.encode() not in plan.path.read_bytes()
        told = {one.id: one.what for one in history_words(plan.history)}
        assert "text erased by Noor on" in told[target]
        wanted = plan.state
        lines = to_lines(plan.history)
    assert SECRET.encode() not in lines
    assert fold(from_lines(lines)) == wanted  # "erased", never "damaged"
    with workspace.open(plan.id) as again:
        assert again.state == wanted


def test_only_ones_own_unagreed_text(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "home")
    with plan_with_goals(workspace, "Answer mails", "Write minutes") as plan:
        one, two = decide.undecided(plan, "manager")
        decide.decline(workspace, plan, "manager", two.id, two.shown, reason=SECRET)
        reason = next(event.id for event in plan.history.events.values() if event.kind == "comment")
        for party, event in (
            ("manager", one.id),
            ("team_member", reason),
            ("manager", plan.history.root.id),
            ("manager", "zz"),
        ):
            with pytest.raises(UsageError):
                erase(workspace, plan, party, event)
        accept_everything_one_by_one(workspace, plan)
        with pytest.raises(UsageError, match="agreed, and stays"):
            erase(workspace, plan, "team_member", one.id)
        erase(workspace, plan, "manager", reason)
        assert SECRET.encode() not in plan.path.read_bytes()
        assert plan.state.proposals[two.id].decisions["manager"] == "decline"  # the decision stays
        assert plan.state.proposals[two.id].reasons == {}
        with pytest.raises(UsageError, match="no text"):
            erase(workspace, plan, "manager", reason)


def test_an_erasure_travels_and_an_older_copy_does_not_bring_the_text_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cheap_stretching(monkeypatch)
    bo, noor, plan = two_machines(tmp_path)
    with bo.workspace.open(plan) as opened:
        done = put_forward(bo.workspace, opened, "manager", [goal(SECRET)], accept_own=False)
    noor.receive(bo.file_for(noor, plan))
    older = noor.file_for(bo, plan)
    with bo.workspace.open(plan) as opened:
        erase(bo.workspace, opened, "manager", done.proposals[0])
    noor.receive(bo.file_for(noor, plan))
    bo.receive(older)
    bo.receive(noor.file_for(bo, plan))
    for machine in (bo, noor):
        assert SECRET.encode() not in machine.workspace.path_of(plan).read_bytes()
        assert done.proposals[0] not in machine.state(plan).proposals


def test_an_erasure_beside_the_second_signature_does_not_undo_what_is_signed() -> None:
    copy = Copy()
    one = copy.both_accept(copy.propose("manager", "Write it down"))
    heads = sorted(copy.history.heads)
    body = SignOffBody(plan_hash=fold(copy.history).plan_hash, heads=heads, revision=1)
    copy.add("manager", "sign_off", body)
    left, right = copy.branch(), copy.branch()
    left.add("manager", "erase", EraseBody(event=one))
    assert fold(left.history).agreed == {}  # before the second signature it is taken back
    right.add("team_member", "sign_off", body)
    left.merge(right)
    right.merge(left)
    for merged in (left, right):
        assert fold(merged.history).signed[UNIT].id == fold(merged.history).agreed[UNIT].id == one
    known = copy.branch()
    known.add("manager", "erase", EraseBody(event=one))
    known.add("team_member", "sign_off", body)
    assert fold(known.history).sign_offs.in_force is None


def test_nobody_erases_for_the_other_or_a_decision() -> None:
    copy = Copy()
    one = copy.propose("manager", "Write it down")
    decision = copy.decide("team_member", one, "accept")
    with pytest.raises(Damaged, match="text of the other party"):
        copy.add("team_member", "erase", EraseBody(event=one))
    with pytest.raises(Damaged, match="cannot be erased"):
        copy.add("team_member", "erase", EraseBody(event=decision))
    copy.add("manager", "erase", EraseBody(event=one))
    with_body, without = fold(copy.history), [
        record.without_body() if record.id == one else record for record in copy.history.records()
    ]  # fmt: skip
    assert fold(History().extended(without)) == with_body
    bare = [record.without_body() if record.id == decision else record for record in copy.history.records()]
    with pytest.raises(Damaged, match="body is missing"):
        History().extended(bare)
