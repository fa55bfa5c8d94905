"""The texts of one unit in other words: the same numbers, dates, names and things, plainer said.

One request a unit. Each text that comes back is held to its old one by code; where it says something else,
loses a fact or brings one in, the old text stays. So the worst that a text can bring about is that nothing
changes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from coach_assist.assistant import checks, repair
from coach_assist.assistant.asking import WARMER, read_json
from coach_assist.assistant.calls import CallRecord, Delta
from coach_assist.assistant.errors import ModelFailed
from coach_assist.assistant.grounding import Grounds
from coach_assist.assistant.language import language_of
from coach_assist.assistant.prompts import load_prompt
from coach_assist.assistant.turns import turns_for
from coach_assist.assistant.words import words_of
from coach_assist.shown import has_hidden_characters, safe_text

if TYPE_CHECKING:
    from coach_assist.assistant.provider import Provider

MOST_TEXTS = 8
"""Texts of one unit that are asked about; the others stay as they are."""
LONGEST = 600
"""Characters of a text that is asked about: what is longer stays as it is."""
_QUOTE = re.compile(r"(?:^|\s)['\"‘“„»«]")
LEAST_SHARED = 0.4
"""Share of the new text's content words that the old one must hold."""


@dataclass(frozen=True, slots=True)
class Reworded:
    """`texts` in the order in which they were given; one that stayed as it was has its reason."""

    texts: tuple[str, ...]
    problems: tuple[str, ...]
    call: CallRecord | None = None
    failed: ModelFailed | None = None


async def reword(
    texts: Sequence[str],
    *,
    about: str,
    provider: Provider,
    again: bool = False,
    on_delta: Callable[[Delta], None] | None = None,
) -> Reworded:
    """Ask for other words for the texts of one unit (`about`: its kind, in words).

    `again`: a further version, asked for more freely. A failure of the model comes back in `failed`, with
    the texts as they were; only cancelling raises, and Refused where the person does not want it sent.
    """
    asked = [number for number, text in enumerate(texts) if text.strip() and len(text) <= LONGEST]
    asked = asked[:MOST_TEXTS]
    kept = Reworded(tuple(texts), ("",) * len(texts))
    if not asked:
        return kept
    prompt = load_prompt("reword")
    rows = [f"part: {about}", *(f"t{place + 1}: {_line(texts[one])}" for place, one in enumerate(asked))]
    try:
        reply = await provider.stream(
            turns_for(prompt, {"answers": "\n".join(rows)}),
            _form(texts, asked),
            max_tokens=sum(len(texts[one]) // 2 for one in asked) + 120,
            temperature=WARMER * 2 if again else 0.0,
            on_delta=on_delta,
            name="reword",
        )
    except ModelFailed as error:
        return Reworded(kept.texts, kept.problems, None, error)
    found = list(texts)
    problems = [""] * len(texts)
    data = read_json(reply.text) or {}
    for place, one in enumerate(asked):
        new = _whole(data.get(f"t{place + 1}"), texts[one])
        problems[one] = problem_of(new, texts[one], "\n".join(texts))
        if not problems[one]:
            found[one] = new
    return Reworded(tuple(found), tuple(problems), reply.record(prompt.purpose))


def problem_of(new: str, old: str, known: str) -> str:
    """Return why a new text cannot stand for the old one; "" where it can. `known` is the whole unit."""
    if words_of(new.lower()) == words_of(old.lower()) or not words_of(new):
        return "it is the same text"
    if has_hidden_characters(new) or any(sign in new for sign in "\n<>{}[]`*|"):
        return "it is no plain text"
    if _QUOTE.search(new) and not _QUOTE.search(old):
        return "it is no plain text"
    if len(new) > max(2 * len(old), 80):
        return "it is much longer"
    grounds = Grounds(known, german=language_of([known]) == "de")
    lost = Grounds(new).inventions(_without_start(old))
    if lost:
        return f"“{lost[0].text}” is gone"
    if grounds.share(new) < LEAST_SHARED:
        return "it says something else"
    return checks.first_problem(
        checks.invented(new, grounds),
        "" if checks.judges_person(old) else checks.judges_person(new),
        checks.wrong_language(new, language_of([known])),
        checks.copied(new, "reword", known),
    )


def _without_start(text: str) -> str:
    """Return a text with a small first letter: a capital there makes no name."""
    return text[:1].lower() + text[1:]


def _form(texts: Sequence[str], asked: Sequence[int]) -> dict[str, Any]:
    fields = {
        f"t{place + 1}": {"type": "string", "minLength": 3, "maxLength": max(2 * len(texts[one]), 80)}
        for place, one in enumerate(asked)
    }
    return {
        "type": "object", "properties": fields, "required": list(fields), "additionalProperties": False,
    }  # fmt: skip


def _whole(text: object, old: str) -> str:
    """Return an answered text as one line, ended as the old one is."""
    line = repair.phrase(text)
    return f"{line}." if line and old.rstrip().endswith(".") else line


def _line(text: str) -> str:
    return safe_text(text, one_line=True)
