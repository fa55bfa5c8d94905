"""Answering on one's own: the same questions, in one's own drawer, unseen by the other party."""

from __future__ import annotations

import sys
from datetime import date

import click

from coach_assist.cli.interview_lines import Lines
from coach_assist.cli.joining_lines import join_first
from coach_assist.cli.numbered import PARTY_OPTIONS, ask_line, ask_yes, say
from coach_assist.cli.unlocking import unlock_for
from coach_assist.errors import UsageError
from coach_assist.flows.blind import begin_blind, release_view
from coach_assist.flows.interview import Interview
from coach_assist.flows.open_plan import names, new_plan, open_plan
from coach_assist.flows.show import PARTY_WORDS
from coach_assist.interview.questions import PathName
from coach_assist.plan.units import PARTIES, Party
from coach_assist.workspace.plan_file import PlanFile
from coach_assist.workspace.store import Workspace


def answer_alone(
    workspace: Workspace, plan_id: str | None, who: str, *, path: PathName, today: date, editor: str | None
) -> None:
    """Let one party answer the questions alone; a new plan is made where `plan_id` is None.

    Raises UsageError, Refused; click.Abort at the end of the input.
    """
    party = PARTY_OPTIONS[who]
    plan = open_plan(workspace, plan_id) if plan_id else new_plan(workspace)
    with plan:
        unlock_for(workspace, plan, party)
        if not _named(plan) or not join_first(workspace, plan, party) or not _first(workspace, plan, party):
            return
        begin_blind(plan)
        if plan.demo:
            say("DEMO: this is a sample plan.")
        say(f"You answer on your own, {names(plan)[party]} ({PARTY_WORDS[party]}). Nobody else sees it yet.")
        interview = Interview.resume(workspace, plan, path=path, today=today, owner=party)
        lines = Lines(interview, editor, alone=who)
        try:
            lines.hold()
        except KeyboardInterrupt:
            lines.keep_unfinished()
            click.echo(f"\nTo go on: coach-assist interview {plan.id[:8]} --as {who}", err=True)
            raise


def _named(plan: PlanFile) -> bool:
    """Ask for both names where they are not known: whoever begins says whose plan it is."""
    for party in PARTIES:
        while not names(plan)[party]:
            if not sys.stdin.isatty():
                raise UsageError("Both names have to be known first.", next_step="Answer them in a terminal.")
            given = ask_line(f"Name of the {PARTY_WORDS[party]}").strip()
            if given:
                plan.answers.put("joint", party, given)
    return True


def _first(workspace: Workspace, plan: PlanFile, party: Party) -> bool:
    """The team member answers first, by default; the manager may go on all the same."""
    if party == "team_member" or not sys.stdin.isatty():
        return True
    if release_view(workspace, plan, party).other_released or plan.answers.all("team_member"):
        return True
    say("By default the team member answers first, so that the plan begins with their view.")
    return ask_yes("Answer before them all the same?")
