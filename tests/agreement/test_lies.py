"""Whole files that are well formed and lie: somebody who can write any file, and sign with keys of their own.

Each is refused and names the event, as a file and as events that are added; and nothing of it is applied.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from history_maker import AT, KEYS, PLAN, STRANGER, Copy, opening, remade
from spoiled_events import bundle, resigned

from coach_assist.agreement.bodies import DecideBody, EraseBody, OpenBody, PartyKey, PartyKeys, RotateBody
from coach_assist.agreement.canonical import encode
from coach_assist.agreement.events import Record, body_hash, make_record
from coach_assist.agreement.faults import Damaged
from coach_assist.agreement.fold import fold
from coach_assist.agreement.history import History
from coach_assist.agreement.lines import from_lines, to_lines
from coach_assist.workspace.plan_file import PlanFile
from coach_assist.workspace.store import Workspace

MANAGER, MEMBER = KEYS["manager"], KEYS["team_member"]
Lie = tuple[list[Record], str, str]
"""The records of a file, the event that must be named, and words of why."""


class Case:
    """An honest history: a goal agreed, two texts beside each other, one of them erased by its author."""

    def __init__(self) -> None:
        copy = Copy()
        self.goal = copy.both_accept(copy.propose("manager", "Write it down"))
        self.open = copy.propose("manager", "And file it", unit="goalgoal33")
        self.erased = copy.propose("team_member", "Said in anger", unit="goalgoal44")
        copy.add("team_member", "erase", EraseBody(event=self.erased))
        self.history = copy.history
        self.records = [
            one.record.without_body() if one.id == self.erased else one.record
            for one in self.history.in_order()
        ]
        self.heads = sorted(self.history.heads)

    def of(self, event: str) -> Record:
        return next(one for one in self.records if one.id == event)

    def with_(self, *changed: Record) -> list[Record]:
        """The records with these in place of those with the same id, or at the end."""
        by_id = {one.id: one for one in changed}
        return [by_id.pop(one.id, one) for one in self.records] + list(by_id.values())

    def decide(
        self, key: object, by: str, decision: str = "accept", parents: list[str] | None = None
    ) -> Record:
        """A decision on the open proposal, signed with `key` in the name of the key `by`."""
        shown = self.history.events[self.open].core.body_hash
        body = DecideBody(proposal=self.open, shown=shown, decision=decision)
        parents = self.heads if parents is None else parents
        made = make_record("decide", body, plan=PLAN, key=key, at=AT, parents=frozenset(parents))  # type: ignore[arg-type]
        return resigned(made, key, by=by)  # type: ignore[arg-type]


def signed_by_another_key(case: Case) -> Lie:
    changed = remade(case.of(case.goal), sig=STRANGER.sign(case.goal))
    return case.with_(changed), case.goal, "not by the key"


def signed_by_the_other_party(case: Case) -> Lie:
    changed = remade(case.of(case.goal), sig=MEMBER.sign(case.goal))
    return case.with_(changed), case.goal, "not by the key"


def accepted_in_the_others_name(case: Case) -> Lie:
    made = case.decide(MANAGER, MEMBER.fingerprint)
    return case.with_(made), made.id, "not by the key"


def decided_by_a_viewer(case: Case) -> Lie:
    """A viewer has all ids and may have a key; no key of theirs is in the plan."""
    made = case.decide(STRANGER, STRANGER.fingerprint)
    return case.with_(made), made.id, "no party"


def a_viewer_brings_a_key_in(case: Case) -> Lie:
    proof = STRANGER.prove_rotation(PLAN, MEMBER.fingerprint).hex()
    body = RotateBody(party="team_member", key=STRANGER.public, custody="own machine", proof=proof)
    made = make_record("rotate", body, plan=PLAN, key=STRANGER, at=AT, parents=frozenset(case.heads))
    return case.with_(made), made.id, "no party"


def opened_anew_with_other_keys(case: Case) -> Lie:
    parties = PartyKeys(
        team_member=PartyKey(name="Noor", key=STRANGER.public, custody="own machine"),
        manager=PartyKey(name="Bo", key=MANAGER.public, custody="own machine"),
    )
    made = case.records[0]
    while made.id <= case.records[0].id:  # of two openings the one with the greater id is the second
        made = make_record(
            "open", OpenBody(parties=parties), plan=PLAN, key=STRANGER, at=AT, parents=frozenset()
        )
    return case.with_(made), made.id, "second opening"


def replayed_from_another_plan(case: Case) -> Lie:
    """A true event of both parties' other plan, put on top of this one."""
    there = opening(plan="b" * 26)
    made = make_record(
        "decide", DecideBody(proposal=case.open, shown="0" * 64, decision="accept"),
        plan="b" * 26, key=MEMBER, at=AT, parents=frozenset([there.id]),
    )  # fmt: skip
    return case.with_(made), made.id, "missing"


def replayed_and_hung_in(case: Case) -> Lie:
    made = resigned(case.decide(MEMBER, MEMBER.fingerprint), MEMBER, plan="b" * 26)
    return case.with_(made), made.id, "another plan"


