"""Reading one number of a goal, in digits or words: a measure, or a name such as "Level 3" or "24/7"."""

from __future__ import annotations

from coach_assist.checker.lexicon import BIT
from coach_assist.checker.measures import Measure, Quantities
from coach_assist.checker.sentence import Sentence
from coach_assist.checker.tokens import NUMBER, WORD, Token, number_value

_NUMBER_WORD, _NUMBERED, _METRIC, _RANK = (
    BIT["number_words"], BIT["numbered_nouns"], BIT["metric_nouns"], BIT["rank_words"]
)  # fmt: skip
_FRACTION, _FAULT, _UNIT = BIT["fraction_words"], BIT["fault_nouns"], BIT["units"]
_COMPARE, _FROM, _TO, _STOP = BIT["compare_words"], BIT["from_words"], BIT["to_words"], BIT["stop_words"]
_PLACEHOLDER = BIT["placeholders"]
_VERB = 0
for _kind in ("change_verbs", "finish_verbs", "make_verbs", "act_verbs", "reach_verbs", "be_verbs"):
    _VERB |= BIT[_kind]
_SUFFIX, _ORDINAL_MARK = BIT["number_suffixes"], BIT["ordinal_marks"]
_MONEY = frozenset({"$", "\u20ac", "\u00a3", "\u00a5", "\u20b9"})
_NAMED_RATIOS = frozenset({"24/7", "1:1", "50/50", "9/11", "80/20", "24/5", "365/7", "1/1"})
_CALENDAR_YEARS = range(1950, 2100)


def _touching(left: Token, right: Token) -> bool:
    return left.end == right.start


def read_number(s: Sentence, place: int, found: Quantities) -> Measure | None:
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
        if following.tags & _ORDINAL_MARK:
            return None
        if following.low in {"am", "pm"}:
            return _clock(s, place, place + 2)
        if not following.tags & _SUFFIX or (
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


def read_number_word(s: Sentence, place: int) -> Measure | None:
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


def read_fraction(s: Sentence, place: int) -> Measure | None:
    last = s.at(place, _FRACTION)
    if place and s.tags(place - 1) & _PLACEHOLDER:
        return None
    if s.low(last) == "-" or s.low(place - 1) in {"first", "second"}:
        return None
    return Measure(place, last, "fraction", 0.5, place)


def read_fault(s: Sentence, place: int) -> Measure | None:
    """No corrections, without errors, zero missed deadlines."""
    for near in range(place + 1, min(place + 4, len(s.tokens))):
        token = s.tokens[near]
        if token.kind != WORD:
            break
        if token.tags & _FAULT:
            return Measure(place, near + 1, "none", 0, place)
    return None
