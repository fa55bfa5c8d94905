"""Items: a passage in fewer words, held against its lines by code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from coach_assist.assistant.notes.condense import condense, repeats, telegram, tighten, undangled
from coach_assist.assistant.notes.due import due_in
from coach_assist.assistant.notes.headings import Kind
from coach_assist.assistant.notes.line import Line
from coach_assist.assistant.notes.markup import plain
from coach_assist.assistant.notes.passages import Passage
from coach_assist.assistant.notes.private import is_sensitive
from coach_assist.assistant.notes.reading import has_number
from coach_assist.assistant.notes.verbs import is_base_verb
from coach_assist.assistant.numbers import numbers_in
from coach_assist.assistant.privacy.names import nicknames
from coach_assist.assistant.words import content_stems, words_of

SHARED = 0.4
"""The share of an item's content words that must stand in its lines (or their heading)."""
LONG_PASSAGE = 25
"""Words above which a "not" somewhere in a passage need not be in its shortest wording."""
TELLING = 3
"""Content words below which a model's wording says too little, where code has more to say."""


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a summary. `by` tells whether the model or code worded it."""

    kind: Kind
    text: str
    lines: tuple[Line, ...]
    owner: str | None
    due: date | None
    goal: str | None
    by: Literal["model", "rules"]

    @property
    def quotes(self) -> tuple[str, ...]:
        """The lines word for word, as given."""
        return tuple(line.given for line in self.lines)

    def to_json(self) -> dict[str, Any]:
        """Return the item under the keys of schemas/summary.schema.json."""
        return {
            "kind": self.kind,
            "text": self.text,
            "quotes": [{"line": line.number, "text": line.given} for line in self.lines],
            "owner": self.owner,
            "due": None if self.due is None else self.due.isoformat(),
            "goal": self.goal,
        }


CUT_FROM = 86
"""Characters from which a model's wording may have been cut at the longest that is allowed."""
_KINDS = "progress|achievement|obstacle|feedback|decision|action|question|adjustment"
_KIND_LED = re.compile(rf"^(?:(?:{_KINDS})\s*:\s*)+", re.IGNORECASE)
_KIND_SAID = re.compile(
    rf"^(?:(?:positive |supportive |open )?(?:{_KINDS})s?) (?:on|about|to|for|of|in|from|is|was)\s+(?=\S+ "
    rf"\S+)",
    re.IGNORECASE,
)
_NEGATED = re.compile(
    r"\b(?:no|not|none|never|without|cannot|nobody|nothing|neither|unable|lacks?|lacking|missing|fail\w*|"
    r"stopped|"
    r"refus\w+|un\w+ed|kein\w*|nicht|nie|ohne|fehl\w+)\b|n't\b",
    re.IGNORECASE,
)
_PENDING = re.compile(r"\b(?:still|wait\w*|pending|late|delay\w*|blocked|yet|need\w*|open)\b", re.IGNORECASE)
_STILL_OPEN = re.compile(
    r"\b(?:still|wait\w*|pending|late|delay\w*|behind|blocked|slow\w*|stuck|difficult\w*|hard|problem\w*|"
    r"too|need\w*|"
    r"open|remain\w*|yet|overdue|struggl\w+|limited|poor\w*|broken|silent)\b",
    re.IGNORECASE,
)


def support(text: str, passage: Passage) -> float:
    """Return how far the lines of `passage` bear out `text`: the share of its content words in them.

    Words of the heading count for nothing, either way. 0 where the text holds a number or a name that
    neither the lines nor the heading do, or no content word of the lines.
    """
    title = passage.section.title
    said = f"{passage.said} {title}"
    values = {found.value for found in numbers_in(said, dates=True)}
    if any(found.value not in values for found in numbers_in(text, dates=True)):
        return 0.0
    named = f"{passage.owner} {passage.lines[0].speaker} {passage.words}"
    heard = {word.lower().removesuffix("'s") for word in (*words_of(said), *words_of(named))}
    names = [word for word in words_of(text)[1:] if word[:1].isupper() and word != "I"]
    names += [word for word in words_of(text)[:1] if nicknames(word.lower().removesuffix("'s"))]
    if any(name.lower().removesuffix("'s") not in heard for name in names):
        return 0.0
    known, above = content_stems(passage.said), content_stems(title)
    own = {stem: any(akin(stem, other) for other in known) for stem in content_stems(text)}
    counted = [borne for stem, borne in own.items() if borne or not any(akin(stem, other) for other in above)]
    return sum(counted) / len(counted) if counted else 0.0


def akin(one: str, other: str) -> bool:
    """Say whether two stems are of one word, as far as their beginnings tell."""
    return one == other or (min(len(one), len(other)) >= 5 and one[:5] == other[:5])


def cleaned(text: str, kind: Kind) -> str:
    """Return a model's wording on one line: no markup, no kind before it ("Feedback on …"), no full stop."""
    text = plain(_KIND_LED.sub("", text.strip()))
    text = _KIND_SAID.sub("", text) if kind != "feedback" or _KIND_SAID.match(text) else text
    if len(text) >= CUT_FROM:
        text = undangled(text)  # it was cut at the length that one wording may have
    text = text.strip(" .;,!'\"{}[]")
    if kind != "question":
        text = text.rstrip("?")
    return text[:1].upper() + text[1:]


