"""What is due for whom across plans, from the index alone."""

from datetime import date

import pytest
from follow_maker import CLEAR, COURSE, GOAL, LIST, WALK, agreed_plan, hold_check_in
from plan_maker import plan_with_goals

from coach_assist.flows import plans as listing
from coach_assist.flows.today import today_json, today_view
from coach_assist.workspace.store import Workspace


@pytest.fixture
def workspace(tmp_path) -> Workspace:
    return Workspace(tmp_path / "home")


def due(workspace, day: date, **fields) -> list[tuple[str, str, str]]:
    return [(one.when, one.kind, one.who) for one in today_view(workspace, day, **fields).items]


def test_what_is_due_for_whom(workspace) -> None:
    agreed_plan(workspace).close()
    assert due(workspace, date(2026, 11, 26)) == [
        ("soon", "support", "Bo"), ("soon", "activity", "Noor"), ("soon", "check_in", "Bo and Noor"),
    ]  # fmt: skip
    assert due(workspace, date(2026, 11, 30), days=0) == [
        ("past", "support", "Bo"), ("today", "activity", "Noor"),
    ]  # fmt: skip
    assert due(workspace, date(2026, 11, 30), days=0, party="manager") == [("past", "support", "Bo")]
    assert due(workspace, date(2026, 12, 24))[-1] == ("soon", "close", "Bo and Noor")


def test_what_was_kept_is_no_longer_due(workspace) -> None:
    with agreed_plan(workspace) as plan:
        marks = {f"mark/{LIST}": "kept", f"mark/{WALK}": "1", f"mark/{COURSE}": "no longer needed"}
        hold_check_in(workspace, plan, "manager", date(2026, 12, 2), marks)
    assert due(workspace, date(2026, 12, 2)) == [("soon", "check_in", "Bo and Noor")]
    assert due(workspace, date(2026, 12, 11), days=0) == [
        ("past", "check_in", "Bo and Noor"), ("past", "milestone", "Bo and Noor"),
        ("today", "support", "Kim"),
    ]  # fmt: skip


def test_a_check_in_on_another_day_counts(workspace) -> None:
    with agreed_plan(workspace) as plan:
        hold_check_in(workspace, plan, "manager", date(2026, 12, 4), {f"value/{GOAL}": "5"})
    assert "check_in" not in [kind for _, kind, _ in due(workspace, date(2026, 12, 4), days=4)]
    assert ("past", "check_in", "Bo and Noor") in due(workspace, date(2026, 12, 10))


def test_proposals_wait_for_both(workspace) -> None:
    plan_with_goals(workspace, "Answer mails", "Write minutes").close()
    view = today_view(workspace, date(2026, 12, 1))
    assert [(one.kind, one.who, one.what) for one in view.items] == [
        ("decide", "Bo", "2 to decide"), ("decide", "Noor", "2 to decide"),
    ]  # fmt: skip


def test_the_answer_does_not_depend_on_when_the_index_was_made(workspace, monkeypatch) -> None:
    agreed_plan(workspace).close()
    days = [date(2026, 11, 20), date(2026, 12, 5), date(2027, 2, 1)]
    fresh = []
    for day in days:
        workspace.index_path.unlink(missing_ok=True)
        fresh.append(today_view(workspace, day))
    opened = []
    monkeypatch.setattr(listing, "_row", lambda *one: opened.append(one))
    assert [today_view(workspace, day) for day in days] == fresh
    assert opened == []


def test_a_damaged_plan_is_named_and_the_others_shown(workspace) -> None:
    agreed_plan(workspace).close()
    with agreed_plan(workspace) as bad:
        pass
    workspace.path_of(bad.id).write_bytes(b"\0" * 8192)
    view = today_view(workspace, date(2026, 12, 11))
    assert [short for short, _ in view.unreadable] == [bad.id[: len(view.unreadable[0][0])]]
    assert view.items


def test_json(workspace) -> None:
    import json

    agreed_plan(workspace, demo=True).close()
    data = today_json(today_view(workspace, date(2026, 12, 11)))
    assert json.loads(json.dumps(data)) == data
    by_id = {(one["kind"], one["what"]): one for one in data["items"]}
    assert by_id["support", "Clear the Friday report"]["due"] == "2026-12-11"
    assert all(one["demo"] for one in data["items"])
    assert CLEAR not in json.dumps(data)
