"""Check files: find and read them, run the checker over each item, apply suppressions, stream results."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import BinaryIO, cast

from coach_assist.checker.assess import Checked, assess, assess_plan, item_of_comment, without_verdicts
from coach_assist.checker.config import CheckConfig
from coach_assist.checker.inputs.decoding import read_lines
from coach_assist.checker.inputs.items import Event, Item, Line, PlanDocument, Unreadable
from coach_assist.checker.inputs.lines import input_by_first_line, input_by_name, read_plain
from coach_assist.checker.reports import Context, Finding, Level
from coach_assist.checker.settings import Settings
from coach_assist.checker.suppression import Comment, Suppressor

STDIN = "-"
PIP_PREFIX = 256 * 1024
"""Bytes at the beginning of a source in which signs of a PIP are sought before anything is printed."""


@dataclass(frozen=True, slots=True)
class CheckOptions:
    """How to read and check; from the configuration and the command line."""

    config: CheckConfig = field(default_factory=CheckConfig)
    input: str = "auto"
    context: Context | None = None
    """What --today, --start and --end say; a context in the input goes before it."""
    jobs: int = 1


@dataclass(frozen=True, slots=True)
class Pip:
    """The source reads as a performance improvement plan; said before its first result."""

    signs: tuple[str, ...]


Result = Checked | Unreadable | Pip


def rule_known(code: str) -> bool:
    """Say whether `code` is a rule's code or the beginning of one."""
    from coach_assist.checker.registry import rules

    return any(rule.code.startswith(code) for rule in rules())


def expand(names: tuple[str, ...]) -> Iterator[tuple[str, Unreadable | None]]:
    """Yield (name, None) for each file that `names` stand for, or (name, why it cannot be read).

    A name that is no file is taken as a glob pattern (`**` goes through folders), sorted.
    """
    for name in names:
        path = Path(name)
        if name == STDIN or path.is_file():
            yield name, None
        elif path.is_dir():
            yield name, Unreadable(1, "this is a folder; name files, or a pattern such as plans/**/*.md")
        elif path.exists():
            yield name, None  # a pipe or a device
        elif any(mark in name for mark in "*?["):
            import glob

            # Path.glob would take no absolute pattern and no `..`.
            matches = glob.glob(name, recursive=True)  # noqa: PTH207
            found = [match for match in sorted(matches) if Path(match).is_file()]
            for match in found:
                yield match, None
            if not found:
                yield name, Unreadable(1, "no file matches this pattern")
        else:
            yield name, Unreadable(1, "there is no such file")


def check_file(name: str, options: CheckOptions) -> Iterator[Result]:
    """Check one file, or standard input for "-", item by item. Faults of reading are results, in words."""
    if name == STDIN:
        yield from check_stream(sys.stdin.buffer, name, options)
        return
    try:
        with Path(name).open("rb", buffering=PIP_PREFIX) as stream:
            yield from check_stream(stream, name, options)
    except OSError as error:
        yield Unreadable(1, f"cannot be read: {error.strerror or error}")


def check_stream(stream: BinaryIO, name: str, options: CheckOptions) -> Iterator[Result]:
    """Check what `stream` holds, one item at a time; memory does not grow with the number of items."""
    if not hasattr(stream, "peek"):
        stream = io.BufferedReader(cast("io.RawIOBase", stream), PIP_PREFIX)
    prefix = cast("io.BufferedReader", stream).peek(PIP_PREFIX)
    lines = read_lines(stream.readline)
    kind, lines = _kind(lines, name, options.input)
    if kind in {"markdown", "lines"}:
        from coach_assist.checker import recognise_pip

        if signs := recognise_pip(prefix.decode("utf-8", "ignore")):
            yield Pip(signs)
    settings = options.config.settings(_paths(name, options.config.folder))
    events = _events(kind, lines, options.context, settings)
    if options.jobs > 1:
        from coach_assist.flows.check_jobs import assessed_in_parallel

        assessed = assessed_in_parallel(events, settings, options.jobs)
    else:
        assessed = (assessed_event(event, settings) for event in events)
    yield from _suppressed(assessed, settings)


def _paths(name: str, folder: str) -> tuple[str, ...]:
    """Return the names under which patterns of a configuration in `folder` may mean a file."""
    whole = Path(name).absolute()
    try:
        inside = whole.relative_to(folder or ".").as_posix()
    except ValueError:
        inside = whole.name
    return inside, whole.as_posix(), whole.name


