"""A page as PDF (A4, PDF/A-2b). Texts are handed to the typesetter as data and never read as its code.

The same page of the same day gives the same bytes, as long as the typesetter's own fonts can show it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from typing import Any

from coach_assist.errors import Refused
from coach_assist.exchange.glyphs import code_of, remark_on, unusual
from coach_assist.exchange.page import Blank, Block, Details, Entry, Page, Signature, Text
from coach_assist.exchange.typesetter import NotShown, Typesetter, page_count
from coach_assist.shown import safe_text

SCALES = (1.0, 0.95, 0.9)
"""Sizes of type that are tried, where a smaller one saves a page; 1.0 is 10 point."""
MOST_ROUNDS = 30
_LONG_WORD = re.compile(r"[^\s\u200b]{33,}")
_TYPES: dict[type[Block], str] = {
    Text: "text", Details: "details", Entry: "entry", Blank: "blank", Signature: "signature",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Printed:
    """A PDF, and what somebody who passes it on should know of it."""

    content: bytes
    remarks: tuple[str, ...] = ()


def page_pdf(page: Page, made_on: date) -> Printed:
    """Return the page as PDF, dated `made_on`. Raises UsageError without the extra `pdf`, Refused."""
    data = page_data(page)
    moment = datetime(made_on.year, made_on.month, made_on.day, tzinfo=UTC)
    printed = _fitted(Typesetter(moment, own_fonts_only=True), data)
    if isinstance(printed, bytes):
        return Printed(printed)
    setter = Typesetter(moment, own_fonts_only=False)
    characters = unusual(_texts(data))
    missing = setter.without_glyph(characters)
    for _ in range(MOST_ROUNDS):
        printed = _fitted(setter, _with_codes(data, missing))
        if isinstance(printed, bytes):
            return Printed(printed, (remark_on(missing),) if missing else ())
        missing |= frozenset(characters) & frozenset(printed.text)
    raise Refused(
        "The page holds characters that could not be set in type.",
        kept="The plan is as it was; nothing was written.",
        next_step="Save it as Markdown or Word.",
    )


def _fitted(setter: Typesetter, data: dict[str, Any]) -> bytes | NotShown:
    """Return the page in the largest type that saves its last sheet, if one does."""
    whole = setter.page(data, SCALES[0])
    if isinstance(whole, NotShown) or (pages := page_count(whole)) == 1:
        return whole
    for scale in SCALES[1:]:
        smaller = setter.page(data, scale)
        if isinstance(smaller, bytes) and page_count(smaller) < pages:
            return smaller
    return whole


def page_data(page: Page) -> dict[str, Any]:
    """Return the page as the template takes it: JSON-ready, every text harmless, long words breakable."""
    data = asdict(page)
    for section, written in zip(page.sections, data["sections"], strict=True):
        written["blocks"] = [{"type": _TYPES[type(block)], **asdict(block)} for block in section.blocks]
    prepared = _each(data, _prepared)
    assert isinstance(prepared, dict)
    return prepared


def _prepared(text: str) -> str:
    lines = (" ".join(line.split()) for line in safe_text(text).split("\n"))
    return _LONG_WORD.sub(_breakable, "\n".join(line for line in lines if line))


def _breakable(match: re.Match[str]) -> str:
    # A zero-width space every 16 characters: what cannot be broken would run off the page.
    word = match[0]
    return "\u200b".join(word[at : at + 16] for at in range(0, len(word), 16))


def _each(value: Any, change: Callable[[str], str]) -> Any:
    match value:
        case str():
            return change(value)
        case dict():
            return {key: _each(inner, change) for key, inner in value.items()}
        case list() | tuple():
            return [_each(inner, change) for inner in value]
    return value


def _texts(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for inner in value.values():
                yield from _texts(inner)
        case list():
            for inner in value:
                yield from _texts(inner)


def _with_codes(data: dict[str, Any], missing: frozenset[str]) -> dict[str, Any]:
    table = {ord(one): code_of(one) for one in missing}
    changed = _each(data, lambda text: text.translate(table))
    assert isinstance(changed, dict)
    return changed
