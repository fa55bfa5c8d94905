"""Nothing agreed without both: random histories of two parties on several copies, merged in any order.

The oracle below knows nothing of the fold: it walks the raw events.
"""

from __future__ import annotations

import random

from history_maker import KEYS, UNIT, Copy
from hypothesis import given, settings
from hypothesis import strategies as st

from coach_assist.agreement.bodies import DecideBody, ProposeBody, SignOffBody
from coach_assist.agreement.fold import State, fold
from coach_assist.agreement.history import History

UNITS = ("goalgoal22", "goalgoal33")
STEPS = st.lists(
    st.tuples(
        st.integers(0, 2),  # which copy
        st.sampled_from(["team_member", "manager"]),
        st.sampled_from(
            [
                "propose",
                "build",
                "settle",
                "remove",
                "accept",
                "accept",
                "accept",
                "decline",
                "withdraw",
                "talk",
                "merge",
            ]
        ),
        st.integers(0, 30),  # which proposal, unit or other copy
    ),
    max_size=28,
)


def play(steps: list[tuple[int, str, str, int]]) -> list[Copy]:
    """Let three copies of one plan go on by themselves; a party may even act on two of them at once."""
    first = Copy()
    copies = [first, first.branch(), first.branch()]
    for number, (which, party, step, choice) in enumerate(steps):
        copy = copies[which]
        if step == "merge":
            copy.merge(copies[choice % 3])
            continue
        known = [event.id for event in copy.history.in_order() if isinstance(event.body, ProposeBody)]
        if step == "propose" or not known:
            copy.propose(party, f"Text {number}", unit=UNITS[choice % 2])
            continue
        chosen = known[choice % len(known)]
        body = copy.history.events[chosen].body
        assert isinstance(body, ProposeBody)
        if step == "build":
            copy.propose(party, f"Text {number}", unit=body.unit, base=chosen)
        elif step == "settle":
            same = tuple(one for one in known if copy.history.events[one].body.unit == body.unit)
            copy.propose(party, f"Text {number}", unit=body.unit, base=chosen, settles=same[:2])
        elif step == "remove":
            copy.propose(party, "", unit=body.unit, base=chosen, removal=True)
        else:
            copy.decide(party, chosen, step)
    return copies


def ancestors(history: History, event: str) -> set[str]:
    found: set[str] = set()
    waiting = list(history.events[event].parents)
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting.extend(history.events[one].parents)
    return found


def accepts(history: History, party: str, proposal: str) -> bool:
    """Whether the party's key signed an acceptance of exactly this proposal and nothing after or beside it
    that says otherwise."""
    said = [
        (event.id, event.body.decision)
        for event in history.events.values()
        if isinstance(event.body, DecideBody)
        and event.body.proposal == proposal
        and event.body.shown == history.events[proposal].core.body_hash
        and event.by == KEYS[party].fingerprint
        and event.body.decision != "talk"
    ]
    last = [
        (one, what) for one, what in said if not any(one in ancestors(history, other) for other, _ in said)
    ]
    return bool(last) and all(what == "accept" for _, what in last)


def check_promise(history: History, state: State) -> None:
    for unit, proposal in state.agreed.items():
        event = history.events[proposal.id]
        assert isinstance(event.body, ProposeBody)
        assert event.body.unit == unit and event.body.value == proposal.value and not event.body.removal
        assert accepts(history, "team_member", proposal.id)
        assert accepts(history, "manager", proposal.id)
    # What is agreed is also not kept from the plan without a reason: a sole accepted text is in it.
    accepted = [
        one for one in state.proposals.values()
        if accepts(history, "team_member", one.id) and accepts(history, "manager", one.id)
    ]  # fmt: skip
    for one in accepted:
        rivals = [other for other in accepted if other.unit == one.unit]
        if len(rivals) == 1 and not one.removal:
            assert state.agreed[one.unit].id == one.id


@settings(max_examples=150, deadline=None)
@given(STEPS)
def test_a_unit_is_agreed_only_if_both_keys_accepted_exactly_that_proposal(
    steps: list[tuple[int, str, str, int]],
) -> None:
    for copy in play(steps):
        check_promise(copy.history, fold(copy.history))


