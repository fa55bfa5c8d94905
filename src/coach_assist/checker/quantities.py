"""Numbers in a goal: which one measures something, which is a name, a baseline or a placeholder.

A number is a name in "Level 3", "Windows 11", "top 3", "24/7" or a date, and a measure in "from 4 to 2 days".
"""

from __future__ import annotations

from coach_assist.checker.lexicon import BIT
from coach_assist.checker.sentence import Sentence
from coach_assist.checker.tokens import NUMBER, WORD, Token, number_value

_NUMBER_WORD, _NUMBERED, _METRIC, _RANK = (
    BIT["number_words"], BIT["numbered_nouns"], BIT["metric_nouns"], BIT["rank_words"]
)  # fmt: skip
_FRACTION, _FAULT, _NEGATION, _UNIT = (
    BIT["fraction_words"],
    BIT["fault_nouns"],
    BIT["negations"],
    BIT["units"],
)
_CURRENCY, _COMPARE, _FROM, _TO, _STOP = (
    BIT["currency_words"], BIT["compare_words"], BIT["from_words"], BIT["to_words"], BIT["stop_words"]
)  # fmt: skip
_PLACEHOLDER, _IDIOM, _OUTCOME, _ABSTRACT = (
    BIT["placeholders"], BIT["idioms"], BIT["outcome_phrases"], BIT["abstract_nouns"]
)  # fmt: skip
_VERB = 0
for _kind in ("change_verbs", "finish_verbs", "make_verbs", "act_verbs", "reach_verbs", "be_verbs"):
    _VERB |= BIT[_kind]
_SUFFIXES = frozenset(
    {"k", "m", "x", "bn", "b", "mm", "mn", "h", "s", "ms", "min", "mins", "hr", "hrs", "g", "kg",
     "km", "t", "pp",
     "pct", "d", "cm", "mb", "gb", "kb", "l", "ml", "kwh", "mio", "tsd", "pts", "bps", "wk", "mo",
     "yr", "am", "pm"}
)  # fmt: skip
_SIGNS = frozenset({"<", ">", "\u2264", "\u2265", "=", "~", "\u2248", "+", "\u00b1", "\u2192"})
_MONEY = frozenset({"$", "\u20ac", "\u00a3", "\u00a5", "\u20b9"})
_NAMED_RATIOS = frozenset({"24/7", "1:1", "50/50", "9/11", "80/20", "24/5", "365/7", "1/1"})
_CALENDAR_YEARS = range(1950, 2100)


class Measure:
    """One quantity: tokens `first` to `last`, its kind, value, and whether it is only a baseline."""

    __slots__ = ("baseline", "first", "kind", "last", "number", "value")

    def __init__(self, first: int, last: int, kind: str, value: float, number: int) -> None:
        self.first = first
        self.last = last
        self.kind = kind
        """percent, money, count, score, duration, times, fraction, none (of a fault) or rank."""
        self.value = value
        self.number = number
        """The place of the number token."""
        self.baseline = False


class Quantities:
    """All quantities of a sentence. Spans are token places."""

    __slots__ = ("measures", "names", "placeholders")

    def __init__(self) -> None:
        self.measures: list[Measure] = []
        self.names: list[tuple[int, int]] = []
        self.placeholders: list[tuple[int, int]] = []

    @property
    def targets(self) -> list[Measure]:
        """Measures that are not merely where things stand today."""
        return [measure for measure in self.measures if not measure.baseline]

    @property
    def baselines(self) -> list[Measure]:
        """Measures that say where things stand today."""
        return [measure for measure in self.measures if measure.baseline]


