"""Nothing agreed without both: random histories of two parties on several copies, merged in any order.

The oracle below knows nothing of the fold: it walks the raw events.
"""

from __future__ import annotations

import random

from history_maker import KEYS, Copy
from hypothesis import given, settings
from hypothesis import strategies as st

from coach_assist.agreement.bodies import DecideBody, ProposeBody
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
