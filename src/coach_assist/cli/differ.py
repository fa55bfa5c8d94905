"""`coach-assist differ`: where the two differ, question by question, side by side."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from coach_assist.cli.model_options import model_options
from coach_assist.errors import ModelError
from coach_assist.plan.units import PARTIES, Party
from coach_assist.shown import safe_text

if TYPE_CHECKING:
    from coach_assist.flows.blind import DifferView
    from coach_assist.flows.difference_words import DifferenceResult, DifferenceWords
    from coach_assist.interview.answers import Answer
    from coach_assist.interview.differences import Compared
    from coach_assist.workspace.plan_file import PlanFile
    from coach_assist.workspace.store import Workspace

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
@click.option("--no-model", is_flag=True, help="Say by rules what differs, and ask no model.")
@model_options
def command(
    plan_id: str, who: str | None, as_json: bool, today: datetime | None, no_model: bool, remote: bool,
    send_to: str | None,
) -> None:  # fmt: skip
    """Show where the two of you differ in PLAN, once both have released their own answers.

    First what to talk about, then every question side by side. Differences in dates, numbers and goals
    are marked by rules. Where a model is there, it says in one sentence what differs; a sentence that
    takes a side or judges anybody is not shown.
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
        found = asyncio.run(_words(workspace, plan, view, no_model=no_model, remote=remote, send_to=send_to))
    if found.failed is not None:
        click.echo(safe_text(f"{found.failed.what} What differs is said by rules."), err=True)
    if as_json:
        rows = [_json(one, found.words.get(one.question.id)) for one in view.questions]
        order = [one.question.id for one in view.talk]
        click.echo(json.dumps({"questions": rows, "talk_about": order}, ensure_ascii=True, indent=2))
        return
    talk = ", ".join(one.question.label for one in view.talk) or "nothing"
    click.echo(f"To talk about, in this order: {talk}")
    for one in view.questions:
        click.echo("")
        for line in _lines(one, names, found.words.get(one.question.id)):
            click.echo(line)


async def _words(
    workspace: Workspace, plan: PlanFile, view: DifferView, *, no_model: bool, remote: bool,
    send_to: str | None,
) -> DifferenceResult:  # fmt: skip
    """Return a sentence on each difference; no model on this machine is no failure."""
    from coach_assist.cli.model_options import open_session
    from coach_assist.flows.difference_words import difference_words

    if no_model or all(one.standing != "differ" for one in view.questions):
        return await difference_words(plan, view, provider=None)
    async with open_session(workspace.root, remote=remote, send_to=send_to, may_pull=False) as session:
        try:
            provider = await session.provider()
        except ModelError:
            return await difference_words(plan, view, provider=None)
        click.echo("The model is asked what differs …", err=True)
        return await difference_words(plan, view, provider=provider)


def _lines(one: Compared, names: dict[Party, str], words: DifferenceWords | None) -> Iterator[str]:
    yield f"{one.question.label}: {STANDING[one.standing]}."
    if words is not None and one.standing == "differ":
        who = "the model" if words.by_model else "rules"
        yield f"  {safe_text(words.text, one_line=True)} (by {who})"
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


def _json(one: Compared, words: DifferenceWords | None) -> dict[str, object]:
    return {
        "question": one.question.id,
        "standing": one.standing,
        "answers": {party: one.answers[party] for party in PARTIES},
        "sentence": None if words is None else {"text": words.text, "by_model": words.by_model},
        "marks": [
            {"kind": mark.kind, "team_member": list(mark.team_member), "manager": list(mark.manager)}
            for mark in one.marks
        ],
    }
