"""`coach-assist interview`: the questions as plain numbered lines, without any cursor movement.

Equal to the full-screen interview, for screen readers, ssh and scripts. All talk goes to stderr.
"""

from __future__ import annotations

import sys
from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from coach_assist.cli.model_options import model_options
from coach_assist.errors import UsageError
from coach_assist.shown import safe_text

if TYPE_CHECKING:
    from coach_assist.cli.interview_lines import Lines
    from coach_assist.flows.interview import Interview
    from coach_assist.interview.questions import PathName
    from coach_assist.workspace.store import Workspace


@click.command("interview")
@click.argument("plan_id", metavar="[PLAN]", required=False)
@click.option(
    "--as", "who", type=click.Choice(["manager", "team-member"]),
    help="Answer on your own, unseen by the other party until both have released.",
)  # fmt: skip
@click.option(
    "--kind",
    type=click.Choice(["development", "performance-support", "onboarding", "leadership", "career"]),
    help="The kind of a new plan: it sets the words of the questions, the examples and the length.",
)
@click.option("--full", is_flag=True, help="Ask all questions; the additional ones are optional.")
@click.option("--answers", "file", metavar="FILE", help="Take over an answer file (JSON or TOML) first.")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="The day that counts as today.")
@click.option(
    "--draft/--no-draft", default=None, help="Draft the plan afterwards, or do not; without either it asks."
)
@click.option("--no-model", is_flag=True, help="Draft in your own words, without a model.")
@model_options
def command(
    plan_id: str | None, who: str | None, kind: str | None, full: bool, file: str | None,
    today: datetime | None, draft: bool | None, no_model: bool, remote: bool, send_to: str | None,
) -> None:  # fmt: skip
    """Answer the questions of a new plan, or go on with PLAN where it was left.

    One question at a time; each answer is on disk before the next is asked. Type :help for what else
    can be typed. Before the first question the team member reads one page, and answers join, later or
    no. Leave at any time: `coach-assist interview PLAN` takes it up again. At the end the
    answers can become drafts, which `coach-assist propose PLAN` puts forward.

    With --as each of you answers alone. Your answers stay in your own drawer; `coach-assist release PLAN`
    releases them, and `coach-assist differ PLAN` shows both sides once both have.
    """
    from coach_assist.cli.interview_lines import Lines
    from coach_assist.flows.interview import Interview
    from coach_assist.flows.open_plan import open_plan
    from coach_assist.flows.settings import settings
    from coach_assist.interview.answers import parse_answers
    from coach_assist.interview.opportunity import plan_kind
    from coach_assist.workspace.store import Workspace

    day = today.date() if today else date.today()
    chosen = settings()
    if kind and (plan_id or who):
        raise UsageError("--kind is said of a new plan, without --as.")
    given = parse_answers(file, today=day) if file else None
    workspace = Workspace()
    if who:
        from coach_assist.cli.interview_alone import answer_alone

        if file or draft:
            raise UsageError("With --as you answer on your own: without --answers, and without drafting.")
        path: PathName = "full" if full else chosen.interview.path
        answer_alone(workspace, plan_id, who, path=path, today=day, editor=chosen.editor)
        return
    if plan_id:
        plan = open_plan(workspace, plan_id)
        interview = Interview.resume(workspace, plan, path="full" if full else None, today=day)
    else:
        interview = Interview.new(
            workspace,
            path="full" if full else chosen.interview.path,
            today=day,
            kind=plan_kind((kind or "development").replace("-", "_")),
        )
    warming = None
    if sys.stdin.isatty() and not (no_model or remote) and chosen.model.provider == "embedded":
        from coach_assist.flows.background_model import BackgroundModel

        warming = BackgroundModel(workspace.root)
        warming.start()
    lines = Lines(interview, chosen.editor, better=warming.better_probe if warming else None)
    try:
        if not _joined(workspace, interview):
            return
        if given:
            interview.prefill(given)
            click.echo(f"{len(given.joint)} answers were taken over from {safe_text(file or '')}.", err=True)
        answered = bool(draft) and interview.session.finished
        if answered or lines.hold(ask_to_draft=draft is None and sys.stdin.isatty()) or draft:
            from coach_assist.cli.interview_draft import draft_in_lines

            if warming:
                warming.close()
            interview.answers()
            if interview.plan:
                use_model = not no_model and (remote or chosen.model.provider != "none")
                draft_in_lines(
                    workspace, interview.plan, day, use_model=use_model, remote=remote, send_to=send_to
                )
    except KeyboardInterrupt:
        _stopped(lines)
        raise
    finally:
        if warming:
            warming.close()
        if interview.plan:
            interview.plan.close()


def _joined(workspace: Workspace, interview: Interview) -> bool:
    """Let the team member read the page and answer before the first question; True to go on.

    Nobody is asked without a terminal, or twice.
    """
    from coach_assist.cli.joining_lines import ask_to_join, say_answer
    from coach_assist.cli.numbered import say
    from coach_assist.flows.joining import answer, join_page, refuse_if_over, wants_asking

    plan = interview.plan
    if plan is not None:
        refuse_if_over(plan)
    if not sys.stdin.isatty() or (plan is not None and not wants_asking(plan, "team_member")):
        return True
    said = ask_to_join(plan, alone=True)
    page = join_page(plan)
    if said == "alone":
        say("The team member reads the page and answers before their own first decision.")
        return True
    say_answer(said, plan.id if plan else "")
    if plan is not None:
        answer(workspace, plan, said, page)
    elif said == "join":
        interview.on_created = lambda made: answer(workspace, made, "join", page)
    return said == "join"


def _stopped(lines: Lines) -> None:
    lines.keep_unfinished()
    if lines.interview.plan:
        click.echo(f"\nTo go on: coach-assist interview {lines.interview.short_id}", err=True)
