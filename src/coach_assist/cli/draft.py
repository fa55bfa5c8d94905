"""`coach-assist draft`: an answer file becomes drafts of a plan."""

from __future__ import annotations

import asyncio
import json
import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from coach_assist.cli.model_options import model_options
from coach_assist.errors import ExitCode
from coach_assist.shown import safe_text

if TYPE_CHECKING:
    from coach_assist.assistant.drafted import DraftedUnit
    from coach_assist.flows.draft import DraftEvent, DraftResult
    from coach_assist.interview.answers import Answers


@click.command("draft")
@click.argument("answers", type=click.Path(allow_dash=True, path_type=str))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object (schemas/draft.schema.json).")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="The start where the answers name none.")
@click.option("--no-model", is_flag=True, help="Use no model: drafts in your own words.")
@model_options
def command(
    answers: str, as_json: bool, today: datetime | None, no_model: bool, remote: bool, send_to: str | None
) -> None:
    """Draft a plan from the answers in the file ANSWERS (JSON or TOML, - for standard input).

    Nothing is put forward and no text is kept: the drafts are printed. Where the model fails, the rest
    comes in your own words, and the exit code is 3.
    """
    from coach_assist.interview.answers import parse_answers

    day = today.date() if today else date.today()
    source: Path | str = answers if answers == "-" else Path(answers)
    given = parse_answers(source, today=day)
    came: list[DraftedUnit] = []
    try:
        result = asyncio.run(_draft(given, day, came, no_model=no_model, remote=remote, send_to=send_to))
    except KeyboardInterrupt:
        _stopped(came, answers, as_json=as_json)
    if as_json:
        # Escaped beyond ASCII, so that no stored control character reaches a terminal.
        click.echo(json.dumps(result.to_json(), ensure_ascii=True, indent=2))
    else:
        from coach_assist.cli.draft_lines import draft_lines

        for line in draft_lines(result):
            click.echo(safe_text(line))
    if result.undrafted_goals:
        click.echo(
            f"{result.undrafted_goals} more goals were not drafted: a plan takes three at most.", err=True
        )
    if result.failed is not None:
        raise result.failed


def _stopped(came: list[DraftedUnit], answers: str, *, as_json: bool) -> NoReturn:
    """Print the drafts that had come, say what is kept and what to do, and end with exit code 130."""
    from coach_assist.cli.draft_lines import unit_lines

    shown = [] if as_json else came
    for unit in shown:
        for line in unit_lines(unit):
            click.echo(safe_text(line))
        click.echo("")
    had = "Nothing was printed."
    if shown:
        had = f"{len(shown)} drafts had come and are printed, kept nowhere else."
    click.echo(f"\nstopped. {had}", err=True)
    if answers == "-":
        click.echo("kept:  Nothing: the answers came from standard input.", err=True)
        click.echo("next:  Give the same answers again.", err=True)
    else:
        name = safe_text(answers, one_line=True)
        click.echo(f"kept:  The answers, in {name}, as they were.", err=True)
        click.echo(
            f"next:  coach-assist draft {name}, or with --no-model in your own words at once.", err=True
        )
    sys.exit(ExitCode.INTERRUPTED)


async def _draft(
    answers: Answers, today: date, came: list[DraftedUnit], *,
    no_model: bool, remote: bool, send_to: str | None,
) -> DraftResult:  # fmt: skip
    from dataclasses import replace

    from coach_assist.cli.model_options import open_session
    from coach_assist.errors import ModelError
    from coach_assist.flows.draft import draft_answers
    from coach_assist.flows.loose_record import LooseKeeper
    from coach_assist.workspace.store import Workspace

    if no_model:
        return await draft_answers(answers, provider=None, today=today)
    async with open_session(Workspace().root, remote=remote, send_to=send_to) as session:
        try:
            provider = await session.provider()
        except ModelError as error:
            result = await draft_answers(answers, provider=None, today=today)
            return replace(result, failed=error)
        with LooseKeeper(Workspace().root, provider.endpoint.place) as keeper:

            def heard(event: DraftEvent) -> None:
                keeper.hear(event)
                if event.unit is not None:
                    came.append(event.unit)
                _progress(event)

            return await draft_answers(answers, provider=provider, today=today, on_event=heard)


def _progress(event: DraftEvent) -> None:
    """Say on stderr which section is at work; in a terminal with tokens and seconds as they come."""
    words = section_words(event.section)
    if event.kind == "section_started":
        click.echo(f"{words} …", err=True, nl=not sys.stderr.isatty())
    elif event.kind == "usage" and sys.stderr.isatty():
        line = f"\r{words} … {event.data['tokens']} tokens, {event.data['seconds']:.0f} s"
        click.echo(line, err=True, nl=False)
    elif event.kind in ("section_done", "section_failed") and sys.stderr.isatty():
        click.echo("", err=True)


def section_words(section: str) -> str:
    """Return a section's name for a person."""
    name, _, number = section.partition(":")
    known = {"state": "current state", "goal": f"goal {int(number) + 1}" if number else "goal"}
    return known.get(name, name)
