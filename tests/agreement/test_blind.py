"""Releases and the answers they promise; copies that lack bodies. All of it in the history alone."""

from __future__ import annotations

import pytest
from history_maker import AT, KEYS, PLAN, Copy

from coach_assist.agreement.authors import checked_digest
from coach_assist.agreement.blind import blind
from coach_assist.agreement.blind_bodies import AnswersBody, ReleaseBody, answers_hash
from coach_assist.agreement.bodies import EraseBody, SignOffBody
from coach_assist.agreement.events import make_record
from coach_assist.agreement.faults import Damaged
from coach_assist.agreement.fold import fold
from coach_assist.agreement.history import History
from coach_assist.agreement.joining_bodies import JoinBody, LeaveBody

SALT = "1" * 64
ANSWERS = {"why": "Mine", "goal": ["One", "Two"]}


def promised(copy: Copy, party: str) -> str:
    return copy.add(party, "release", ReleaseBody(answers_hash=answers_hash(SALT, ANSWERS), count=2))


def test_both_release_and_both_show() -> None:
    copy = Copy()
    one, other = promised(copy, "team_member"), promised(copy, "manager")
    assert blind(copy.history).both and not blind(copy.history).readable
    for party, release in (("team_member", one), ("manager", other)):
        copy.add(party, "answers", AnswersBody(release=release, salt=SALT, answers=ANSWERS))
    found = blind(copy.history)
    assert found.readable and found.by["manager"].answers == ANSWERS and found.by["manager"].count == 2


@pytest.mark.parametrize(
    ("party", "changes", "words"),
    [
        ("team_member", {"answers": {"why": "Mine", "goal": ["Two", "One"]}}, "promised"),
        ("team_member", {"salt": "2" * 64}, "promised"),
        ("manager", {}, "of the other party"),
        ("team_member", {"release": "root"}, "no release"),
    ],
)
def test_other_answers_are_refused(party: str, changes: dict, words: str) -> None:
    copy = Copy()
    fields = {"release": promised(copy, "team_member"), "salt": SALT, "answers": ANSWERS, **changes}
    if fields["release"] == "root":
        assert copy.history.root is not None
        fields["release"] = copy.history.root.id
    with pytest.raises(Damaged, match=words):
        copy.add(party, "answers", AnswersBody(**fields))


def test_answers_of_an_unknown_release_are_refused() -> None:
    copy = Copy()
    with pytest.raises(Damaged, match="cannot have seen"):
        copy.add("manager", "answers", AnswersBody(release="f" * 64, salt=SALT, answers={"why": "x"}))


def test_shown_answers_can_be_erased_by_their_author() -> None:
    copy = Copy()
    one = promised(copy, "team_member")
    shown = copy.add("team_member", "answers", AnswersBody(release=one, salt=SALT, answers=ANSWERS))
    with pytest.raises(Damaged, match="text of the other party"):
        copy.add("manager", "erase", EraseBody(event=shown))
    copy.add("team_member", "erase", EraseBody(event=shown))
    assert blind(copy.history).by["team_member"].answers == {}


def signed_and_joined() -> Copy:
    copy = Copy()
    copy.add("team_member", "join", JoinBody(answer="join", page="f" * 64))
    copy.both_accept(copy.propose("manager", "Write it down"))
    heads = sorted(copy.history.heads)
    for party in ("team_member", "manager"):
        body = SignOffBody(plan_hash=fold(copy.history).plan_hash, heads=heads, revision=1)
        copy.add(party, "sign_off", body)
    copy.add("team_member", "leave", LeaveBody())
    return copy


def test_what_a_reader_could_be_misled_without_is_never_withheld() -> None:
    copy = signed_and_joined()
    records = copy.history.records()
    for kind in ("sign_off", "join", "leave"):
        bare = [one.without_body() if copy.history.events[one.id].kind == kind else one for one in records]
        with pytest.raises(Damaged, match="body is missing"):
            History().extended(bare, partial=True)
    bare = [one.without_body() if copy.history.events[one.id].kind == "propose" else one for one in records]
    partial = History().extended(bare, partial=True)
    assert len(partial.withheld) == 1
    with pytest.raises(Damaged, match="body is missing"):
        History().extended(bare)


def test_a_known_signature_is_only_that_signature() -> None:
    """A list of checked signatures saves arithmetic for exactly what stands in it."""
    copy = signed_and_joined()
    records = copy.history.records()
    known = frozenset(
        checked_digest(one.id, one.sig, copy.history.authors[copy.history.events[one.id].by].key)
        for one in records
    )
    again = History().extended(records, checked=known)
    assert fold(again) == fold(copy.history)
    shown = make_record(
        "leave", LeaveBody(), plan=PLAN, key=KEYS["team_member"], at=AT, parents=copy.history.heads
    )
    forged = type(shown)(shown.id, shown.core, bytes(64), shown.salt, shown.body)
    with pytest.raises(Damaged, match="signature"):
        History().extended([*records, forged], checked=known)
    with pytest.raises(Damaged, match="signature"):
        again.extended([forged])
    swapped = [
        type(one)(one.id, one.core, records[0].sig, one.salt, one.body) if one.id == records[2].id else one
        for one in records
    ]
    with pytest.raises(Damaged, match="signature"):
        History().extended(swapped, checked=known)
