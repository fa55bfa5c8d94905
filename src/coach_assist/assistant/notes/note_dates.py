"""On which day a line was noted: the date in the nearest heading, or on a line of its own, above it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from coach_assist.assistant.notes.line import Line
from coach_assist.assistant.notes.written_dates import date_in

OPENING = 60
"""Characters of the first line in which its day is looked for."""
_WITH_YEAR = re.compile(r"\b[0-9]{4}\b|\b[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{2}\b")
_AHEAD = re.compile(r"\b(?:next|by|until|till|due|on|before|for)\b", re.IGNORECASE)


def days_noted(lines: Iterable[Line], today: date) -> dict[int, date]:
    """Return for each line number the day on which it was noted, `today` where the notes do not say."""
    found: dict[int, date] = {}
    day = today
    first = True
    for line in lines:
        if first and line.form != "blank":
            # "Mentoring Jo/Kim 12-11-2026: …" begins with its day, however long the line is.
            opening, first = line.given[:OPENING], False
            if _WITH_YEAR.search(opening) and not _AHEAD.search(opening):
                day = date_in(opening, today) or day
        alone = line.form == "text" and len(line.text.split()) <= 5 and not _AHEAD.search(line.text)
        if line.form == "heading" or alone or re.match(r"\W*date\b", line.text, re.IGNORECASE):
            day = date_in(line.words or line.text, today) or day
        found[line.number] = day
    return found
