"""Closing a plan: where it stands, the page that both sign, the survey, and what comes after."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from coach_assist.errors import CoachError
from coach_assist.tui.failures import in_words
from coach_assist.tui.plan_screen import PlanScreen
from coach_assist.tui.text import joined, plain, stacked
from coach_assist.tui.turn import other
from coach_assist.tui.unlocking import with_key
from coach_assist.tui.widgets.notice import Notice
from coach_assist.tui.widgets.question_card import QuestionCard

if TYPE_CHECKING:
    from coach_assist.flows.close import ClosingView, PageView
    from coach_assist.plan.units import Party


class ClosingScreen(PlanScreen):
    """Nothing closes a plan but both signatures on one page."""

    PLACE = "Close"
    ABOUT = (
        "F fills the closing page in, or answers the one that waits with another. S signs the page that "
        "waits, for you only, once its end was on the screen. V is a short survey on the coaching itself, "
        "yours alone unless you show it. The plan is closed once both have signed one page."
    )
    CSS_PATH = "closing.tcss"
    AUTO_FOCUS = "#closing"
    BINDINGS = [
        Binding("f", "fill", "Fill the page in", id="closing.fill"),
        Binding("s", "sign", "Sign", id="closing.sign"),
        Binding("v", "survey", "Survey", id="closing.survey"),
        Binding("space", "page", "Read on", id="closing.down", show=False),
        Binding("escape", "leave", "Back", id="closing.leave"),
    ]

    def __init__(self, plan_id: str, party: Party, today: date | None = None) -> None:
        super().__init__(plan_id)
        self.party: Party = party
        self.today = today or date.today()
        self.view: ClosingView | None = None
        self.names: dict[Party, str] = {}

    def body(self) -> ComposeResult:
        yield Notice()
        yield VerticalScroll(id="closing")

    def look(self) -> None:
        from coach_assist.flows.close import closing_view
        from coach_assist.flows.show import plan_view

        whole = plan_view(self.plan)
        self.top.title = whole.title
        self.names = dict(whole.names)
        self.top.whose = f"{self.names[self.party]} acts"
        self.show(closing_view(self.plan))

    def show(self, view: ClosingView) -> None:
        """Render where the closing stands."""
        self.view = view
        page = self.query_one("#closing", VerticalScroll)
        page.remove_children()
        page.mount_all([Static(joined(part)) for part in self._parts(view)])
        self.refresh_bindings()

    @property
    def waiting(self) -> PageView | None:
        """The page that this party has still to sign."""
        pages = self.view.waiting if self.view else ()
        return next((one for one in pages if self.party in one.waits_for), None)

    def _parts(self, view: ClosingView) -> Iterator[Content]:
        if view.closed:
            yield stacked(
                [
                    plain("This plan is closed: both of you have signed its closing page.", "bold"),
                    plain(
                        "What is still open can go on in a new plan: coach-assist carry", "$foreground-muted"
                    ),
                ]
            )
        elif not view.waiting:
            yield stacked(
                [
                    plain("There is no closing page yet.", "bold"),
                    plain("F fills one in: what became of each goal, what was learned, what comes next."),
                ]
            )
        for one in (*view.closed, *view.waiting):
            yield self._page(one)
        yield self._survey(view)

    def _page(self, one: PageView) -> Content:
        rows = [plain(f"Closing page of {one.day}, put forward by {one.by_name}", "bold $primary")]
        rows += [joined((f"{label}: ", "$foreground-muted"), text) for label, text in one.fields]
        rows += [plain(f"✓ {self.names[party]} has signed it.") for party in one.signed]
        rows += [plain(f"… It waits for {self.names[party]}'s signature.") for party in one.waits_for]
        return stacked(rows)

    def _survey(self, view: ClosingView) -> Content:
        own = self.party in view.surveyed
        theirs = other(self.party) in view.surveyed
        said = (
            "You have shown your answers." if own else "V: five statements, yours alone unless you show them."
        )
        their = f" {self.names[other(self.party)]} has shown theirs." if theirs else ""
        return stacked([plain("Survey on the coaching itself", "bold $primary"), plain(f"{said}{their}")])

    def action_fill(self) -> None:
        """Fill a closing page in."""
        self.coach.take_turn(self.party)
        self.coach.open_plan(self.plan_id, "close_page")

    def action_survey(self) -> None:
        """Answer the survey."""
        self.coach.take_turn(self.party)
        self.coach.open_plan(self.plan_id, "survey")

    def action_sign(self) -> None:
        """Sign the page that waits, for this party, after asking."""
        page = self.waiting
        if page is None:
            return
        area = self.query_one("#closing", VerticalScroll)
        if area.scroll_y < area.max_scroll_y - 0.5:
            self.query_one(Notice).say("Its end was not on the screen yet. Space reads on.")
            return
        closes = (
            "It closes the plan: the other one has signed it." if page.signed else "The other one signs next."
        )
        self.app.push_screen(
            QuestionCard(
                "Sign this closing page?",
                f"You sign exactly the text above, for yourself only. {closes}",
                [("no", "Not yet", ""), ("yes", "Sign it", "")],
            ),
            lambda choice: (
                with_key(self, self.plan, self.party, lambda: self._signed(page)) if choice == "yes" else None
            ),
        )

    def _signed(self, page: PageView) -> None:
        from coach_assist.flows.close import sign_page

        try:
            closed = sign_page(self.coach.workspace, self.plan, self.party, page.id, page.shown)
        except (CoachError, OSError) as error:
            self.tell(in_words(error))
            return
        self.remember_state()
        self.clear_notice()
        self.look()
        self.coach.say("Signed. The plan is closed." if closed else "Signed. It waits for the other one.")

    def action_page(self) -> None:
        """Read on."""
        self.query_one("#closing", VerticalScroll).scroll_page_down(animate=False)

    def action_leave(self) -> None:
        """Go back to how the plan stands."""
        self.coach.open_plan(self.plan_id, "progress")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "sign":
            return self.waiting is not None
        if action == "fill":
            return self.view is not None and not self.view.closed
        if action == "survey":
            return self.view is not None and self.party not in self.view.surveyed
        return super().check_action(action, parameters)

    def text_of_screen(self) -> str:
        """Return the page as text."""
        return "\n\n".join(part.plain for part in self._parts(self.view)) if self.view else ""
