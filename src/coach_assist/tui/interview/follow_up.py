"""A better follow-up from the model, in the place of the one that is shown already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Static

from coach_assist.tui.interview.view import side_content, view_of

if TYPE_CHECKING:
    from coach_assist.flows.interview import Interview
    from coach_assist.tui.interview.screen import InterviewScreen


async def better_follow_up(screen: InterviewScreen, interview: Interview) -> None:
    """Ask the model for a better follow-up, and show it if nobody has begun to answer the first one."""
    asked, typed = interview.session.question, screen.typed()
    better = await screen.coach.desk.better_probe(interview)
    session = interview.session
    if not better or session.question is not asked or session.probing is None or screen.typed() != typed:
        return
    view = view_of(interview.ask_instead(better))
    screen.query_one("#side", Static).update(side_content(view, probe=better))
