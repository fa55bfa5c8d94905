"""Summaries in the history: who answered, whatever the order; what contradicts is refused."""

import pytest
from history_maker import PLAN, Copy, small_history
from pydantic import ValidationError

from coach_assist.agreement.bodies import NEEDED, EraseBody
from coach_assist.agreement.faults import Damaged
from coach_assist.agreement.fold import fold
from coach_assist.agreement.summary_bodies import QuotePart, SummaryAnswerBody, SummaryBody, SummaryItem
from coach_assist.agreement.summary_fold import summaries_of
from coach_assist.agreement.viewers import withheld_from_viewers

ITEM = SummaryItem(
    id="itemitem22", kind="action", text="Send the list", by="rules",
    quotes=[QuotePart(line=3, text="- Bo sends the list")],
)  # fmt: skip


def summary(copy: Copy, party: str = "manager") -> str:
    return copy.add(party, "summary", SummaryBody(day="2026-12-02", method="rules", items=[ITEM]))


def answer(copy: Copy, party: str, one: str, word: str = "accept") -> str:
    shown = copy.history.events[one].core.body_hash
    return copy.add(party, "summary_answer", SummaryAnswerBody(summary=one, shown=shown, answer=word))


def test_it_counts_once_both_have_accepted_and_changes_nothing_agreed() -> None:
    copy = small_history()
    before = fold(copy.history)
    one = summary(copy)
    (found,) = summaries_of(copy.history)
    assert found.waits_for == ("team_member", "manager") and not found.accepted
    answer(copy, "manager", one)
    answer(copy, "team_member", one)
    (found,) = summaries_of(copy.history)
    assert found.accepted and not found.waits_for
    after = fold(copy.history)
    assert (after.agreed, after.plan_hash, after.sign_offs) == (
        before.agreed,
        before.plan_hash,
        before.sign_offs,
    )


def test_the_last_answer_counts_and_two_at_once_are_read_as_the_safer_one() -> None:
    copy = small_history()
    one = summary(copy)
    answer(copy, "manager", one, "decline")
    answer(copy, "manager", one)
    other = copy.branch()
    answer(copy, "team_member", one)
    answer(other, "team_member", one, "decline")
    copy.merge(other)
    other.merge(copy)
    assert summaries_of(copy.history) == summaries_of(other.history)
    (found,) = summaries_of(copy.history)
    assert found.declined and not found.accepted and not found.waits_for


def test_an_answer_to_another_text_or_to_no_summary_is_refused() -> None:
    copy = small_history()
    one = summary(copy)
    with pytest.raises(Damaged, match="another text"):
        copy.add("manager", "summary_answer", SummaryAnswerBody(summary=one, shown="0" * 64, answer="accept"))
    proposal = next(iter(fold(copy.history).proposals.values()))
    body = SummaryAnswerBody(summary=proposal.id, shown=proposal.shown, answer="accept")
    with pytest.raises(Damaged, match="no summary"):
        copy.add("manager", "summary_answer", body)


def test_its_text_can_be_erased_and_is_withheld_from_viewers() -> None:
    copy = small_history()
    one = summary(copy)
    assert one in withheld_from_viewers(copy.history)
    copy.add("manager", "erase", EraseBody(event=one))
    assert summaries_of(copy.history) == () and PLAN


def test_a_summary_has_items_each_once_and_names_its_version() -> None:
    for items in ([], [ITEM, ITEM]):
        with pytest.raises(ValidationError):
            SummaryBody(day="2026-12-02", method="rules", items=items)
    assert NEEDED["summary"] == NEEDED["summary_answer"] == "0.2"
