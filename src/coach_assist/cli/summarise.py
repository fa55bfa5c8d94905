"""`coach-assist summarise`: notes of a talk become a summary whose every item quotes its lines."""

from __future__ import annotations

import asyncio
import json
import sys
from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from coach_assist.cli.model_options import model_options
from coach_assist.errors import ExitCode, ModelError
from coach_assist.shown import safe_text

if TYPE_CHECKING:
    from coach_assist.assistant.notes.blocks import People
    from coach_assist.flows.summarise import Progress, SummaryResult
    from coach_assist.workspace.plan_file import PlanFile


@click.command("summarise")
@click.argument("notes", metavar="FILE", type=click.Path(allow_dash=True, path_type=str))
@click.option(
    "--plan",
    "plan_id",
    metavar="ID",
    help="Keep notes, summary and next actions in the drawers of this plan.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object (schemas/summary.schema.json).")
@click.option(
    "--today",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day from which dates count where the notes name none.",
)
@click.option(
    "--add",
    "added",
    metavar="LINES",
    default="",
    help='Lines to take in all the same that would be left out on purpose, for example "4,9-11".',
)
@click.option("--no-model", is_flag=True, help="Use no model: an extract by rules.")
@model_options
def command(
    notes: str,
    plan_id: str | None,
    as_json: bool,
    today: datetime | None,
    added: str,
    no_model: bool,
    remote: bool,
    send_to: str | None,
) -> int:
    """Summarise the notes in FILE (UTF-8 text, - for standard input).

    Every item quotes the lines that it rests on, word for word; lines in no item are listed. Health,
    mood, private life and what other people do are left out, and named; --add takes a line in. Nothing is
    put forward. Where the model fails, the rest is extracted by rules, and the exit code is 3. Ctrl-C
    ends it in the same way, with exit code 130.
    """
    from coach_assist.assistant.notes.blocks import People
    from coach_assist.flows.keep_summary import goals_of, keep_summary, people_of
    from coach_assist.flows.open_plan import open_plan
    from coach_assist.flows.summarise import load_notes
    from coach_assist.flows.summary_words import line_numbers
    from coach_assist.workspace.store import Workspace

    wanted = line_numbers(added)
    day = today.date() if today else date.today()
    plan = open_plan(Workspace(), plan_id) if plan_id else None
    try:
        text = load_notes(notes)
        people, goals = (people_of(plan), goals_of(plan)) if plan else (People(), ())
        result = asyncio.run(
            _summarise(
                text,
                day,
                people,
                goals,
                plan,
                added=wanted,
                no_model=no_model,
                remote=remote,
                send_to=send_to,
            )
        )
        _print(result, as_json=as_json)
        if plan is not None:
            kept = keep_summary(plan, text, result)
            click.echo(
                f"Kept in the plan's notes as {kept.entry}; {kept.drafts} next actions are drafts now.",
                err=True,
            )
    finally:
        if plan is not None:
            plan.close()
    if result.interrupted:
        click.echo("stopped. What the model had not reached was extracted by rules.", err=True)
        return ExitCode.INTERRUPTED
    if result.failed is not None:
        raise result.failed
    return ExitCode.DONE


def _print(result: SummaryResult, *, as_json: bool) -> None:
    if as_json:
        # Escaped beyond ASCII, so that no stored control character reaches a terminal.
        click.echo(json.dumps(result.to_json(), ensure_ascii=True, indent=2))
        return
    from coach_assist.cli.summary_lines import summary_lines

    for line in summary_lines(result):
        click.echo(safe_text(line))


async def _summarise(
    text: str,
    today: date,
    people: People,
    goals: tuple[str, ...],
    plan: PlanFile | None,
    *,
    added: frozenset[int],
    no_model: bool,
    remote: bool,
    send_to: str | None,
) -> SummaryResult:
    from dataclasses import replace
    from functools import partial

    from coach_assist.cli.model_options import open_session
    from coach_assist.flows.loose_record import PRINTED, STOPPED, LooseKeeper
    from coach_assist.flows.plan_privacy import admit
    from coach_assist.flows.summarise import summarise_notes
    from coach_assist.workspace.store import Workspace

    summarise = partial(summarise_notes, text, today=today, people=people, goals=goals, added=added)
    if no_model:
        return await summarise(provider=None)
    async with open_session(Workspace().root, remote=remote, send_to=send_to) as session:
        try:
            provider = await session.provider()
            if plan is not None:
                admit(provider, plan)
        except ModelError as error:
            result = await summarise(provider=None)
            return replace(result, failed=error)
        if plan is not None:  # whose own record keeps the calls, together with the summary
            return await summarise(provider=provider, on_progress=_progress)
        with LooseKeeper(Workspace().root, provider.endpoint.place) as keeper:
            result = await summarise(provider=provider, on_progress=_progress)
            for call in result.calls:
                keeper.called("summary", call)
            keeper.became("summary", "summary", PRINTED)
            if result.failed is not None or result.interrupted:
                keeper.called("summary", None, failed=result.failed.what if result.failed else STOPPED)
            return result


def _progress(progress: Progress) -> None:
    """Say on stderr how far it has come; in a terminal on one line."""
    from coach_assist.cli.summary_lines import progress_line

    terminal = sys.stderr.isatty()
    last = progress.piece in (0, progress.pieces)
    start = "\r\x1b[K" if terminal and progress.piece else ""
    click.echo(start + progress_line(progress), err=True, nl=not terminal or last)
