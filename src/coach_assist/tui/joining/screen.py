"""One page on what a coaching plan is: join, later or no before the first question; leaving later."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from coach_assist.errors import CoachError
from coach_assist.tui.base import CoachScreen
from coach_assist.tui.failures import in_words
from coach_assist.tui.joining.statement_card import StatementCard
from coach_assist.tui.text import joined, plain, stacked
from coach_assist.tui.unlocking import with_key
from coach_assist.tui.widgets.notice import Notice
from coach_assist.tui.widgets.question_card import QuestionCard

if TYPE_CHECKING:
    from coach_assist.flows.joining import JoinAnswer
    from coach_assist.workspace.store import PlanFile


class JoiningScreen(CoachScreen[str | None]):
    """Shows the page, and takes the team member's answer.

    `first`: it is asked before something else goes on; the screen then returns "join", "alone" or None
    (later, no, Escape). Else it stays, with what can be said now. `plan` None: a plan that is not begun.
    """

    PLACE = "Taking part"
    ABOUT = (
        "One page for the team member: what this is, who can read what, how to stop. Answer join, later or "
        "no; no reason is asked for. Leaving later is as easy: J brings this page back from the review and "
        "the agreed plan, and there you can add a statement of your own, which travels with every copy."
    )
    CSS_PATH = "joining.tcss"
    AUTO_FOCUS = "#joining-answers"
    BINDINGS = [
        Binding("space,pagedown", "page(1)", "Read on", id="joining.down"),
        Binding("pageup", "page(-1)", "Read back", id="joining.up", show=False),
        Binding("escape", "back", "Back", id="joining.back"),
    ]

    def __init__(self, plan: PlanFile | None, *, first: bool = False, alone: bool = False) -> None:
        """`alone`: a manager may say here that they prepare without the team member."""
        super().__init__()
        self.plan = plan
        self.first = first
        self._alone = alone
        self._shown = False

    def body(self) -> ComposeResult:
        yield Notice()
        with VerticalScroll(id="joining-page", can_focus=False):
            yield Static(id="joining-standing")
            yield Static(id="joining-words")
            yield Static("─ end of this page ─", id="joining-end")
        yield Static(id="joining-whom")
        yield OptionList(id="joining-answers", markup=False)

    def on_mount(self) -> None:
        self.call_after_refresh(self.look)

    def look(self) -> None:
        """Read where taking part stands, and show it with the page and the answers."""
        from coach_assist.flows.joining import join_page, mark_of, said_now
        from coach_assist.flows.joining_words import CONSEQUENCES

        try:
            said = said_now(self.plan)
            page = join_page(self.plan).text
        except CoachError as error:
            self.tell(error)
            return
        if self.plan is not None:
            self.top.title, self.top.mark = said.title, mark_of(self.plan)
        rows = [plain(row, "bold") for row in said.standing]
        if said.statement is not None:
            rows += [plain(f"{said.member} states:", "bold"), plain(said.statement)]
        standing = self.query_one("#joining-standing", Static)
        standing.update(stacked(rows))
        standing.display = bool(rows)
        title, _line, rest = page.partition("\n")
        self.query_one("#joining-words", Static).update(joined((title, "bold"), "\n", rest.rstrip()))
        self.query_one("#joining-whom", Static).update(
            plain(f"Only {said.member} answers this: ↑ ↓, Enter. J brings it back later.")
            if said.can
            else plain("Nothing is to be answered here.")
        )
        answers = self.query_one("#joining-answers", OptionList)
        can = [*said.can, "alone"] if self._alone and self.first else list(said.can)
        width = max((len(CONSEQUENCES[one][0]) for one in can if one != "alone"), default=0)
        answers.clear_options()
        answers.add_options(
            [
                Option(
                    joined(
                        (CONSEQUENCES[one][0].ljust(width) + "  ", "bold"),
                        (CONSEQUENCES[one][1], "$foreground-muted"),
                    ),
                    id=one,
                )
                for one in can
            ]
        )
        answers.display = bool(can)
        answers.highlighted = 0 if can else None
        self.refresh_bindings()
        self.call_after_refresh(self._is_shown)

    def _is_shown(self) -> None:
        """Note that the page is laid out with its words: before that, its end only seems to be in sight."""
        if self.query_one("#joining-words").size.height > 1:
            self._shown = True
        else:
            self.set_timer(0.03, self._is_shown)

    # -- answering -----------------------------------------------------------------------------------

    @property
    def was_whole(self) -> bool:
        """Say whether the end of the page is on the screen, once the page is there."""
        page = self.query_one("#joining-page", VerticalScroll)
        return self._shown and page.scroll_y >= page.max_scroll_y - 0.5

    @on(OptionList.OptionSelected, "#joining-answers")
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        chosen = event.option.id or ""
        self.clear_notice()
        if chosen in {"join", "again"} and not self.was_whole:
            self.query_one(Notice).say("Please read it to its end first: Space reads on.")
        elif chosen == "alone":
            self.dismiss("alone")
        elif chosen == "later":
            self._as_member(lambda: self._answer("later"))
        elif chosen in {"join", "again"}:
            self._as_member(lambda: self._answer("join"))
        elif chosen in {"no", "leave"}:
            self._as_member(lambda: self._confirm_stop(chosen))
        elif chosen in {"statement", "change"}:
            self._as_member(self._write)
        elif chosen == "take_back":
            self._as_member(lambda: self._state(None))

    def _as_member(self, then: Callable[[], None]) -> None:
        """Do it at once where the team member has the keyboard; else ask whether they do."""
        turn = self.coach.turn
        if self.first or self.plan is None or turn.party == "team_member":
            then()
            return
        name = self.coach.party_names(self.plan.id)["team_member"]
        if turn.handed_over:
            self.query_one(Notice).say(f"Only {name} says this. Hand the keyboard over first.")
            return

        def answered(choice: str | None) -> None:
            if choice == "yes":
                then()

        self.app.push_screen(
            QuestionCard(
                f"Are you {name}?",
                "Only the team member says this, and nobody for them.",
                [("no", "No", "nothing is changed"), ("yes", f"I am {name}", "")],
            ),
            answered,
        )

    def _confirm_stop(self, what: str) -> None:
        words = {
            "no": ("Say no to this plan?", "No, I don't take part"),
            "leave": ("Leave this plan?", "Yes, I leave it"),
        }[what]

        def answered(choice: str | None) -> None:
            if choice == "yes":
                self._answer("no" if what == "no" else "leave")

        self.app.push_screen(
            QuestionCard(
                words[0],
                "It is closed then. You are asked for no reason, and what both accepted can still be read. "
                "You can take part again later, if you like.",
                [("yes", words[1], ""), ("back", "Back to the page", "")],
            ),
            answered,
        )

    def _answer(self, said: str) -> None:
        if self.plan is None:
            self._done(said)
        elif said == "later":
            self._act(said)
        else:
            with_key(cast("CoachScreen[object]", self), self.plan, "team_member", lambda: self._act(said))

    def _act(self, said: str) -> None:
        from coach_assist.flows.joining import answer, join_page, leave

        assert self.plan is not None
        try:
            if said == "leave":
                leave(self.coach.workspace, self.plan)
            else:
                answer(self.coach.workspace, self.plan, cast("JoinAnswer", said), join_page(self.plan))
        except (CoachError, OSError) as error:
            self.tell(in_words(error))
            return
        self._done(said)

    def _done(self, said: str) -> None:
        from coach_assist.flows.joining_words import AFTERWARDS

        if self.first:
            if said != "join":
                self.coach.say(AFTERWARDS[said])
            self.dismiss("join" if said == "join" else None)
            return
        self.look()
        self.query_one(Notice).say(AFTERWARDS[said])

    def _write(self) -> None:
        from coach_assist.flows.joining import said_now

        def written(text: str | None) -> None:
            if text is not None:
                self._state(text)

        self.app.push_screen(StatementCard(said_now(self.plan).statement or ""), written)

    def _state(self, text: str | None) -> None:
        from coach_assist.flows.joining import put_statement

        plan = self.plan
        assert plan is not None

        def act() -> None:
            try:
                put_statement(self.coach.workspace, plan, text)
            except (CoachError, OSError) as error:
                self.tell(in_words(error))
                return
            self.look()
            self.query_one(Notice).say(
                "The statement stands at the top of the plan, and travels with every copy and export."
                if text is not None
                else "The statement is taken back."
            )

        with_key(cast("CoachScreen[object]", self), plan, "team_member", act)

    # -- reading and leaving ------------------------------------------------------------------------

    def action_page(self, direction: int) -> None:
        """Read on or back on the page."""
        page = self.query_one("#joining-page", VerticalScroll)
        (page.scroll_page_down if direction > 0 else page.scroll_page_up)(animate=False)

    def action_back(self) -> None:
        """Go back; nothing is answered."""
        self.dismiss(None)

    def text_of_screen(self) -> str:
        """Return the page as text."""
        from coach_assist.flows.joining import join_page

        return join_page(self.plan).text
