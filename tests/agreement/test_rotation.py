"""A party goes on with another key: the old one signs it, the new one proves itself, nobody else can."""

from __future__ import annotations

import pytest
from history_maker import AT, KEYS, PLAN, STRANGER, UNIT, Copy

from coach_assist.agreement.bodies import CommentBody, DecideBody, RotateBody
from coach_assist.agreement.events import make_record
from coach_assist.agreement.faults import Damaged
from coach_assist.agreement.fold import fold
from coach_assist.agreement.history import History
from coach_assist.agreement.keys import SigningKey
from coach_assist.agreement.summary_bodies import SummaryAnswerBody, SummaryBody
from coach_assist.agreement.summary_fold import summaries_of

OWN = SigningKey(bytes([7]) * 32)


def rotation(
    party: str, new: SigningKey = OWN, *, old: SigningKey | None = None, proof: bytes | None = None
) -> RotateBody:
    proved = proof or new.prove_rotation(PLAN, (old or KEYS[party]).fingerprint)
    return RotateBody(party=party, key=new.public, custody="own machine", proof=proved.hex())


def decide_with(copy: Copy, key: SigningKey, proposal: str, decision: str) -> str:
    shown = copy.history.events[proposal].core.body_hash
    record = make_record(
        "decide", DecideBody(proposal=proposal, shown=shown, decision=decision), plan=PLAN, key=key, at=AT,
        parents=copy.history.parents_for(key.fingerprint),
    )  # fmt: skip
    copy.history = copy.history.extended([record])
    return record.id


def test_the_new_key_acts_and_its_custody_shows() -> None:
    copy = Copy()
    one = copy.propose("manager", "Write it down")
    copy.decide("manager", one, "accept")
    copy.add("team_member", "rotate", rotation("team_member"))
    decide_with(copy, OWN, one, "accept")
    found = fold(copy.history)
    assert found.agreed[UNIT].id == one
    assert found.proposals[one].custody == {"team_member": "own machine", "manager": "this machine"}
    party = found.parties["team_member"]
    assert (party.fingerprint, party.custody, party.contested) == (OWN.fingerprint, "own machine", False)


def test_the_old_key_is_given_up() -> None:
    copy = Copy()
    one = copy.propose("manager", "Write it down")
    copy.add("team_member", "rotate", rotation("team_member"))
    with pytest.raises(Damaged, match="given this key up"):
        copy.decide("team_member", one, "accept")


def test_an_acceptance_with_the_old_key_beside_the_change_does_not_count_a_refusal_does() -> None:
    for decision, agreed in (("accept", False), ("decline", False)):
        copy = Copy()
        one = copy.propose("manager", "Write it down")
        copy.decide("manager", one, "accept")
        elsewhere = copy.branch()
        copy.add("team_member", "rotate", rotation("team_member"))
        elsewhere.decide("team_member", one, decision)
        copy.merge(elsewhere)
        found = fold(copy.history)
        assert bool(found.agreed) is agreed
        assert found.proposals[one].decisions["team_member"] == (None if decision == "accept" else "decline")
    before = Copy()
    one = before.both_accept(before.propose("manager", "Write it down"))
    before.add("team_member", "rotate", rotation("team_member"))
    assert fold(before.history).agreed[UNIT].id == one  # what was decided before the change stands


def test_a_remark_with_the_old_key_beside_the_change_is_nobodys() -> None:
    copy = Copy()
    one = copy.propose("manager", "Write it down")
    copy.add("team_member", "comment", CommentBody(about=one, role="comment", text="Before"))
    elsewhere = copy.branch()
    copy.add("team_member", "rotate", rotation("team_member"))
    elsewhere.add("team_member", "comment", CommentBody(about=one, role="comment", text="Beside"))
    copy.merge(elsewhere)
    assert [said.text for said in fold(copy.history).proposals[one].comments] == ["Before"]


