"""Dates written out in a line: ISO, day first or month first, with or without a year."""

from __future__ import annotations

import re
from datetime import date

_MONTH_NAMES = (
    "january jan januar", "february feb februar", "march mar märz", "april apr", "may mai", "june jun juni",
    "july jul juli", "august aug", "september sep sept", "october oct oktober okt", "november nov",
    "december dec dezember dez",
)  # fmt: skip
MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names.split()}
"""Names of months in small letters, English and German, and their numbers."""
MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_ISO = re.compile(r"\b(?P<y>[0-9]{4})-(?P<m>[0-9]{2})-(?P<d>[0-9]{2})\b")
_DMY = re.compile(r"\b(?P<d>[0-9]{1,2})[-/.](?P<m>[0-9]{1,2})[-/.](?P<y>[0-9]{4}|[0-9]{2})\b(?![-/.][0-9])")
_DAY_FIRST = re.compile(
    rf"\b(?P<d>[0-9]{{1,2}})(?:st|nd|rd|th|\.)? (?P<m>{MONTH})\b\.?,?(?: (?P<y>[0-9]{{4}}))?", re.IGNORECASE
)
_MONTH_FIRST = re.compile(
    rf"\b(?P<m>{MONTH})\.? (?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)?\b,?(?: (?P<y>[0-9]{{4}}))?", re.IGNORECASE
)


def date_in(text: str, today: date) -> date | None:
    """Return the first date written out in `text`; without a year the last such day up to `today`."""
    for pattern in (_ISO, _DMY, _DAY_FIRST, _MONTH_FIRST):
        match = pattern.search(text)
        if match is None:
            continue
        month = MONTHS.get(match["m"].lower()) or int(match["m"] if match["m"].isdigit() else 0)
        try:
            if match["y"]:
                year = int(match["y"])
                return date(year if year > 99 else year + 2000, month, int(match["d"]))
            near = date(today.year, month, int(match["d"]))
            return near if near <= today else date(today.year - 1, month, int(match["d"]))
        except ValueError:
            return None
    return None


def has_date(text: str) -> bool:
    """Say whether a date is written out in `text`."""
    return any(pattern.search(text) for pattern in (_ISO, _DMY, _DAY_FIRST, _MONTH_FIRST))
