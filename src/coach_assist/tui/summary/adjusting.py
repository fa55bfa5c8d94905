"""From a suggested adjustment to a proposal: which part of the plan, and its new text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from coach_assist.errors import CoachError
from coach_assist.shown import shortened
from coach_assist.tui.failures import in_words
from coach_assist.tui.unlocking import with_key
from coach_assist.tui.widgets.question_card import QuestionCard

if TYPE_CHECKING:
    from coach_assist.flows.show import UnitView
    from coach_assist.flows.summary_draft import DraftItem
    from coach_assist.plan.units import Party
    from coach_assist.tui.draft.unit_form import Value
    from coach_assist.tui.plan_screen import PlanScreen


def adjust(screen: PlanScreen, party: Party, item: DraftItem, day: date, then: Callable[[], None]) -> None:
    """Ask which agreed unit the item is about, let the person write its new text, and put it forward.

    The proposal builds on what is agreed and accepts nothing. `then` is called once something changed.
    """
    from coach_assist.flows.adjustments import adjustment_of
    from coach_assist.flows.show import unit_views

    found = adjustment_of(screen.plan, item, day)
    state = screen.plan.state
    units = {one.unit: one for one in unit_views(state.agreed, state)}
    guess = found.unit.unit if found.unit is not None else None

    def chosen(unit: str | None) -> None:
        if unit == "leave":
            _settle(screen, party, item, then)
        elif unit is not None:
            value = found.value if unit == guess and found.value is not None else units[unit].value
            _form(screen, party, item, units[unit], dict(value), then)

    order = sorted(units.values(), key=lambda one: one.unit != guess)
    rows = [
        (
            one.unit,
            one.kind_words,
            shortened(one.headline, 40) + (" (named, it seems)" if one.unit == guess else ""),
        )
        for one in order
    ]
    rows.append(("leave", "No change of the plan", "it stays a line of the summary"))
    kept = "Your change becomes a proposal; what is agreed stays until both accept it."
    words = f"“{shortened(item.text, 200)}”\n{kept}"
    screen.app.push_screen(QuestionCard("Which part of the plan should change?", words, rows), chosen)


def _form(
    screen: PlanScreen, party: Party, item: DraftItem, unit: UnitView, value: dict[str, object],
    then: Callable[[], None],
) -> None:  # fmt: skip
    from coach_assist.flows.adjustments import draft_of_adjustment, put_adjustment
    from coach_assist.flows.plan_drafts import references
    from coach_assist.tui.draft.unit_form import UnitForm

    def keep(new: Value | None) -> None:
        if new is None:
            return

        def put() -> None:
            try:
                draft = draft_of_adjustment(screen.plan, party, unit.unit, new)
                put_adjustment(screen.coach.workspace, screen.plan, party, draft, item)
            except (CoachError, OSError) as error:
                screen.tell(in_words(error))
                return
            _settle(screen, party, item, then)
            screen.coach.say("Put forward as a change. Both of you decide on it.")

        with_key(screen, screen.plan, party, put)

    title = f"{unit.kind_words}: its new text. Keeping it puts the change forward and accepts nothing."
    screen.app.push_screen(UnitForm(unit.kind, title, value, references(screen.plan)), keep)  # type: ignore[arg-type]


def _settle(screen: PlanScreen, party: Party, item: DraftItem, then: Callable[[], None]) -> None:
    from coach_assist.flows.summary_draft import mark_item, settle_item

    try:
        if item.state == "open":
            mark_item(screen.plan, party, item.id, "kept")
        settle_item(screen.plan, party, item.id)
    except (CoachError, OSError) as error:
        screen.tell(in_words(error))
        return
    screen.remember_state()
    then()
