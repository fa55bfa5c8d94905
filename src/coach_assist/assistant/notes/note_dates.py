"""On which day a line was noted: the date in the nearest heading, or on a line of its own, above it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from coach_assist.assistant.notes.lines import Line
from coach_assist.assistant.notes.written_dates import date_in

_AHEAD = re.compile(r"\b(?:next|by|until|till|due|on|before|for)\b", re.IGNORECASE)


def days_noted(lines: Iterable[Line], today: date) -> dict[int, date]:
    """Return for each line number the day on which it was noted, `today` where the notes do not say."""
    found: dict[int, date] = {}
    day = today
    for line in lines:
        alone = line.form == "text" and len(line.text.split()) <= 5 and not _AHEAD.search(line.text)
        if line.form == "heading" or alone or re.match(r"\W*date\b", line.text, re.IGNORECASE):
            day = date_in(line.words or line.text, today) or day
        found[line.number] = day
    return found
