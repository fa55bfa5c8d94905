"""A rewrite as content: the change word by word, one line a criterion, what is only suggested in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from coach_assist.tui.draft.cards import field_words
from coach_assist.tui.text import joined, plain, stacked
from coach_assist.tui.widgets.unit_card import word_changes

if TYPE_CHECKING:
    from coach_assist.flows.rewrite import Rewrite
    from coach_assist.flows.rewrite_words import Criterion

_MUTED = "$foreground-muted"


def rewrite_content(
    original: str, rewrite: Rewrite, lines: Sequence[Criterion], *, pace: str = "", as_it_is: bool = False
) -> Content:
    """Return one rewrite beside its old text.

    `lines` are the criteria, before and after, `pace` its name among two; `as_it_is`: the goal needed none.
    """
    rows: list[Content] = []
    if pace:
        rows.append(plain(pace.capitalize(), "bold $primary"))
    if rewrite.by_rules and not as_it_is:
        rows.append(plain("By rules: what is not stated yet is marked for you to fill in.", _MUTED))
    rows += [word_changes(original, rewrite.statement), plain("")]
    width = max(len(one.name) for one in lines) + 2
    rows += [
        joined((one.name.ljust(width), _MUTED), one.words, (f"  {one.reason}" if one.reason else "", _MUTED))
        for one in lines
    ]
    if rewrite.suggested:
        rows.append(plain(""))
        rows += [
            joined(
                ("◇ ", "$accent"),
                (f"{field_words(one.field)}: ", _MUTED),
                one.text,
                (f"  {one.question}", "italic"),
            )
            for one in rewrite.suggested
        ]
    return stacked(rows)
