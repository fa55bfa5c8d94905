"""Whatever an event speaks of, its author knew, and it is of the right kind and by the right party.

One table over all kinds of events; a new field that names an event has to be added to it.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from history_maker import AT, KEYS, PLAN, Copy

from coach_assist.agreement.blind_bodies import AnswersBody, ReleaseBody, answers_hash
from coach_assist.agreement.bodies import (
    BODY_MODELS,
    CommentBody,
    DecideBody,
    EraseBody,
    ProposeBody,
    SignOffBody,
    references,
)
from coach_assist.agreement.body import Body, EventId
from coach_assist.agreement.events import make_record
from coach_assist.agreement.faults import Damaged
from coach_assist.agreement.follow_bodies import (
    CheckInBody,
    CloseBody,
    CloseSignBody,
    MarkPart,
    NoteBody,
)
from coach_assist.agreement.history import History
from coach_assist.agreement.opportunity import released_opportunity
from coach_assist.agreement.opportunity_bodies import OpportunityBody, OpportunitySeenBody
from coach_assist.agreement.summary_bodies import SummaryAnswerBody, SummaryBody

SALT, DAY = "1" * 64, "2026-11-25"
M, T = "manager", "team_member"
ITEM = {"id": "itemitem22", "kind": "progress", "text": "It went well", "by": "person"}


def goal(**fields: object) -> ProposeBody:
    return ProposeBody(unit="goalgoal22", kind="goal", value={"statement": "x"}, origin="person", **fields)


class Case:
    """A history with an event of every kind that another one can speak of, by the manager unless it says."""

    def __init__(self) -> None:
        copy = self.copy = Copy()
        self.goal = copy.propose("manager", "Write it down")
        self.others = copy.propose("team_member", "File it", unit="goalgoal33")
        self.decision = copy.decide("manager", self.goal, "accept")
        self.others_decision = copy.decide("team_member", self.goal, "accept")
        self.check_in = copy.add("manager", "check_in", CheckInBody(day=DAY))
        self.note = copy.add("manager", "note", NoteBody(role="next_step", text="Ask Kim", day=DAY))
        self.page = copy.add("manager", "close", CloseBody(day=DAY, plan_hash="ab" * 32, outcomes=[]))
        self.summary = copy.add("manager", "summary", SummaryBody(day=DAY, items=[ITEM], method="rules"))
        promise = ReleaseBody(answers_hash=answers_hash(SALT, {"why": "x"}), count=1)
        self.release = copy.add("manager", "release", promise)
        self.others_release = copy.add("team_member", "release", promise)
        told = OpportunityBody(plan_kind="development", answers={"why": "x"})
        self.opportunity = copy.add("manager", "opportunity", told)

    def hash(self, event: str) -> str:
        return self.copy.history.events[event].core.body_hash

    def add(self, kind: str, body: Body, party: str = "manager") -> str:
        """Add to a copy, so that the case stays as it is."""
        return self.copy.branch().add(party, kind, body)

    def refused(self, kind: str, body: Body, words: str, party: str = "manager") -> None:
        with pytest.raises(Damaged, match=words) as caught:
            self.add(kind, body, party)
        assert [fault.code for fault in caught.value.faults] == ["content"]


@pytest.fixture(scope="module")
def case() -> Case:
    return Case()


TOLD = OpportunityBody(plan_kind="development", answers={"why": "x"})


def remark(about: str, role: str = "comment") -> CommentBody:
    return CommentBody(about=about, role=role, text="x")


def done(event: str) -> CheckInBody:
    return CheckInBody(day=DAY, marks=[MarkPart(of=event, mark="done")])


def page(replaces: str | None = None) -> CloseBody:
    return CloseBody(day=DAY, plan_hash="ab" * 32, outcomes=[], replaces=replaces)


def sign_page(case: Case, event: str) -> CloseSignBody:
    return CloseSignBody(page=event, shown=case.hash(case.page))


def accept(case: Case, event: str, confirms: str | None = None) -> DecideBody:
    return DecideBody(proposal=event, shown=case.hash(event), decision="accept", confirms=confirms)


def seen(case: Case, event: str) -> OpportunitySeenBody:
    return OpportunitySeenBody(opportunity=event, shown=case.hash(event))


Names = Callable[[Case, str], Body]
NAMING: dict[str, tuple[str, Names, str, str]] = {
    # field → (kind, body that names an event there, a good one of the case, who may say so)
    "propose.base": ("propose", lambda c, e: goal(base=e), "goal", M),
    "propose.settles": ("propose", lambda c, e: goal(settles=[e]), "goal", M),
    "propose.counters": ("propose", lambda c, e: goal(counters=e), "goal", M),
    "decide.proposal": (
        "decide", lambda c, e: DecideBody(proposal=e, shown=c.hash(c.goal), decision="accept"),
        "goal", M,
    ),
    "decide.confirms": (
        "decide", lambda c, e: DecideBody(
            proposal=c.goal, shown=c.hash(c.goal), decision="accept", confirms=e
        ), "decision", M,
    ),
    "comment.about": ("comment", lambda c, e: remark(e), "goal", M),
    "reason.about": ("comment", lambda c, e: remark(e, "reason"), "decision", M),
    "sign_off.heads": (
        "sign_off", lambda c, e: SignOffBody(plan_hash="ab" * 32, heads=[e], revision=1), "goal", M
    ),
    "erase.event": ("erase", lambda c, e: EraseBody(event=e), "goal", M),
    "check_in.adds_to": ("check_in", lambda c, e: CheckInBody(day=DAY, adds_to=e), "check_in", T),
    "check_in.marks": (
        "check_in", lambda c, e: done(e), "note", T
    ),
    "note.check_in": (
        "note", lambda c, e: NoteBody(role="talk", text="x", day=DAY, check_in=e), "check_in", M
    ),
    "close.replaces": (
        "close", lambda c, e: page(e), "page", M
    ),
    "close_sign.page": ("close_sign", lambda c, e: sign_page(c, e), "page", M),
    "answers.release": (
        "answers", lambda c, e: AnswersBody(release=e, salt=SALT, answers={"why": "x"}), "release", M
    ),
    "summary.check_in": (
        "summary", lambda c, e: SummaryBody(day=DAY, items=[ITEM], method="rules", check_in=e),
        "check_in", M,
    ),
    "summary_answer.summary": (
        "summary_answer", lambda c, e: SummaryAnswerBody(summary=e, shown=c.hash(c.summary), answer="accept"),
        "summary", M,
    ),
    "opportunity_seen.opportunity": (
        "opportunity_seen", lambda c, e: OpportunitySeenBody(opportunity=e, shown=c.hash(c.opportunity)),
        "opportunity", T,
    ),
}  # fmt: skip
HASHES = {"shown", "plan_hash", "answers_hash", "page", "fingerprint", "salt", "key"}
"""Fields that hold 64 hex digits and name no event (`page` of joining is the hash of a page)."""


def test_every_field_that_names_an_event_is_in_the_table() -> None:
    fields = {
        f"{kind}.{name}"
        for kind, model in BODY_MODELS.items()
        for name, field in model.model_fields.items()
        if str(EventId.__metadata__[0]) in str(field) or str(EventId) in str(field.annotation)
    }
    named = {one for one in fields if one.split(".")[1] not in HASHES} | {"close_sign.page", "check_in.marks"}
    assert named - NAMING.keys() == set()


@pytest.mark.parametrize("field", NAMING)
def test_what_its_author_knew_is_taken_and_what_not_is_refused(field: str, case: Case) -> None:
    kind, names, good, party = NAMING[field]
    body = names(case, getattr(case, good))
    assert getattr(case, good) in references(body)
    assert case.add(kind, body, party)
    case.refused(kind, names(case, "ab" * 32), "cannot have seen", party)
    # The event is there, and known to the reader: but not to its author.
    seen, later = case.copy.history, case.copy.branch()
    unseen = later.propose(M, "Unseen", unit="goalgoal77")
    parents = seen.parents_for(KEYS[party].fingerprint)
    blind = make_record(kind, names(case, unseen), plan=PLAN, key=KEYS[party], at=AT, parents=parents)
    with pytest.raises(Damaged, match="cannot have seen"):
        later.history.extended([blind])


WRONG: list[tuple[str, Callable[[Case], Body], str, str]] = [
    ("propose", lambda c: goal(base=c.decision), "is no proposal", M),
    ("propose", lambda c: goal(settles=[c.decision]), "is no proposal", M),
    ("propose", lambda c: goal(counters=c.decision), "is no proposal", M),
    ("propose", lambda c: goal(base=c.others), "is another unit", M),
    ("propose", lambda c: goal(settles=[c.others]), "is another unit", M),
    ("decide", lambda c: accept(c, c.note), "no proposal",
     M),
    ("decide", lambda c: DecideBody(proposal=c.goal, shown=c.hash(c.others), decision="talk"), "another text",
     M),
    ("decide", lambda c: accept(c, c.goal, c.goal),
     "no decision", M),
    ("decide", lambda c: DecideBody(proposal=c.others, shown=c.hash(c.others), decision="accept",
                                    confirms=c.decision), "another proposal", M),
    ("decide", lambda c: DecideBody(proposal=c.goal, shown=c.hash(c.goal), decision="accept",
                                    confirms=c.others_decision), "of the other party", M),
    ("comment", lambda c: remark(c.decision), "no proposal", M),
    ("comment", lambda c: remark(c.others_decision, "reason"), "the other party did",
     M),
    ("erase", lambda c: EraseBody(event=c.decision), "cannot be erased", M),
    ("erase", lambda c: EraseBody(event=c.others), "of the other party", M),
    ("check_in", lambda c: CheckInBody(day=DAY, adds_to=c.note), "no check-in", M),
    ("check_in", lambda c: done(c.goal), "no note", M),
    ("note", lambda c: NoteBody(role="talk", text="x", day=DAY, check_in=c.note), "no check-in", M),
    ("close", lambda c: page(c.note),
     "no closing page", M),
    ("close_sign", lambda c: CloseSignBody(page=c.note, shown=c.hash(c.note)), "no closing page", M),
    ("close_sign", lambda c: CloseSignBody(page=c.page, shown=c.hash(c.note)), "another text", M),
    ("answers", lambda c: AnswersBody(release=c.note, salt=SALT, answers={"why": "x"}), "no release", M),
    ("answers", lambda c: AnswersBody(release=c.release, salt=SALT, answers={"why": "y"}), "other answers",
     M),
    ("answers", lambda c: AnswersBody(release=c.others_release, salt=SALT, answers={"why": "x"}),
     "of the other party", M),
    ("summary", lambda c: SummaryBody(day=DAY, items=[ITEM], method="rules", check_in=c.note), "no check-in",
     M),
    ("summary_answer", lambda c: SummaryAnswerBody(summary=c.note, shown=c.hash(c.note), answer="accept"),
     "no summary", M),
    ("summary_answer", lambda c: SummaryAnswerBody(summary=c.summary, shown=c.hash(c.note), answer="accept"),
     "another text", M),
    ("opportunity", lambda c: TOLD, "not by them",
     T),
    ("opportunity_seen", lambda c: seen(c, c.opportunity),
     "not by them", M),
    ("opportunity_seen", lambda c: seen(c, c.note),
     "no manager released", T),
    ("opportunity_seen", lambda c: OpportunitySeenBody(opportunity=c.opportunity, shown=c.hash(c.note)),
     "another text", T),
]  # fmt: skip


@pytest.mark.parametrize("place", range(len(WRONG)), ids=lambda n: f"{WRONG[n][0]}, {WRONG[n][2]}")
def test_what_names_the_wrong_thing_is_refused_in_words(place: int, case: Case) -> None:
    kind, body, words, party = WRONG[place]
    case.refused(kind, body(case), words, party)


@pytest.mark.parametrize(
    "fields",
    [
        {"value": None}, {"value": {"statement": "x"}, "removal": True, "base": "ab" * 32},
        {"value": None, "removal": True}, {"value": {"statement": 5}},
    ],
)  # fmt: skip
def test_a_proposal_has_a_value_or_removes_what_it_names(fields: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"value|statement"):
        ProposeBody(unit="goalgoal22", kind="goal", origin="person", **fields)


@pytest.mark.parametrize("day", ["2026-1-1", "20261125xx", "2026-W48-3", "2026-11-31", "26-11-2025"])
def test_a_day_is_written_in_one_way(day: str) -> None:
    with pytest.raises(ValueError, match=r"day|ISO|month|range|least|most|format"):
        CheckInBody(day=day)


def test_a_withheld_release_is_none_for_who_reads_it(case: Case) -> None:
    assert released_opportunity(case.copy.history) is not None
    records = [
        one.without_body() if one.id == case.opportunity else one for one in case.copy.history.records()
    ]
    assert released_opportunity(History().extended(records, partial=True)) is None
