"""Released opportunity answers: the manager's alone, read by the team member alone, the last one whole."""

from __future__ import annotations

import pytest
from history_maker import KEYS, PLAN, Copy

from coach_assist.agreement.bodies import EraseBody
from coach_assist.agreement.events import body_hash, make_record
from coach_assist.agreement.faults import Damaged
from coach_assist.agreement.fold import fold
from coach_assist.agreement.lines import from_lines, to_lines
from coach_assist.agreement.opportunity import released_opportunity
from coach_assist.agreement.opportunity_bodies import OpportunityBody, OpportunitySeenBody
from coach_assist.agreement.viewers import withheld_from_viewers

FIRST = OpportunityBody(plan_kind="onboarding", answers={"observed": "He asks twice."})
SECOND = OpportunityBody(plan_kind="career", answers={"need": "A second shift."})


def seen(copy: Copy, event: str, shown: str | None = None) -> OpportunitySeenBody:
    return OpportunitySeenBody(opportunity=event, shown=shown or copy.history.events[event].core.body_hash)


def test_the_last_release_stands_and_only_its_own_reading_counts() -> None:
    copy = Copy()
    assert released_opportunity(copy.history) is None
    first = copy.add("manager", "opportunity", FIRST)
    copy.add("team_member", "opportunity_seen", seen(copy, first))
    found = released_opportunity(copy.history)
    assert found is not None and found.seen and found.answers == FIRST.answers
    second = copy.add("manager", "opportunity", SECOND)
    found = released_opportunity(copy.history)
    assert found is not None and (found.event, found.plan_kind, found.seen) == (second, "career", False)
    assert fold(copy.history).agreed == {}
    again = from_lines(to_lines(copy.history))
    assert released_opportunity(again) == found
    assert {first, second} <= withheld_from_viewers(copy.history)
    copy.add("manager", "erase", EraseBody(event=second))
    assert released_opportunity(copy.history) is None


def test_beside_one_another_both_copies_come_to_the_same() -> None:
    copy = Copy()
    beside = copy.branch()
    copy.add("manager", "opportunity", FIRST)
    beside.add("manager", "opportunity", SECOND)
    left, right = copy.branch(), beside.branch()
    left.merge(beside)
    right.merge(copy)
    assert released_opportunity(left.history) == released_opportunity(right.history) is not None


@pytest.mark.parametrize(
    ("party", "what", "words"),
    [
        ("team_member", "release", "not by them"),
        ("manager", "seen", "not by them"),
        ("team_member", "other text", "another text"),
        ("team_member", "no release", "no manager released"),
    ],
)
def test_what_nobody_may_say(party: str, what: str, words: str) -> None:
    copy = Copy()
    first = copy.add("manager", "opportunity", FIRST)
    root = copy.history.root
    assert root is not None
    bodies = {
        "release": ("opportunity", SECOND),
        "seen": ("opportunity_seen", seen(copy, first)),
        "other text": ("opportunity_seen", seen(copy, first, "0" * 64)),
        "no release": ("opportunity_seen", seen(copy, root.id)),
    }
    with pytest.raises(Damaged, match=words):
        copy.add(party, *bodies[what])


def test_an_older_version_is_told_which_one_it_needs() -> None:
    from coach_assist.agreement.bodies import NEEDED

    assert NEEDED["opportunity"] == NEEDED["opportunity_seen"] == "0.2"
    key = KEYS["manager"]
    copy = Copy()
    record = make_record(
        "opportunity",
        FIRST.model_copy(update={"needs": "0.2"}),
        plan=PLAN,
        key=key,
        at="2027-01-04T09:30:00Z",
        parents=copy.history.parents_for(key.fingerprint),
    )
    assert record.salt is not None and record.body is not None
    history = copy.history.extended([record])
    assert history.events[record.id].core.body_hash == body_hash(record.salt, record.body)
