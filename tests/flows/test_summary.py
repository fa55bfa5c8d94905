"""From notes to a summary that both accept: drafts first, item by item; changes of the plan are proposals."""

from __future__ import annotations

import asyncio
from datetime import date

import pytest
from follow_maker import GOAL, SOFT_GOAL, agreed_plan

from coach_assist.agreement.follow_fold import follow
from coach_assist.errors import UsageError
from coach_assist.flows import summary_draft as drawer
from coach_assist.flows.adjustments import adjustment_of, draft_of_adjustment, put_adjustment
from coach_assist.flows.erase import erase
from coach_assist.flows.history_words import history_words
from coach_assist.flows.keep_summary import goals_of, people_of
from coach_assist.flows.plans import plans
from coach_assist.flows.progress import progress_view
from coach_assist.flows.show import plan_view
from coach_assist.flows.summarise import summarise_notes
from coach_assist.flows.summary_share import answer_summary, put_summary, summary_views, waiting_words
from coach_assist.flows.today import today_view
from coach_assist.workspace.plan_file import PlanFile
from coach_assist.workspace.store import Workspace

DAY = date(2026, 12, 9)
NOTES = """# Talk
Progress
- Noor answered 8 of 10 partner mails within a day this week
Actions
- Bo to send the list of partners by 11 December 2026
- Noor: I'll block an hour for mail on Mondays by 14 December 2026
Open questions
- who covers the rota in January?
Adjustments
- move the due date for the planning calls to 15 January 2027
- we could meet every two weeks instead of weekly check-ins
- extend the plan until 22 January 2027
"""


@pytest.fixture
def workspace(tmp_path):
    return Workspace(tmp_path)


@pytest.fixture
def plan(workspace):
    with agreed_plan(workspace) as plan:
        yield plan


def begin(plan: PlanFile, party="manager", notes: str = NOTES) -> drawer.SummaryDraft:
    made = summarise_notes(notes, provider=None, today=DAY, people=people_of(plan), goals=goals_of(plan))
    return drawer.begin_summary(plan, party, notes, asyncio.run(made), DAY)


def keep_all(plan: PlanFile, party="manager") -> None:
    for item in drawer.summary_draft(plan, party).items:
        drawer.mark_item(plan, party, item.id, "kept")


def by_model(plan: PlanFile, party="manager") -> None:
    """Stand in for what the model words: the same items, marked as its own."""
    data = plan.notes.get(party, drawer.ENTRY)
    for item in data["items"]:
        item["by"] = "model"
    plan.notes.put(party, drawer.ENTRY, data)


def test_items_arrive_as_drafts_with_their_lines_and_are_the_writers_alone(plan):
    draft = begin(plan)
    assert draft == drawer.summary_draft(plan, "manager")
    assert drawer.summary_draft(plan, "team_member") is None
    assert draft.left == len(draft.items) > 5 and draft.method == "rules"
    lines = NOTES.splitlines()
    assert all(lines[line - 1] == text for item in draft.items for line, text in item.quotes)
    quoted = {line for item in draft.items for line, _ in item.quotes}
    said = {number for number, line in enumerate(lines, 1) if line.strip()}
    assert quoted | set(draft.uncovered) | {line for line, _ in draft.withheld} == said
    assert {item.owner for item in draft.items if item.kind == "action"} == {"Bo", "Noor"}
    assert not follow(plan.history).summaries


def test_each_item_is_looked_at_before_any_of_it_is_put_forward(workspace, plan):
    draft = begin(plan)
    with pytest.raises(UsageError):
        put_summary(workspace, plan, "manager")
    drawer.mark_item(plan, "manager", draft.items[0].id, "kept")
    with pytest.raises(UsageError, match="not looked at"):
        put_summary(workspace, plan, "manager")
    for item in draft.items[1:]:
        drawer.mark_item(plan, "manager", item.id, "dropped")
    put = put_summary(workspace, plan, "manager")
    (view,) = summary_views(plan)
    assert [one.text for one in view.items] == [draft.items[0].text] and put.accepted
    assert drawer.summary_draft(plan, "manager") is None and not drawer.kept_notes(plan, "manager")


