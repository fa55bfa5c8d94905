"""`coach-assist templates`: list, show and use starting drafts by kind of plan."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import TYPE_CHECKING, cast

import click

from coach_assist.shown import safe_text

if TYPE_CHECKING:
    from coach_assist.plan.units import Party, PlanKind

KINDS = ("development", "performance-support", "onboarding", "leadership", "career")
START = click.DateTime(["%Y-%m-%d"])


@click.group("templates", invoke_without_command=True)
@click.pass_context
def command(ctx: click.Context) -> None:
    """List the templates: starting drafts for each kind of plan, in plain words."""
    if ctx.invoked_subcommand is None:
        from coach_assist.flows.templates import template_views

        for one in template_views(date.today()):
            click.echo(f"{one.kind.replace('_', '-')}: {one.title}, {one.days} days. {one.summary}")


@command.command("show")
@click.argument("kind", type=click.Choice(KINDS))
@click.option("--start", type=START, help="The first day of the plan; today if not given.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def show(kind: str, start: datetime | None, as_json: bool) -> None:
    """Show one template."""
    from coach_assist.flows.templates import template_view

    view = template_view(_kind(kind), start.date() if start else date.today())
    if as_json:
        units = [
            {"kind": words, "fields": [{"label": label, "text": text} for label, text in fields]}
            for words, fields in view.units
        ]
        data = {"kind": view.kind, "title": view.title, "days": view.days, "units": units}
        click.echo(json.dumps(data, ensure_ascii=True, indent=2))
        return
    click.echo(f"{view.title}, {view.days} days. {view.summary}")
    for words, fields in view.units:
        click.echo(f"- {words}")
        for label, text in fields:
            click.echo(f"    {label}: {safe_text(text, one_line=True)}")


@command.command("use")
@click.argument("kind", type=click.Choice(KINDS))
@click.option("--start", type=START, help="The first day of the plan; today if not given.")
@click.option("--team-member", default="", metavar="NAME", help="How the team member is called.")
@click.option("--manager", default="", metavar="NAME", help="How the second party is called.")
def use(kind: str, start: datetime | None, team_member: str, manager: str) -> None:
    """Begin a new plan from a template: its texts become drafts, with the open parts in [brackets].

    Nothing is put forward. Change the drafts, then put them forward one by one; both decide.
    """
    from coach_assist.cli.numbered import say
    from coach_assist.flows.templates import begin_from_template
    from coach_assist.workspace.store import Workspace

    day = start.date() if start else date.today()
    names: dict[Party, str] = {"team_member": team_member, "manager": manager}
    with begin_from_template(Workspace(), _kind(kind), day, names) as plan:
        click.echo(plan.id)
        count = len(plan.drafts.of_plan())
        say(f"{count} drafts are in the plan {plan.id[:8]}; what is in [brackets] is yours.")
        say(f"Next: coach-assist propose {plan.id[:8]} --as manager (or team-member), or the app.")


def _kind(kind: str) -> PlanKind:
    return cast("PlanKind", kind.replace("-", "_"))