def quantities(sentence: Sentence, claimed: set[int]) -> Quantities:
    """Return the quantities of `sentence`; tokens in `claimed` belong to dates and rhythms."""
    found = Quantities()
    tokens = sentence.tokens
    in_idiom = {place for hit in sentence.hits if hit.tags & _IDIOM for place in range(hit.first, hit.last)}
    placeholders(sentence, claimed, found)
    skip = -1
    for place, token in enumerate(tokens):
        if place < skip or place in claimed or place in in_idiom:
            continue
        if token.kind == NUMBER:
            measure = _number(sentence, place, found)
        elif token.tags & _NUMBER_WORD:
            measure = _number_word(sentence, place)
        elif token.tags & _FRACTION or sentence.phrase(place, _FRACTION):
            measure = _fraction(sentence, place)
        elif token.tags & _NEGATION:
            measure = _fault(sentence, place)
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
        if token.kind == WORD and len(token.raw) == 1 and token.raw in "XYZN" and place not in claimed:
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


def _touching(left: Token, right: Token) -> bool:
    return left.end == right.start


def _number(s: Sentence, place: int, found: Quantities) -> Measure | None:
    """Judge one number in digits."""
    tokens, token = s.tokens, s.tokens[place]
    value = number_value(token.raw)
    following = tokens[place + 1] if place + 1 < len(tokens) else None
    previous = tokens[place - 1] if place else None
    first, last = place, place + 1
    kind = "count"
    if following and following.low in {"am", "pm"}:
        return _clock(s, place, place + 2)
    money = previous is not None and previous.raw in _MONEY
    if money:
        first, kind = place - 1, "money"
    if place == 0 and following and following.raw in {".", ")"} and place + 2 < len(tokens):
        return None  # the number of a list item
    if following and following.kind == WORD and _touching(token, following):
        if following.low in {"st", "nd", "rd", "th"}:
            return None
        if following.low in {"am", "pm"}:
            return _clock(s, place, place + 2)
        if following.low not in _SUFFIXES or (
            following.low in {"s", "d", "g", "m"} and following.raw.isupper() and following.raw != "M"
        ):
            found.names.append((place, place + 2))
            return None
        last += 1
        kind = {"x": "times", "pp": "percent", "pct": "percent"}.get(following.low, kind)
        following = tokens[last] if last < len(tokens) else None
    if following and following.raw in {":", "/"} and last + 1 < len(tokens):
        other = tokens[last + 1]
        if other.kind == NUMBER and _touching(following, other) and _touching(token, following):
            ratio = f"{token.raw}{following.raw}{other.raw}"
            if following.raw == ":" and len(other.raw) == 2 and (clock := _clock(s, place, last + 2)):
                return clock
            if ratio in _NAMED_RATIOS or following.raw == ":":
                found.names.append((place, last + 2))
                return None
            return Measure(first, last + 2, "score", value, place)
    if previous and previous.raw in {":", "/"} and place >= 2 and tokens[place - 2].kind == NUMBER:
        return None
    if following and (
        following.raw == "%" or following.low in {"percent", "percentage", "pct", "prozent", "pp"}
    ):
        last, kind = last + 1, "percent"
    elif following and following.low == "per" and s.low(last + 1) == "cent":
        last, kind = last + 2, "percent"
    elif following and following.raw == "-" and last + 1 < len(tokens) and tokens[last + 1].kind == WORD:
        if _touching(token, following) and _touching(following, tokens[last + 1]):
            return None  # a compound: 30-day, 5-star
    elif following and following.tags & _UNIT:
        kind = "duration"
        last += 1
    named = _named(s, first, last, kind)
    if named:
        found.names.append((named - 1, last))
        return None
    year = kind == "count" and len(token.raw) == 4 and value == int(value) and int(value) in _CALENDAR_YEARS
    if year and not _counts_things(following):
        return None
    return Measure(first, last, kind, value, place)


def _clock(s: Sentence, first: int, last: int) -> Measure | None:
    """A time of day counts where it is a limit ("leave by 18:00"), not as an appointment ("at 9:30").

    "From 3:20 to 2:40" are minutes and seconds, or times of day that move: measures both.
    """
    limit = s.before(first, BIT["by_words"] | _COMPARE)
    if s.before(first, _FROM | _TO) and s.has(BIT["change_verbs"]):
        return Measure(first, last, "duration", number_value(s.tokens[first].raw), first)
    return Measure(first, last, "clock", 0, first) if limit else None


