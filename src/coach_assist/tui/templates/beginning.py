"""A new plan from a template: which one, read whole; the two names; then its drafts."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, VerticalGroup, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Static

from coach_assist.errors import CoachError
from coach_assist.tui.card import Card
from coach_assist.tui.failures import in_words
from coach_assist.tui.text import joined, plain, stacked
from coach_assist.tui.widgets.line_card import LineCard
from coach_assist.tui.widgets.question_card import QuestionCard

if TYPE_CHECKING:
    from coach_assist.flows.templates import TemplateView
    from coach_assist.plan.units import Party
    from coach_assist.tui.app import CoachApp


class TemplateCard(Card[bool]):
    """Shows a template whole. Returns whether a plan begins from it."""

    DEFAULT_CSS = """
    TemplateCard .card { width: 90; }
    TemplateCard VerticalScroll { height: 1fr; min-height: 6; max-height: 24; margin-top: 1; }
    TemplateCard VerticalScroll Static { height: auto; }
    """
    ABOUT = (
        "The whole template, with its days counted from today. Beginning from it makes drafts of these "
        "texts, and puts nothing forward; what is in [brackets] is yours to fill."
    )
    AUTO_FOCUS = "#template-text"
    BINDINGS = [
        Binding("b", "begin", "Begin from it", id="template.begin"),
        Binding("space", "page", "Read on", id="template.down", show=False),
        Binding("escape", "back", "Back", id="template.back"),
    ]

    def __init__(self, view: TemplateView) -> None:
        super().__init__()
        self._view = view

    def compose(self) -> ComposeResult:
        with VerticalGroup(classes="card"):
            yield Static(plain(f"{self._view.title}, {self._view.days} days", "bold"))
            yield Static(plain(self._view.summary))
            with VerticalScroll(id="template-text"):
                yield Static(joined(self._text()))
            with Horizontal(classes="row"):
                yield Button("Begin from it (B)", id="begin-template", variant="primary")
                yield Button("Back", id="no-template")

    def _text(self) -> Content:
        rows: list[Content] = []
        for words, fields in self._view.units:
            rows.append(plain(words, "bold $primary"))
            rows += [joined((f"{label}: ", "$foreground-muted"), text) for label, text in fields]
        return stacked(rows)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        event.stop()
        self.dismiss(event.button.id == "begin-template")

    def action_begin(self) -> None:
        """Begin a plan from it."""
        self.dismiss(True)

    def action_page(self) -> None:
        """Read on."""
        self.query_one("#template-text", VerticalScroll).scroll_page_down(animate=False)

    def action_back(self) -> None:
        """Begin nothing."""
        self.dismiss(False)


def begin_from_a_template(coach: CoachApp, today: date | None = None) -> None:
    """Ask for a template and the two names, and open the new plan where its drafts are."""
    from coach_assist.flows.templates import template_view, template_views

    day = today or date.today()
    rows = [(one.kind, one.title, one.summary) for one in template_views(day)]

    def chosen(kind: str | None) -> None:
        if kind is not None:
            view = template_view(kind, day)  # type: ignore[arg-type]  # one of the offered ones
            coach.push_screen(TemplateCard(view), lambda begin: _names(coach, view, day) if begin else None)

    coach.push_screen(
        QuestionCard("Which template?", "Each is shown whole before anything begins.", rows), chosen
    )


def _names(coach: CoachApp, view: TemplateView, day: date) -> None:
    names: dict[Party, str] = {}

    def member(name: str | None) -> None:
        if name is not None:
            names["team_member"] = name
            coach.push_screen(_name_card("How is the manager, coach or mentor called?"), manager)

    def manager(name: str | None) -> None:
        if name is not None:
            names["manager"] = name
            _begin(coach, view, day, names)

    coach.push_screen(_name_card("How is the team member called?"), member)


def _name_card(question: str) -> LineCard:
    return LineCard(
        question, "As it shall stand in the plan.", missing="Type a name, or press Esc.", limit=200
    )


def _begin(coach: CoachApp, view: TemplateView, day: date, names: dict[Party, str]) -> None:
    from coach_assist.flows.templates import begin_from_template
    from coach_assist.tui.base import CoachScreen

    try:
        with begin_from_template(coach.workspace, view.kind, day, names) as plan:
            identity, drafts = plan.id, len(plan.drafts.all())
    except (CoachError, OSError) as error:
        if isinstance(coach.screen, CoachScreen):
            coach.screen.tell(in_words(error))
        return
    coach.open_plan(identity, "draft")
    coach.say(f"{drafts} drafts, nothing put forward. What is in [brackets] is yours to fill.")
