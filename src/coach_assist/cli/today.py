"""`coach-assist today`: what is due for whom, across one's plans."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from coach_assist.shown import safe_text

if TYPE_CHECKING:
    from coach_assist.flows.today import DueItem, When

TITLES: dict[When, str] = {
    "past": "Its day has passed",
    "today": "Today",
    "soon": "In the next days",
    "any_day": "Waiting, any day",
}


@click.command("today")
@click.option(
    "--as", "who", type=click.Choice(["manager", "team-member"]), help="Only what is for this side, or both."
)
@click.option("--days", type=click.IntRange(0, 366), default=7, show_default=True, help="How far to look.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, one object.")
@click.option("--today", "day", type=click.DateTime(["%Y-%m-%d"]), help="The day that counts as today.")
def command(who: str | None, days: int, as_json: bool, day: datetime | None) -> None:
    """Show what is due for whom across your plans: promises, next steps, check-ins, decisions, endings.

    The manager's own promises come first.
    """
    from coach_assist.cli.numbered import PARTY_OPTIONS
    from coach_assist.flows.today import today_json, today_view
    from coach_assist.workspace.store import Workspace

    party = PARTY_OPTIONS[who] if who else None
    view = today_view(Workspace(), day.date() if day else date.today(), party=party, days=days)
    if as_json:
        click.echo(json.dumps(today_json(view), ensure_ascii=True, indent=2))
        return
    for short, problem in view.unreadable:
        click.echo(f"{short} cannot be read: {safe_text(problem, one_line=True)}", err=True)
    if not view.items:
        click.echo(f"Nothing is due by {view.today} or in the {days} days after it; plans: {view.plans}.")
    before = ""
    for one in view.items:
        if one.when != before:
            click.echo(("\n" if before else "") + TITLES[one.when])
            before = one.when
        click.echo(safe_text(_line(one), one_line=True))


def _line(one: DueItem) -> str:
    due = f"{one.due} " if one.due and one.when != "today" else ""
    what = f": {one.what}" if one.what else ""
    demo = "DEMO " if one.demo else ""
    return f"- {due}{one.who}, {one.kind_words}{what} [{demo}{one.short} {one.title}]"