def item_of(passage: Passage, kind: Kind, text: str, by: Literal["model", "rules"]) -> Item:
    """Return the item of `passage`; a text that only repeats its quote is shortened by code first."""
    quotes = [line.given for line in passage.lines]
    if by == "model" and len(content_stems(text)) < TELLING:
        fuller = _shortest_enough(passage, kind, quotes)
        if fuller is not None and len(content_stems(fuller)) > len(content_stems(text)):
            text, by = fuller, "rules"
    if repeats(text, quotes):
        tight = tighten(text)
        text = _shortest_enough(passage, kind, quotes) or (text if repeats(tight, quotes) else tight)
    return Item(
        kind,
        text,
        passage.lines,
        passage.owner or None,
        passage.due if kind == passage.kind else None,
        passage.goal,
        by,
    )


def _shortest_enough(passage: Passage, kind: Kind, quotes: list[str]) -> str | None:
    """Return the first wording by code that does more than repeat the quotes, None where none does."""
    short = rule_text(passage, kind)
    options = (short, telegram(short), tighten(short), tighten(telegram(short)))
    return next((option for option in options if not repeats(option, quotes)), None)


def acceptable(text: str, passage: Passage, kind: Kind) -> bool:
    """Say whether a model's wording may stand for `passage`.

    It must be borne out by the lines, free of what stays private, no question where none is asked, an
    order where something is to be done, and it must neither lose nor add a "not".
    """
    if len(words_of(text)) < 2 or support(text, passage) < SHARED:
        return False
    if is_sensitive(text) and not passage.added:
        return False
    if "?" in text and kind != "question":
        return False
    if kind == "action" and not begins_with_verb(text) and begins_with_verb(rule_text(passage, kind)):
        return False
    return passage.parts != () or _same_sign(text, passage.words)


def begins_with_verb(text: str) -> bool:
    """Say whether a text begins with a verb of work, as an order does."""
    first = text.split()[0].strip(",.:;") if text else ""
    return is_base_verb(first)


def _same_sign(text: str, words: str) -> bool:
    """Say whether a wording says "not" where the passage does, and only there ("late" says it, too)."""
    said, meant = _NEGATED.search(text) is not None, _NEGATED.search(words) is not None
    if said and not meant:
        return _PENDING.search(words) is not None
    return said or not meant or _STILL_OPEN.search(text) is not None or len(words.split()) > LONG_PASSAGE


def rule_text(passage: Passage, kind: Kind) -> str:
    """Return the passage shortened by code."""
    if passage.parts:
        return key_phrases([condense(part, kind) for part in passage.parts])
    words = passage.words
    if kind == "action":
        text = condense(without_deadline(words, passage), kind) or condense(words, kind)
        text = text.rstrip(" ?!.")
        opening = text.split()[0].strip(",.:;") if text else ""
        # "Onboarding pack" under a heading that asks for plans: say that it is worked on.
        cut_at_verb = passage.words[:1].islower() and not passage.said.startswith(passage.words)
        if is_base_verb(opening) or cut_at_verb or passage.kind != "action":
            return text
        return f"{'Help with' if passage.answers else 'Work on'} {lowered(text)}"
    return condense(words, kind)


def without_deadline(words: str, passage: Passage) -> str:
    """Return an action without its due date, which has a field of its own."""
    if passage.due is None:
        return words
    deadline = due_in(words, passage.noted)
    if deadline is None:
        return words
    rest = f"{words[: deadline.start]} {words[deadline.end :]}"
    return (
        " ".join(re.sub(r"\b(?:by|until|on|before|for|this|next)\s*(?=[,.;]|$)", "", rest.strip()).split())
        .replace(" ,", ",")
        .strip(" ,;–—-")
    )


def key_phrases(texts: Sequence[str]) -> str:
    """Return the first words of several texts as one line."""
    most = 5 if len(texts) <= 2 else 4
    return "; ".join(undangled(" ".join(text.split()[:most])) for text in texts)


def lowered(text: str) -> str:
    """Return `text` with a small first letter, unless its first word is a name or an abbreviation."""
    return (
        text
        if text[:2].isupper() or any(letter.isupper() for letter in text[1:].split(" ")[0])
        else text[:1].lower() + text[1:]
    )


def code_suffices(passage: Passage, kind: Kind) -> bool:
    """Say whether code alone says the passage shortly enough, and not only again."""
    text = rule_text(passage, kind)
    most = 9 if kind == "action" else 6
    return 2 <= len(text.split()) <= most and not repeats(text, [line.given for line in passage.lines])


def rule_item(passage: Passage) -> Item | None:
    """Return the item that code alone makes of a passage, or None where its kind is not known.

    Without a kind a passage with a number or a date counts as progress: the extract keeps those.
    """
    kind = passage.kind or ("progress" if has_number(passage.words) else None)
    return None if kind is None else item_of(passage, kind, rule_text(passage, kind), "rules")


def best_match(text: str, passages: Sequence[Passage]) -> Passage | None:
    """Return the passage that bears out `text` best, None where none does."""
    scored = max(
        ((support(text, passage), -passage.place, passage) for passage in passages),
        key=lambda entry: entry[:2],
        default=None,
    )
    return scored[2] if scored is not None and scored[0] >= max(SHARED, 0.5) else None


def uncovered(lines: Iterable[Line], items: Iterable[Item]) -> tuple[int, ...]:
    """Return the numbers of the lines that are not blank and that no item quotes, in order."""
    quoted = {line.number for item in items for line in item.lines}
    return tuple(line.number for line in lines if line.form != "blank" and line.number not in quoted)
