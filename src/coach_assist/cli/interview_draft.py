"""From the answers of a plan to drafts in its drawer, in lines, as the full-screen app does it."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import click

from coach_assist.cli.draft import section_words
from coach_assist.cli.draft_lines import draft_lines
from coach_assist.cli.model_options import open_session
from coach_assist.errors import ExitCode, ModelError
from coach_assist.flows.draft_plan import draft_plan
from coach_assist.shown import safe_text

if TYPE_CHECKING:
    from coach_assist.flows.draft import DraftEvent, DraftResult
    from coach_assist.workspace.plan_file import PlanFile
    from coach_assist.workspace.store import Workspace


def draft_in_lines(
    workspace: Workspace,
    plan: PlanFile,
    today: date,
    *,
    use_model: bool,
    remote: bool = False,
    send_to: str | None = None,
) -> None:
    """Draft the plan, print the drafts, and keep them in the plan's drawer.

    Raises ModelError (exit code 3) after printing what there is, where the model failed; AnswersError
    where answers are missing.
    """
    try:
        result = asyncio.run(_draft(workspace, plan, today, use_model, remote, send_to))
    except KeyboardInterrupt:
        name = workspace.shortest(plan.id)
        click.echo("\nstopped. The answers and the drafts that had come are kept with the plan.", err=True)
        click.echo(f"next:  Draft the rest with: coach-assist interview {name} --draft", err=True)
        sys.exit(ExitCode.INTERRUPTED)
    for line in draft_lines(result):
        click.echo(safe_text(line))
    click.echo("The drafts are kept with the plan. Nothing is put forward yet.", err=True)
    click.echo(f"To put them forward: coach-assist propose {workspace.shortest(plan.id)}", err=True)
    if result.failed is not None:
        raise result.failed


async def _draft(
    workspace: Workspace, plan: PlanFile, today: date, use_model: bool, remote: bool, send_to: str | None
) -> DraftResult:
    if not use_model:
        return await draft_plan(plan, provider=None, on_event=_say, today=today)
    async with open_session(workspace.root, remote=remote, send_to=send_to) as session:
        try:
            provider = await session.provider()
        except ModelError as error:
            own = await draft_plan(plan, provider=None, on_event=_say, today=today)
            return replace(own, failed=error)
        return await draft_plan(plan, provider=provider, on_event=_say, today=today)


def _say(event: DraftEvent) -> None:
    """Say which section is at work: one line each, so that a screen reader hears it once."""
    if event.kind == "section_started":
        click.echo(f"Drafting: {section_words(event.section)} …", err=True)
    elif event.kind == "section_failed":
        click.echo(f"{section_words(event.section)}: taken over in your own words.", err=True)
