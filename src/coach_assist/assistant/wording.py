"""Wording: the sentences that code assembles from slots, in English and German, and the forms in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from coach_assist.assistant.facts import Fact
from coach_assist.assistant.language import Language
from coach_assist.assistant.lexicon import word_list, word_pattern
from coach_assist.assistant.words import stem, words_of

_ARTICLE = re.compile(r"^(?:the|a|an|his|her|their|its|our|my|each|every)\s", re.IGNORECASE)
_GERMAN_ARTICLE = re.compile(r"^(?:den|die|das)\s")
_COUNTED = re.compile(
    r"^(?:the\s+)?(?:total\s+)?"
    r"(?:number|count|amount|quantity|percentage|percent|rate|ratio|proportion|share)\s+of\s+",
    re.IGNORECASE,
)
_SHARED = re.compile(r"^(?:the\s+)?(?:percentage|percent|rate|ratio|proportion|share|part)\b", re.IGNORECASE)
_QUOTED = re.compile(r"^the figure in “")
_PEOPLE = word_pattern("people", at_end=True)
_TIMES = re.compile(r"^(?:times|Mal)\b")
MONEY = ("$", "€", "£")
_PER = re.compile(r"\s(?:a|an|per|each|every|pro|am|je)\s.*$|\s(?:daily|weekly|monthly)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Change:
    """A measured change: the fact that it starts from and the value to reach (a decimal string)."""

    fact: Fact
    target: str


def from_to(change: Change, metric: str, language: Language) -> str:
    """Return "from 4 of 10 to 2 of 10", "from 25 to 15 minutes", "from 70 % to 55 %"."""
    fact, (word_from, word_to) = change.fact, ("von", "auf") if language == "de" else ("from", "to")
    known = {stem(word) for word in words_of(metric)}
    unit = fact.unit
    if fact.of is not None:
        inner = "von" if language == "de" else "of"
        noun = f" {unit}" if unit and stem(unit.split()[-1]) not in known else ""
        whole = f"{inner} {fact.of}"
        if language == "de":
            return f"{word_from} {fact.baseline} {word_to} {change.target} {whole}{noun}"
        return f"{word_from} {fact.baseline} {whole} {word_to} {change.target} {whole}{noun}"
    if unit.startswith("%"):
        return f"{word_from} {fact.baseline} % {word_to} {change.target} %"
    if unit in MONEY:
        return f"{word_from} {unit}{fact.baseline} {word_to} {unit}{change.target}"
    if _TIMES.match(unit):
        unit = _TIMES.sub("", unit).strip()
    if not fact.is_time and unit:
        noun = _PER.sub("", unit)
        if noun and {stem(noun.split()[0]), stem(noun.split()[-1])} & known:
            unit = unit[len(noun) :].strip()
            if unit and all(stem(word) in known for word in words_of(unit) if len(word) > 2):
                unit = ""
    elif (
        fact.is_time
        and (rate := _PER.search(unit))
        and all(
            stem(word) in known
            for word in words_of(rate[0])
            if len(word) > 2 and word.lower() not in ("per", "pro", "each")
        )
    ):
        unit = _PER.sub("", unit)
        if stem(unit.split()[-1]) in known:
            unit = ""
    return f"{word_from} {fact.baseline} {word_to} {change.target}{f' {unit}' if unit else ''}"


def metric_phrase(metric: str, fact: Fact, language: Language) -> str:
    """Return the metric as it stands in a sentence: "the share of tickets escalated"."""
    if language == "de" or _QUOTED.search(metric):
        return metric
    bare = _COUNTED.sub("", metric)
    if fact.of is not None or fact.unit.startswith("%"):
        if _SHARED.match(metric) or bare != metric:
            return f"the share of {bare}" if bare != metric else _with_article(metric)
        return f"the share of {metric}"
    if fact.is_time or fact.unit in MONEY:
        return _with_article(metric)
    if not fact.unit or _TIMES.match(fact.unit):
        return f"the number of {bare}" if _plural(_head(bare)) else _with_article(metric)
    # "the waste from 18 to 10 portions", but "the number of runs repeated from 3 to 2 a month".
    noun = _PER.sub("", fact.unit).split()
    known = {stem(word) for word in words_of(metric)}
    if noun and not {stem(noun[0]), stem(noun[-1])} & known:
        return _with_article(bare)
    return f"the number of {bare}"


def _with_article(text: str) -> str:
    return text if _ARTICLE.match(text) else f"the {text}"


def measured_statement(
    *,
    who: str,
    due: date,
    metric: str,
    change: Change,
    better: str,
    how: str,
    evidence: str,
    language: Language,
) -> str:
    """Assemble the statement of a goal that moves a measured number. `who` may be "" (then imperative)."""
    span = from_to(change, metric, language)
    if language == "de":
        verb = "senken" if better == "less" else "steigern"
        what = metric if _GERMAN_ARTICLE.match(metric) else f"den Wert „{metric.strip('„“')}“"
        if re.search(r",\s(?:die|der|das|welche[rsn]?|bei denen)\s[^,]+$", what):
            what += ","  # the clause inside is closed
        head = f"Bis {due.isoformat()} {f'wird {who} ' if who else ''}{what} {span} {verb}"
        return head + (f" ({how})" if how else "") + (f"; Nachweis: {evidence}" if evidence else "") + "."
    verb = "reduce" if better == "less" else "increase"
    phrase = metric_phrase(metric, change.fact, language)
    head = f"By {due.isoformat()}, {f'{who} {verb}s' if who else verb} {phrase} {span}"
    return (
        head + (f" by {how}" if how else "") + (f", shown by {_evidence(evidence)}" if evidence else "") + "."
    )


def observed_statement(
    *, who: str, due: date, action: str, times: int, occasions: str, evidence: str, language: Language
) -> str:
    """Assemble the statement of a goal that is seen on a number of occasions."""
    if language == "de":
        subject = f"wird {who} " if who else ""
        head = f"Bis {due.isoformat()} {subject}bei mindestens {times} Gelegenheiten ({occasions}) {action}"
        return head + (f"; Nachweis: {evidence}" if evidence else "") + "."
    if not reads_as_plural(occasions):
        count = f"on at least {times} occasions ({occasions})"
    else:
        count = f"{'with' if _PEOPLE.search(_head(occasions)) else 'in'} at least {times} {occasions}"
    head = f"By {due.isoformat()}, {f'{who} will {action}' if who else action} {count}"
    return head + (f", shown by {_evidence(evidence)}" if evidence else "") + "."


def _evidence(evidence: str) -> str:
    one = not _ARTICLE.match(evidence) and _ONE_RECORD.search(_head(evidence))
    return f"the {evidence}" if one and "'" not in evidence.split()[0] else evidence


_ONE_RECORD = re.compile(
    r"\b(?:report|log|list|record|sheet|count|tally|survey|board|calendar|checklist|form|book|file|box|dashboard|"
    r"tracker|register|spreadsheet|rota|table|diary|queue|statistic|protocol|system)$",
    re.IGNORECASE,
)


def _head(phrase: str) -> str:
    return re.split(
        r"\s(?:with|of|on|in|at|for|to|from|about|that|when|where|between|by)\s", f"{phrase} ", maxsplit=1
    )[0].strip()


def reads_as_plural(occasions: str) -> bool:
    """Say whether "at least 4 <occasions>" reads as a count: a short plural noun phrase."""
    words = occasions.split()
    if not 1 <= len(words) <= 7:
        return False
    head = _head(occasions)
    last = head.split()[-1] if head.split() else ""
    return (
        last.endswith("s")
        and not last.endswith(("'s", "’s", "ss", "s'"))
        and "," not in occasions
        and " and " not in head
    )


_VERBS = word_list("base_verbs") | word_list("happening_verbs")


def _says_what_happens(obstacle: str) -> bool:
    """Say whether a clause has a verb: "the phone rings" has, "late sheets from the shops" has not."""
    return any(
        word in _VERBS or word.removesuffix("s") in _VERBS or word.removesuffix("es") in _VERBS
        or (word.endswith("ed") and len(word) > 4) or word.endswith("n't")
        for word in (one.lower() for one in words_of(obstacle)[1:])
    )  # fmt: skip


def _plural(head: str) -> bool:
    last = head.split()[-1] if head.split() else ""
    return last.endswith("s") and not last.endswith(("'s", "’s", "ss", "us", "is"))


def period(text: str) -> str:
    """Return one sentence with a full stop at its end and no white space around it."""
    text = text.strip()
    return text if not text or text[-1] in ".!?…" else f"{text}."


def if_then(obstacle: str, response: str, who: str, language: Language) -> str:
    """Return the implementation intention: "If the queue is long, then Ana reads the log first." """
    if language == "de":
        return period(f"Wenn das eintritt: {obstacle}, dann: {response}")
    if not _says_what_happens(obstacle):
        obstacle = f"it comes to {obstacle}"
    return period(f"If {obstacle}, then {who + ' ' if who else ''}{response}")
