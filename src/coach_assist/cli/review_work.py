"""The work of a review: by rules, several files at a time; then, where it is wanted, with the model."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from coach_assist.errors import ModelError
from coach_assist.shown import safe_text

if TYPE_CHECKING:
    from coach_assist.assistant.provider import Provider
    from coach_assist.flows.model_session import ModelSession
    from coach_assist.flows.review import ReviewOptions
    from coach_assist.flows.review_batch import Opener, ReviewState
    from coach_assist.flows.review_output import FileEntry


class Work(NamedTuple):
    """What is to be done, as the command line says it. `place`, `rewrite`: what the model is asked for."""

    paths: Sequence[Path]
    options: ReviewOptions
    jobs: int
    state: ReviewState | None
    place: bool
    rewrite: bool
    remote: bool
    send_to: str | None
    open_sealed: Opener | None


def review_all(work: Work, came: Callable[[FileEntry], None], failed: list[ModelError]) -> None:
    """Review all files; `came` hears of each in their order as it is done, `failed` takes what a model
    could not do. Raises KeyboardInterrupt when stopped; what was done until then is in the state."""
    from coach_assist.flows.review_batch import review_files

    if not (work.place or work.rewrite):
        for entry in review_files(
            work.paths, work.options, jobs=work.jobs, state=work.state, open_sealed=work.open_sealed
        ):
            came(entry)
        return
    asyncio.run(_with_model(work, came, failed))


async def _with_model(work: Work, came: Callable[[FileEntry], None], failed: list[ModelError]) -> None:
    """Review by rules, then let the model help, one file at a time; it starts when it is needed."""
    from coach_assist.cli.model_options import open_session
    from coach_assist.flows.review_batch import review_files
    from coach_assist.workspace.store import Workspace

    kept = {path: work.state.find(path) if work.state else None for path in work.paths}
    todo = [path for path in work.paths if kept[path] is None]
    found = review_files(todo, work.options, jobs=work.jobs, open_sealed=work.open_sealed)
    by_rules = dict(zip(todo, found, strict=True))
    async with open_session(Workspace().root, remote=work.remote, send_to=work.send_to) as session:
        for path in work.paths:
            entry = kept[path] or by_rules[path]
            if kept[path] is None:
                if not failed and _worth_asking(work, entry):
                    entry = await _helped(work, path, entry, session, failed)
                if work.state is not None and not failed:
                    work.state.keep(entry)
            came(entry)


def _worth_asking(work: Work, entry: FileEntry) -> bool:
    from coach_assist.flows.review_model import goals_to_rewrite, unplaced_for_model

    review = entry.review
    return review is not None and bool(
        (work.place and unplaced_for_model(review)) or (work.rewrite and goals_to_rewrite(review))
    )


async def _helped(
    work: Work, path: Path, entry: FileEntry, session: ModelSession, failed: list[ModelError]
) -> FileEntry:
    """Return the entry with the model's help, as far as it came; the calls are in the workspace's record."""
    from coach_assist.flows.loose_record import LooseKeeper
    from coach_assist.flows.review_model import review_with_model
    from coach_assist.workspace.store import Workspace

    def say(words: str) -> None:
        click.echo(safe_text(f"{path}: the model: {words}"), err=True)

    try:
        provider: Provider = await session.provider()
    except ModelError as error:
        failed.append(error)
        return entry
    with LooseKeeper(Workspace().root, provider.endpoint.place) as keeper:
        done = await review_with_model(
            path,
            entry,
            work.options,
            provider,
            place=work.place,
            rewrite=work.rewrite,
            keeper=keeper,
            on_progress=say,
        )
    failed += [done.failed] if done.failed else []
    return done.entry
