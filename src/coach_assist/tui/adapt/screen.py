"""Adapting a plan: goals, days, activities, the end; each change is a proposal with a reason, for both."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from coach_assist.errors import CoachError
from coach_assist.shown import shortened
from coach_assist.tui.draft.cards import KIND_WORDS
from coach_assist.tui.failures import in_words
from coach_assist.tui.plan_screen import PlanScreen
from coach_assist.tui.text import joined, plain
from coach_assist.tui.unlocking import with_key
from coach_assist.tui.widgets.line_card import LineCard
from coach_assist.tui.widgets.notice import Notice
from coach_assist.tui.widgets.question_card import QuestionCard
from coach_assist.tui.widgets.unit_card import Card, UnitCard, as_fields, card_text

if TYPE_CHECKING:
    from coach_assist.flows.adapt import AdaptView
    from coach_assist.flows.guided import Guided
    from coach_assist.flows.show import UnitView
    from coach_assist.plan.drafts import Draft
    from coach_assist.plan.units import Party, UnitKind
    from coach_assist.tui.draft.unit_form import Value

WAYS = {"change": "≠", "drop": "−"}
"""What was said to be true no longer."""


class AdaptScreen(PlanScreen):
    """What both have agreed, part by part; what stands here stays until both accept a change."""

    PLACE = "Change"
    ABOUT = (
        "E changes the part under the bar, D drops it, T moves the end of the plan, A adds a part. You are "
        "asked for the reason, which the other person reads. Putting a change forward accepts your own text "
        "and nothing else; what is agreed stays until both accept. Y asks of each part: is it still true? "
        "… marks a change that waits, ≠ and − what you said is true no longer."
    )
    CSS_PATH = "adapt.tcss"
    AUTO_FOCUS = "#adapt-units"
    BINDINGS = [
        Binding("e,enter", "change", "Change", id="adapt.change"),
        Binding("d", "drop", "Drop", id="adapt.drop"),
        Binding("t", "end", "Move the end", id="adapt.end"),
        Binding("a", "add", "Add", id="adapt.add"),
        Binding("y", "still_true", "Still true?", id="adapt.still_true"),
        Binding("space", "page", "Read on", id="adapt.down", show=False),
        Binding("escape", "leave", "Back", id="adapt.leave"),
    ]

    def __init__(self, plan_id: str, party: Party, today: date | None = None) -> None:
        super().__init__(plan_id)
        self.party: Party = party
        self.today = today or date.today()
        self.view: AdaptView | None = None
        self._talk: Guided | None = None
        self._ways: Mapping[str, str] = {}

    def body(self) -> ComposeResult:
        yield Static(id="adapt-line")
        yield Notice()
        with Horizontal(id="adapt-both"):
            yield OptionList(id="adapt-units", markup=False)
            with VerticalScroll(id="adapt-detail", can_focus=False):
                yield Vertical(id="adapt-place")
        yield Static(id="adapt-side")

    def look(self) -> None:
        from coach_assist.flows.adapt import adapt_view, begin_still_true, to_adapt
        from coach_assist.flows.show import plan_view

        whole = plan_view(self.plan)
        self.top.title = whole.title
        self.top.whose = f"{whole.names[self.party]} proposes"
        view = adapt_view(self.plan, self.today)
        self._talk = begin_still_true(self.plan, self.party, self.today)
        there = {unit.unit for unit in view.units}
        self._ways = {unit: way for unit, way in to_adapt(self._talk) if unit in there}
        self.show(view)

    def show(self, view: AdaptView) -> None:
        """Render the parts, the bar where it was, else on the first that is true no longer."""
        self.view = view
        listing = self.query_one("#adapt-units", OptionList)
        at = listing.highlighted
        marked = [place for place, unit in enumerate(view.units) if unit.unit in self._ways]
        if marked and (at is None or at not in marked):
            at = marked[0]
        with self.coach.batch_update():
            width = self.list_width
            listing.clear_options()
            listing.add_options([Option(self._row(unit, width), id=unit.unit) for unit in view.units])
            listing.highlighted = min(at or 0, len(view.units) - 1) if view.units else None
            self._show_line(view)
            self.show_chosen()
        self.refresh_bindings()

    def _row(self, unit: UnitView, width: int) -> Content:
        waits = self.view is not None and unit.unit in self.view.waiting
        sign = "…" if waits else WAYS.get(self._ways.get(unit.unit, ""), " ")
        return joined(
            (f"{sign} ", "bold $primary"),
            (KIND_WORDS[unit.kind].ljust(9), "$foreground-muted"),
            " ",
            shortened(unit.headline, max(width - 13, 8)),
        )

    def _show_line(self, view: AdaptView) -> None:
        line = self.query_one("#adapt-line", Static)
        first = next(iter(view.stalls), None)
        if self._ways:
            words = (
                f"{len(self._ways)} parts are true no longer: E changes the one under the bar, D drops it."
            )
        elif first is not None:
            might = ", or ".join(first.adjustments)
            words = f"{shortened(first.about_words, 60)}: {first.question} You might {might}."
        else:
            words = ""
        line.display = bool(words)
        line.update(plain(words))

    @property
    def chosen(self) -> UnitView | None:
        """The part under the bar."""
        place = self.query_one("#adapt-units", OptionList).highlighted
        return (
            self.view.units[place]
            if self.view and place is not None and place < len(self.view.units)
            else None
        )

    @on(OptionList.OptionHighlighted, "#adapt-units")
    def show_chosen(self) -> None:
        """Show the agreed text of the part under the bar."""
        place = self.query_one("#adapt-place", Vertical)
        place.remove_children()
        chosen = self.chosen
        if chosen is not None:
            place.mount(UnitCard(self._card(chosen)))
        self.query_one("#adapt-detail", VerticalScroll).scroll_home(animate=False)
        waits = chosen is not None and self.view is not None and chosen.unit in self.view.waiting
        self.query_one("#adapt-side", Static).update(
            "A change of this waits for a decision already; another one would stand beside it."
            if waits
            else ""
        )

    def _card(self, unit: UnitView) -> Card:
        return Card(kind=unit.kind_words, note="agreed", fields=as_fields(unit.fields))

    # -- changing --------------------------------------------------------------------------------------

    @on(OptionList.OptionSelected, "#adapt-units")
    def action_change(self) -> None:
        """Write another text for the part under the bar."""
        from coach_assist.flows.adapt import draft_of_change

        if (unit := self.chosen) is not None:
            title = f"{unit.kind_words}: change it"
            make = lambda value: draft_of_change(self.plan, self.party, unit.unit, value)  # noqa: E731
            self._form(unit.kind, title, dict(unit.value), make)

    def action_drop(self) -> None:
        """Ask for the part under the bar to be taken out of the plan."""
        from coach_assist.flows.adapt import draft_of_removal

        if (unit := self.chosen) is not None:
            self._made(lambda: draft_of_removal(self.plan, self.party, unit.unit))

    def action_end(self) -> None:
        """Extend the plan or end it early."""
        from coach_assist.flows.adapt import draft_of_end

        def answered(end: str | None) -> None:
            if end is not None:
                self._made(lambda: draft_of_end(self.plan, self.party, end.strip()))

        unit = next((one for one in self.view.units if one.kind == "timeline"), None) if self.view else None
        now = f"Now it runs from {unit.value['start']} to {unit.value['end']}. " if unit else ""
        words = f"{now}A day such as 2027-03-31, or “60 days” in all from its start."
        self.app.push_screen(
            LineCard("When should the plan end?", words, missing="Type a day, or press Esc."), answered
        )

    def action_add(self) -> None:
        """Write a part that the plan does not have yet."""
        from coach_assist.flows.adapt import draft_of_addition
        from coach_assist.tui.draft.form_spec import blank_value

        def begin(kind: str | None) -> None:
            if kind is not None:
                unit_kind: UnitKind = kind  # type: ignore[assignment]  # one of the offered ones
                make = lambda value: draft_of_addition(self.plan, self.party, unit_kind, value)  # noqa: E731
                self._form(unit_kind, f"{KIND_WORDS[unit_kind]}: write it", blank_value(unit_kind), make)

        kinds = [
            (kind, KIND_WORDS[kind], "") for kind in ("goal", "activity", "support", "milestone", "feedback")
        ]
        self.app.push_screen(QuestionCard("What do you want to add?", "", kinds), begin)

    def _form(
        self, kind: UnitKind, title: str, value: Mapping[str, object], make: Callable[[Value], Draft]
    ) -> None:
        from coach_assist.flows.plan_drafts import references
        from coach_assist.tui.draft.unit_form import UnitForm

        def keep(new: Value | None) -> None:
            if new is not None:
                self._made(lambda: make(new))

        self.app.push_screen(UnitForm(kind, title, dict(value), references(self.plan)), keep)  # type: ignore[arg-type]

    def _made(self, make: Callable[[], Draft]) -> None:
        """Keep the draft, ask for the reason, and put it forward."""
        try:
            draft = make()
        except (CoachError, OSError) as error:
            self.tell(in_words(error))
            return
        self.remember_state()

        def answered(reason: str | None) -> None:
            if reason is None:
                self.query_one(Notice).say("It stays a draft of yours.", "", "F3 shows your drafts.")
            else:
                with_key(self, self.plan, self.party, lambda: self._put(draft, reason))

        what = "This asks to drop it from the plan. " if draft.removal else ""
        self.app.push_screen(
            LineCard(
                "Why? The other person reads it, and it stays in the history.",
                f"{what}Enter puts it forward, and you accept your own text by that; nothing else changes.",
                missing="A change of what both have agreed needs a reason.",
            ),
            answered,
        )

    def _put(self, draft: Draft, reason: str) -> None:
        from coach_assist.flows.adapt import put_change

        try:
            put_change(self.coach.workspace, self.plan, self.party, draft, reason)
            if draft.id in self._ways and self._talk is not None:
                self._talk.put(f"true/{draft.id}", "skip")
                if len(self._ways) == 1:
                    self._talk.drop()
        except (CoachError, OSError) as error:
            self.tell(in_words(error))
            return
        self.remember_state()
        self.clear_notice()
        self.look()
        self.coach.say("Put forward. What is agreed stays in force until the other one has accepted it too.")

    def action_still_true(self) -> None:
        """Ask of each part whether it is still true."""
        self.coach.take_turn(self.party)
        self.coach.open_plan(self.plan_id, "still_true")

    def action_page(self) -> None:
        """Read on in the shown part."""
        self.query_one("#adapt-detail", VerticalScroll).scroll_page_down(animate=False)

    def action_leave(self) -> None:
        """Go back to how the plan stands."""
        self.coach.open_plan(self.plan_id, "progress")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in {"change", "drop"}:
            return self.is_mounted and self.chosen is not None
        if action in {"end", "add", "still_true"}:
            return self.view is not None
        return super().check_action(action, parameters)

    def text_of_screen(self) -> str:
        """Return the shown part as text."""
        return card_text(self._card(self.chosen)) if self.chosen is not None else ""
