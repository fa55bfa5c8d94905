"""Notes between check-ins: private at first, seen by both once released, erasable by their writer."""

from datetime import date

import pytest
from follow_maker import agreed_plan
from plan_maker import named_plan

from coach_assist.errors import UsageError
from coach_assist.flows.erase import erase
from coach_assist.flows.note import delete_note, keep_note, notes_of, release_note
from coach_assist.flows.progress import progress_view
from coach_assist.workspace.store import Workspace

DAY = date(2026, 12, 3)


@pytest.fixture
def workspace() -> Workspace:
    return Workspace()


def test_a_note_is_private_until_it_is_released(workspace) -> None:
    with agreed_plan(workspace) as plan:
        events = plan.state.events
        note = keep_note(plan, "manager", "Noor asked first and answered then.", DAY)
        assert plan.state.events == events
        assert notes_of(plan, "team_member") == ()
        assert [(one.id, one.released, one.day) for one in notes_of(plan, "manager")] == [
            (note, False, "2026-12-03")
        ]
        release_note(workspace, plan, "manager", note[:4])
        assert [(one.text, one.by, one.released) for one in notes_of(plan, "team_member")] == [
            ("Noor asked first and answered then.", "manager", True)
        ]
        assert plan.notes.all("manager") == ()
        with pytest.raises(UsageError, match="no private note"):
            release_note(workspace, plan, "manager", note)


def test_a_released_note_can_be_erased_by_its_writer(workspace) -> None:
    with agreed_plan(workspace) as plan:
        note = keep_note(plan, "team_member", "I was glad of the quiet hour.", DAY, role="thanks")
        event = release_note(workspace, plan, "team_member", note)
        with pytest.raises(UsageError, match="Only its author"):
            erase(workspace, plan, "manager", event)
        erase(workspace, plan, "team_member", event)
        assert notes_of(plan, "manager") == ()
        identity = plan.id
    assert b"quiet hour" not in workspace.path_of(identity).read_bytes()


def test_a_deleted_note_is_gone(workspace) -> None:
    with agreed_plan(workspace) as plan:
        keep_note(plan, "manager", "tulip ladder", DAY)
        note = notes_of(plan, "manager")[0].id
        with pytest.raises(UsageError):
            delete_note(plan, "team_member", note)
        delete_note(plan, "manager", note)
        identity = plan.id
    assert b"tulip" not in workspace.path_of(identity).read_bytes()


def test_what_is_noted_to_talk_about_is_on_the_page(workspace) -> None:
    with agreed_plan(workspace) as plan:
        note = keep_note(plan, "manager", "The Friday report", DAY, role="talk")
        assert progress_view(plan, DAY).talk == ()
        release_note(workspace, plan, "manager", note)
        assert progress_view(plan, DAY).talk == ("The Friday report",)


def test_what_cannot_be_kept_is_refused(workspace) -> None:
    with named_plan(workspace) as plan:
        for text in ("", "  \n", "x" * 4001):
            with pytest.raises(UsageError):
                keep_note(plan, "manager", text, DAY)
        note = keep_note(plan, "manager", "half an emoji \ud83d", DAY)
        assert notes_of(plan, "manager")[0].text == "half an emoji \ud83d"
        with pytest.raises(UsageError, match="nobody to release"):
            release_note(workspace, plan, "manager", note)
    with agreed_plan(workspace) as plan:
        note = keep_note(plan, "manager", "half an emoji \ud83d", DAY)
        with pytest.raises(UsageError):
            release_note(workspace, plan, "manager", note)
        assert notes_of(plan, "manager")[0].id == note
