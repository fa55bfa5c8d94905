"""One unit, whole: its fields, what is only suggested, its verdicts, what the checker noticed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from coach_assist.tui.text import joined, marked, plain, stacked

CRITERIA = {"S": "Specific", "M": "Measurable", "A": "Achievable", "R": "Relevant", "T": "Time-bound"}
VERDICT_WORDS = {"met": "met", "unmet": "not stated yet", "unknown": "unknown"}
_VERDICT_SIGNS = {"met": "✓", "unmet": "○", "unknown": "·"}
_VERDICT_STYLES = {"met": "$success", "unmet": "$accent", "unknown": "$foreground-muted"}
MARK = "underline"
"""How noticed words are marked: underlined, never red."""


@dataclass(frozen=True, slots=True)
class CardField:
    """One field: its label, its text, and the stretches of the text that the checker noticed."""

    label: str
    text: str
    spans: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Idea:
    """A suggestion: what the model made up, and what should be settled about it."""

    label: str
    text: str
    question: str


@dataclass(frozen=True, slots=True)
class Noticed:
    """One finding in words."""

    code: str
    words: str
    message: str


@dataclass(frozen=True, slots=True)
class Card:
    """All that a card shows of a unit. Frozen: a change is a new card."""

    kind: str
    note: str
    fields: tuple[CardField, ...]
    ideas: tuple[Idea, ...] = ()
    verdicts: Mapping[Any, str] = field(default_factory=dict)
    """Letter → verdict."""
    reasons: Mapping[Any, str] = field(default_factory=dict)
    noticed: tuple[Noticed, ...] = ()
    before: tuple[CardField, ...] | None = None
    """The fields of the agreed value that this one would replace."""
    removal: bool = False
    said: tuple[CardField, ...] = ()
    """What people remarked on it: the label says who and when."""


class UnitCard(Vertical):
    """Shows a card: labels at the left, texts beside them."""

    DEFAULT_CSS = """
    UnitCard { height: auto; }
    UnitCard > .card-note { color: $foreground-muted; margin-bottom: 1; height: auto; }
    UnitCard .field { height: auto; }
    UnitCard .first { margin-bottom: 1; }
    UnitCard .label { width: 17; color: $foreground-muted; padding-right: 1; height: auto; }
    UnitCard .value { width: 1fr; height: auto; }
    UnitCard .gap { height: 1; }
    UnitCard .said-title { height: auto; margin-top: 1; }
    Screen.-wide UnitCard .label { width: 22; }
    Screen.-narrow UnitCard .label { width: 13; }
    Screen.-tall UnitCard .long { margin-bottom: 1; }
    """

    def __init__(self, card: Card, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.card = card

    def compose(self) -> ComposeResult:
        card = self.card
        yield Static(_heading(card), classes="card-note")
        before = None if card.before is None else {one.label: one.text for one in card.before}
        beside = {one.label for one in card.fields}
        for place, one in enumerate(card.fields):
            ideas = [idea for idea in card.ideas if idea.label == one.label]
            yield _row(
                _short(one.label, card.fields[place - 1].label if place else ""),
                _value(one, ideas, before),
                first=place == 0 < len(card.fields) - 1,
                long=len(one.text) > 60,
            )
        for label, text in (before or {}).items():
            if label not in beside:
                yield _row(label, word_changes(text, ""))
        for idea in card.ideas:
            if idea.label not in beside:
                yield _row(idea.label, _idea(idea, with_text=True))
        if card.verdicts:
            yield Static("", classes="gap")
            for letter, name in CRITERIA.items():
                verdict = card.verdicts.get(letter, "unknown")
                yield _row(name, _verdict(verdict, card.reasons.get(letter, "")))
        if card.noticed:
            yield Static("", classes="gap")
            for place, found in enumerate(card.noticed):
                yield _row("" if place else "Noticed", _noticed(found))
        if card.said:
            yield Static(plain("Comments", "bold"), classes="said-title")
            for one in card.said:
                yield _row(one.label, plain(one.text))


def _short(label: str, above: str) -> str:
    """Return "  baseline" for "Metric, baseline" where the field above is of the metric too."""
    head, comma, rest = label.partition(", ")
    return f"  {rest}" if comma and above.partition(", ")[:2] == (head, comma) else label


def card_text(card: Card) -> str:
    """Return a card as plain text, for copying and saving."""
    lines = [card.kind, card.note, ""]
    lines += [f"{one.label}: {one.text}" for one in card.fields]
    lines += [f"Suggested: {idea.label}: {idea.text} ({idea.question})" for idea in card.ideas]
    lines += [
        f"{name}: {VERDICT_WORDS.get(card.verdicts[letter], card.verdicts[letter])}"
        for letter, name in CRITERIA.items()
        if letter in card.verdicts
    ]
    lines += [f"Noticed: {one.message} ({one.code})" for one in card.noticed]
    lines += [f"Comment, {' '.join(one.label.split())}: {one.text}" for one in card.said]
    return "\n".join(lines)


def word_changes(old: str, new: str) -> Content:
    """Return the change from `old` to `new`, word by word. Signs carry it, colour only helps."""
    from coach_assist.plan.word_diff import word_diff

    parts: list[Content | str | tuple[str, str]] = []
    for piece in word_diff(old, new):
        words = piece.text.strip()
        before, _words, after = piece.text.partition(words) if words else ("", "", piece.text)
        if piece.op == "same" or not words:
            parts.append(piece.text)
        elif piece.op == "removed":
            parts += [before, (f"[−{words}−]", "$foreground-muted strike"), after or " "]
        else:
            parts += [before, (f"[+{words}+]", "$success bold"), after]
    return joined(*parts)


def as_fields(
    pairs: Sequence[Any], spans: Mapping[str, tuple[tuple[int, int], ...]] | None = None
) -> tuple[CardField, ...]:
    """Return (label, text) pairs as the fields of a card, with the noticed stretches by label."""
    return tuple(CardField(label, text, (spans or {}).get(label, ())) for label, text in pairs)


def _row(label: str, value: Content, *, first: bool = False, long: bool = False) -> Horizontal:
    classes = "field" + (" first" if first else "") + (" long" if long else "")
    return Horizontal(
        Static(plain(label), classes="label"), Static(joined(value), classes="value"), classes=classes
    )


def _value(one: CardField, ideas: Sequence[Idea], before: Mapping[str, str] | None) -> Content:
    """Return a field's text, with its marks or its changes, and beside it what is only suggested."""
    changed = before is not None and before.get(one.label) != one.text
    text = word_changes((before or {}).get(one.label, ""), one.text) if changed else _field_text(one)
    return stacked([text, *(_idea(idea, with_text=idea.text != one.text) for idea in ideas)])


