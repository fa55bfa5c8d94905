"""The agreed plan: what both accepted, and only that; what is open is named, not shown as agreed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from coach_assist.errors import CoachError
from coach_assist.shown import shortened
from coach_assist.tui.agreed.exporting import begin_export
from coach_assist.tui.base import reading_keys
from coach_assist.tui.plan_screen import PlanScreen
from coach_assist.tui.text import joined, plain, stacked
from coach_assist.tui.widgets.notice import Notice
from coach_assist.tui.widgets.question_card import QuestionCard
from coach_assist.tui.widgets.unit_card import Card, UnitCard, as_fields, card_text

if TYPE_CHECKING:
    from coach_assist.flows.show import PlanView, UnitView


class AgreedScreen(PlanScreen):
    """Reads like the document that it is. Exports name their audience."""

    PLACE = "Agreed"
    ABOUT = (
        "What stands here was accepted by both of you, exactly as it stands. Open units are named at the "
        "end. X saves the plan for somebody: whom it is for decides what is in it. S signs "
        "it as a whole, G shows how it goes, H who did what. F sends it to a person or through a folder, "
        "J shows "
        "the page on joining, with leaving and a statement; + holds what is done seldom."
    )
    CSS_PATH = "agreed.tcss"
    AUTO_FOCUS = "#agreed"
    READS = "#agreed"
    BINDINGS = [
        Binding("x", "export", "Export", id="agreed.export"),
        Binding("s", "place('sign')", "Sign", id="agreed.sign"),
        Binding("g", "place('progress')", "Progress", id="agreed.progress"),
        Binding("e", "amend", "Change", id="agreed.amend"),
        Binding("h", "place('history')", "History", id="agreed.history"),
        Binding("f", "send", "Send to", id="agreed.send"),
        Binding("j", "taking_part", "Taking part", id="agreed.joining"),
        Binding("p", "privacy", "Privacy and AI record", id="agreed.privacy", show=False),
        Binding("r", "place('review')", "Review", id="agreed.review", show=False),
        *reading_keys("agreed"),
        Binding("escape", "leave", "Back", id="agreed.leave"),
    ]

    def __init__(self, plan_id: str) -> None:
        super().__init__(plan_id)
        self.view: PlanView | None = None

    def body(self) -> ComposeResult:
        yield Notice()
        yield VerticalScroll(id="agreed")

    def look(self) -> None:
        from coach_assist.flows.show import plan_view

        self.show(plan_view(self.plan))

    def show(self, view: PlanView) -> None:
        """Render the agreed units in reading order, then the names of what is open."""
        self.view = view
        self.top.title = view.title
        page = self.query_one("#agreed", VerticalScroll)
        page.remove_children()
        page.mount(Static(self._heading(view), classes="agreed-heading"))
        page.mount_all([UnitCard(card) for card in self._cards(view)])
        if view.open:
            page.mount(Static(self._open(view), classes="agreed-open"))
        if view.conflicts:
            page.mount(Static(self._conflicts(view), classes="agreed-open"))
        self.refresh_bindings()

    def _cards(self, view: PlanView) -> list[Card]:
        return [Card(kind=unit.kind_words, note="", fields=as_fields(unit.fields)) for unit in view.agreed]

    def _heading(self, view: PlanView) -> Content:
        names = f"{view.names['team_member']} and {view.names['manager']}"
        still_open = f" {len(view.open)} still open." if view.open else ""
        if not view.agreed:
            rows = [
                plain("Nothing is agreed yet.", "bold"),
                plain("What both of you accept will stand here.", "$foreground-muted"),
            ]
        else:
            rows = [
                plain(view.title, "bold"),
                plain(f"What {names} have both accepted.{still_open}", "$foreground-muted"),
                plain("This is not an evaluation.", "$foreground-muted")
                if not _performance(view)
                else Content(""),
            ]
        return stacked([*rows, *_standing(view)])

    def _open(self, view: PlanView) -> Content:
        rows = [plain("Still open, and not part of the plan", "bold $accent")]
        for one in view.open:
            waits = [view.names[party] for party, decision in one.decisions.items() if decision is None]
            whom = f"  waits for {' and '.join(waits)}" if waits else ""
            rows.append(
                joined(
                    (f"{one.kind_words}: ", "$foreground-muted"), one.headline, (whom, "$foreground-muted")
                )
            )
        return stacked(rows)

    def _conflicts(self, view: PlanView) -> Content:
        rows = [
            plain("Both agreed on more than one text here; put one forward that settles it", "bold $accent")
        ]
        for conflict in view.conflicts:
            rows += [
                joined((f"{conflict.kind_words}: ", "$foreground-muted"), one.headline)
                for one in conflict.rivals
            ]
        return stacked(rows)

    def action_export(self) -> None:
        """Save the plan to a file, for somebody."""
        begin_export(self)

    def action_privacy(self) -> None:
        """Show what of this plan may go where, and every call of a model for it."""
        from coach_assist.tui.privacy.screen import PrivacyScreen

        self.coach.go(PrivacyScreen(self.plan_id, back="agreed"))

    def action_amend(self) -> None:
        """Draft a change to an agreed unit, or its removal. What is agreed stays until both accept."""
        if self.view is None or not self.view.agreed:
            return
        units = {unit.unit: unit for unit in self.view.agreed}

        def chosen(unit: str | None) -> None:
            if unit is not None:
                self.app.push_screen(
                    QuestionCard(
                        "What do you want to do with it?",
                        shortened(units[unit].headline, 200),
                        [
                            ("change", "Change it", "your text becomes a draft"),
                            ("remove", "Take it out of the plan", "that becomes a draft, too"),
                        ],
                    ),
                    lambda what: self._amend(units[unit], what),
                )

        rows = [(one.unit, one.kind_words, shortened(one.headline, 40)) for one in units.values()]
        words = "Until both of you accept the change, what is agreed stays as it is."
        self.app.push_screen(QuestionCard("Which part?", words, rows), chosen)

    def _amend(self, unit: UnitView, what: str | None) -> None:
        from coach_assist.flows.plan_drafts import draft_removal, references, save_draft
        from coach_assist.tui.draft.unit_form import UnitForm, Value

        def keep(value: Value | None) -> None:
            if value is not None:
                save_draft(self.plan, unit.unit, unit.kind, value)
                self.coach.open_plan(self.plan_id, "draft")

        try:
            if what == "remove":
                draft_removal(self.plan, unit.unit)
                self.coach.open_plan(self.plan_id, "draft")
            elif what == "change":
                form = UnitForm(
                    unit.kind, f"{unit.kind_words}: change it", dict(unit.value), references(self.plan)
                )
                self.app.push_screen(form, keep)
        except CoachError as error:
            self.tell(error)

    def action_send(self) -> None:
        """Send the plan to a person, or share it through a folder."""
        from coach_assist.tui.party_card import as_party
        from coach_assist.tui.sharing.screen import SendScreen

        as_party(
            self, self.plan_id, "Who sends it?", lambda party: self.coach.go(SendScreen(self.plan_id, party))
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if (
            action == "place"
            and parameters[0] in {"sign", "progress"}
            and (not self.view or not self.view.agreed)
        ):
            return False
        if action == "amend":
            return self.view is not None and bool(self.view.agreed) and not self.coach.turn.handed_over
        return super().check_action(action, parameters)

    def action_leave(self) -> None:
        """Go back: home, or to the hand-over page while the keyboard is handed over."""
        if self.coach.turn.handed_over:
            self.coach.open_plan(self.plan_id, "handover")
        else:
            self.coach.go_home()

    def text_of_screen(self) -> str:
        """Return the agreed plan as text."""
        if self.view is None:
            return ""
        parts = [self._heading(self.view).plain, *(card_text(card) for card in self._cards(self.view))]
        if self.view.open:
            parts.append(self._open(self.view).plain)
        return "\n\n".join(parts)


def _standing(view: PlanView) -> list[Content]:
    """Return what stands above the plan: a viewer's copy, who takes part or why it is over, the statement."""
    from coach_assist.flows.joining_words import POSSIBLE, VIEWER_WORDS

    rows: list[Content] = []
    if view.viewer:
        rows.append(plain(VIEWER_WORDS, "bold"))
    if view.over is not None:
        rows += [plain(view.over, "bold"), plain(POSSIBLE, "$foreground-muted")]
    elif view.standing is not None:
        rows.append(plain(view.standing, "$foreground-muted"))
    if view.statement is not None:
        rows += [plain(f"{view.names['team_member']} states:", "bold"), plain(view.statement)]
    return [Content(""), *rows] if rows else []


def _performance(view: PlanView) -> bool:
    return any(
        unit.kind == "frame" and unit.value.get("plan_kind") == "performance_support" for unit in view.agreed
    )
