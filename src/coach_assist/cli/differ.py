"""`coach-assist differ`: where the two differ, question by question, side by side."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from coach_assist.plan.units import PARTIES, Party
from coach_assist.shown import safe_text

if TYPE_CHECKING:
    from coach_assist.interview.answers import Answer
    from coach_assist.interview.differences import Compared

STANDING = {
    "same": "the same",
    "differ": "you differ",
    "only_team_member": "only the team member answered",
    "only_manager": "only the manager answered",
}
MARKS = {"goal": "Goals that only one of you named", "date": "Different dates", "number": "Different numbers"}


@click.command("differ")
@click.argument("plan_id", metavar="PLAN")
@click.option(
    "--as", "who", type=click.Choice(["manager", "team-member"]), help="Whose keys to unlock, if locked."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="The day that counts as today.")
def command(plan_id: str, who: str | None, as_json: bool, today: datetime | None) -> None:
    """Show where the two of you differ in PLAN, once both have released their own answers.

    First what to talk about, then every question side by side. Differences in dates, numbers and goals
    are marked; nothing is judged, and no model is asked.
    """
    from coach_assist.cli.numbered import PARTY_OPTIONS
    from coach_assist.cli.unlocking import unlock_for
    from coach_assist.flows.blind import differ
    from coach_assist.flows.open_plan import open_plan
    from coach_assist.workspace.store import Workspace

    workspace = Workspace()
    with open_plan(workspace, plan_id) as plan:
        if who:
            unlock_for(workspace, plan, PARTY_OPTIONS[who])
        view = differ(workspace, plan, today.date() if today else date.today())
        names = {party: plan.state.parties[party].name for party in PARTIES}
    if as_json:
        rows = [_json(one) for one in view.questions]
        order = [one.question.id for one in view.talk]
        click.echo(json.dumps({"questions": rows, "talk_about": order}, ensure_ascii=True, indent=2))
        return
    talk = ", ".join(one.question.label for one in view.talk) or "nothing"
    click.echo(f"To talk about, in this order: {talk}")
    for one in view.questions:
        click.echo("")
        for line in _lines(one, names):
            click.echo(line)


def _lines(one: Compared, names: dict[Party, str]) -> Iterator[str]:
    yield f"{one.question.label}: {STANDING[one.standing]}."
    for party in PARTIES:
        first, *rest = _text(one.answers[party]).split("\n")
        yield f"  {safe_text(names[party], one_line=True)}: {first}"
        yield from (f"    {line}" for line in rest)
    for mark in one.marks:
        sides = (", ".join(mark.team_member) or "none", ", ".join(mark.manager) or "none")
        yield f"  {MARKS[mark.kind]}: {safe_text(' | '.join(sides), one_line=True)}"


def _text(answer: Answer | None) -> str:
    if answer is None:
        return "(not answered, or held back)"
    return safe_text(answer if isinstance(answer, str) else "\n".join(answer))


def _json(one: Compared) -> dict[str, object]:
    return {
        "question": one.question.id,
        "standing": one.standing,
        "answers": {party: one.answers[party] for party in PARTIES},
        "marks": [
            {"kind": mark.kind, "team_member": list(mark.team_member), "manager": list(mark.manager)}
            for mark in one.marks
        ],
    }
