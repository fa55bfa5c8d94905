"""What a fact counts, in its own words: "7 of 12 tasks took too long" → "tasks that took too long"."""

from __future__ import annotations

import re

from coach_assist.assistant.fact import Fact
from coach_assist.assistant.numbers import NUMBER
from coach_assist.assistant.words import content_stems, words_of

LONGEST = 100
_PLURAL_VERBS = {"is": "are", "was": "were", "has": "have", "does": "do", "isn't": "aren't",
                 "doesn't": "don't",
                 "wasn't": "weren't", "hasn't": "haven't"}  # fmt: skip
_RELATIVE = re.compile(r"(?:that|which|who|whom|she|he|they|we|I)\s", re.IGNORECASE)
_RELATIVE_END = re.compile(r"\s(?:are|were|have|had|get|got|go|went|come|came|need|take|took)\s")
_CLAUSE_END = re.compile(
    r",\s+(?:because|since|as|while|although|though|so|which|and|but)\b|\s+(?:because|although)\s|[;:(]"
)
_IN_WHICH = re.compile(
    r"(?P<said>[^,;:.]{3,70}?)\s+(?P<prep>in|on|at|after|during|for)\s+(?:only\s+|just\s+|about\s+|barely\s+)*$",
    re.IGNORECASE,
)
_PEOPLE = re.compile(
    r"\b(?:people|pupils|students|customers|clients|patients|visitors|guests|volunteers|trainees|members|callers|users|"
    r"parents|nurses|agents|employees|colleagues|staff|drivers|apprentices|teachers|candidates|residents|children)$",
    re.IGNORECASE,
)
_TIME_FIRST = re.compile(
    r"^(?:(?:in|on|at|during|over|since)\s+[^,]{2,40},\s*|(?:in|during|over)\s+(?:the\s+)?(?:last|past|first)?\s*(?:[\w-]+\s+){0,2}"
    r"(?:weeks?|months?|sprints?|quarters?|days?|year|lesson|spring|summer|autumn|winter|january|february|march|april|may|june|"
    r"july|august|september|october|november|december)\s+)",
    re.IGNORECASE,
)


def counted_words(fact: Fact) -> str:
    """Return what a share or a number of times counts, from the words around it, or "" where they don't tell.

    English only.
    """
    if re.match(r"times\b", fact.unit):
        return _times(fact)
    if fact.of is None or not fact.unit:
        return ""
    noun, after = _noun_after(fact)
    if not noun:
        return _inverted(fact)
    rest = _CLAUSE_END.split(after, maxsplit=1)[0].split(", ")[0].strip(" ,.")
    if _RELATIVE.match(rest):
        # "4 of the 10 tickets that she takes are escalated": what is said of them comes after.
        said = _RELATIVE_END.search(rest)
        rest = rest[said.start() :].strip() if said else ""
    first, _, more = rest.partition(" ")
    if (
        rest
        and first.lower() not in ("of", "in", "on", "at", "for", "from", "last", "this")
        and len(words_of(rest)) >= 1
    ):
        verb = _PLURAL_VERBS.get(first.lower(), first)
        if fact.baseline == "1" and re.fullmatch(r"[a-z]+[^s]s", verb):
            verb = _without_s(verb)
        that = "who" if _PEOPLE.search(noun) else "that"
        return _fitting(f"{noun} {that} {verb} {more}".strip())
    before = _TIME_FIRST.sub("", fact.text[: fact.start]).strip()
    match = _IN_WHICH.search(f"{before} ")
    if match is None:
        return ""
    clause = match["said"].strip()
    return _fitting(f"{noun} {match['prep'].lower()} which {clause[0].lower()}{clause[1:]}")


