"""`coach-assist rewrite`: a vague goal becomes a SMART one."""

from __future__ import annotations

import asyncio
import json
import sys
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NoReturn

import click

from coach_assist.cli.model_options import model_options
from coach_assist.errors import ExitCode, ModelError, UsageError
from coach_assist.shown import safe_text

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from coach_assist.assistant.provider import Provider
    from coach_assist.flows.model_session import ModelSession
    from coach_assist.flows.rewrite import RewriteResult

_MOST_BYTES = 1 << 20


@click.command("rewrite")
@click.argument("text", required=False)
@click.option(
    "--file", "file", type=click.Path(path_type=Path), help="Read the goals from a file, one a line."
)
@click.option(
    "--jobs",
    type=click.IntRange(1, 8),
    default=1,
    show_default=True,
    help="Goals asked about together; the embedded model takes one at a time.",
)
@click.option("--alternatives", type=click.IntRange(1, 2), default=1, show_default=True,
              help="2: a modest and an ambitious rewrite.")  # fmt: skip
@click.option("--explain", is_flag=True, help="Say why it reads so, and what in it is suggested.")
@click.option("--no-model", is_flag=True, help="Only mark in the goal what it does not state yet, by rules.")
@click.option("--due", type=click.DateTime(["%Y-%m-%d"]), help="The date of the goal, where it names none.")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="The day from which dates are counted.")
@click.option(
    "--json", "as_json", is_flag=True, help="Print JSON (schemas/rewrite.schema.json), one object a goal."
)
@model_options
def command(
    text: str | None, file: Path | None, jobs: int, alternatives: int, explain: bool, no_model: bool,
    due: datetime | None, today: datetime | None, as_json: bool, remote: bool, send_to: str | None,
) -> None:  # fmt: skip
    """Rewrite the goal TEXT (- for standard input) so that it is specific, measurable and time-bound.

    Its own numbers stay. The change is shown word by word ([-…-] goes, [+…+] comes), with one line a
    criterion. What the goal does not hold is listed as a suggestion. Without a model, or where it fails,
    the goal comes with its gaps marked.
    """
    goals = _goals(text, file)
    day = today.date() if today else date.today()
    two: Literal[1, 2] = 2 if alternatives == 2 else 1

    indent = 2 if len(goals) == 1 else None
    rewritten = _rewritten(goals, day, due.date() if due else None, two, jobs)

    async def all_of_them() -> ModelError | None:
        from coach_assist.cli.model_options import open_session
        from coach_assist.workspace.store import Workspace

        if no_model:
            return await _print_all(rewritten(None), as_json, indent, explain=explain)
        async with open_session(Workspace().root, remote=remote, send_to=send_to) as session:
            return await _print_all(rewritten(session), as_json, indent, explain=explain)

    try:
        failed = asyncio.run(all_of_them())
    except KeyboardInterrupt:
        _stopped(file)
    if failed is not None:
        raise failed


def _stopped(file: Path | None) -> NoReturn:
    """Say what is kept and what to do, and end with exit code 130."""
    click.echo("\nstopped. Rewrites that were ready are printed, kept nowhere else.", err=True)
    if file is not None:
        name = safe_text(str(file), one_line=True)
        click.echo(f"kept:  The goals, in {name}, as they were.", err=True)
    click.echo("next:  Run it again, or with --no-model to mark at once what is not stated yet.", err=True)
    sys.exit(ExitCode.INTERRUPTED)


def _rewritten(
    goals: list[str], today: date, due: date | None, alternatives: Literal[1, 2], jobs: int
) -> Callable[[ModelSession | None], AsyncIterator[RewriteResult]]:
    """Return what rewrites the goals and yields them in their order, `jobs` at a time on a remote model.

    The embedded model takes one at a time. Once there is no model it is not asked for again.
    """
    gone: list[ModelError] = []

    async def one(goal: str, session: ModelSession | None, at_once: asyncio.Semaphore) -> RewriteResult:
        from coach_assist.flows.loose_record import PRINTED, LooseKeeper
        from coach_assist.flows.rewrite import rewrite_goal
        from coach_assist.workspace.store import Workspace

        async with at_once:
            provider: Provider | None = None
            if session is not None and not gone:
                try:
                    provider = await session.provider()
                except ModelError as error:
                    gone.append(error)
            if provider is None:
                result = await rewrite_goal(goal, provider=None, today=today, due=due)
                return replace(result, failed=gone[0] if gone else None)
            with LooseKeeper(Workspace().root, provider.endpoint.place) as keeper:
                result = await rewrite_goal(
                    goal,
                    provider=provider,
                    today=today,
                    due=due,
                    alternatives=alternatives,
                    on_event=keeper.hear,
                )
                keeper.became("rewrite", "goal", PRINTED)
                return result

    async def results(session: ModelSession | None) -> AsyncIterator[RewriteResult]:
        at_once = asyncio.Semaphore(jobs if session is not None and session.remote else 1)
        tasks = [asyncio.create_task(one(goal, session, at_once)) for goal in goals]
        try:
            for task in tasks:
                yield await task
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    return results


async def _print_all(
    results: AsyncIterator[RewriteResult], as_json: bool, indent: int | None, *, explain: bool
) -> ModelError | None:
    """Print each result as it comes, and return the first failure."""
    from coach_assist.flows.rewrite_words import rewrite_lines

    failed: ModelError | None = None
    async for result in results:
        failed = failed or result.failed
        if as_json:
            data = result.to_json() | ({"explained": _explained(result)} if explain else {})
            click.echo(json.dumps(data, ensure_ascii=True, indent=indent))
        else:
            for line in rewrite_lines(result):
                click.echo(safe_text(line))
            if explain:
                _print_explained(result)
    return failed


def _explained(result: RewriteResult) -> list[object]:
    from coach_assist.flows.explain import explain_rewrite

    return [explain_rewrite(result.original, one).to_json() for one in result.rewrites]


def _print_explained(result: RewriteResult) -> None:
    from coach_assist.flows.explain import explain_lines, explain_rewrite

    for one in result.rewrites:
        for line in explain_lines(explain_rewrite(result.original, one)):
            click.echo(safe_text(line))
        click.echo("")


def _goals(text: str | None, file: Path | None) -> list[str]:
    if (text is None) == (file is None):
        raise UsageError("Give one goal as text, or a file with --file.")
    if file is None and text != "-":
        return [text or ""]
    try:
        data = sys.stdin.buffer.read(_MOST_BYTES + 1) if file is None else _read(file)
    except OSError as error:
        raise UsageError(f"The file cannot be read: {error.strerror}") from error
    if len(data) > _MOST_BYTES:
        raise UsageError("The file is larger than 1 MiB.")
    try:
        lines = data.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise UsageError("The file is not UTF-8 text.") from error
    return [line.strip() for line in lines if line.strip()] or [""]


def _read(file: Path) -> bytes:
    with file.open("rb") as stream:
        return stream.read(_MOST_BYTES + 1)
