"""Where a plan opens: at the place that was asked for, else where its work waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach_assist.tui.turn import PARTY_NAMES

if TYPE_CHECKING:
    from coach_assist.plan.units import Party
    from coach_assist.tui.app import CoachApp
    from coach_assist.tui.base import AnyScreen
    from coach_assist.workspace.store import PlanFile


def screen_for(app: CoachApp, plan_id: str, place: str | None) -> AnyScreen:
    """Return the screen of a plan at `place`: "interview", "draft", "review", "handover", "agreed",
    "sign", "history", "progress", "check_in", "alone", "differ".

    None: where its work waits. While the keyboard is handed over, the interview and the drafts, which
    are private, lead to the hand-over page. Raises CoachError where the plan can't be opened.
    """
    plan = app.plan_file(plan_id)
    place = _while_alone(plan, place)
    if app.turn.handed_over and (plan_id != app.turn.plan or place in {None, "interview", "draft"}):
        plan_id, place = app.turn.plan or plan_id, "handover"
    place = place or where_work_waits(app, plan_id)
    if place == "interview":
        from coach_assist.tui.interview.screen import InterviewScreen

        return InterviewScreen(plan_id)
    if place == "draft":
        from coach_assist.tui.draft.screen import DraftScreen

        nothing_yet = not plan.has_opened or not plan.state.proposals
        return DraftScreen(plan_id, start=not plan.drafts.of_plan() and nothing_yet)
    if (later := _later_place(app, plan_id, place)) is not None:
        return later
    if place == "agreed":
        from coach_assist.tui.agreed.screen import AgreedScreen

        return AgreedScreen(plan_id)
    if place == "review" and app.turn.party in PARTY_NAMES and _may_decide(plan, app.turn.party):
        from coach_assist.tui.review.screen import ReviewScreen

        return ReviewScreen(plan_id, app.turn.party)
    from coach_assist.tui.handover.screen import HandoverScreen

    return HandoverScreen(plan_id)


def _later_place(app: CoachApp, plan_id: str, place: str) -> AnyScreen | None:
    """Return the screen of a place that is not one of the plan's first four."""
    if place in {"alone", "differ"}:
        return _alone(app, plan_id, place)
    if place == "sign":
        from coach_assist.tui.signing.screen import SignScreen

        return SignScreen(plan_id)
    if place == "history":
        from coach_assist.tui.history.screen import HistoryScreen

        return HistoryScreen(plan_id)
    if place == "progress":
        from coach_assist.tui.progress.screen import ProgressScreen

        return ProgressScreen(plan_id)
    from coach_assist.tui.follow_ways import follow_screen

    return follow_screen(app, plan_id, place)


def _while_alone(plan: PlanFile, place: str | None) -> str | None:
    """Return where a place leads while each answers alone: joint questions and drafts wait for both."""
    from coach_assist.flows.alone import alone_view, before_drafting

    if place in {None, "interview", "draft"} and before_drafting(plan):
        return place if place is not None and alone_view(plan).both_released else "differ"
    return place


def _alone(app: CoachApp, plan_id: str, place: str) -> AnyScreen:
    """Return the page of both sides once they can be read, else the page on who answers and releases."""
    from coach_assist.flows.alone import alone_view

    if place == "differ" and alone_view(app.plan_file(plan_id)).readable:
        from coach_assist.tui.alone.differ import DifferScreen

        return DifferScreen(plan_id)
    from coach_assist.tui.alone.screen import AloneScreen

    return AloneScreen(plan_id)


def _may_decide(plan: PlanFile, party: Party | None) -> bool:
    """Say whether the review can open at once: not before the page on joining, which the hand-over shows."""
    from coach_assist.flows.joining import wants_asking

    return plan.has_opened and party is not None and not wants_asking(plan, party)


def where_work_waits(app: CoachApp, plan_id: str) -> str:
    """Return the place of a plan where something is to be done next."""
    from coach_assist.flows.interview import Interview
    from coach_assist.flows.show import plan_view

    plan = app.plan_file(plan_id)
    if not plan.has_opened and not plan.drafts.of_plan():
        session = Interview.resume(app.workspace, plan).session
        return "interview" if session.question is not None or session.missing else "draft"
    view = plan_view(plan)
    if view.drafts:
        return "draft"
    return "handover" if any(view.waits.values()) else "agreed"
