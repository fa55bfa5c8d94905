"""Taking part: only the team member answers, the safest answer counts, nothing agreed is undone by it."""

from __future__ import annotations

import pytest
from history_maker import AT, KEYS, PLAN, Copy

from coach_assist.agreement.bodies import DecideBody
from coach_assist.agreement.events import make_record
from coach_assist.agreement.faults import Damaged
from coach_assist.agreement.fold import fold
from coach_assist.agreement.joining import NOTHING_SAID, joining
from coach_assist.agreement.joining_bodies import EndBody, JoinBody, LeaveBody, StatementBody

PAGE = "f" * 64


def test_a_plan_from_before_there_was_the_question_is_as_valid() -> None:
    copy = Copy()
    copy.both_accept(copy.propose("manager", "Write it down"))
    assert joining(copy.history) == NOTHING_SAID and len(fold(copy.history).agreed) == 1


def test_join_leave_and_join_again() -> None:
    copy = Copy()
    first = copy.add("team_member", "join", JoinBody(answer="join", page=PAGE))
    found = joining(copy.history)
    assert (found.answer, found.event, found.page, found.over) == ("joined", first, PAGE, False)
    copy.add("team_member", "leave", LeaveBody())
    assert joining(copy.history).answer == "left" and joining(copy.history).over
    copy.add("team_member", "join", JoinBody(answer="join", page=PAGE))
    assert joining(copy.history).answer == "joined" and not joining(copy.history).over
    copy.add("team_member", "join", JoinBody(answer="no", page=PAGE))
    assert joining(copy.history).answer == "no" and joining(copy.history).over


@pytest.mark.parametrize(
    "other", [("leave", LeaveBody(), "left"), ("join", JoinBody(answer="no", page=PAGE), "no")]
)
def test_beside_one_another_the_safest_counts(other: tuple[str, object, str]) -> None:
    kind, body, answer = other
    copy = Copy()
    beside = copy.branch()
    copy.add("team_member", "join", JoinBody(answer="join", page=PAGE))
    beside.add("team_member", kind, body)
    left, right = copy.branch(), beside.branch()
    left.merge(beside)
    right.merge(copy)
    assert joining(left.history) == joining(right.history)
    assert joining(left.history).answer == answer


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("join", JoinBody(answer="join", page=PAGE)),
        ("join", JoinBody(answer="no", page=PAGE)),
        ("leave", LeaveBody()),
        ("statement", StatementBody(text="In the name of somebody else")),
    ],
)
def test_nobody_joins_leaves_or_speaks_for_the_team_member(kind: str, body: object) -> None:
    copy = Copy()
    before = copy.history
    with pytest.raises(Damaged, match="for the team member"):
        copy.add("manager", kind, body)
    assert copy.history is before


def test_who_may_speak_is_checked_of_a_withheld_text_too() -> None:
    copy = Copy()
    said = make_record(
        "statement", StatementBody(text="I am fine"), plan=PLAN, key=KEYS["manager"], at=AT,
        parents=copy.history.heads,
    )  # fmt: skip
    with pytest.raises(Damaged, match="speaks for the team member"):
        copy.history.extended([said.without_body()], partial=True)


def test_leaving_and_ending_undo_nothing_that_is_agreed() -> None:
    copy = Copy()
    one = copy.both_accept(copy.propose("manager", "Write it down"))
    before = fold(copy.history)
    copy.add("team_member", "leave", LeaveBody())
    copy.add("manager", "end", EndBody(reason="new_manager", words="Kim takes over"))
    after = fold(copy.history)
    assert after.agreed == before.agreed and after.plan_hash == before.plan_hash
    assert after.joining.ended is not None and after.joining.ended.by == "manager"
    # An acceptance that was given beside the leaving says nothing for the other party either.
    shown = copy.history.events[one].core.body_hash
    copy.add("manager", "decide", DecideBody(proposal=one, shown=shown, decision="accept"))
    assert fold(copy.history).agreed.keys() == before.agreed.keys()


def test_the_last_statement_stands_and_can_be_taken_back() -> None:
    copy = Copy()
    copy.add("team_member", "statement", StatementBody(text="First"))
    second = copy.add("team_member", "statement", StatementBody(text="Second"))
    assert joining(copy.history).statement == "Second" and joining(copy.history).statement_event == second
    copy.add("team_member", "statement", StatementBody(text=None))
    assert joining(copy.history).statement is None


def test_a_joining_with_a_key_that_was_given_up_does_not_count_and_a_leaving_does() -> None:
    from history_maker import PLAN, STRANGER

    from coach_assist.agreement.bodies import RotateBody

    copy = Copy()
    behind = copy.branch()
    old = KEYS["team_member"]
    body = RotateBody(
        party="team_member", key=STRANGER.public, custody="own machine",
        proof=STRANGER.prove_rotation(PLAN, old.fingerprint).hex(),
    )  # fmt: skip
    copy.add("team_member", "rotate", body)
    joined = behind.branch()
    joined.add("team_member", "join", JoinBody(answer="join", page=PAGE))
    joined.merge(copy)
    assert joining(joined.history).answer is None
    behind.add("team_member", "leave", LeaveBody())
    behind.merge(copy)
    assert joining(behind.history).answer == "left"
