"""How a plan stands: what is expected and what was seen, promises, questions where it stands still."""

from datetime import date

import pytest
from follow_maker import COURSE, END, GAP, GOAL, HALFWAY, LIST, SOFT_GOAL, WALK, agreed_plan, hold_check_in
from plan_maker import plan_with_goals

from coach_assist.cli.progress_lines import progress_lines
from coach_assist.errors import UsageError
from coach_assist.flows.progress import progress_json, progress_view
from coach_assist.flows.progress_chart import bar_line, chart_lines, timeline_lines
from coach_assist.workspace.store import Workspace

FIRST, SECOND = date(2026, 12, 2), date(2026, 12, 9)


@pytest.fixture
def workspace() -> Workspace:
    return Workspace()


def two_check_ins(workspace, plan, first: str = "5", second: str = "6") -> None:
    hold_check_in(
        workspace, plan, "manager", FIRST,
        {f"value/{GOAL}": first, f"evidence/{GOAL}": "Inbox", f"mark/{LIST}": "kept", f"mark/{WALK}": "1"},
    )  # fmt: skip
    hold_check_in(
        workspace, plan, "team_member", SECOND,
        {f"value/{GOAL}": second, f"words/{SOFT_GOAL}": "Most calls", f"mark/{COURSE}": "did"},
    )  # fmt: skip


def test_goals_promises_and_check_ins(workspace) -> None:
    with agreed_plan(workspace) as plan:
        two_check_ins(workspace, plan)
        view = progress_view(plan, date(2026, 12, 11))
    goal = view.goals[0]
    assert (str(goal.actual.value), str(goal.expected), goal.standing) == ("6", "7.2", "off_line")
    assert (goal.baseline, goal.target, goal.share) == (4, 10, 33)
    assert [(str(one.value), one.evidence, one.by) for one in goal.readings] == [
        ("5", "Inbox", "Bo"), ("6", None, "Noor"),
    ]  # fmt: skip
    assert (view.goals[1].standing, view.goals[1].readings[0].words) == ("measured", "Most calls")
    states = {one.id: one.state_words for one in (*view.promises, *view.milestones)}
    assert states[LIST] == "kept"
    assert states[WALK] == "done, helped"
    assert states[COURSE] == "done, did not help"
    assert states[HALFWAY] == "its day has passed"
    # The manager's own first, then another person's, then the team member's.
    assert [one.who for one in view.promises] == ["Bo", "Kim", "Noor", "Noor"]
    assert (view.held, view.next_check_in) == ((FIRST, SECOND), date(2026, 12, 16))


def test_questions_where_it_stands_still(workspace) -> None:
    with agreed_plan(workspace) as plan:
        view = progress_view(plan, date(2026, 12, 12))
        assert [(one.rule, one.about) for one in view.stalls] == [
            ("no_value", GOAL), ("no_value", SOFT_GOAL), ("first_step", WALK), ("gap_overdue", GAP),
        ]  # fmt: skip
        assert all(one.question.endswith("?") and one.adjustments for one in view.stalls)
        assert view.stalls[3].about_words == "Answers wait for days"
        two_check_ins(workspace, plan, "4", "5")
        assert [one.rule for one in progress_view(plan, date(2026, 12, 12)).stalls] == ["line_missed"]


def test_two_who_wrote_apart_see_it_differently(workspace, tmp_path) -> None:
    import shutil

    with agreed_plan(workspace) as plan:
        identity = plan.id
    shutil.copytree(workspace.root, tmp_path / "there")
    there = Workspace(tmp_path / "there")
    with workspace.open(identity) as plan, there.open(identity) as copy:
        hold_check_in(workspace, plan, "manager", FIRST, {f"mark/{LIST}": "kept"})
        hold_check_in(there, copy, "team_member", FIRST, {f"mark/{LIST}": "not yet"})
        plan.record(lambda history: copy.history.records())
        view = progress_view(plan, SECOND)
        assert next(one for one in view.promises if one.id == LIST).state_words == "seen differently"
        assert view.held == (FIRST,)