def _heading(card: Card) -> Content:
    parts: list[Content | str | tuple[str, str]] = [(card.kind, "bold $primary")]
    if card.removal:
        parts.append(("  to be taken out of the plan", "bold $accent"))
    if card.note:
        parts.append((f"  {card.note}", "$foreground-muted"))
    return joined(*parts)


def _field_text(one: CardField) -> Content:
    return marked(one.text, [(start, end, MARK) for start, end in one.spans])


def _idea(idea: Idea, *, with_text: bool) -> Content:
    """Return what is said of a suggestion: that it is one, and what should be settled about it."""
    quoted = f"“{idea.text}” is suggested. " if with_text else "suggested. "
    return joined(("◇ ", "$accent"), (quoted, "$foreground-muted"), (idea.question, "italic"))


def _verdict(verdict: str, reason: str) -> Content:
    words = VERDICT_WORDS.get(verdict, verdict)
    sign = _VERDICT_SIGNS.get(verdict, "·")
    style = _VERDICT_STYLES.get(verdict, "")
    return joined(
        (f"{sign} {words}", style),
        (f"  {reason}" if reason and verdict != "met" else "", "$foreground-muted"),
    )


def _noticed(one: Noticed) -> Content:
    quoted = f"“{one.words}” " if one.words else ""
    return joined((quoted, "underline"), one.message, (f"  {one.code}", "$foreground-muted"))