@pytest.mark.parametrize(("answer", "counted"), [("accept", None), ("decline", "decline")])
def test_of_a_summary_too_only_a_decline_counts_beside_the_change(answer: str, counted: str | None) -> None:
    copy = Copy()
    item = {"id": "itemitem22", "kind": "progress", "text": "It went well", "by": "person"}
    body = SummaryBody(day="2026-11-25", items=[item], method="rules")
    one = copy.add("manager", "summary", body)
    elsewhere = copy.branch()
    copy.add("team_member", "rotate", rotation("team_member"))
    shown = copy.history.events[one].core.body_hash
    said = SummaryAnswerBody(summary=one, shown=shown, answer=answer)
    elsewhere.add("team_member", "summary_answer", said)
    copy.merge(elsewhere)
    (summary,) = summaries_of(copy.history)
    assert summary.answers["team_member"] == counted


def test_nobody_else_changes_a_key() -> None:
    copy = Copy()
    for party, body, words in (
        ("manager", rotation("team_member"), "changes the other party's key"),
        ("team_member", rotation("team_member", proof=STRANGER.prove_rotation(PLAN, "ab" * 32)), "proved"),
        ("team_member", rotation("team_member", old=KEYS["manager"]), "proved"),
        ("team_member", rotation("team_member", KEYS["manager"]), "new key is the other party's"),
    ):
        with pytest.raises(Damaged, match=words):
            copy.add(party, "rotate", body)
    proof = OWN.prove_rotation("b" * 26, KEYS["team_member"].fingerprint)
    with pytest.raises(Damaged, match="proved"):
        copy.add("team_member", "rotate", rotation("team_member", proof=proof))


def test_a_party_cannot_bring_in_a_key_for_the_other_even_if_that_key_agrees() -> None:
    copy = Copy()
    body = rotation("team_member", old=KEYS["manager"])
    with pytest.raises(Damaged, match="changes the other party's key"):
        copy.add("manager", "rotate", body)


def test_a_key_cannot_act_before_it_came_in() -> None:
    copy = Copy()
    one = copy.propose("manager", "Write it down")
    start = copy.branch()
    copy.add("team_member", "rotate", rotation("team_member"))
    shown = copy.history.events[one].core.body_hash
    early = make_record(
        "decide", DecideBody(proposal=one, shown=shown, decision="accept"), plan=PLAN, key=OWN, at=AT,
        parents=start.history.heads,
    )  # fmt: skip
    with pytest.raises(Damaged, match="only after it"):
        copy.history.extended([early])
    # In whatever order they arrive:
    with pytest.raises(Damaged):
        History().extended([early, *copy.history.records()])


def test_two_keys_that_follow_one_are_shown_as_contested() -> None:
    copy = Copy()
    other = copy.branch()
    copy.add("team_member", "rotate", rotation("team_member"))
    other.add("team_member", "rotate", rotation("team_member", STRANGER))
    copy.merge(other)
    assert fold(copy.history).parties["team_member"].contested


def test_a_withheld_change_of_key_is_refused() -> None:
    copy = Copy()
    copy.add("team_member", "rotate", rotation("team_member"))
    *before, last = copy.history.records()
    with pytest.raises(Damaged, match="withheld"):
        History().extended([*before, last.without_body()], partial=True)


def test_rotating_again_and_the_fold_does_not_depend_on_order() -> None:
    copy = Copy()
    copy.add("team_member", "rotate", rotation("team_member"))
    again = make_record(
        "rotate", rotation("team_member", STRANGER, old=OWN), plan=PLAN, key=OWN, at=AT,
        parents=copy.history.parents_for(OWN.fingerprint),
    )  # fmt: skip
    copy.history = copy.history.extended([again])
    assert fold(copy.history).parties["team_member"].fingerprint == STRANGER.fingerprint
    assert fold(History().extended(reversed(copy.history.records()))) == fold(copy.history)
