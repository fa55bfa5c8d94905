"""What an editor shows of a document: marks with their places, explanations, and changes to offer.

Plain data, independent of any editor protocol. Lines count from 0 and columns in code points here;
the language server turns columns into the units that the editor asked for.
"""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from functools import lru_cache

from coach_assist.checker.assess import Checked, assess
from coach_assist.checker.inputs.items import Event, Item, Role, Unreadable
from coach_assist.checker.reports import LETTERS, Context, Finding, Level
from coach_assist.checker.settings import Settings
from coach_assist.flows.check import Assessed, CheckOptions, assessed_event, check_stream
from coach_assist.shown import safe_text

Span = tuple[tuple[int, int], tuple[int, int]]
"""((line, column), (line, column)), from 0, the end exclusive."""
_CRITERIA = {"S": "Specific", "M": "Measurable", "A": "Achievable", "R": "Relevant", "T": "Time-bound"}
_SHOWN = {"met": "met", "unmet": "not stated yet", "unknown": "unknown"}


@dataclass(frozen=True, slots=True)
class Change:
    """One change that the editor can offer for a mark."""

    title: str
    edits: tuple[tuple[Span, str], ...]
    safe: bool
    """Adds no word and no placeholder."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One finding in the document, or a line that cannot be read."""

    code: str
    level: Level
    span: Span
    message: str
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Checkup:
    """All that was found in a document."""

    marks: tuple[Mark, ...]
    goals: tuple[tuple[Span, str], ...]
    """Where each goal stands, and its verdicts in words."""


@lru_cache(maxsize=4096)
def _remembered(
    text: str, checked: str | None, context: Context | None, role: Role, settings: Settings
) -> Checked:
    """Check a text once: with each key typed, all the other texts of a document are as they were."""
    return assess(Item("", 0, text, (), context, role, checked=checked), settings)


def _assessed(event: Event, settings: Settings) -> Assessed:
    if not isinstance(event, Item):
        return assessed_event(event, settings)
    known = _remembered(event.text, event.checked, event.context, event.role, settings)
    return known._replace(item=event)


def checkup(text: str, name: str, options: CheckOptions) -> Checkup:
    """Check a document that is open in an editor. `name` is its path, which tells how to read it."""
    marks: list[Mark] = []
    goals: list[tuple[Span, str]] = []
    stream = io.BytesIO(text.encode("utf-8", "surrogatepass"))
    for result in check_stream(stream, name, options, _assessed):
        if isinstance(result, Checked):
            marks += [_mark(result.item, finding) for finding in result.findings]
            if result.item.role == "goal":
                goals.append((span(result.item, 0, len(result.item.text)), verdicts_in_words(result)))
        elif isinstance(result, Unreadable):
            row = result.line - 1
            marks.append(Mark("unreadable", "error", ((row, 0), (row, 1)), f"cannot be read: {result.error}"))
        else:
            signs = ", ".join(result.signs[:3])
            message = f"This reads as a performance improvement plan ({signs}), not as a coaching plan."
            marks.append(Mark("L701", "warning", ((0, 0), (0, 1)), safe_text(message)))
    return Checkup(tuple(marks), tuple(goals))


def span(item: Item, start: int, end: int) -> Span:
    """Return where code points `start` to `end` of an item stand in the document."""
    line, column = item.place(start)
    last_line, last_column = item.end_place(start, end)
    return (line - 1, column), (last_line - 1, last_column)


def verdicts_in_words(checked: Checked) -> str:
    """Return one line for each criterion: what it is, the verdict, the reason."""
    lines = []
    for letter in LETTERS:
        reason = checked.reasons.get(letter, "")
        lines.append(
            f"{_CRITERIA[letter]}: {_SHOWN[checked.verdicts[letter]]}{f' – {reason}' if reason else ''}"
        )
    return safe_text("\n".join(lines))


def explanation(code: str) -> str:
    """Return what a rule flags and why, in two short paragraphs; "" for what is no rule."""
    from coach_assist.checker.registry import rule

    found = rule(code)
    return f"{found.code} {found.name}: {found.what}\n\n{found.why}".strip() if found else ""


def _mark(item: Item, finding: Finding) -> Mark:
    changes = []
    if finding.fix and finding.fix.edits and not item.from_plan:
        edits = tuple(
            (span(item, edit.start, edit.end), _in_source(item, edit.start, edit.text))
            for edit in finding.fix.edits
        )
        changes.append(Change(safe_text(finding.fix.message), edits, finding.fix.safe))
    if not item.from_plan and not item.segment(0).escaped and not finding.code.startswith("X"):
        changes.append(_silencer(item, finding.code))
    return Mark(
        finding.code,
        finding.level,
        span(item, finding.start, finding.end),
        safe_text(finding.message),
        tuple(changes),
    )


def _in_source(item: Item, offset: int, text: str) -> str:
    return json.dumps(text, ensure_ascii=False)[1:-1] if item.segment(offset).escaped else text


def _silencer(item: Item, code: str) -> Change:
    """Return the change that writes a suppression comment at the end of the item."""
    end = span(item, 0, len(item.text))[1]
    return Change(f"Ignore {code} here", (((end, end), f" <!-- coach: ignore[{code}] -->"),), safe=True)
