"""What happened after the agreement, read from the history: who said it, what stands, what is closed."""

import random

import pytest
from history_maker import KEYS, OTHER_UNIT, PLAN, UNIT, Copy, small_history
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from coach_assist.agreement.bodies import EraseBody, RotateBody
from coach_assist.agreement.faults import Damaged
from coach_assist.agreement.fold import fold
from coach_assist.agreement.follow_bodies import (
    CheckInBody,
    CloseBody,
    CloseSignBody,
    MarkPart,
    NoteBody,
    OutcomePart,
    ReadingPart,
    SurveyBody,
)
from coach_assist.agreement.follow_fold import follow
from coach_assist.agreement.history import History
from coach_assist.agreement.keys import SigningKey
from coach_assist.agreement.lines import from_lines, to_lines
from coach_assist.errors import CoachError

DAY = "2026-12-02"


def check_in(copy: Copy, party: str, *, day: str = DAY, **fields: object) -> str:
    return copy.add(party, "check_in", CheckInBody(day=day, **fields))


def mark(copy: Copy, party: str, word: str, of: str = UNIT, day: str = DAY) -> str:
    return check_in(copy, party, day=day, marks=[MarkPart(of=of, mark=word)])


def page(copy: Copy, party: str, *, replaces: str | None = None, text: str = "Listening") -> str:
    body = CloseBody(
        day=DAY,
        plan_hash=fold(copy.history).plan_hash,
        outcomes=[OutcomePart(goal=UNIT, outcome="done")],
        next_area=text,
        replaces=replaces,
    )
    return copy.add(party, "close", body)


def sign(copy: Copy, party: str, one: str) -> str:
    shown = copy.history.events[one].core.body_hash
    return copy.add(party, "close_sign", CloseSignBody(page=one, shown=shown))


def test_a_check_in_changes_nothing_that_is_agreed() -> None:
    copy = small_history()
    before = fold(copy.history)
    check_in(
        copy, "manager",
        readings=[ReadingPart(goal=UNIT, day=DAY, value="7", evidence="Ticket list")],
        marks=[MarkPart(of=UNIT, mark="done")],
    )  # fmt: skip
    after = fold(copy.history)
    assert after.agreed == before.agreed
    assert after.plan_hash == before.plan_hash
    assert after.sign_offs == before.sign_offs
    assert [(one.value, one.by) for one in follow(copy.history).readings] == [("7", "manager")]


def test_what_both_add_to_one_check_in_is_one_check_in() -> None:
    copy = small_history()
    first = check_in(copy, "manager")
    check_in(copy, "team_member", day="2026-12-03", adds_to=first)
    check_in(copy, "team_member", day="2026-12-16")
    held = follow(copy.history).check_ins
    assert [(one.day, one.by) for one in held] == [
        (DAY, ("manager", "team_member")),
        ("2026-12-16", ("team_member",)),
    ]


def test_the_later_mark_counts_whoever_wrote_it() -> None:
    copy = small_history()
    mark(copy, "manager", "open")
    mark(copy, "team_member", "done", day="2026-12-09")
    stands = follow(copy.history).marks[UNIT]
    assert [(one.mark, one.by) for one in stands] == [("done", "team_member")]


def test_marks_that_did_not_know_of_one_another_both_stand() -> None:
    copy = small_history()
    other = copy.branch()
    mark(copy, "manager", "open")
    mark(other, "team_member", "done")
    copy.merge(other)
    other.merge(copy)
    assert {one.mark for one in follow(copy.history).marks[UNIT]} == {"open", "done"}
    assert follow(copy.history) == follow(other.history)
    mark(copy, "manager", "done")
    assert [one.mark for one in follow(copy.history).marks[UNIT]] == ["done"]


def test_the_order_in_which_events_arrive_decides_nothing() -> None:
    copy = small_history()
    other = copy.branch()
    for number in range(4):
        mark(copy, "manager", random.Random(number).choice(["open", "done"]), day=f"2026-12-0{number + 1}")
        mark(other, "team_member", "helped", of=OTHER_UNIT)
    one = page(copy, "manager")
    sign(copy, "manager", one)
    copy.merge(other)
    sign(copy, "team_member", one)
    records = list(copy.history.records())
    for seed in range(5):
        random.Random(seed).shuffle(records)
        assert follow(History().extended(records)) == follow(copy.history)


