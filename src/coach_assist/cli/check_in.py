"""`coach-assist check-in`: the guided check-in as plain lines."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from coach_assist.cli.model_options import model_options
from coach_assist.errors import UsageError

if TYPE_CHECKING:
    from coach_assist.flows.guided import Guided
    from coach_assist.plan.units import Party
    from coach_assist.workspace.plan_file import PlanFile
    from coach_assist.workspace.store import Workspace


@dataclass(frozen=True, slots=True)
class Model:
    """Which model may summarise the notes."""

    without: bool
    remote: bool
    send_to: str | None


@click.command("check-in")
@click.argument("plan_id", metavar="PLAN")
@click.option(
    "--as", "who", type=click.Choice(["manager", "team-member"]), required=True, help="Who writes it down."
)
@click.option("--notes", "file", metavar="FILE", help="Take your notes from a file (- for standard input).")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="The day that counts as today.")
@click.option("--no-model", is_flag=True, help="Summarise notes by rules alone.")
@model_options
def command(
    plan_id: str, who: str, file: str | None, today: datetime | None, no_model: bool, remote: bool,
    send_to: str | None,
) -> None:  # fmt: skip
    """Hold a check-in on PLAN: what was promised, what helped, how the goals stand, what comes next.

    Fifteen minutes, one question at a time, each of which can be skipped. Every answer is kept in your
    own drawer before the next is asked; leave at any time and go on later. At the end you see what both
    will see, and record it with a typed yes. It changes nothing that is agreed. The other party can add
    theirs with the same command. Notes can be summarised then: each item is a draft of yours, and counts
    once both of you have accepted the summary.
    """
    from coach_assist.cli.guided_lines import GuidedLines
    from coach_assist.cli.numbered import PARTY_OPTIONS, say
    from coach_assist.flows.check_in import begin
    from coach_assist.flows.open_plan import open_plan
    from coach_assist.flows.settings import settings
    from coach_assist.workspace.store import Workspace

    party = PARTY_OPTIONS[who]
    workspace = Workspace()
    with open_plan(workspace, plan_id) as plan:
        if plan.demo:
            say("DEMO: this is a sample plan.")
        talk = begin(plan, party, today.date() if today else date.today())
        say(f"Check-in of {talk.day}, written down by {plan.state.parties[party].name}.")
        if file is not None:
            from coach_assist.flows.summarise import load_notes

            talk.put("notes", load_notes(file))
            say("Your notes are in your drawer.")
        lines = GuidedLines(talk, settings().editor)
        again = f"To go on: coach-assist check-in {plan.id[:8]} --as {who}"
        try:
            if not lines.hold():
                say()
                say(f"Kept in your drawer; nobody else sees it. {again}")
                return
            _record(workspace, plan, party, talk, again, Model(no_model, remote, send_to))
        except KeyboardInterrupt:
            lines.keep_unfinished()
            click.echo(f"\n{again}", err=True)
            raise


def _record(
    workspace: Workspace, plan: PlanFile, party: Party, talk: Guided, again: str, model: Model
) -> None:
    from coach_assist.cli.guard_lines import say_guard
    from coach_assist.cli.numbered import ask_yes, say, say_texts
    from coach_assist.cli.unlocking import unlock_for
    from coach_assist.flows.check_in import preview, record
    from coach_assist.flows.follow_facts import facts_of
    from coach_assist.flows.stall_views import stall_views

    shown = preview(plan, talk)
    say()
    say("Both will see this:" if shown.shared else "There is nothing for both to see.")
    say_texts(shown.shared)
    say_guard(text for _, text in shown.shared)
    if shown.private:
        say("Only you see this:")
        say_texts(shown.private)
    if not sys.stdin.isatty():
        raise UsageError(
            "A check-in is recorded by a person at a terminal, not from a pipe or a file.",
            kept="All answers are kept in the drawer.",
            next_step=again,
        )
    if not shown.shared or not ask_yes("Record it?"):
        say(f"Nothing was recorded; it stays in your drawer. {again}")
        return
    unlock_for(workspace, plan, party)
    notes = talk.answers.get("notes", "")
    held = record(workspace, plan, party, talk)
    say("Recorded. The agreed plan is as it was.")
    if notes.strip() and ask_yes("Summarise your notes now? Each item comes as a draft of yours."):
        _summarise(workspace, plan, party, notes, date.fromisoformat(talk.day), held, model)
    for one in stall_views(facts_of(plan), date.fromisoformat(talk.day)):
        say()
        say(f"{one.about_words}")
        say(one.question)
        say(f"You might: {'; '.join(one.adjustments)} (coach-assist adapt).")


def _summarise(
    workspace: Workspace, plan: PlanFile, party: Party, notes: str, day: date, check_in: str, model: Model
) -> None:
    """Summarise the notes into drafts of one's own, and go through them item by item."""
    from coach_assist.cli.numbered import ask_yes, say
    from coach_assist.cli.summary_run import summarise_for
    from coach_assist.cli.summary_talk import go_through, say_rest
    from coach_assist.flows.summary_draft import begin_summary, keep_notes, summary_draft

    again = f"coach-assist summary {plan.id[:8]} --as {party.replace('_', '-')}"
    if summary_draft(plan, party) is not None and not ask_yes(
        "A summary that you have begun would be replaced. Replace it?"
    ):
        say(f"It is kept. To go on with it: {again}")
        return
    keep_notes(plan, party, notes)
    made = summarise_for(plan, notes, day, no_model=model.without, remote=model.remote, send_to=model.send_to)
    say_rest(begin_summary(plan, party, notes, made, day, check_in=check_in))
    if not go_through(workspace, plan, party):
        say(f"To go on: {again}")