def test_a_changed_item_keeps_its_lines_and_is_in_the_persons_words(plan):
    draft = begin(plan)
    action = next(item for item in draft.items if item.kind == "action")
    changed = drawer.edit_item(
        plan, "manager", action.id, text="Send the list", owner="noor", due="2026-12-18"
    )
    found = next(item for item in changed.items if item.id == action.id)
    assert (found.text, found.owner, found.due, found.by) == ("Send the list", "Noor", "2026-12-18", "person")
    assert found.quotes == action.quotes and found.state == "kept"
    for bad in ({"text": " "}, {"text": "x", "due": "soon"}, {"text": "x" * 5000}):
        with pytest.raises(UsageError):
            drawer.edit_item(plan, "manager", action.id, **bad)
    with pytest.raises(UsageError):
        drawer.mark_item(plan, "manager", "nosuchitem", "kept")


def test_a_summary_waits_until_the_other_has_accepted_it_too(workspace, plan):
    agreed = plan.state.plan_hash
    begin(plan)
    keep_all(plan)
    put_summary(workspace, plan, "manager")
    (view,) = summary_views(plan)
    assert view.waits_for == ("team_member",) and "waits for Noor" in waiting_words(view)
    assert plans(workspace)[0].summaries == {"team_member": 1, "manager": 0}
    due = [item for item in today_view(workspace, DAY).items if item.kind == "summary"]
    assert [(item.who, item.party) for item in due] == [("Noor", "team_member")]
    before = progress_view(plan, DAY)
    assert "waits for Noor" in before.summaries[0] and not before.talk
    assert not any("Mondays" in one.what for one in before.promises)
    with pytest.raises(UsageError):
        answer_summary(workspace, plan, "team_member", view.id, "0" * 64, "accept")
    assert answer_summary(workspace, plan, "team_member", view.id, view.shown, "accept")
    after = progress_view(plan, DAY)
    assert [(one.who, str(one.due)) for one in after.promises if "Mondays" in one.what] == [
        ("Noor", "2026-12-14")
    ]
    assert "accepted by both" in after.summaries[0] and any("rota" in item for item in after.talk)
    assert plans(workspace)[0].summaries == {"team_member": 0, "manager": 0}
    assert plan.state.plan_hash == agreed
    for answer in ("accept", "decline"):
        with pytest.raises(UsageError):
            answer_summary(workspace, plan, "team_member", view.id, view.shown, answer)


def test_nobody_accepts_what_the_model_worded_by_putting_it_forward(workspace, plan):
    begin(plan)
    by_model(plan)
    keep_all(plan)
    assert not put_summary(workspace, plan, "manager").accepted
    (view,) = summary_views(plan)
    assert set(view.waits_for) == {"manager", "team_member"}
    assert not answer_summary(workspace, plan, "team_member", view.id, view.shown, "accept")
    assert answer_summary(workspace, plan, "manager", view.id, view.shown, "accept")


def test_a_declined_summary_counts_for_nothing_and_can_be_answered_with_another(workspace, plan):
    begin(plan)
    keep_all(plan)
    put_summary(workspace, plan, "manager")
    (view,) = summary_views(plan)
    answer_summary(workspace, plan, "team_member", view.id, view.shown, "decline")
    (view,) = summary_views(plan)
    assert view.standing == "declined" and not view.waits_for
    assert not any("Mondays" in one.what for one in progress_view(plan, DAY).promises)
    begin(plan, "team_member")
    keep_all(plan, "team_member")
    put_summary(workspace, plan, "team_member")
    assert [one.by for one in summary_views(plan)] == ["team_member", "manager"]


def test_each_adjustment_becomes_an_amendment_of_the_unit_that_it_names_and_agrees_nothing(workspace, plan):
    draft = begin(plan)
    standing = dict(plan.state.agreed)
    kinds = {}
    for item in draft.items:
        if item.kind != "adjustment":
            continue
        found = adjustment_of(plan, item, DAY)
        assert found.unit is not None and found.value is not None
        kinds[found.unit.kind] = found.value
        change = draft_of_adjustment(plan, "manager", found.unit.unit, found.value)
        made = put_adjustment(workspace, plan, "manager", change, item)
        proposal = plan.state.proposals[made]
        assert proposal.base == standing[found.unit.unit].id and proposal.status == "open"
        assert set(proposal.decisions.values()) == {None}
        assert item.text in proposal.reasons["manager"]
    assert kinds["goal"]["due"] == "2027-01-15" and "15 January 2027" in kinds["goal"]["statement"]
    assert kinds["cadence"]["every"] == "fortnight" and kinds["timeline"]["end"] == "2027-01-22"
    assert dict(plan.state.agreed) == standing
    view = next(one for one in plan_view(plan).open if one.unit == SOFT_GOAL)
    assert view.base_value["due"] == "2026-12-18"
    assert any("From our notes" in one.what for one in history_words(plan.history))


