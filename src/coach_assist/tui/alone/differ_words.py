"""How a difference is shown: signs and words carry it, colour only helps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from textual.content import Content

from coach_assist.shown import shortened
from coach_assist.tui.text import joined, marked, plain, stacked

if TYPE_CHECKING:
    from coach_assist.flows.difference_words import DifferenceWords
    from coach_assist.interview.differences import Compared
    from coach_assist.plan.units import Party

MARK_WORDS = {"goal": "goals", "date": "dates", "number": "numbers"}
MARK = "underline"


def row_content(number: int, one: Compared, names: Mapping[Party, str], room: int) -> Content:
    """Return the question's line: its place, ≠ and what differs, or who alone answered, or = for the same."""
    label = one.question.label
    if one.standing == "same":
        sign, words = "=", "the same"
    elif one.standing == "differ":
        kinds = ", ".join(dict.fromkeys(MARK_WORDS[mark.kind] for mark in one.marks))
        sign, words = ("≠", kinds) if kinds else ("·", "other words")
    else:
        alone: Party = "team_member" if one.standing == "only_team_member" else "manager"
        sign, words = "−", f"only {names[alone]}"
    style = "$foreground-muted" if one.standing == "same" else ""
    return joined(
        (f"{number:>2} {sign} ", "bold $accent" if sign == "≠" else "$foreground-muted"),
        (label, f"bold {style}".strip()),
        ("  " + shortened(words, max(room - len(label) - 8, 6)), "$foreground-muted"),
    )


def answer_content(one: Compared, party: Party, name: str) -> Content:
    """Return one side under its name, the words that differ underlined."""
    answer = one.answers[party]
    if answer is None:
        return stacked([plain(name, "bold"), plain("not answered, or held back", "$foreground-muted")])
    text = answer if isinstance(answer, str) else "\n".join(answer)
    words = [word for mark in one.marks for word in getattr(mark, party)]
    spans = []
    for word in words:
        start = text.find(word)
        if word and start >= 0:
            spans.append((start, start + len(word), MARK))
    return stacked([plain(name, "bold"), marked(text, spans)])


def marks_content(one: Compared, names: Mapping[Party, str]) -> Content:
    """Return what differs in goals, dates and numbers: one line a kind, both sides by name."""
    rows = []
    for mark in one.marks:
        sides = [f"{names[party]}: {', '.join(getattr(mark, party)) or 'none'}" for party in names]
        rows.append(
            joined(
                ("≠ ", "bold $accent"), (f"Different {MARK_WORDS[mark.kind]}  ", "bold"), "  |  ".join(sides)
            )
        )
    return stacked(rows)


def sentence_content(said: DifferenceWords) -> Content:
    """Return the sentence on a difference, and who wrote it."""
    return joined((said.text, "italic"), ("  by the model" if said.by_model else "", "$foreground-muted"))
