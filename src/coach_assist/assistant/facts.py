"""Measured facts: what the answers say in numbers, found by code.

A goal's baseline is one of these, so it is grounded by construction. Numbers that are names (years,
versions, team sizes), dates, spans of the past and lengths of meetings are no measurements.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from coach_assist.assistant.fact import LONGEST_FACT
from coach_assist.assistant.fact import Fact as Fact
from coach_assist.assistant.measuring import WANTED_IN, fact_of
from coach_assist.assistant.numbers import as_decimal_text
from coach_assist.assistant.ranges import RANGE, TODAY, norm_in
from coach_assist.assistant.words import clauses, content_stems

MEASURED_IN = (
    "goal", "current_state", "measure", "situation", "behaviour", "impact", "why", "strengths",
    "development_area",
)  # fmt: skip


MOST_FACTS = 5
_ONLY_IT = re.compile(r"(?:it|this|that|which|they|these|es|das|dies)\s", re.IGNORECASE)
REASONS = ("why", "impact", "strengths")
"""Questions whose answers say what follows from the state of things, or what is good in it."""


def measured_facts(answers: Iterable[tuple[str, str]]) -> list[Fact]:
    """Return the measured facts of (question id, answer) pairs, in the order of MEASURED_IN.

    One fact a clause at most; a clause is cut at sentence ends, semicolons and ", and".
    """
    given = list(answers)
    found: list[Fact] = []
    seen: set[tuple[str, str]] = set()
    for question in MEASURED_IN:
        for name, text in given:
            if name != question:
                continue
            latest: Fact | None = None
            before = ""
            for clause in clauses(text):
                if question in WANTED_IN and not (RANGE.search(clause) or TODAY.search(clause)):
                    continue  # a number there is what is wanted, not what is
                fact = fact_of(question, _with_subject(text, before, clause))
                before = clause
                if fact is None and latest is not None and found[-1] is latest and (norm := norm_in(clause)):
                    # "Closing took eleven days; six are planned."
                    found[-1] = replace(latest, norm=as_decimal_text(norm[0]))
                latest = fact
                if fact and (fact.baseline, fact.unit.lower()) not in seen:
                    seen.add((fact.baseline, fact.unit.lower()))
                    found.append(fact)
    return found


def facts_for_goals(facts: list[Fact], goals: Iterable[str], about: str = "") -> list[list[Fact]]:
    """Give each goal its candidates, at most MOST_FACTS.

    Facts that share words with one goal go to it alone, the rest to the first goal that has none. What
    was said about reasons is taken only where nothing was measured of the state of things, and where it
    speaks of the goal or of the area (`about`): "two people left" is no measure of better reports.
    """
    wanted = [content_stems(goal) for goal in goals]
    measured = [fact for fact in facts if fact.question not in REASONS]
    area = content_stems(about)
    related = [fact for fact in facts if any(_shared(fact, stems | area) for stems in wanted)]
    facts = measured or related
    lists: list[list[Fact]] = [[] for _ in wanted]
    if len(wanted) == 1:
        return [sorted(facts, key=lambda fact: -_shared(fact, wanted[0]))[:MOST_FACTS]]
    rest = []
    for fact in facts:
        scores = [_shared(fact, stems) for stems in wanted]
        best = max(scores, default=0)
        if best and scores.count(best) == 1:
            lists[scores.index(best)].append(fact)
        else:
            rest.append(fact)
    for fact in rest:
        free = next((own for own in lists if not own), None)
        if free is not None:
            free.append(fact)
    return [own[:MOST_FACTS] for own in lists]


def _with_subject(text: str, before: str, clause: str) -> str:
    """Return a clause with the one before it where it only says "it": "She types it up; it takes a day"."""
    if not before or not _ONLY_IT.match(clause):
        return clause
    start = text.find(before)
    end = text.find(clause, start + len(before))
    whole = text[start : end + len(clause)]
    return whole if 0 <= start < end and len(whole) <= LONGEST_FACT else clause


def _shared(fact: Fact, stems: frozenset[str]) -> int:
    return len(content_stems(fact.text) & stems)