def test_the_page_reads_well_at_80_columns(workspace) -> None:
    with agreed_plan(workspace) as plan:
        two_check_ins(workspace, plan)
        view = progress_view(plan, date(2026, 12, 11))
    lines = list(progress_lines(view))
    assert max(len(line) for line in lines) <= 80
    text = " ".join(" ".join(lines).split())
    for wanted in (
        "Goals: 2",
        "Mails answered in a day, from 4 to 10 of 10: 6 on 2026-12-09, expected today 7.2;",
        "- Bo: Send the list of partners (promise, due 2026-11-27): kept",
        "Check-ins held: 2, planned so far: 2.",
        "2026-12-11 --- today ---",
    ):
        assert wanted in text
    words = "\n".join(progress_lines(view, charts=False))
    assert "----" not in words and "#" not in words


def test_the_chart_shows_values_and_the_line(workspace) -> None:
    with agreed_plan(workspace) as plan:
        two_check_ins(workspace, plan, "4", "10")
        view = progress_view(plan, date(2026, 12, 11))
    rows = chart_lines(view.goals[0], view.today, 60)
    assert max(map(len, rows)) <= 60
    assert rows[0].split("|")[0].strip() == "10"
    assert rows[6].split("|")[0].strip() == "4"
    assert "o" in rows[0] and "o" in rows[6]
    assert "^" in rows[7] and "today" in rows[8]
    assert rows[8].strip().startswith("2026-11-25") and rows[8].endswith("2026-12-25")
    assert chart_lines(view.goals[1], view.today) == ()
    assert bar_line(view, 40) == f"[{'#' * 13}{'-' * 12}] day 16 of 30"


def test_the_timeline_is_in_order(workspace) -> None:
    with agreed_plan(workspace) as plan:
        two_check_ins(workspace, plan)
        view = progress_view(plan, date(2026, 12, 11))
    lines = timeline_lines(view, 72)
    days = [line[:10] for line in lines]
    assert days == sorted(days)
    assert "2026-12-02 [x] check-in held" in lines
    assert "2026-12-16 [ ] check-in" in lines
    assert lines[-1].startswith(END.isoformat())


def test_foreign_texts_cannot_move_the_cursor(workspace) -> None:
    with agreed_plan(workspace) as plan:
        hold_check_in(
            workspace, plan, "manager", FIRST, {"talk": "\x1b[2J wipe \u202e the screen", "obstacle": "x"}
        )
        view = progress_view(plan, SECOND)
    text = "\n".join(progress_lines(view))
    assert "wipe" in text
    assert "\x1b" not in text and "\u202e" not in text


def test_json_holds_everything_as_text(workspace) -> None:
    import json

    with agreed_plan(workspace) as plan:
        two_check_ins(workspace, plan)
        data = progress_json(progress_view(plan, date(2026, 12, 11)))
    again = json.loads(json.dumps(data))
    assert again == data
    assert data["goals"][0]["actual"] == {"day": "2026-12-09", "value": "6"}
    assert data["goals"][0]["expected"] == "7.2"
    assert data["next_check_in"] == "2026-12-16"


def test_nothing_agreed_nothing_to_follow(workspace) -> None:
    with plan_with_goals(workspace, "Answer mails") as plan, pytest.raises(UsageError):
        progress_view(plan, FIRST)


def test_a_plan_without_timeline_and_metrics(workspace) -> None:
    from plan_maker import accept_everything_one_by_one

    with plan_with_goals(workspace, "Answer mails") as plan:
        accept_everything_one_by_one(workspace, plan)
        view = progress_view(plan, date(2030, 1, 1))
    assert (view.planned, view.goals[0].metric, view.stalls) == ((), None, ())
    assert list(progress_lines(view))
