"""From a draft's view to the card that shows it, and to its line in the list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from textual.content import Content

from coach_assist.shown import shortened
from coach_assist.tui.text import joined
from coach_assist.tui.widgets.unit_card import Card, CardField, Idea, Noticed

if TYPE_CHECKING:
    from coach_assist.checker import Finding
    from coach_assist.flows.plan_drafts import DraftView
    from coach_assist.plan.drafts import Suggestion

KIND_WORDS = {
    "frame": "Frame",
    "development_area": "Area",
    "current_state": "Today",
    "goal": "Goal",
    "activity": "Activity",
    "support": "Support",
    "milestone": "Milestone",
    "feedback": "Feedback",
    "roles": "Promises",
    "timeline": "Timeline",
    "cadence": "Meetings",
}
"""A kind in one word, for lists."""


def draft_card(view: DraftView, known: Mapping[str, str]) -> Card:
    """Return the card of a draft: fields, suggestions, verdicts, findings marked in the statement.

    `known` maps the ids of gaps and goals to their texts.
    """
    from coach_assist.flows.unit_fields import KIND_WORDS as FULL_WORDS
    from coach_assist.flows.unit_fields import fields_of

    findings = view.report.findings if view.report else ()
    statement = str(view.value.get("statement", ""))
    note = view.origin_words + (", with suggestions" if view.suggested else "")
    return Card(
        kind=FULL_WORDS[view.kind],
        note=note,
        fields=marked_fields(fields_of(view.kind, view.value, known), statement, findings),
        ideas=as_ideas(view.suggested),
        verdicts=view.report.verdicts if view.report else {},
        reasons=view.report.reasons if view.report else {},
        noticed=noticed(statement, findings),
        removal=view.removal,
    )


def marked_fields(
    pairs: Iterable[tuple[str, str]], statement: str, findings: Iterable[Finding]
) -> tuple[CardField, ...]:
    """Return fields whose statement carries the findings' marks."""
    spans = tuple((one.start, one.end) for one in findings if one.end > one.start)
    return tuple(
        CardField(label, text, spans if statement and text == statement else ()) for label, text in pairs
    )


def noticed(statement: str, findings: Iterable[Finding]) -> tuple[Noticed, ...]:
    """Return findings in words, each with the words that it is about."""
    return tuple(Noticed(one.code, statement[one.start : one.end], one.message) for one in findings)


def as_ideas(suggested: Iterable[Suggestion]) -> tuple[Idea, ...]:
    """Return suggestions with the labels of the fields that they stand in."""
    return tuple(Idea(_label(one.field), one.text, one.question) for one in suggested)


def _label(path: str) -> str:
    """Return the label that a field's dotted path has on a card: "metric.target" is "Metric, target"."""
    from coach_assist.flows.unit_fields import LABELS

    words = [LABELS.get(part, part.replace("_", " ").capitalize()) for part in path.split(".")]
    return ", ".join([words[0], *(f"{word[0].lower()}{word[1:]}" for word in words[1:])])


def field_words(path: str) -> str:
    """Return a dotted field path in words: "metric.target" is "metric target"."""
    return path.replace(".", " ").replace("_", " ")


def draft_line(view: DraftView, width: int) -> Content:
    """Return a draft's line in the list: kind, words, and signs for what still deserves a look."""
    sign = (
        "◇" if view.suggested else ("○" if view.report and "unmet" in view.report.verdicts.values() else " ")
    )
    kind = KIND_WORDS[view.kind].ljust(9)
    words = ("− " if view.removal else "") + view.headline
    return joined(
        (f"{sign} ", "$accent"), (kind, "$foreground-muted"), " ", shortened(words, max(width - 13, 8))
    )


def live_lines(section: str, data: Mapping[str, object]) -> Content:
    """Return what has come of a section so far, field by field, as it stands in the stream."""
    rows: list[Content | str | tuple[str, str]] = []
    for name, value in data.items():
        if value in (None, "", [], {}):
            continue
        rows += [(f"{field_words(name)}: ", "$foreground-muted"), _said(value), "\n"]
    return joined(*rows)


def _said(value: object) -> str:
    if isinstance(value, Mapping):
        return "; ".join(
            f"{field_words(str(key))} {_said(one)}" for key, one in value.items() if one not in (None, "")
        )
    if isinstance(value, (list, tuple)):
        return "; ".join(_said(one) for one in value)
    return str(value)
