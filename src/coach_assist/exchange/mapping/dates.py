"""Dates and rhythms in the words of a document, read by the checker's own readers."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from coach_assist.checker.date_points import DatePoints
from coach_assist.checker.sentence import Sentence
from coach_assist.checker.settings import Settings

_LONGEST = 400
_MEETING = (
    r"(?:check-?ins?|catch-?ups?|1[:-]1s?|1-1s|one-on-ones?|one-to-ones?|meet(?:ing)?s?|reviews?|sessions?"
    r"|touch base|talks?|discuss(?:ing|ed)?)"
)
_OFTEN = (
    r"(?:(?:bi-?)?weekly|fortnightly|monthly|every (?:other |second |two )?(?:week|fortnight|month"
    r"|monday|tuesday|wednesday|thursday|friday)s?"
    r"|every (?:2|two|4|four) weeks|once (?:a|per|every) (?:week|fortnight|month)|twice (?:a|per) month)"
)
_RHYTHM = re.compile(
    rf"\b{_OFTEN}\b(?:\W+\w+){{0,6}}?\W+{_MEETING}\b|\b{_MEETING}\b(?:\W+\w+){{0,6}}?\W+{_OFTEN}\b",
    re.IGNORECASE,
)
_EVERY = (
    (
        "fortnight",
        re.compile(
            r"\b(?:fortnight(?:ly)?|bi-?weekly|every (?:other|second|two|2) weeks?|twice (?:a"
            r"|per) month|alle zwei wochen)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "week",
        re.compile(
            r"\b(?:weekly|every week|each week|(?:once )?(?:a|per|every) week|wöchentlich"
            r"|every (?:mon|tues|wednes|thurs|fri)day|(?:mon|tues|wednes|thurs|fri)days)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "month",
        re.compile(
            r"\b(?:monthly|every month|each month|(?:once )?(?:a|per|every) month|every (?:4"
            r"|four) weeks|monatlich)\b",
            re.IGNORECASE,
        ),
    ),
)
_WEEKDAY = re.compile(r"\b(monday|tuesday|wednesday|thursday|friday)s?\b", re.IGNORECASE)
_MINUTES = re.compile(r"\b([0-9]{1,3})\s*(?:min(?:ute)?s?)\b", re.IGNORECASE)
_PERIOD_ONLY = re.compile(
    r"^(?:(?:from|to|until|till|through|between|and|the|of|end|plan|period|von|bis|q[1-4]|[0-9]{1,4}(?:st|nd|rd|th)?"
    r"|jan\w*|feb\w*|mar\w*|apr\w*|ma[iy]|june?|juni|july?|juli|aug\w*|sep\w*|o[ck]t\w*|nov\w*|de[cz]\w*)\b[\s.,:/()–—-]*)+$",
    re.IGNORECASE,
)
_SPAN_WORDS = re.compile(r"\b(?:to|until|till|through|bis)\b|[-–—]", re.IGNORECASE)


class Day(NamedTuple):
    """A date that a text names. For a month, quarter or year `first` and `last` are its ends."""

    first: date
    last: date


def days_in(text: str, today: date | None = None) -> tuple[Day, ...]:
    """Return the dated points that `text` names, in order; only the first 400 characters are read."""
    sentence = Sentence(text[:_LONGEST], "en")
    reader = DatePoints(sentence, today, Settings())
    found: list[Day] = []
    place = 0
    while place < len(sentence.tokens):
        point = reader.read(place)
        if point is None:
            place += 1
            continue
        if point.day is not None and not point.ambiguous:
            found.append(Day(_first_of(point.kind, point.day), point.day))
        place = max(point.last, place + 1)
    return tuple(found)


def last_day(text: str, today: date | None = None) -> date | None:
    """Return the last dated point of a due-date text, or None."""
    days = days_in(text, today)
    return days[-1].last if days else None


def span_in(text: str, today: date | None = None) -> tuple[date | None, date | None]:
    """Return (start, end) of a period in words; a single date is its end.

    A month without a year before one with a year ("June to September 2027") takes that year.
    """
    days = days_in(text, today)
    if len(days) >= 2:
        return days[0].first, days[-1].last
    if len(days) == 1:
        end = days[0].last
        head = _SPAN_WORDS.split(text, maxsplit=1)[0]
        if head != text and head.strip() and not re.search(r"\b(?:19|20)[0-9]{2}\b", head):
            start = days_in(f"{head.strip()} {end.year}", today)
            if start and start[0].first < end:
                return start[0].first, end
        return None, end
    return None, None


def is_period(text: str) -> bool:
    """Say whether a short text is only a period with two dates: "From March to June 2027"."""
    return len(text) < 120 and _PERIOD_ONLY.match(text.strip()) is not None and None not in span_in(text)


def rhythm_in(text: str) -> str:
    """Return the sentence of `text` that says how often the parties meet, or ""."""
    found = _RHYTHM.search(text)
    if not found:
        return ""
    start = max((text.rfind(mark, 0, found.start()) for mark in (". ", "! ", "? ", "\n")), default=-1)
    ends = [place for mark in (". ", "! ", "? ", "\n") if (place := text.find(mark, found.end())) >= 0]
    end = min(ends) + 1 if ends else len(text)
    return text[start + 1 : end].strip()


def cadence_value(text: str) -> dict[str, object]:
    """Return a cadence's value as far as its words tell it."""
    every = next((name for name, pattern in _EVERY if pattern.search(text)), "other")
    weekday = _WEEKDAY.search(text)
    minutes = _MINUTES.search(text)
    length = int(minutes[1]) if minutes and 1 <= int(minutes[1]) <= 480 else None
    return {
        "every": every,
        "text": text,
        "weekday": weekday[1].lower() if weekday else None,
        "minutes": length,
        "looked_at": None,
    }


def _first_of(kind: str, day: date) -> date:
    if kind == "month":
        return day.replace(day=1)
    if kind == "quarter":
        return date(day.year, day.month - 2 if day.month > 2 else 1, 1)
    if kind == "year":
        return date(day.year, 1, 1)
    return day
