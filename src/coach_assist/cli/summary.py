"""`coach-assist summary`: a summary of notes that both accept, in plain lines."""

from __future__ import annotations

import json
import sys
from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from coach_assist.cli.model_options import model_options
from coach_assist.errors import UsageError
from coach_assist.shown import safe_text

if TYPE_CHECKING:
    from coach_assist.plan.units import Party
    from coach_assist.workspace.plan_file import PlanFile
    from coach_assist.workspace.store import Workspace


@click.command("summary")
@click.argument("plan_id", metavar="PLAN")
@click.argument("file", metavar="[FILE]", required=False)
@click.option("--as", "who", type=click.Choice(["manager", "team-member"]), help="Who you are.")
@click.option("--list", "listing", is_flag=True, help="Print the summaries that were put forward.")
@click.option("--json", "as_json", is_flag=True, help="The same as JSON.")
@click.option("--no-model", is_flag=True, help="Use no model: an extract by rules.")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="The day that counts as today.")
@model_options
def command(
    plan_id: str, file: str | None, who: str | None, listing: bool, as_json: bool, no_model: bool,
    today: datetime | None, remote: bool, send_to: str | None,
) -> None:  # fmt: skip
    """Summarise the notes in FILE for PLAN, go through the items, and put them forward for both to accept.

    FILE is UTF-8 text, - is standard input. Each item comes with the lines that it rests on, as a draft
    in your own drawer: keep, change or drop it. A suggested adjustment can become a proposal on the part
    of the plan that it names. Without FILE it goes on with what you have begun, or shows you the summary
    that waits for your answer.
    """
    from coach_assist.cli.numbered import PARTY_OPTIONS, say
    from coach_assist.cli.summary_talk import view_lines
    from coach_assist.flows.open_plan import open_plan
    from coach_assist.flows.summary_share import summary_json, summary_views, waiting_words
    from coach_assist.workspace.store import Workspace

    workspace = Workspace()
    with open_plan(workspace, plan_id) as plan:
        if listing or as_json:
            views = summary_views(plan)
            if as_json:
                data = {"summaries": [summary_json(one) for one in views]}
                click.echo(json.dumps(data, ensure_ascii=True, indent=2))
                return
            for view in views:
                for line in (f"{waiting_words(view)}.", *view_lines(view)):
                    click.echo(safe_text(line))
            if not views:
                say("No summary was put forward yet.")
            return
        if who is None:
            raise UsageError("Say who you are: --as manager or --as team-member.")
        if plan.demo:
            say("DEMO: this is a sample plan.")
        party, day = PARTY_OPTIONS[who], today.date() if today else date.today()
        if file is not None:
            _begin(plan, party, file, day, no_model=no_model, remote=remote, send_to=send_to)
        _go_on(workspace, plan, party, who)


def _begin(
    plan: PlanFile, party: Party, file: str, day: date, *, no_model: bool, remote: bool, send_to: str | None
) -> None:
    from coach_assist.cli.numbered import ask_yes
    from coach_assist.cli.summary_run import summarise_for
    from coach_assist.flows.summarise import load_notes
    from coach_assist.flows.summary_draft import begin_summary, keep_notes, summary_draft

    before = summary_draft(plan, party)
    if before is not None and not (
        sys.stdin.isatty() and ask_yes("A summary that you have begun would be replaced. Replace it?")
    ):
        raise UsageError(
            "A summary that you have begun is not finished.",
            kept="It is kept.",
            next_step=f"Go on with it: coach-assist summary {plan.id[:8]} --as …",
        )
    text = load_notes(file)
    keep_notes(plan, party, text)
    made = summarise_for(plan, text, day, no_model=no_model, remote=remote, send_to=send_to)
    begin_summary(plan, party, text, made, day)


def _go_on(workspace: Workspace, plan: PlanFile, party: Party, who: str) -> None:
    from coach_assist.cli.numbered import say
    from coach_assist.cli.summary_talk import answer_waiting, go_through, say_rest
    from coach_assist.flows.summary_draft import summary_draft
    from coach_assist.flows.summary_share import summary_views

    draft = summary_draft(plan, party)
    again = f"coach-assist summary {plan.id[:8]} --as {who}"
    if draft is not None:
        say_rest(draft)
        say(f"{len(draft.items)} items, {draft.left} of them to look at.")
        if not sys.stdin.isatty():
            say(f"They are drafts in your drawer. To go through them at a terminal: {again}")
            return
        if not go_through(workspace, plan, party):
            say(f"To go on: {again}")
        return
    waiting = [one for one in summary_views(plan) if party in one.waits_for]
    if not waiting:
        raise UsageError(
            "No summary waits for you, and none is begun.", next_step=f"Give the notes: {again} FILE"
        )
    if not sys.stdin.isatty():
        raise UsageError(
            "A summary is answered by a person at a terminal, not from a pipe or a file.",
            kept="It waits as it did.",
        )
    for view in waiting:
        answer_waiting(workspace, plan, party, view)
