"""`coach-assist review`: read plans that exist, say what is missing, and raise questions for both."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from coach_assist.cli.model_options import model_options
from coach_assist.cli.review_opening import opener_for
from coach_assist.cli.review_work import Work, review_all
from coach_assist.errors import CoachError, ExitCode, ModelError, UsageError
from coach_assist.shown import safe_text

if TYPE_CHECKING:
    from coach_assist.flows.review_output import FileEntry


@click.command("review")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--format", "form", type=click.Choice(["text", "markdown", "json"]), default="text", show_default=True
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the report to a file (0600).",
)
@click.option("--force", is_flag=True, help="Replace the file of -o.")
@click.option("--full", is_flag=True, help="With several files: after the table, the report on each.")
@click.option(
    "--jobs",
    type=click.IntRange(1, 32),
    default=1,
    show_default=True,
    help="Files worked at together (rules).",
)
@click.option(
    "--state",
    "state_path",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Keep reviews here as they are done, and take up what is there. Default: beside -o.",
)
@click.option(
    "--model/--no-model",
    "use_model",
    default=None,
    help="Ask the model, too, about text that no rule places; one in four is wrong; they are marked.",
)
@click.option("--rewrite", is_flag=True, help="Let the model rewrite vague goals, as drafts in the report.")
@click.option(
    "--save", is_flag=True, help="Make a new plan from each file: its parts as drafts, nothing put forward."
)
@click.option(
    "--not-a-pip",
    is_flag=True,
    help="These files are no performance improvement plans, although they may read so.",
)
@click.option("--name", default="", help="Whose keys open sealed files, where several people have some here.")
@click.option(
    "--today", type=click.DateTime(["%Y-%m-%d"]), help="The day from which dates without a year count."
)
@model_options
def command(
    files: tuple[str, ...],
    form: str,
    output: Path | None,
    force: bool,
    full: bool,
    jobs: int,
    state_path: Path | None,
    use_model: bool | None,
    rewrite: bool,
    save: bool,
    not_a_pip: bool,
    name: str,
    today: datetime | None,
    remote: bool,
    send_to: str | None,
) -> int:
    """Review plans in Markdown, text, .docx, .pdf, this program's JSON or signed exports and shared files.

    Each file is mapped to the parts of a plan; what is missing, findings, verdicts on its goals and
    questions for both follow. A shared file is verified first, and nothing of it is taken in. Nothing is
    scored, ranked or put forward. A performance improvement plan is recognised and explained, never turned
    into a coaching plan. A file that cannot be read is named, the rest goes on, and the exit code is 2.
    """
    from coach_assist.flows.review import ReviewOptions
    from coach_assist.flows.review_batch import ReviewState

    if rewrite and use_model is False:
        raise UsageError("--rewrite needs a model, and --no-model says that none is used.")
    if output is not None and output.exists() and not force:
        raise UsageError(
            f"{output} exists already",
            kept="It was not touched.",
            next_step="Choose another name, or say --force.",
        )
    paths = _paths(files)
    options = ReviewOptions(today=today.date() if today else None, language=_language(), not_a_pip=not_a_pip)
    place = bool(use_model)
    beside = output.with_name(f"{output.name}.state") if output is not None and len(paths) > 1 else None
    where = state_path or beside
    # A review with rewrites is another one than a review without.
    state = ReviewState(where, f"{options.mark}|{place}|{rewrite}") if where else None
    if state and state.known:
        click.echo(f"{len(state.known)} reviews are taken up from {safe_text(str(where))}.", err=True)
    work = Work(paths, options, jobs, state, place, rewrite, remote, send_to, opener_for(paths, name))
    failed: list[ModelError] = []
    entries: list[FileEntry] = []

    def came(entry: FileEntry) -> None:
        entries.append(entry)
        if len(paths) > 1 and sys.stderr.isatty():
            click.echo(f"\r\x1b[K{len(entries)} of {len(paths)}", err=True, nl=len(entries) == len(paths))

    try:
        review_all(work, came, failed)
    except KeyboardInterrupt:
        kept = (
            f" {len(entries)} of {len(paths)} reviews are kept in {where}; the same command goes on."
            if where
            else ""
        )
        click.echo(safe_text(f"\nstopped.{kept}"), err=True)
        return ExitCode.INTERRUPTED
    _write(_report(entries, form, full=full or output is not None), output, force=force)
    if beside is not None and state_path is None and state is not None:
        state.remove()
    refused = _save(entries) if save else None
    for entry in entries:
        if entry.fault is not None:
            click.echo(
                safe_text(f"error: {entry.file}: {entry.fault.what}. {entry.fault.next_step}".rstrip()),
                err=True,
            )
    if any(entry.fault is not None for entry in entries):
        return ExitCode.USAGE
    if refused is not None:
        return ExitCode.REFUSED
    if failed:
        raise failed[0]
    return ExitCode.DONE


def _paths(files: Sequence[str]) -> list[Path]:
    """Return the files that are named, patterns taken apart. A name that is none stays, to be reported."""
    from coach_assist.flows.check import expand

    named: list[Path] = []
    for name in files:
        if name == "-":
            raise UsageError("review reads files, not standard input.", next_step="Save the text to a file.")
        named += [Path(found) for found, _ in expand((name,))]
    return list(dict.fromkeys(named))


def _language() -> str:
    from coach_assist.workspace.settings import load_settings

    return load_settings().locale.language


def _report(entries: Sequence[FileEntry], form: str, *, full: bool) -> str:
    if form == "json":
        from coach_assist.exchange.inert import json_text
        from coach_assist.flows.review_output import ReviewOutput

        return json_text(ReviewOutput(files=list(entries)).model_dump(mode="json"))
    if form == "markdown":
        from coach_assist.cli.review_markdown import report_markdown

        return report_markdown(entries)
    from coach_assist.cli.review_lines import entry_lines, table_lines, wrapped

    lines: list[str] = []
    if len(entries) > 1:
        width = min(shutil.get_terminal_size((80, 24)).columns, 100)
        lines += table_lines(entries, width)
        if not full:
            lines += [
                "",
                *wrapped("In the order in which they were named. --full adds the report on each.", width),
            ]
    if len(entries) == 1 or full:
        for entry in entries:
            lines += ["", *entry_lines(entry)] if lines else list(entry_lines(entry))
    return "".join(f"{safe_text(line)}\n" for line in lines)


def _write(report: str, output: Path | None, *, force: bool) -> None:
    if output is None:
        click.echo(report, nl=False)
        return
    from coach_assist.exchange.files import write_export

    write_export(output, report.encode("utf-8"), replace=force)
    click.echo(safe_text(f"written: {output}"), err=True)


def _save(entries: Sequence[FileEntry]) -> CoachError | None:
    """Make a plan of each file that was reviewed; return the first refusal, after the rest was made."""
    from coach_assist.flows.review_save import save_review
    from coach_assist.workspace.store import Workspace

    refused: CoachError | None = None
    workspace = Workspace()
    for entry in entries:
        if entry.review is None:
            continue
        try:
            saved = save_review(workspace, entry.file, entry.review)
        except CoachError as error:
            refused = refused or error
            click.echo(safe_text(f"not saved: {entry.file}: {error}"), err=True)
            continue
        lacking = f"; {len(saved.incomplete)} still lack something" if saved.incomplete else ""
        click.echo(
            safe_text(
                f"saved: {entry.file} is plan {saved.plan[:8]}: {saved.drafts} drafts{lacking}, none "
                f"put forward. "
                f"Go on: coach-assist interview {saved.plan[:8]}, then coach-assist propose {saved.plan[:8]}"
            ),
            err=True,
        )
    return refused
