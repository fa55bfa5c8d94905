"""Reading one measured fact from a clause: shares, percentages, amounts with their units, money, times."""

from __future__ import annotations

import re
from dataclasses import replace

from coach_assist.assistant.amounts import amount_of
from coach_assist.assistant.fact import Fact, make_fact
from coach_assist.assistant.numbers import NUMBER, as_decimal_text, read_number
from coach_assist.assistant.ranges import RANGE, norm_in, range_in
from coach_assist.assistant.shares import share_of

WANTED_IN = ("goal", "measure")
"""Questions whose answers say what is wanted rather than what is."""


def fact_of(question: str, clause: str) -> Fact | None:
    """Return the measured fact of a clause of the answer to `question`, or None."""
    if (span := RANGE.search(clause)) and (found := range_in(clause)):
        unit = re.sub(r"^(?:out of|of|von|in)\s+\S+\s*", "", found[2])
        whole = re.match(rf"(?:out\s+of|of|von|in)\s+({NUMBER})", found[2], re.IGNORECASE)
        of = read_number(whole[1]) if whole else None
        # In a goal the first number is where it starts; in a report of what happened, the second is today.
        number = "n" if question in WANTED_IN else "n2"
        return make_fact(
            question, clause, span[number], as_decimal_text(of) if of else None, unit, span.span(number)
        )
    norm = norm_in(clause) if question not in WANTED_IN else None
    # What should be is read first and taken out, so that it is never taken for what is.
    read = clause
    if norm is not None:
        read = clause[: norm[1]] + " " * (norm[2] - norm[1]) + clause[norm[2] :]
    fact = share_of(question, read) or amount_of(question, read)
    if fact is None or norm is None:
        return fact
    if fact.text == read:
        fact = replace(fact, text=clause)
    return replace(fact, norm=as_decimal_text(norm[0])) if norm[0] != fact.value else fact
