"""The places of a plan that is under way: check-in, summaries, notes, changes, closing."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coach_assist.plan.units import Party
    from coach_assist.tui.app import CoachApp
    from coach_assist.tui.base import AnyScreen

FOLLOW_PLACES = frozenset(
    {
        "check_in",
        "summary",
        "summary_notes",
        "notes",
        "adapt",
        "still_true",
        "closing",
        "close_page",
        "survey",
    }
)
"""All of them are one party's own: without a turn they lead to the progress page, which asks whose it is."""


def follow_screen(app: CoachApp, plan_id: str, place: str) -> AnyScreen | None:
    """Return the screen of one of these places for the party whose turn it is; None where it is none.

    Raises CoachError where the plan cannot be read.
    """
    if place not in FOLLOW_PLACES:
        return None
    party = app.turn.party
    if party is None:
        from coach_assist.tui.progress.screen import ProgressScreen

        return ProgressScreen(plan_id)
    if place == "check_in":
        from coach_assist.tui.check_in.screen import CheckInScreen

        return CheckInScreen(plan_id, party)
    if place in {"summary", "summary_notes"}:
        return _summary(app, plan_id, party, notes=place == "summary_notes")
    if place == "notes":
        from coach_assist.tui.notes.screen import NotesScreen

        return NotesScreen(plan_id, party)
    if place == "adapt":
        from coach_assist.tui.adapt.screen import AdaptScreen

        return AdaptScreen(plan_id, party)
    if place == "still_true":
        from coach_assist.tui.adapt.still_true import StillTrueScreen

        return StillTrueScreen(plan_id, party)
    if place == "close_page":
        from coach_assist.tui.closing.talks import ClosingPageScreen

        return ClosingPageScreen(plan_id, party)
    if place == "survey":
        from coach_assist.tui.closing.talks import SurveyScreen

        return SurveyScreen(plan_id, party)
    from coach_assist.tui.closing.screen import ClosingScreen

    return ClosingScreen(plan_id, party)


def _summary(app: CoachApp, plan_id: str, party: Party, *, notes: bool) -> AnyScreen:
    """Return where a party's work on summaries goes on: what is begun, what was put forward, else notes."""
    from coach_assist.flows.summary_draft import summary_draft
    from coach_assist.flows.summary_share import summary_views
    from coach_assist.tui.summary.draft_screen import SummaryDraftScreen
    from coach_assist.tui.summary.list_screen import SummariesScreen
    from coach_assist.tui.summary.notes_screen import SummaryNotesScreen

    plan = app.plan_file(plan_id)
    if summary_draft(plan, party) is not None:
        return SummaryDraftScreen(plan_id, party)
    if not notes and summary_views(plan):
        return SummariesScreen(plan_id, party)
    return SummaryNotesScreen(plan_id, party)