@settings(max_examples=60, deadline=None)
@given(STEPS, st.randoms(use_true_random=False))
def test_merging_has_one_outcome_in_any_order(
    steps: list[tuple[int, str, str, int]], shuffler: random.Random
) -> None:
    a, b, c = play(steps)
    left = a.branch()
    left.merge(b)
    left.merge(c)
    right = c.branch()
    right.merge(b.branch())
    right.merge(a)
    inner = b.branch()
    inner.merge(c)
    grouped = a.branch()
    grouped.merge(inner)
    twice = left.branch()
    twice.merge(left)
    twice.merge(a)
    loose = [record for copy in (a, b, c) for record in copy.history.records()]
    shuffler.shuffle(loose)
    at_once = History().extended(loose)
    outcomes = [
        fold(history) for history in (left.history, right.history, grouped.history, twice.history, at_once)
    ]
    assert all(outcome == outcomes[0] for outcome in outcomes)
    assert all(list(one.agreed) == list(outcomes[0].agreed) for one in outcomes)
    check_promise(left.history, outcomes[0])


@settings(max_examples=40, deadline=None)
@given(STEPS)
def test_precedence_is_ancestry(steps: list[tuple[int, str, str, int]]) -> None:
    copies = play(steps[:18])
    copies[0].merge(copies[1])
    copies[0].merge(copies[2])
    history = copies[0].history
    for one in history.events:
        above = ancestors(history, one)
        assert {other for other in history.events if history.precedes(other, one)} == above
        assert history.known_at([one]) == above | {one}


ALONE = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "propose",
                "build",
                "remove",
                "settle",
                "accept",
                "decline",
                "withdraw",
                "talk",
                "sign",
                "sign old",
            ]
        ),
        st.integers(0, 30),
        st.booleans(),  # on top of everything, or as if the newest had not been seen
    ),
    max_size=14,
)


def signed_copy() -> tuple[Copy, str]:
    copy = Copy()
    one = copy.both_accept(copy.propose("manager", "Write it down"))
    two = copy.both_accept(copy.propose("team_member", "Each Friday", base=one))
    heads = sorted(copy.history.heads)
    for party in ("team_member", "manager"):
        sign(copy, party, heads)
    return copy, two


def sign(copy: Copy, party: str, heads: list[str]) -> None:
    at_heads = History().extended([copy.history.events[one].record for one in copy.history.known_at(heads)])
    found = fold(at_heads)
    body = SignOffBody(plan_hash=found.plan_hash, heads=heads, revision=len(found.sign_offs.signed) + 1)
    copy.add(party, "sign_off", body)


@settings(max_examples=120, deadline=None)
@given(ALONE, st.sampled_from(["team_member", "manager"]))
def test_no_one_alone_can_un_agree_what_is_signed(steps: list[tuple[str, int, bool]], party: str) -> None:
    """One party does whatever it likes, also as if it had not seen the newest events."""
    copy, agreed = signed_copy()
    first = copy.branch()
    before = fold(copy.history)
    assert before.sign_offs.in_force is not None
    own_last = [event.id for event in copy.history.in_order() if event.by == KEYS[party].fingerprint][-1]
    behind = Copy(
        History().extended([copy.history.events[one].record for one in copy.history.known_at([own_last])])
    )
    for number, (step, choice, informed) in enumerate(steps):
        acting = copy if informed else behind
        known = [event.id for event in acting.history.in_order() if isinstance(event.body, ProposeBody)]
        chosen = known[choice % len(known)]
        body = acting.history.events[chosen].body
        assert isinstance(body, ProposeBody)
        if step == "propose":
            acting.propose(party, f"Text {number}")
        elif step == "build":
            acting.propose(party, f"Text {number}", base=chosen)
        elif step == "settle":
            acting.propose(party, f"Text {number}", base=chosen, settles=tuple(known[:2]))
        elif step == "remove":
            acting.propose(party, "", base=chosen, removal=True)
        elif step == "sign":
            sign(acting, party, sorted(acting.history.heads))
        elif step == "sign old":
            events = list(acting.history.events)
            sign(acting, party, [events[choice % len(events)]])
        else:
            acting.decide(party, chosen, step)
    copy.merge(behind)
    after = fold(copy.history)
    assert after.signed.keys() == before.signed.keys() == {UNIT}
    assert after.signed[UNIT].id == after.agreed[UNIT].id == agreed
    assert after.sign_offs.in_force is not None
    assert after.sign_offs.in_force.plan_hash == before.sign_offs.in_force.plan_hash
    assert fold(first.history) == before
