"""Numbers in a goal: which one measures something, which is a name, a baseline or a placeholder.

A number is a name in "Level 3", "Windows 11", "top 3", "24/7" or a date, and a measure in "from 4 to 2 days".
"""

from __future__ import annotations

from coach_assist.checker.lexicon import BIT
from coach_assist.checker.measures import Measure, Quantities
from coach_assist.checker.number_reading import read_fault, read_fraction, read_number, read_number_word
from coach_assist.checker.sentence import Sentence
from coach_assist.checker.tokens import NUMBER

_NUMBER_WORD, _METRIC = BIT["number_words"], BIT["metric_nouns"]
_FRACTION, _NEGATION, _UNIT = BIT["fraction_words"], BIT["negations"], BIT["units"]
_COUNTS = _NUMBER_WORD | _FRACTION | _NEGATION
_FROM, _TO = BIT["from_words"], BIT["to_words"]
_PLACEHOLDER, _IDIOM = BIT["placeholders"], BIT["idioms"]
_MONEY = frozenset({"$", "\u20ac", "\u00a3", "\u00a5", "\u20b9"})
_CALENDAR_YEARS = range(1950, 2100)


def quantities(sentence: Sentence, claimed: set[int]) -> Quantities:
    """Return the quantities of `sentence`; tokens in `claimed` belong to dates and rhythms."""
    found = Quantities()
    tokens = sentence.tokens
    in_idiom = {place for hit in sentence.hits if hit.tags & _IDIOM for place in range(hit.first, hit.last)}
    placeholders(sentence, claimed, found)
    skip = -1
    for place, token in enumerate(tokens):
        if not (token.kind == NUMBER or sentence.starts[place] & _COUNTS):
            continue
        if place < skip or place in claimed or place in in_idiom:
            continue
        if token.kind == NUMBER:
            measure = read_number(sentence, place, found)
        elif token.tags & _NUMBER_WORD:
            measure = read_number_word(sentence, place)
        elif sentence.at(place, _FRACTION):
            measure = read_fraction(sentence, place)
        elif token.tags & _NEGATION:
            measure = read_fault(sentence, place)
        else:
            continue
        if measure:
            found.measures.append(measure)
            skip = measure.last
    _mark_baselines(sentence, found)
    _rhythm_targets(sentence, found)
    return found


def _rhythm_targets(s: Sentence, found: Quantities) -> None:
    """A rhythm as the wanted value: "from three times a week to daily", "from quarterly to monthly"."""
    known = found.baselines[0].last if found.baselines else 0
    for first, last in s.spans(BIT["cadence_words"]):
        if first and s.tags(first - 1) & _FROM and not known:
            known = last
        elif known and s.tags(first - 1) & _TO and first > known:
            found.measures.append(Measure(first, last, "rate", 0, first))
            return


def placeholders(sentence: Sentence, claimed: set[int], found: Quantities) -> None:
    """Find values still to be filled in: "X %", "[date]", "TBD", "$X", "___"."""
    tokens = sentence.tokens
    for first, last in sentence.spans(_PLACEHOLDER):
        found.placeholders.append((first, last))
    for place, token in enumerate(tokens):
        if len(token.raw) > 1:
            continue
        if token.raw in "XYZN" and place not in claimed:
            if sentence.low(place + 1) in {"%", "percent"} or (
                sentence.low(place - 1) in _MONEY | {"by"}
                and (sentence.low(place - 1) in _MONEY or sentence.tags(place + 1) & (_UNIT | _METRIC))
            ):
                found.placeholders.append((place, place + 1))
        elif token.raw == "#" and sentence.low(place + 1) == "#":
            found.placeholders.append((place, place + 2))
        elif token.raw == "[":
            close = next(
                (p for p in range(place + 1, min(place + 14, len(tokens))) if tokens[p].raw in "[]"), 0
            )
            filled = close > place + 1 and tokens[close].raw == "]" and sentence.low(close + 1) != "("
            box = (
                filled
                and close == place + 2
                and tokens[place + 1].low == "x"
                and sentence.low(close + 1) != "%"
            )
            if filled and not box:  # "[x]" is a ticked box, "[text](link)" a link
                found.placeholders.append((place, close + 1))
    gap = sentence.text.find("___")
    if gap >= 0 and tokens:
        near = next((p for p, token in enumerate(tokens) if token.start > gap), len(tokens) - 1)
        found.placeholders.append((near, near + 1))


def _mark_baselines(s: Sentence, found: Quantities) -> None:
    """Mark the numbers that say where things stand: "from 4", "(currently 45 %)", "a baseline of 80"."""
    for measure in found.measures:
        for back in range(measure.first - 1, max(measure.first - 4, -1), -1):
            token = s.tokens[back]
            if token.tags & BIT["target_words"] or token.raw in {",", "<", ">"}:
                break
            if token.tags & _FROM and _from_whom(s, found, measure):
                break
            if token.tags & BIT["baseline_words"]:
                measure.baseline = True
                break


def _from_whom(s: Sentence, found: Quantities, measure: Measure) -> bool:
    """Whether "from 5 teams" says from whom, not from which value: no later number takes it up."""
    after = measure.last + 1 if s.low(measure.last) == "+" else measure.last
    if measure.kind != "count" or not s.tags(after) & (BIT["people_nouns"] | BIT["artefact_nouns"]):
        return False
    return all(other.first <= measure.first for other in found.measures)