def test_a_note_can_be_erased_by_its_writer_alone() -> None:
    copy = small_history()
    body = NoteBody(role="obstacle", text="Too many interruptions", day=DAY)
    note = copy.add("team_member", "note", body)
    assert [one.text for one in follow(copy.history).notes_of("obstacle")] == ["Too many interruptions"]
    with pytest.raises(Damaged):
        copy.add("manager", "erase", EraseBody(event=note))
    copy.add("team_member", "erase", EraseBody(event=note))
    assert follow(copy.history).notes_of("obstacle") == ()
    assert [one.text for one in follow(copy.history).notes] == [None]


def test_a_next_step_is_marked_like_anything_else() -> None:
    copy = small_history()
    held = check_in(copy, "manager")
    body = NoteBody(role="next_step", text="Send the list", day=DAY, check_in=held, owner="Bo", due=DAY)
    step = copy.add("manager", "note", body)
    mark(copy, "team_member", "done", of=step)
    assert [one.mark for one in follow(copy.history).marks[step]] == ["done"]


@pytest.mark.parametrize(
    "make",
    [
        lambda copy, decided: CheckInBody(day=DAY, adds_to=decided),
        lambda copy, decided: CheckInBody(day=DAY, marks=[MarkPart(of=decided, mark="done")]),
        lambda copy, decided: NoteBody(role="talk", text="x", day=DAY, check_in=decided),
        lambda copy, decided: CloseSignBody(page=decided, shown="0" * 64),
        lambda copy, decided: CloseBody(day=DAY, plan_hash="0" * 64, outcomes=[], replaces=decided),
        lambda copy, decided: CheckInBody(day=DAY, adds_to="f" * 64),
    ],
)
def test_what_speaks_of_the_wrong_thing_is_refused(make) -> None:
    copy = small_history()
    body = make(copy, next(iter(copy.history.heads)))
    kind = {
        CheckInBody: "check_in", NoteBody: "note", CloseBody: "close", CloseSignBody: "close_sign",
    }[type(body)]  # fmt: skip
    before = copy.history
    with pytest.raises(Damaged):
        copy.add("manager", kind, body)
    assert copy.history is before


def test_bodies_are_strict() -> None:
    for wrong in (
        {"day": "2.12.2026"},
        {"day": "2026-02-30"},
        {"day": DAY, "readings": [{"goal": UNIT, "day": DAY}]},
        {"day": DAY, "marks": [{"of": UNIT, "mark": "failed"}]},
        {"day": DAY, "mood": "good"},
    ):
        with pytest.raises(ValidationError):
            CheckInBody.model_validate(wrong)
    with pytest.raises(ValidationError):
        OutcomePart(goal=UNIT, outcome="dropped")
    with pytest.raises(ValidationError):
        CloseBody(day=DAY, plan_hash="0" * 64, outcomes=[OutcomePart(goal=UNIT, outcome="done")] * 2)
    with pytest.raises(ValidationError):
        SurveyBody(scores={"useful": 6})


def test_a_plan_is_closed_once_both_have_signed_exactly_one_page() -> None:
    copy = small_history()
    one = page(copy, "manager")
    assert follow(copy.history).closed == ()
    sign(copy, "manager", one)
    assert follow(copy.history).pages[0].signed == {"manager"}
    answer = page(copy, "team_member", replaces=one, text="Writing")
    sign(copy, "team_member", answer)
    found = follow(copy.history)
    assert (found.closed, [waiting.id for waiting in found.pages]) == ((), [answer])
    sign(copy, "manager", answer)
    found = follow(copy.history)
    assert [closed.id for closed in found.closed] == [answer]
    assert found.pages == ()


def test_nobody_closes_with_a_page_that_the_other_has_left() -> None:
    copy = small_history()
    first = page(copy, "manager")
    sign(copy, "manager", first)
    second = page(copy, "manager", replaces=first)
    sign(copy, "manager", second)
    sign(copy, "team_member", first)
    assert follow(copy.history).closed == ()
    sign(copy, "team_member", second)
    assert [one.id for one in follow(copy.history).closed] == [second]


