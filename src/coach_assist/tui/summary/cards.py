"""An item of a summary as content: its text, whose and when, and the lines that it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from coach_assist.shown import shortened
from coach_assist.tui.text import joined, plain, stacked

if TYPE_CHECKING:
    from coach_assist.flows.summary_draft import DraftItem, SummaryDraft
    from coach_assist.flows.summary_share import SummaryView

SIGNS = {"open": "·", "kept": "+", "dropped": "–"}
STATE_WORDS = {"open": "not looked at yet", "kept": "kept", "dropped": "dropped"}
QUOTE_WIDTH = 400


def item_line(item: DraftItem, width: int) -> Content:
    """Return an item's line in the list: · open, + kept, – dropped."""
    from coach_assist.flows.summary_draft import KIND_WORDS

    sign = SIGNS[item.state]
    kind = KIND_WORDS[item.kind].split()[-1].capitalize()[:10].ljust(10)
    return joined(
        (f"{sign} ", "bold $primary" if item.state == "open" else "$foreground-muted"),
        (kind, "$foreground-muted"),
        " ",
        shortened(item.text, max(width - 14, 8)),
    )


def item_content(
    kind: str,
    note: str,
    text: str,
    about: Sequence[tuple[str, str | None]],
    quotes: Sequence[tuple[int, str]],
) -> Content:
    """Return one item whole: labelled parts, and its lines word for word."""
    rows = [
        joined((kind, "bold $primary"), (f"  {note}" if note else "", "$foreground-muted")),
        plain(text, "bold"),
    ]
    rows += [joined((f"{label}: ", "$foreground-muted"), words) for label, words in about if words]
    if quotes:
        rows.append(plain("It rests on these lines of the notes:", "$foreground-muted"))
        rows += [
            joined((f"{number:>4}  ", "$foreground-muted"), shortened(line, QUOTE_WIDTH))
            for number, line in quotes
        ]
    return stacked(rows)


def rest_words(draft: SummaryDraft) -> str:
    """Return in one or two lines how the summary was made and what is in no item."""
    from coach_assist.flows.summary_words import ranges

    said = [
        "Worded by the model, held against your lines" if draft.method == "model" else "By rules, no model"
    ]
    if draft.failed:
        said.append(f"the model did not do all of it ({draft.failed})")
    said.append(f"in no item: lines {ranges(draft.unsaid)}" if draft.unsaid else "every line is in an item")
    if draft.dropped:
        said.append(f"{draft.dropped} of the model's items dropped, your lines do not bear them out")
    if draft.withheld:
        said.append(f"left out on purpose: lines {ranges(line for line, _ in draft.withheld)}")
    return "; ".join(said) + "."


def lines_content(draft: SummaryDraft) -> Content:
    """Return the lines that are in no item, and those left out on purpose with the reason."""
    rows = [plain("Lines in no item", "bold $primary")]
    rows += [_numbered(draft, number, "") for number in draft.unsaid] or [plain("None.")]
    if draft.withheld:
        rows += [
            Content(""),
            plain("Left out on purpose; write there yourself what you want to keep", "bold $primary"),
        ]
        rows += [_numbered(draft, number, why) for number, why in draft.withheld]
    return stacked(rows)


def _numbered(draft: SummaryDraft, number: int, why: str) -> Content:
    return joined(
        (f"{number:>4}  ", "$foreground-muted"),
        shortened(draft.line(number), QUOTE_WIDTH),
        (f"  ({why})" if why else "", "$foreground-muted"),
    )


def view_content(view: SummaryView) -> Content:
    """Return a summary that was put forward, whole."""
    from coach_assist.flows.summary_share import waiting_words

    by = {"model": "worded by the model", "rules": "shortened by rules", "person": "in a person's words"}
    rows = [plain(f"{waiting_words(view)}.", "bold")]
    rows += [
        item_content(
            one.kind_words,
            by[one.by],
            one.text,
            (("Who", one.owner), ("By", one.due), ("For the goal", one.goal)),
            one.quotes,
        )
        for one in view.items
    ]
    rows.append(plain("─ end of this summary ─", "$foreground-muted"))
    return stacked(rows, gap=1)
