"""The frozen view model of the interview screen, and its words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.content import Content

from coach_assist.shown import shortened
from coach_assist.tui.text import clipped, joined, plain, stacked

if TYPE_CHECKING:
    from coach_assist.interview.questions import Question
    from coach_assist.interview.session import Session


@dataclass(frozen=True, slots=True)
class Row:
    """One question in the list of all."""

    id: str
    label: str
    value: str
    current: bool
    answered: bool


@dataclass(frozen=True, slots=True)
class QuestionView:
    """Everything that the screen shows of a session."""

    title: str
    question: Question | None
    group: str
    number: int
    total: int
    value: str
    placeholder: str
    one_line: bool
    before: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]
    missing: tuple[str, ...]


def view_of(session: Session) -> QuestionView:
    """Return the view model of a session."""
    from coach_assist.interview.questions import group_title

    asked = session.question
    names = [as_text(session.answers.get(party, "")) for party in ("team_member", "manager")]
    return QuestionView(
        title=" and ".join(name for name in names if name) or "New plan",
        question=asked,
        group=group_title(asked.group) if asked else "",
        number=session.number,
        total=session.total,
        value=as_text(session.value),
        placeholder=session.default,
        one_line=asked is not None and asked.type in {"name", "date", "length"},
        before=tuple((question.label, as_text(value)) for question, value in session.before),
        rows=tuple(
            Row(
                question.id,
                question.label,
                as_text(session.answers.get(question.id, "")),
                asked is not None and question.id == asked.id,
                bool(session.answers.get(question.id)),
            )
            for question in session.questions
        ),
        missing=tuple(question.label for question in session.missing),
    )


def as_text(value: object) -> str:
    """Return an answer as one text: the entries of a list stand one on each line."""
    return value if isinstance(value, str) else "\n".join(str(entry) for entry in value)  # type: ignore[attr-defined]


def where_content(view: QuestionView) -> Content:
    """Return the line on top: how far one is, and in which group of questions."""
    width = 24
    done = round(width * (view.number - (0 if view.question is None else 1)) / view.total)
    bar = (("━" * done, "$primary"), ("─" * (width - done), "$foreground-disabled"))
    place = f"{view.number} of {view.total}" if view.question else "All asked"
    return joined(*bar, "  ", (place, "bold"), ("  " + view.group, "$foreground-muted"))


def before_content(view: QuestionView, room: int) -> Content:
    """Return the last three answers on one line of `room` characters."""
    parts = [shortened(f"{label}: {value}", 40) for label, value in view.before[-3:]]
    words = (
        "Before  " + "  ·  ".join(parts) if parts else "F7: each of you answers alone, unseen by the other"
    )
    return plain(shortened(words, room))


def side_content(view: QuestionView, *, problem: str = "", probe: str = "", typed: str = "") -> Content:
    """Return the line under the field: a problem, the follow-up, or how to go on."""
    if problem:
        return joined(("! ", "bold $accent"), problem[:1].upper() + problem[1:])
    if probe:
        return joined(
            ("One more thought  ", "bold $primary"),
            probe,
            ("  Add to it, or go on: it may stay as it is.", "$foreground-muted"),
        )
    assert view.question is not None
    if view.one_line:
        empty = f" An empty field means {view.placeholder}." if view.placeholder and not typed.strip() else ""
        return plain(f"Enter keeps it and goes on.{empty}", "$foreground-muted")
    if view.question.type == "list":
        return plain("One on each line. Enter twice keeps them and goes on.", "$foreground-muted")
    return plain("Enter twice keeps it and goes on.", "$foreground-muted")


def done_content(view: QuestionView, width: int, *, demo: bool = False) -> Content:
    """Return the page after the last question: what comes next, and every answer on a line."""
    words = (
        "Next, your answers become drafts of goals, steps and promises. "
        "You change what you like, and nothing counts until both of you accept it."
    )
    if view.missing:
        words = f"A draft still needs: {', '.join(view.missing)}. Ctrl+L lists all questions."
    label_width = max(len(row.label) for row in view.rows)
    answers = [
        joined(
            (row.label.ljust(label_width + 2), "$foreground-muted"),
            clipped(row.value, max(width - label_width - 4, 10))
            if row.value
            else plain("–", "$foreground-disabled"),
        )
        for row in view.rows
    ]
    if demo:
        return stacked([*_demo_words(view), stacked(answers)], gap=1)
    return stacked([plain("That is all that is asked.", "bold"), plain(words), stacked(answers)], gap=1)


def _demo_words(view: QuestionView) -> list[Content]:
    """Return what a newcomer does in the demo, from here to the agreed plan."""
    steps = (
        ("Enter", "the model on this machine drafts a plan from the answers below"),
        ("W  P", "rewrite a goal; put the drafts forward as one of the two"),
        ("A  D", "decide on each line, first as one of them, then as the other"),
        ("X", "what both accepted is the plan: save it"),
    )
    return [
        plain(f"{view.title} have answered the interview.", "bold"),
        plain("Only these answers are prepared; all else happens now. You play both of them:"),
        stacked([joined((key.rjust(5), "bold $primary"), "  ", words) for key, words in steps]),
    ]
