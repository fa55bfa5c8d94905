"""`coach-assist join`: read the page on joining and answer it."""

from __future__ import annotations

import sys

import click

from coach_assist.errors import UsageError
from coach_assist.shown import safe_text


@click.command("join")
@click.argument("plan_id", metavar="[PLAN]", required=False)
@click.option(
    "--as", "who", type=click.Choice(["team-member"]), default="team-member", show_default=True,
    help="Only the team member joins, and nobody joins for them.",
)  # fmt: skip
@click.option("--page", is_flag=True, help="Only print the page.")
def command(plan_id: str | None, who: str, page: bool) -> None:
    """Read one page on what a coaching plan is, and join PLAN, answer later, or say no.

    A no asks for no reason and closes the plan. Who has left can join again here.
    """
    from coach_assist.cli.joining_lines import ask_to_join, say_answer
    from coach_assist.cli.unlocking import unlock_for
    from coach_assist.flows.joining import answer, join_page
    from coach_assist.flows.open_plan import open_plan
    from coach_assist.workspace.store import Workspace

    if page and plan_id is None:
        click.echo(safe_text(join_page().text))
        return
    if plan_id is None:
        raise UsageError("Name the plan, or use --page.")
    workspace = Workspace()
    with open_plan(workspace, plan_id) as plan:
        if page:
            click.echo(safe_text(join_page(plan).text))
            return
        if not sys.stdin.isatty():
            raise UsageError(
                "join takes its answer from a person at a terminal, not from a pipe or a file.",
                kept="Nothing was answered.",
            )
        said = ask_to_join(plan)
        if said != "later":
            unlock_for(workspace, plan, "team_member")
        answer(workspace, plan, said, join_page(plan))
        say_answer(said, plan.id)
