"""`coach-assist close`: the closing talk as plain lines, and the page that both sign."""

from __future__ import annotations

import json
import sys
from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from coach_assist.errors import UsageError
from coach_assist.shown import safe_text

if TYPE_CHECKING:
    from coach_assist.flows.close import PageView
    from coach_assist.plan.units import Party
    from coach_assist.workspace.plan_file import PlanFile
    from coach_assist.workspace.store import Workspace


@click.command("close")
@click.argument("plan_id", metavar="PLAN")
@click.option("--as", "who", type=click.Choice(["manager", "team-member"]), help="Whose turn it is.")
@click.option("--json", "as_json", is_flag=True, help="Only print where the closing stands, as JSON.")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="The day that counts as today.")
def command(plan_id: str, who: str | None, as_json: bool, today: datetime | None) -> None:
    """Close PLAN: what became of each goal, what was learned, what comes next; a page that both sign.

    Without --as, show where the closing stands. The first of you fills the page in and signs it; the
    other signs exactly that page, or answers with another one. Then a short survey on the coaching
    itself, which stays private unless you release it.
    """
    from coach_assist.cli.numbered import PARTY_OPTIONS
    from coach_assist.flows.close import closing_json, closing_view
    from coach_assist.flows.open_plan import open_plan
    from coach_assist.workspace.store import Workspace

    day = today.date() if today else date.today()
    workspace = Workspace()
    with open_plan(workspace, plan_id) as plan:
        view = closing_view(plan)
        if as_json:
            click.echo(json.dumps(closing_json(view), ensure_ascii=True, indent=2))
            return
        if plan.demo:
            click.echo("DEMO: this is a sample plan.", err=who is not None)
        if who is None:
            for page in (*view.closed, *view.waiting):
                for line in _page_lines(page):
                    click.echo(safe_text(line))
            if not view.closed and not view.waiting:
                click.echo("There is no closing page yet.")
            return
        if not sys.stdin.isatty():
            raise UsageError(
                "close takes its answers from a person at a terminal, not from a pipe or a file.",
                kept="Nothing was signed.",
            )
        _turn(workspace, plan, PARTY_OPTIONS[who], who, day)


def _turn(workspace: Workspace, plan: PlanFile, party: Party, who: str, day: date) -> None:
    from coach_assist.cli.numbered import say
    from coach_assist.flows.close import closing_view

    view = closing_view(plan)
    for page in view.closed:
        say("This plan is closed.")
        for line in _page_lines(page):
            say(line)
    if not view.closed:
        waiting = [page for page in view.waiting if party in page.waits_for]
        if waiting:
            done = _answer(workspace, plan, party, who, day, waiting[0])
        elif view.waiting:
            say("Your page is signed by you and waits for the other party.")
            for line in _page_lines(view.waiting[0]):
                say(line)
            done = True
        else:
            done = _fill(workspace, plan, party, who, day)
        if not done:
            return
    if party not in view.surveyed:
        _survey(workspace, plan, party, day)


def _answer(workspace: Workspace, plan: PlanFile, party: Party, who: str, day: date, page: PageView) -> bool:
    from coach_assist.cli.numbered import ask_choice, ask_line, say
    from coach_assist.cli.unlocking import unlock_for
    from coach_assist.flows.close import sign_page

    for line in _page_lines(page):
        say(line)
    choices = (("sign", "sign this page"), ("answer", "answer with another page"), ("quit", "quit"))
    match ask_choice(choices):
        case "sign":
            if ask_line("Type sign to sign it, or press Enter to leave it").strip().lower() != "sign":
                say("Nothing was signed.")
                return False
            unlock_for(workspace, plan, party)
            closed = sign_page(workspace, plan, party, page.id, page.shown)
            say("Signed. The plan is closed." if closed else "Signed. It waits for the other party.")
            if closed:
                say(f"To go on in a new plan: coach-assist carry {plan.id[:8]} --as … --with PERSON")
            return True
        case "answer":
            return _fill(workspace, plan, party, who, day)
    return False


def _fill(workspace: Workspace, plan: PlanFile, party: Party, who: str, day: date) -> bool:
    from coach_assist.cli.guard_lines import say_guard
    from coach_assist.cli.guided_lines import GuidedLines
    from coach_assist.cli.numbered import ask_line, say, say_texts
    from coach_assist.cli.unlocking import unlock_for
    from coach_assist.flows.close import begin_page, missing_step, put_page
    from coach_assist.flows.settings import settings

    talk = begin_page(plan, party, day)
    lines = GuidedLines(talk, settings().editor)
    again = f"To go on: coach-assist close {plan.id[:8]} --as {who}"
    try:
        while True:
            if not lines.hold():
                say(f"Kept in your drawer; nobody else sees it. {again}")
                return False
            say()
            say("The closing page:")
            answers = talk.answers
            say_texts(
                [
                    (
                        f"{step.about or step.prompt}",
                        dict(step.choices).get(answers[step.id], answers[step.id]),
                    )
                    for step in talk.steps
                    if answers.get(step.id)
                ]
            )
            say_guard(answers.values())
            asked = "Type sign to sign it and put it forward, or press Enter to leave it"
            if ask_line(asked).strip().lower() != "sign":
                say(f"Nothing was put forward; it stays in your drawer. {again}")
                return False
            unlock_for(workspace, plan, party)
            try:
                put_page(workspace, plan, party, talk)
            except UsageError as error:
                say(str(error))
                talk.go_to(missing_step(talk) or talk.steps[0].id)
                continue
            say("Put forward and signed by you. It closes the plan once the other party has signed it too.")
            return True
    except KeyboardInterrupt:
        lines.keep_unfinished()
        click.echo(f"\n{again}", err=True)
        raise


def _survey(workspace: Workspace, plan: PlanFile, party: Party, day: date) -> None:
    from coach_assist.cli.guided_lines import GuidedLines
    from coach_assist.cli.numbered import ask_yes, say
    from coach_assist.cli.unlocking import unlock_for
    from coach_assist.flows.close import begin_survey, release_survey
    from coach_assist.flows.settings import settings

    say()
    say("A short survey on the coaching itself. It is yours alone unless you release it.")
    talk = begin_survey(plan, party, day)
    lines = GuidedLines(talk, settings().editor)
    try:
        if not lines.hold() or not any(talk.answers.values()):
            return
    except KeyboardInterrupt:
        lines.keep_unfinished()
        raise
    if ask_yes("Show your answers to the other party, and count them in `coach-assist evaluate`?"):
        unlock_for(workspace, plan, party)
        release_survey(workspace, plan, party, talk)
        say("Released.")
    else:
        say("They stay in your drawer.")


def _page_lines(page: PageView) -> list[str]:
    from coach_assist.flows.show import PARTY_WORDS

    lines = [f"Closing page of {page.day}, put forward by {page.by_name}"]
    for label, text in page.fields:
        first, *rest = safe_text(text).split("\n")
        lines += [f"  {label}: {first}", *(f"    {line}" for line in rest)]
    lines += [f"  Signed by the {PARTY_WORDS[party]}." for party in page.signed]
    lines += [f"  It waits for the {PARTY_WORDS[party]}." for party in page.waits_for]
    return lines
