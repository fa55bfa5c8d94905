"""Taking lines of the notes in that no item covers: by a person, by their numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from coach_assist.errors import CoachError
from coach_assist.tui.failures import in_words
from coach_assist.tui.plan_screen import PlanScreen
from coach_assist.tui.widgets.line_card import LineCard
from coach_assist.tui.widgets.question_card import QuestionCard

if TYPE_CHECKING:
    from coach_assist.agreement.summary_bodies import ItemKind
    from coach_assist.flows.summary_draft import SummaryDraft
    from coach_assist.plan.units import Party


def take_in(screen: PlanScreen, party: Party, then: Callable[[SummaryDraft], None]) -> None:
    """Ask for line numbers and what they are; make kept items of them, which can be changed like others."""
    from coach_assist.flows.summary_draft import KIND_WORDS, add_lines
    from coach_assist.flows.summary_words import line_numbers

    def numbered(typed: str | None) -> None:
        if typed is None:
            return
        try:
            lines = line_numbers(typed)
        except CoachError as error:
            screen.tell(error)
            return

        def chosen(kind: str | None) -> None:
            if kind is None:
                return
            try:
                fresh = add_lines(screen.plan, party, lines, cast("ItemKind", kind))
            except (CoachError, OSError) as error:
                screen.tell(in_words(error))
                return
            screen.remember_state()
            then(fresh)

        rows = [(kind, words, "") for kind, words in KIND_WORDS.items()]
        screen.app.push_screen(
            QuestionCard("What are they?", "E changes their words afterwards.", rows), chosen
        )

    screen.app.push_screen(
        LineCard(
            "Which lines?", "By their numbers, such as 4 or 4,9-11.", missing="Type a number, or press Esc."
        ),
        numbered,
    )
