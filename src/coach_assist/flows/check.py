"""Check files: find and read them, run the checker over each item, apply suppressions, stream results."""

# pathlib costs four milliseconds of start-up.
# ruff: noqa: PTH100, PTH110, PTH112, PTH113, PTH119, PTH123, PTH207

from __future__ import annotations

import io
import os.path
import sys
from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, TypeAlias, cast

from coach_assist.checker.assess import Checked, assess, assess_plan, item_of_comment, without_verdicts
from coach_assist.checker.config import CheckConfig
from coach_assist.checker.inputs.decoding import read_lines
from coach_assist.checker.inputs.items import Event, Item, Line, PlanDocument, Unreadable
from coach_assist.checker.inputs.lines import input_by_first_line, input_by_name, read_plain
from coach_assist.checker.reports import Context, Finding, Level
from coach_assist.checker.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from coach_assist.checker.suppression import Comment, Suppressor

STDIN = "-"
PIP_PREFIX = 16 * 1024
"""Bytes at the beginning of a source in which signs of a PIP are sought before anything is printed."""
BUFFER = 64 * 1024


class CheckOptions(NamedTuple):
    """How to read and check; from the configuration and the command line."""

    config: CheckConfig = CheckConfig()
    input: str = "auto"
    context: Context | None = None
    """What --today, --start and --end say; a context in the input goes before it."""
    jobs: int = 1


class Pip(NamedTuple):
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
        if name == STDIN or os.path.isfile(name):
            yield name, None
        elif os.path.isdir(name):
            yield name, Unreadable(1, "this is a folder; name files, or a pattern such as plans/**/*.md")
        elif os.path.exists(name):
            yield name, None  # a pipe or a device
        elif any(mark in name for mark in "*?["):
            import glob

            found = [match for match in sorted(glob.glob(name, recursive=True)) if os.path.isfile(match)]
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
        with open(name, "rb", buffering=BUFFER) as stream:
            yield from check_stream(stream, name, options)
    except OSError as error:
        yield Unreadable(1, f"cannot be read: {error.strerror or error}")


def check_stream(
    stream: BinaryIO, name: str, options: CheckOptions, assessing: Assessing | None = None
) -> Iterator[Result]:
    """Check what `stream` holds, one item at a time; memory does not grow with the number of items.

    `assessing` checks one event in place of `assessed_event`: an editor remembers what it has seen.
    """
    if not hasattr(stream, "peek"):
        stream = io.BufferedReader(cast("io.RawIOBase", stream), BUFFER)
    prefix = cast("io.BufferedReader", stream).peek(PIP_PREFIX)[:PIP_PREFIX]
    lines = read_lines(stream.readline)
    kind, lines = _kind(lines, name, options.input)
    settings = options.config.settings(_paths(name, options.config.folder))
    if kind in {"markdown", "lines"}:
        from coach_assist.checker import recognise_pip

        if signs := recognise_pip(prefix.decode("utf-8", "ignore"), settings.language):
            yield Pip(signs)
    events = _events(kind, lines, options.context, settings)
    if options.jobs > 1:
        from coach_assist.flows.check_jobs import assessed_in_parallel

        assessed = assessed_in_parallel(events, settings, options.jobs)
    else:
        one = assessing or assessed_event
        assessed = (one(event, settings) for event in events)
    yield from _suppressed(assessed, settings)


def _paths(name: str, folder: str) -> tuple[str, ...]:
    """Return the names under which patterns of a configuration in `folder` may mean a file."""
    whole = os.path.abspath(name).replace(os.sep, "/")
    base = os.path.abspath(folder or ".").replace(os.sep, "/").rstrip("/")
    return whole.removeprefix(f"{base}/"), whole, os.path.basename(name)


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
    return event._replace(context=context) if isinstance(event, Item) else event


class CheckedPlan(NamedTuple):
    """A plan with the results for its texts, and the signs by which it was recognised as a PIP."""

    document: PlanDocument
    results: list[Checked]
    signs: tuple[str, ...]


Assessed: TypeAlias = "Checked | Unreadable | Comment | CheckedPlan"
Assessing: TypeAlias = "Callable[[Event, Settings], Assessed]"


def assessed_event(event: Event, settings: Settings) -> Assessed:
    """Check one event of a reader; what is no text is passed on."""
    if isinstance(event, Item):
        return assess(event, settings)
    if isinstance(event, PlanDocument):
        return CheckedPlan(event, *assess_plan(event, settings))
    return event


def _suppressed(assessed: Iterator[Assessed], settings: Settings) -> Iterator[Result]:
    suppressor: Suppressor | None = None
    for result in assessed:
        if isinstance(result, Unreadable):
            yield result
        elif isinstance(result, CheckedPlan):
            if result.signs:
                yield Pip(result.signs)
            yield from _plan_results(result, settings)
        elif isinstance(result, Checked):
            item = result.item
            if suppressor is None and not item.comments and not item.ignored:
                yield result  # nothing to suppress yet
                continue
            suppressor = suppressor or new_suppressor(settings)
            ripe, left = suppressor.item(item.line, item.comments, item.ignored, result.findings)
            yield from _about_comments(iter(ripe))
            yield result._replace(findings=tuple(left))
        else:
            suppressor = suppressor or new_suppressor(settings)
            yield from _about_comments(suppressor.comment(result))
    if suppressor is not None:
        yield from _about_comments(suppressor.end())


def _about_comments(findings: Iterator[tuple[Comment, Finding]]) -> Iterator[Checked]:
    for comment, finding in findings:
        yield without_verdicts(item_of_comment(comment.line, comment.source), (finding,))


def _plan_results(plan: CheckedPlan, settings: Settings) -> Iterator[Checked]:
    """Apply the "ignore" field of each unit to the findings of all its texts together."""
    units: dict[str, list[Checked]] = {}
    for checked in plan.results:
        units.setdefault(str(checked.item.id).partition(".")[0], []).append(checked)
    for unit, group in units.items():
        suppressor = new_suppressor(settings)
        findings = [finding for checked in group for finding in checked.findings]
        _, left = suppressor.item(1, (), plan.document.ignored.get(unit, ()), findings)
        kept = {id(finding) for finding in left}
        own = {id(finding) for finding in findings}
        about = [finding for finding in left if id(finding) not in own]
        for index, checked in enumerate(group):
            stays = [finding for finding in checked.findings if id(finding) in kept]
            stays += about if index == 0 else []
            yield checked._replace(findings=tuple(stays))


def new_suppressor(settings: Settings) -> Suppressor:
    """Return a suppressor for one source, bound to the rules and to which of them speak."""
    from coach_assist.checker.registry import rule, rules
    from coach_assist.checker.suppression import Suppressor

    def speaks(code: str) -> bool:
        named = (entry for entry in rules() if entry.code.startswith(code))
        return any(settings.speaks(entry.code, entry.on_by_default) for entry in named)

    def level(code: str) -> Level:
        found = rule(code)
        return found.level if found else "warning"

    return Suppressor(known=rule_known, speaks=speaks, level=level)