def parents_swapped(case: Case) -> Lie:
    left, right = Copy(case.history), Copy(case.history)
    left.propose("manager", "One", unit="goalgoal55")
    right.propose("team_member", "Two", unit="goalgoal66")
    left.merge(right)
    made = case.decide(MANAGER, MANAGER.fingerprint, parents=sorted(left.history.heads))
    parents = json.loads(made.core)["parents"]
    swapped = resigned(made, MANAGER, parents=parents[::-1])
    rest = [one for one in left.history.records() if one.id not in case.history.events]
    return [*case.records, *rest, swapped], swapped.id, "not sorted"


def own_last_event_left_out(case: Case) -> Lie:
    """Whoever erased something goes on as if that had not been: a second, hidden strand of the history."""
    over = case.decide(MANAGER, MANAGER.fingerprint, parents=sorted({*case.heads, case.open}))
    made = case.decide(MEMBER, MEMBER.fingerprint, parents=[over.id])
    return case.with_(over, made), made.id, "own previous event"


def erased_body_replaced(case: Case) -> Lie:
    other = case.of(case.open)
    changed = remade(case.of(case.erased), salt=other.salt, body=other.body)
    return case.with_(changed), case.erased, "body hash"


def erased_body_replaced_under_a_made_salt(case: Case) -> Lie:
    body = encode({"needs": "0.1", "unit": "goalgoal44", "kind": "goal", "value": {"statement": "I agree"}})
    changed = remade(case.of(case.erased), salt=b"\x00" * 32, body=body)
    return case.with_(changed), case.erased, "body hash"


def a_text_without_salt(case: Case) -> Lie:
    """Its hash could be guessed from a withheld text; the author's own signature does not help."""
    body = case.of(case.open).body
    assert body is not None
    made = resigned(case.of(case.open), MANAGER, body_hash=body_hash(b"", body), parents=case.heads)
    made = resigned(made, MANAGER, parents=sorted({*case.heads, case.open}))
    return case.with_(remade(made, salt=b"")), made.id, "body hash"


def body_taken_away(case: Case) -> Lie:
    return case.with_(case.of(case.open).without_body()), case.open, "missing"


def two_bodies_exchanged(case: Case) -> Lie:
    one, other = case.of(case.goal), case.of(case.open)
    changed = remade(one, salt=other.salt, body=other.body)
    return case.with_(changed, remade(other, salt=one.salt, body=one.body)), case.goal, "body hash"


def kind_changed_with_the_same_signature(case: Case) -> Lie:
    record = case.of(case.open)
    core = encode({**json.loads(record.core), "kind": "comment"})
    return case.with_(remade(record, core=core)), case.open, "does not match its content"


def decided_on_the_unseen(case: Case) -> Lie:
    accepted = [event.id for event in case.history.in_order() if event.kind == "decide"]
    made = case.decide(MEMBER, MEMBER.fingerprint, parents=accepted)  # what was there before it
    return case.with_(made), made.id, "cannot have seen"


LIES: list[Callable[[Case], Lie]] = [
    signed_by_another_key, signed_by_the_other_party, accepted_in_the_others_name, decided_by_a_viewer,
    a_viewer_brings_a_key_in, opened_anew_with_other_keys, replayed_from_another_plan, replayed_and_hung_in,
    parents_swapped, own_last_event_left_out, erased_body_replaced, erased_body_replaced_under_a_made_salt,
    a_text_without_salt, body_taken_away, two_bodies_exchanged,
    kind_changed_with_the_same_signature, decided_on_the_unseen,
]  # fmt: skip


@pytest.fixture(scope="module")
def case() -> Case:
    return Case()


@pytest.fixture
def plan(case: Case, tmp_path: Path) -> PlanFile:
    opened = Workspace(tmp_path).create_received(PLAN)
    opened.record(lambda history: case.records[:2])
    return opened


def test_the_honest_file_is_read_and_its_erased_text_is_gone(case: Case) -> None:
    read = from_lines(bundle(case.records, case.heads), remembered=case.heads)
    assert to_lines(read) == bundle(case.records, case.heads)
    assert read.events[case.erased].body is None and case.erased in read.erased
    assert fold(read) == fold(case.history)


@pytest.mark.parametrize("lie", LIES, ids=lambda lie: lie.__name__)
def test_a_lie_is_refused_by_name_and_nothing_of_it_is_applied(
    lie: Callable[[Case], Lie], case: Case, plan: PlanFile
) -> None:
    records, event, words = lie(case)
    partial = lie is not body_taken_away
    with pytest.raises(Damaged) as read:
        from_lines(bundle(records, case.heads), partial=partial)
    assert event in {fault.event for fault in read.value.faults}
    said = next(str(fault) for fault in read.value.faults if fault.event == event)
    assert event[:12] in said and words in said
    before, state = plan.path.read_bytes(), plan.state
    with pytest.raises(Damaged):
        History().extended(records, partial=partial)
    if partial:  # beside all that is known already
        with pytest.raises(Damaged):
            case.history.extended(records, partial=True)
    with pytest.raises(Damaged):
        plan.record(lambda history: records)
    assert plan.path.read_bytes() == before and plan.state == state
    assert len(plan.history.events) == 2
    plan.close()