def _kind(
    lines: Iterator[Line | Unreadable], name: str, given: str
) -> tuple[str, Iterator[Line | Unreadable]]:
    """Return the kind of input, and the lines again."""
    if given != "auto":
        return given, lines
    if by_name := input_by_name(name):
        return by_name, lines
    held: list[Line | Unreadable] = []
    for line in lines:
        held.append(line)
        if isinstance(line, Unreadable):
            break
        if line.text and not line.text.isspace():
            return input_by_first_line(line.text), chain(held, lines)
        held.pop()  # blank lines are of no use to any reader but as line numbers, which lines carry
    return "lines", chain(held, lines)


def _events(
    kind: str, lines: Iterator[Line | Unreadable], context: Context | None, settings: Settings
) -> Iterator[Event]:
    if kind == "lines":
        events = read_plain(lines)
        return events if context is None else (_with_context(event, context) for event in events)
    if kind == "jsonl":
        from coach_assist.checker.inputs.jsonl import read_jsonl

        return read_jsonl(lines, context)
    if kind == "markdown":
        from coach_assist.checker.inputs.markdown import read_markdown

        return read_markdown(lines, context, settings.language)
    from coach_assist.checker.inputs.plans import read_document

    return read_document(lines, context)


def _with_context(event: Event, context: Context) -> Event:
    from dataclasses import replace

    return replace(event, context=context) if isinstance(event, Item) else event


Assessed = Checked | Unreadable | Comment | tuple[PlanDocument, list[Checked], tuple[str, ...]]


def assessed_event(event: Event, settings: Settings) -> Assessed:
    """Check one event of a reader; what is no text is passed on."""
    if isinstance(event, Item):
        return assess(event, settings)
    if isinstance(event, PlanDocument):
        return (event, *assess_plan(event, settings))
    return event


def _suppressed(assessed: Iterator[Assessed], settings: Settings) -> Iterator[Result]:
    suppressor = new_suppressor(settings)
    for result in assessed:
        if isinstance(result, Checked):
            yield from _filtered(suppressor, result)
        elif isinstance(result, Comment):
            yield from _about_comments(suppressor.comment(result))
        elif isinstance(result, Unreadable):
            yield result
        else:
            document, results, signs = result
            if signs:
                yield Pip(signs)
            yield from _plan_results(document, results, settings)
    yield from _about_comments(suppressor.end())


def _filtered(suppressor: Suppressor, checked: Checked) -> Iterator[Checked]:
    item = checked.item
    ripe, left = suppressor.item(item.line, item.comments, item.ignored, checked.findings)
    yield from _about_comments(iter(ripe))
    yield Checked(item, checked.verdicts, checked.reasons, checked.deadline, tuple(left))


def _about_comments(findings: Iterator[tuple[Comment, Finding]]) -> Iterator[Checked]:
    for comment, finding in findings:
        yield without_verdicts(item_of_comment(comment.line, comment.source), (finding,))


def _plan_results(document: PlanDocument, results: list[Checked], settings: Settings) -> Iterator[Checked]:
    """Apply the "ignore" field of each unit to the findings of all its texts together."""
    units: dict[str, list[Checked]] = {}
    for checked in results:
        units.setdefault(str(checked.item.id).partition(".")[0], []).append(checked)
    for unit, group in units.items():
        suppressor = new_suppressor(settings)
        findings = [finding for checked in group for finding in checked.findings]
        _, left = suppressor.item(1, (), document.ignored.get(unit, ()), findings)
        kept = {id(finding) for finding in left}
        own = {id(finding) for finding in findings}
        about = [finding for finding in left if id(finding) not in own]
        for index, checked in enumerate(group):
            stays = [finding for finding in checked.findings if id(finding) in kept]
            stays += about if index == 0 else []
            yield Checked(checked.item, checked.verdicts, checked.reasons, checked.deadline, tuple(stays))


def new_suppressor(settings: Settings) -> Suppressor:
    """Return a suppressor for one source, bound to the rules and to which of them speak."""
    from coach_assist.checker.registry import rule, rules

    def speaks(code: str) -> bool:
        named = (entry for entry in rules() if entry.code.startswith(code))
        return any(settings.speaks(entry.code, entry.on_by_default) for entry in named)

    def level(code: str) -> Level:
        found = rule(code)
        return found.level if found else "warning"

    return Suppressor(known=rule_known, speaks=speaks, level=level)