def _inverted(fact: Fact) -> str:
    """Return "seats sold in May that stayed empty" of "Of 120 seats sold in May, 54 stayed empty"."""
    match = re.search(
        rf"\b(?:out\s+of|of)\s+(?:[^\W\d_]+\s+)?{fact.of}\s+(?P<noun>[^,(]{{3,60}})", fact.text, re.IGNORECASE
    )
    if match is None or match.start() > fact.start:
        return ""
    noun = re.sub(
        r"\s+(?:only|just|about|nearly|almost|barely|half|a third|a quarter|some)\b.*$", "", match["noun"]
    ).strip()
    rest = _CLAUSE_END.split(fact.text[fact.end :].lstrip(" )"), maxsplit=1)[0].strip(" ,.)")
    if not rest or not noun:
        return ""
    return _fitting(f"{noun} {'who' if _PEOPLE.search(noun.split()[0]) else 'that'} {rest}")


def _times(fact: Fact) -> str:
    """Return "times that she corrected him" of "She corrected him four times in May"."""
    said = _TIME_FIRST.sub("", fact.text[: fact.start]).strip(" ,")
    said = re.sub(r"\s+(?:about|only|at least|some|up to|more than|almost|nearly)$", "", said)
    if not 2 <= len(words_of(said)) <= 14:
        return ""
    return _fitting(f"times that {said[0].lower()}{said[1:]}")


def _without_s(verb: str) -> str:
    """Return the plural form of a verb: "fills" → "fill", "tries" → "try", "misses" → "miss"."""
    if verb.endswith("ies"):
        return f"{verb[:-3]}y"
    return verb[:-2] if re.search(r"(?:ss|sh|ch|x|zz|o)es$", verb) else verb[:-1]


def _noun_after(fact: Fact) -> tuple[str, str]:
    """Return the counted noun and what follows it: "20 billing tickets are late" → "billing tickets"."""
    tail = re.match(rf".*?{NUMBER}\s+(?P<rest>[^\W\d_].*)$", fact.text[fact.start :], re.IGNORECASE)
    share = re.match(
        rf"(?:\S+\s+)?(?:[^\W\d_]+\s+)?(?:out\s+of|of|in)\s+(?:[^\W\d_]+\s+)*?{NUMBER}\s+(?P<rest>.*)$",
        fact.text[fact.start :], re.IGNORECASE,
    )  # fmt: skip
    if share is None or tail is None:
        return "", ""
    rest = share["rest"]
    for count, word in enumerate(re.finditer(r"[^\W\d_][\w'’-]*", rest)):
        if count > 2:
            break
        text = word[0]
        if (text.endswith("s") and not text.endswith(("ss", "us", "is"))) or text.lower() in (
            "people",
            "children",
            "staff",
        ):
            return rest[: word.end()], rest[word.end() :]
    return "", ""


def _fitting(text: str) -> str:
    return text if len(text) <= LONGEST and not re.search(r"[\"“”{}<>]", text) else ""


def names_what_is_counted(metric: str, fact: Fact) -> bool:
    """Say whether a metric's words hold what a share counts: its noun, and half of what is said of it."""
    counted = content_stems(counted_words(fact).removeprefix("times"))
    return not counted or len(content_stems(metric) & counted) * 2 >= len(counted)


_OVER = re.compile(r"\b(?:r[au]ns?|went|go(?:es)?)\s+over\b|\boverr[au]ns?\b", re.IGNORECASE)
_LATE = re.compile(r"\blate\b|\bbehind\b|\bafter the deadline\b|\bdelayed\b", re.IGNORECASE)
_SAYS_SO = re.compile(r"\b(?:over\w*|late\w*|delay\w*|behind|past|after)\b", re.IGNORECASE)
_LENGTH = re.compile(
    r"^(?:the\s+)?(?:average\s+)?(?:length|duration|time)\s+(?:of|for|taken for)\s+", re.IGNORECASE
)


def overdue_metric(metric: str, fact: Fact) -> str:
    """Return a metric that says so where a time is one beyond the plan: "overrun of team meetings"."""
    if not fact.is_time or _SAYS_SO.search(metric):
        return metric
    bare = _LENGTH.sub("", metric)
    if _OVER.search(fact.text):
        return f"overrun of {bare}"
    return f"delay of {bare}" if _LATE.search(fact.text) else metric
