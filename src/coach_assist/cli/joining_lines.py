"""The page on joining, as plain lines, and its three answers."""

from __future__ import annotations

import sys
from typing import Literal, overload

from coach_assist.cli.numbered import ask_choice, say
from coach_assist.flows.joining import JoinAnswer, answer, join_page, refuse_if_over, wants_asking
from coach_assist.plan.units import Party
from coach_assist.workspace.plan_file import PlanFile
from coach_assist.workspace.store import Workspace

ANSWERS: tuple[tuple[JoinAnswer, str], ...] = (
    ("join", "I take part"),
    ("later", "later: I want to think about it"),
    ("no", "no"),
)


ALONE: tuple[Literal["alone"], str] = ("alone", "I am not the team member, and prepare alone")


@overload
def ask_to_join(plan: PlanFile | None) -> JoinAnswer: ...
@overload
def ask_to_join(plan: PlanFile | None, *, alone: bool) -> JoinAnswer | Literal["alone"]: ...
def ask_to_join(plan: PlanFile | None, *, alone: bool = False) -> JoinAnswer | Literal["alone"]:
    """Show the page and ask; nothing is taken for granted. Raises click.Abort at the end of the input.

    With `alone`, a manager who prepares without the team member may say so.
    """
    page = join_page(plan)
    say(page.text)
    say("This is for the team member to read and to answer, nobody else.")
    choices = (*ANSWERS, ALONE) if alone else ANSWERS
    found = ask_choice(choices, "Do you take part")
    return next(one for one, _ in choices if one == found)


def join_first(workspace: Workspace, plan: PlanFile, party: Party) -> bool:
    """Ask a team member who has not answered yet; True where this party may go on.

    Nobody is asked without a terminal. Raises Refused where the plan is over.
    """
    refuse_if_over(plan)
    if not wants_asking(plan, party) or not sys.stdin.isatty():
        return True
    said = ask_to_join(plan)
    answer(workspace, plan, said, join_page(plan))
    say_answer(said, plan.id)
    return said == "join"


def say_answer(said: JoinAnswer, plan: str) -> None:
    """Say what the answer means."""
    match said:
        case "join":
            say(f"You take part. You can leave at any time: coach-assist leave {plan[:8] or 'PLAN'}")
        case "later":
            say("Nothing was decided. The page is shown again when you come back.")
        case "no":
            say("The plan is closed. You were asked for no reason, and none is kept.")