def test_a_correction_of_a_closing_page_needs_both_again() -> None:
    copy = small_history()
    first = page(copy, "manager")
    for party in KEYS:
        sign(copy, party, first)
    second = page(copy, "manager", replaces=first)
    sign(copy, "manager", second)
    found = follow(copy.history)
    assert ([one.id for one in found.closed], [one.id for one in found.pages]) == ([first], [second])
    sign(copy, "team_member", second)
    assert [one.id for one in follow(copy.history).closed] == [second]


def test_a_key_that_was_given_up_closes_nothing() -> None:
    copy = small_history()
    one = page(copy, "manager")
    sign(copy, "manager", one)
    stale = copy.branch()
    fresh = SigningKey(bytes([9]) * 32)
    old = KEYS["team_member"].fingerprint
    proof = fresh.prove_rotation(PLAN, old).hex()
    copy.add(
        "team_member",
        "rotate",
        RotateBody(party="team_member", key=fresh.public, custody="own machine", proof=proof),
    )
    sign(stale, "team_member", one)
    copy.merge(stale)
    assert follow(copy.history).closed == ()


def test_the_survey_of_each_party_is_the_last_one() -> None:
    copy = small_history()
    copy.add("manager", "survey", SurveyBody(scores={"useful": 2}))
    copy.add("manager", "survey", SurveyBody(scores={"useful": 4}, words="The walks helped."))
    assert follow(copy.history).surveys["manager"].scores == {"useful": 4}


def full_history() -> Copy:
    copy = small_history()
    held = check_in(
        copy, "manager",
        readings=[ReadingPart(goal=UNIT, day=DAY, value="7.5", evidence="Inbox")],
        marks=[MarkPart(of=UNIT, mark="helped")], question="any.next",
    )  # fmt: skip
    body = NoteBody(role="obstacle", text="Zu viele Störungen", day=DAY, check_in=held)
    copy.add("team_member", "note", body)
    one = page(copy, "manager")
    sign(copy, "manager", one)
    sign(copy, "team_member", one)
    copy.add("team_member", "survey", SurveyBody(scores={"worth": 4}))
    return copy


def test_the_history_travels_as_text_and_comes_back_the_same() -> None:
    copy = full_history()
    assert follow(from_lines(to_lines(copy.history))) == follow(copy.history)


def test_a_withheld_note_leaves_everything_else() -> None:
    copy = full_history()
    notes = frozenset(one.id for one in follow(copy.history).notes)
    again = follow(from_lines(to_lines(copy.history, withheld=notes), partial=True))
    assert [(one.role, one.text) for one in again.notes] == [(None, None)]
    assert again.readings == follow(copy.history).readings
    with pytest.raises(Damaged):
        from_lines(to_lines(copy.history, withheld=notes))


def test_no_changed_byte_is_believed() -> None:
    data = to_lines(full_history().history)
    chance = random.Random(4)
    for place in chance.sample(range(len(data)), 60):
        wrong = bytearray(data)
        wrong[place] ^= 1 << chance.randrange(8)
        with pytest.raises(CoachError):
            from_lines(bytes(wrong))


@given(st.lists(st.tuples(st.sampled_from(["manager", "team_member"]), st.integers(0, 5)), max_size=12))
@settings(max_examples=25, deadline=None)
def test_nothing_that_is_said_afterwards_changes_what_is_agreed(acts) -> None:
    copy = small_history()
    before = fold(copy.history)
    for party, act in acts:
        pages = follow(copy.history).pages
        match act:
            case 0:
                mark(copy, party, "not_needed")
            case 1:
                check_in(copy, party, readings=[ReadingPart(goal=UNIT, day=DAY, words="gone")])
            case 2:
                copy.add(party, "note", NoteBody(role="talk", text="Drop it", day=DAY, about=UNIT))
            case 3:
                page(copy, party, replaces=pages[0].id if pages else None)
            case _ if pages:
                sign(copy, party, pages[0].id)
    after = fold(copy.history)
    assert (after.agreed, after.plan_hash, after.proposals) == (
        before.agreed, before.plan_hash, before.proposals,
    )  # fmt: skip
    assert all(one.closed for one in follow(copy.history).closed)
