"""By which day an action is to be done, counted from the day on which it was noted.

The checker's grammar reads English end points; notes also say "tomorrow", "on the 19th" or "bis Freitag".
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from coach_assist.assistant.notes.written_dates import MONTH, MONTHS
from coach_assist.checker.deadlines import find_deadline

LIMIT = 400
"""Characters of a sentence in which a due date is looked for."""

_DAYS_ENGLISH = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAYS_GERMAN = ("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag")
_WEEKDAYS = {name: day for names in (_DAYS_ENGLISH, _DAYS_GERMAN) for day, name in enumerate(names)}
_DAY = "|".join(_WEEKDAYS)
_NEAR = {"today": 0, "tonight": 0, "heute": 0, "tomorrow": 1, "morgen": 1, "übermorgen": 2}
_BEFORE = r"(?:\b(?:(?:bis|by|until|before|due|on|am|for|spätestens|zum|in)\s+)+)"
_NEARBY = re.compile(rf"{_BEFORE}?\b(?P<day>{'|'.join(_NEAR)})\b(?! (?:people|world))", re.IGNORECASE)
_LATER_TODAY = re.compile(
    r"\b(?:this (?:afternoon|evening|morning)|later today|by (?:tonight|noon))\b", re.IGNORECASE
)
_WEEKEND = re.compile(
    r"\b(?:over|at|on|by|during|before|am|übers?) (?:the |this )?(?:weekend|wochenende)\b", re.IGNORECASE
)
_ON_DAY = re.compile(
    rf"\b(?:on|by|before|until|bis(?: zum)?|am|spätestens am) (?:nächsten |kommenden )?(?P<day>{_DAY})\b",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"\b(?:on|by|before|until|bis(?: zum)?|am|zum) (?:the )?(?P<d>[0-9]{1,2})"
    r"(?:st|nd|rd|th\b|\.(?:(?P<m>[0-9]{1,2})\.(?P<y>[0-9]{4}|[0-9]{2})?)?(?=\s|[,;)]|$))",
    re.IGNORECASE,
)
_GERMAN_WEEK = re.compile(
    r"\b(?:bis )?(?:ende )?(?P<which>diese|nächste|kommende)[rn]? woche\b", re.IGNORECASE
)
_GERMAN_END = re.compile(
    rf"\b(?:bis )?ende (?:des monats|(?P<m>{MONTH})\b)|\bbis monatsende\b", re.IGNORECASE
)
_SLASHED = re.compile(
    r"\b(?:mon?|tues?|wed|thur?s?|fri?|sat?|sun?|di|mi|do|so|due|til+|bis)[.,]? "
    r"(?P<d>[0-9]{1,2})[/.](?P<m>[0-9]{1,2})\b",
    re.IGNORECASE,
)
_BARE = re.compile(
    rf"\b(?:(?P<d>[0-9]{{1,2}})(?:st|nd|rd|th|\.)? (?P<m>{MONTH})|(?P<m2>{MONTH})\.? (?P<d2>[0-9]{{1,2}}))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Due:
    """A day, and the code points `start` to `end` of the words that name it."""

    day: date
    start: int
    end: int


def due_in(words: str, noted: date) -> Due | None:
    """Return the first day from `noted` on that `words` name as an end, or None.

    A number that reads as a past year ("the 2018 paper") is no day to be done by.
    """
    words = words[:LIMIT]
    deadline = find_deadline(words, noted)
    if deadline is not None and deadline.date is not None and deadline.date >= noted:
        return Due(deadline.date, deadline.start, deadline.end)
    for pattern, read in _FORMS:
        for match in pattern.finditer(words):
            day = read(match, noted)
            if day is not None and day >= noted:
                return Due(day, match.start(), match.end())
    return None


def _nearby(match: re.Match[str], noted: date) -> date | None:
    before = match.string[: match.start()]
    if match["day"] == "morgen" and re.search(r"\bjede[nrs]?\s*$", before, re.IGNORECASE):
        return None
    return noted + timedelta(_NEAR[match["day"].lower()])


def _same_day(match: re.Match[str], noted: date) -> date:
    return noted


def _weekend(match: re.Match[str], noted: date) -> date:
    return noted + timedelta((6 - noted.weekday()) % 7)


def _weekday(match: re.Match[str], noted: date) -> date:
    return noted + timedelta((_WEEKDAYS[match["day"].lower()] - noted.weekday() - 1) % 7 + 1)


def _numbered(match: re.Match[str], noted: date) -> date | None:
    day = int(match["d"])
    if match["m"]:
        year = int(match["y"] or 0)
        year = year + 2000 if 0 < year < 100 else year
        return _coming(noted, day, int(match["m"]), year)
    month = noted.month if day >= noted.day else noted.month % 12 + 1
    return _coming(noted, day, month, 0)


def _german_week(match: re.Match[str], noted: date) -> date:
    later = 0 if match["which"].lower() == "diese" else 7
    return noted + timedelta(6 - noted.weekday() + later)


def _german_end(match: re.Match[str], noted: date) -> date:
    month = MONTHS[match["m"].lower()] if match["m"] else noted.month
    year = noted.year if month >= noted.month else noted.year + 1
    return date(year, month, calendar.monthrange(year, month)[1])


def _slashed(match: re.Match[str], noted: date) -> date | None:
    return _coming(noted, int(match["d"]), int(match["m"]), 0)


def _bare(match: re.Match[str], noted: date) -> date | None:
    return _coming(noted, int(match["d"] or match["d2"]), MONTHS[(match["m"] or match["m2"]).lower()], 0)


def _coming(noted: date, day: int, month: int, year: int) -> date | None:
    """Return that day in `year`, where that is 0 when it comes next; None if there is no such day."""
    try:
        if year:
            return date(year, month, day)
        near = date(noted.year, month, day)
        # Half a year back is last year's date told, not next year's to come.
        return near if near >= noted else date(noted.year + 1, month, day) if month < noted.month else None
    except ValueError:
        return None


_FORMS = (
    (_NEARBY, _nearby),
    (_LATER_TODAY, _same_day),
    (_NUMBERED, _numbered),
    (_ON_DAY, _weekday),
    (_WEEKEND, _weekend),
    (_GERMAN_END, _german_end),
    (_GERMAN_WEEK, _german_week),
    (_SLASHED, _slashed),
    (_BARE, _bare),
)
