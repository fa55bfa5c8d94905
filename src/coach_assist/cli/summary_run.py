"""Summarising notes of a plan at the command line: with the model if one is there, else by rules."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import click

from coach_assist.errors import ModelError

if TYPE_CHECKING:
    from coach_assist.flows.summarise import Progress, SummaryResult
    from coach_assist.workspace.plan_file import PlanFile


def summarise_for(
    plan: PlanFile, text: str, day: date, *, no_model: bool, remote: bool, send_to: str | None
) -> SummaryResult:
    """Summarise notes of `plan`, saying on stderr how far it has come. Never raises for the model."""
    return asyncio.run(_summarise(plan, text, day, no_model=no_model, remote=remote, send_to=send_to))


async def _summarise(
    plan: PlanFile, text: str, day: date, *, no_model: bool, remote: bool, send_to: str | None
) -> SummaryResult:
    from coach_assist.cli.model_options import open_session
    from coach_assist.flows.keep_summary import goals_of, people_of
    from coach_assist.flows.plan_privacy import admit
    from coach_assist.flows.summarise import summarise_notes
    from coach_assist.workspace.store import Workspace

    people, goals = people_of(plan), goals_of(plan)
    if no_model:
        return await summarise_notes(text, provider=None, today=day, people=people, goals=goals)
    async with open_session(Workspace().root, remote=remote, send_to=send_to) as session:
        try:
            provider = await session.provider()
            admit(provider, plan)
        except ModelError as error:
            made = await summarise_notes(text, provider=None, today=day, people=people, goals=goals)
            return replace(made, failed=error)
        return await summarise_notes(
            text, provider=provider, today=day, people=people, goals=goals, on_progress=_progress
        )


def _progress(progress: Progress) -> None:
    """Say on stderr how far it has come; in a terminal on one line."""
    from coach_assist.cli.summary_lines import progress_line

    terminal = sys.stderr.isatty()
    last = progress.piece in (0, progress.pieces)
    start = "\r\x1b[K" if terminal and progress.piece else ""
    click.echo(start + progress_line(progress), err=True, nl=not terminal or last)