def test_an_adjustment_that_names_nothing_known_is_left_to_the_person(plan):
    draft = begin(plan, notes="Adjustments\n- try something entirely different\n")
    item = next(item for item in draft.items if item.kind == "adjustment")
    assert adjustment_of(plan, item, DAY).value is None


def test_a_next_action_can_be_marked_as_done_later(workspace, plan):
    from follow_maker import hold_check_in

    begin(plan)
    keep_all(plan)
    put_summary(workspace, plan, "manager")
    (view,) = summary_views(plan)
    answer_summary(workspace, plan, "team_member", view.id, view.shown, "accept")
    action = next(one for one in view.items if one.kind == "action" and one.owner == "Bo")
    hold_check_in(workspace, plan, "team_member", date(2026, 12, 16), {f"mark/{action.id}": "done"})
    promise = next(one for one in progress_view(plan, date(2026, 12, 16)).promises if one.id == action.id)
    assert promise.state == "kept"


def test_its_writer_erases_a_summary_until_both_have_accepted_it(workspace, plan):
    for _ in range(2):
        begin(plan)
        keep_all(plan)
        put_summary(workspace, plan, "manager")
    first, second = reversed(summary_views(plan))
    answer_summary(workspace, plan, "team_member", first.id, first.shown, "accept")
    with pytest.raises(UsageError, match="stays"):
        erase(workspace, plan, "manager", first.id)
    erase(workspace, plan, "manager", second.id)
    assert [one.id for one in summary_views(plan)] == [first.id]
    assert any("erased" in one.what for one in history_words(plan.history))


def test_what_was_begun_is_kept_and_can_be_dropped(workspace, plan):
    drawer.keep_notes(plan, "team_member", "first words")
    assert drawer.kept_notes(plan, "team_member") == "first words"
    begin(plan, "team_member")
    with workspace.open(plan.id) as again:
        assert drawer.summary_draft(again, "team_member").notes == NOTES
        assert drawer.summary_draft(again, "team_member").line(3).startswith("- Noor answered")
    drawer.drop_summary(plan, "team_member")
    assert drawer.summary_draft(plan, "team_member") is None
    assert GOAL in plan.state.agreed


def test_both_add_their_notes_to_one_check_in(workspace, plan):
    from follow_maker import hold_check_in

    for party, day in (("manager", DAY), ("team_member", date(2026, 12, 10))):
        held = hold_check_in(workspace, plan, party, day, {"recognition": "A calm week", "notes": NOTES})
        made = summarise_notes(NOTES, provider=None, today=day, people=people_of(plan), goals=goals_of(plan))
        drawer.begin_summary(plan, party, NOTES, asyncio.run(made), day, check_in=held)
        keep_all(plan, party)
        put_summary(workspace, plan, party)
    followed = follow(plan.history)
    (check_in,) = followed.check_ins
    assert {one.check_in for one in followed.summaries} == set(check_in.events)
    assert [one.waits_for for one in followed.summaries] == [("team_member",), ("manager",)]
    with pytest.raises(UsageError):
        put_summary(workspace, plan, "manager")


def test_a_summary_travels_to_the_other_machine_and_is_answered_there(tmp_path):
    from coach_assist.agreement.lines import from_lines, to_lines

    workspace = Workspace(tmp_path / "one")
    with agreed_plan(workspace) as plan:
        begin(plan)
        keep_all(plan)
        put_summary(workspace, plan, "manager")
        copy = from_lines(to_lines(plan.history))
        assert follow(copy).summaries == follow(plan.history).summaries
        (view,) = summary_views(plan)
        assert plan.notes.get("manager", drawer.ENTRY) is None and view.waits_for == ("team_member",)