def _counts_things(following: Token | None) -> bool:
    """Whether a plural stands after the number ("2000 customers"): then it is no year."""
    if following is None or following.kind != WORD or following.tags & _STOP:
        return False
    return following.low.endswith("s") or bool(following.tags & BIT["people_nouns"])


def _named(s: Sentence, first: int, last: int, kind: str) -> int:
    """Return the place of the number + 1 where the word before it makes it a name, else 0."""
    if kind not in {"count", "duration"} or first == 0:
        return 0
    previous = s.tokens[first - 1]
    hyphened = previous.raw == "-" and first >= 2 and s.tokens[first - 2].kind == WORD
    if hyphened and _touching(s.tokens[first - 2], previous) and _touching(previous, s.tokens[first]):
        return first  # K-12, F-16
    if previous.raw == "#" or (previous.raw == "-" and first >= 2 and s.tags(first - 2) & _RANK):
        return first
    if previous.tags & _RANK:
        return first if not s.before(first, _COMPARE) else 0
    if previous.kind != WORD or (
        previous.tags & (_METRIC | _COMPARE | _FROM | _TO | _VERB) and not previous.tags & _NUMBERED
    ):
        return 0
    counted = s.tags(last) & ~_STOP and s.tokens[last].kind == WORD if last < len(s.tokens) else False
    proper = previous.raw[0].isupper() and first - 1 > 0 and not s.ends_here(first - 2)
    if previous.tags & _NUMBERED and (proper or not (previous.tags & _VERB and counted)):
        return 0 if counted and previous.low.endswith("s") else first
    title = last < len(s.tokens) and s.tokens[last].raw[:1].isupper() and s.tokens[last].kind == WORD
    if proper and not previous.tags:
        return first
    if proper and not previous.raw.isupper() and (not counted or title) and not previous.tags & _STOP:
        return first
    return 0


def _number_word(s: Sentence, place: int) -> Measure | None:
    """Judge one number in words; "one" counts only before a thing, and not in "number one"."""
    token = s.tokens[place]
    value = float(s.lexicon.value(token, _NUMBER_WORD) or 1)
    if value == 1 and place and s.tags(place - 1) & _RANK:
        return None
    last = place + 1
    while last < len(s.tokens) and (s.tags(last) & _NUMBER_WORD or s.low(last) == "-"):
        if s.low(last) == "-" and not s.tags(last + 1) & _NUMBER_WORD:
            break
        last += 1
    following = s.tokens[last] if last < len(s.tokens) else None
    if following and following.raw == "-":
        return None
    if (following and following.low in {"percent", "prozent"}) or (following and following.raw == "%"):
        return Measure(place, last + 1, "percent", value, place)
    if value == 0:
        return Measure(place, last, "none", 0, place)
    if following is None or following.kind != WORD:
        return Measure(place, last, "count", value, place) if value > 1 and following is None else None
    if (
        following.tags & _STOP
        and not (
            following.low in {"a", "an", "per", "each", "every", "pro", "im"}
            and value > 0
            and token.low[0] in "toze"
        )
        and (
            following.low not in {"of", "more", "new", "other", "out", "my", "our", "the"}
            or (value == 1 and following.low != "new")
        )
    ):
        return None
    if value == 1 and (
        following.tags & _VERB and not following.tags & (_METRIC | BIT["thing_nouns"] | BIT["artefact_nouns"])
    ):
        return None
    kind = "duration" if following.tags & _UNIT else "count"
    return Measure(place, last, kind, value, place)


def _fraction(s: Sentence, place: int) -> Measure | None:
    last = s.at(place, _FRACTION)
    if place and s.tags(place - 1) & _PLACEHOLDER:
        return None
    if s.low(last) == "-" or s.low(place - 1) in {"first", "second"}:
        return None
    return Measure(place, last, "fraction", 0.5, place)


def _fault(s: Sentence, place: int) -> Measure | None:
    """No corrections, without errors, zero missed deadlines."""
    for near in range(place + 1, min(place + 4, len(s.tokens))):
        token = s.tokens[near]
        if token.kind != WORD:
            break
        if token.tags & _FAULT:
            return Measure(place, near + 1, "none", 0, place)
    return None


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
