"""Home: every plan on this machine, its state, and what waits for whom."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Button, OptionList, Static
from textual.widgets.option_list import Option

from coach_assist.shown import shortened
from coach_assist.tui.base import CoachScreen
from coach_assist.tui.text import joined, plain, stacked
from coach_assist.tui.widgets.notice import Notice

if TYPE_CHECKING:
    from coach_assist.flows.plans import PlanSummary


NOTHING = "Nothing waits for anybody."
NEXT = {
    "interview": "The interview goes on where it was left.",
    "drafts": "Drafts lie there, to be changed and put forward.",
    "agreed": f"{NOTHING} A shows the agreed plan.",
}


OVER_DETAIL = "It can be read and exported, and taken further in a new plan."


class HomeScreen(CoachScreen[None]):
    """The plans, newest work first; with none, a welcome that explains in three lines."""

    PLACE = "Coaching plans"
    ABOUT = (
        "Your plans on this machine, with what waits for whom. N begins a new one with a guided interview "
        "of about ten minutes; Enter opens the plan under the bar where its work waits; T shows what is due. "
        "I is people and keys, V receives a file that somebody sent, F7 begins a plan in which each "
        "answers alone."
    )
    AUTO_FOCUS = "#plans, #begin"
    BINDINGS = [
        Binding("n", "new", "New plan", id="home.new"),
        Binding("o,enter", "open", "Open", id="home.open"),
        Binding("t", "today", "Today", id="home.today"),
        Binding("slash", "search", "Search", id="home.search", key_display="/"),
        Binding("e", "evaluate", "Evaluate", id="home.evaluate", show=False),
        Binding("a", "agreed", "Agreed plan", id="home.agreed", show=False),
        Binding("w", "rewrite", "Rewrite a text", id="home.rewrite"),
        Binding("p", "privacy", "Privacy and AI record", id="home.privacy", show=False),
        Binding("v", "receive", "Receive a file", id="home.receive", show=False),
        Binding("i", "people", "People and keys", id="home.people", show=False),
        Binding("f7", "alone", "New plan, each alone", id="home.alone", show=False),
        Binding("q", "app.quit", "Quit", id="home.quit"),
    ]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.rows: tuple[PlanSummary, ...] | None = None
        self.loaded = False

    def body(self) -> ComposeResult:
        yield Notice()
        with Vertical(classes="body", id="welcome"):
            yield Static("A coaching plan that both of you have accepted, line by line.", classes="title")
            yield Static(
                "1  Answer about fourteen questions, together or each alone (F7).\n"
                "2  A model on this machine drafts from your words. Change what you like.\n"
                "3  Each of you decides on every line. What both accept is the plan.",
                id="three",
            )
            yield Static(
                "Nothing leaves this machine. A plan is for learning, not for rating anybody.",
                classes="quiet",
            )
            yield Button("Begin a plan", id="begin", variant="primary")
        yield OptionList(id="plans", markup=False)
        yield Static(id="detail")

    def on_mount(self) -> None:
        self.query_one("#welcome").display = _looks_empty(self.coach.root)
        self.query_one("#plans").display = False
        self.query_one("#detail").display = False
        self.call_after_refresh(self.load)

    def on_screen_resume(self) -> None:
        if self.loaded:
            self.load()

    def load(self) -> None:
        """Read the plans (in a thread; the first time it also imports the store)."""
        if not self.coach.turn.handed_over:
            self.begin(self._load, "plans", "reading the plans")

    def forget(self) -> None:
        """Forget every plan: the keyboard is being handed over."""
        self.rows = None
        self.query_one("#plans", OptionList).clear_options()
        self.query_one("#detail", Static).update("")

    async def _load(self) -> None:
        self.show_rows(await asyncio.to_thread(_read, self.coach.root))

    def show_rows(self, rows: tuple[PlanSummary, ...]) -> None:
        """Render the view model: the rows, or the welcome where there is none."""
        if self.coach.turn.handed_over:
            return
        listing = self.query_one("#plans", OptionList)
        highlighted = listing.highlighted or 0
        with self.coach.batch_update():
            self.rows, self.loaded = rows, True
            listing.clear_options()
            listing.add_options([Option(self._row(row), id=row.id) for row in rows])
            listing.display = bool(rows)
            self.query_one("#detail").display = bool(rows)
            self.query_one("#welcome").display = not rows
        if rows:
            listing.highlighted = min(highlighted, len(rows) - 1)
            listing.focus()
        else:
            self.query_one("#begin", Button).focus()
        self.refresh_bindings()

    def _row(self, row: PlanSummary) -> Content:
        width = max(self.size.width - 6, 24)
        title = joined((shortened(row.title, width), "bold"))
        if row.demo:
            title = joined(title, ("  DEMO", "$accent bold"))
        if row.problem:
            return stacked([title, plain(row.problem, "$accent", one_line=True), Content("")])
        names = " and ".join(name for name in (row.team_member, row.manager) if name)
        state = joined(
            (shortened(names, max(width - len(row.state_words) - 3, 8)), "$foreground-muted"),
            (" · " if names else "", "$foreground-muted"),
            (row.state_words, "$secondary"),
        )
        return stacked([title, state, Content("")])

    def _chosen(self) -> PlanSummary | None:
        listing = self.query_one("#plans", OptionList)
        if not self.rows or listing.highlighted is None:
            return None
        return self.rows[listing.highlighted]

    @on(OptionList.OptionHighlighted, "#plans")
    def _explain(self) -> None:
        row = self._chosen()
        if row is None:
            return
        names = {"team_member": row.team_member, "manager": row.manager}
        waits = [
            f"{names[party] or party.replace('_', ' ')} decides {count}"
            for party, count in row.waits.items()
            if count
        ]
        waits += [
            f"{names[party] or party.replace('_', ' ')} answers {_summaries(count)}"
            for party, count in row.summaries.items()
            if count
        ]
        if row.over:
            self.query_one("#detail", Static).update(joined((row.over, "bold"), f"  {OVER_DETAIL}"))
            return
        words = row.problem or ("  ·  ".join(waits) if waits else NEXT.get(row.state or "", NOTHING))
        self.query_one("#detail", Static).update(joined(("Next  ", "bold $primary"), words))

    @on(OptionList.OptionSelected, "#plans")
    def _selected(self) -> None:
        self.action_open()

    @on(Button.Pressed, "#begin")
    def action_new(self) -> None:
        """Begin a new plan."""
        self.coach.new_plan()

    def action_alone(self) -> None:
        """Begin a new plan in which each answers alone, unseen by the other."""
        from coach_assist.tui.alone.beginning import begin_alone

        begin_alone(self.coach)

    def action_receive(self) -> None:
        """Receive a file that somebody sent."""
        from coach_assist.tui.receiving.screen import ReceiveScreen

        self.coach.go(ReceiveScreen())

    def action_people(self) -> None:
        """Show the people who have keys here, and those whose cards were taken in."""
        from coach_assist.tui.people.screen import PeopleScreen

        self.coach.go(PeopleScreen())

    def action_open(self) -> None:
        """Open the chosen plan where its work waits."""
        if (row := self._chosen()) is not None:
            if self.coach.plan_is_open(row.id):
                self.coach.sync_now()
            self.coach.open_plan(row.id)

    def action_agreed(self) -> None:
        """Show what both accepted in the chosen plan."""
        if (row := self._chosen()) is not None:
            self.coach.open_plan(row.id, "agreed")

    def action_today(self) -> None:
        """Show what is due in all plans."""
        from coach_assist.tui.today.screen import TodayScreen

        self.coach.go(TodayScreen())

    def action_rewrite(self) -> None:
        """Rewrite vague goals, without any plan."""
        from coach_assist.tui.rewriting.screen import RewritingScreen

        self.coach.go(RewritingScreen())

    def action_privacy(self) -> None:
        """Show what of the chosen plan may go where, the AI record, the policy and the notice."""
        from coach_assist.tui.privacy.screen import PrivacyScreen

        row = self._chosen()
        self.coach.go(PrivacyScreen(row.id if row is not None and not row.problem else None))

    def action_search(self) -> None:
        """Find plans by words."""
        from coach_assist.tui.search.screen import SearchScreen

        self.coach.go(SearchScreen())

    def action_evaluate(self) -> None:
        """Show what became of the plans, in counts."""
        from coach_assist.tui.evaluation.screen import EvaluationScreen

        self.coach.go(EvaluationScreen())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in {"open", "agreed", "today", "search", "evaluate"}:
            return bool(self.rows)
        return True

    def news(self) -> None:
        self.load()

    def text_of_screen(self) -> str:
        """Return the list as text."""
        return "\n".join(f"{row.title} · {row.state_words}" for row in self.rows or ())


def _summaries(count: int) -> str:
    return "a summary" if count == 1 else f"{count} summaries"


def _looks_empty(root: Path | None) -> bool:
    """Say by a look into the folder, before the store is imported, whether there is no plan yet."""
    if root is None:
        import platformdirs

        given = os.environ.get("COACH_ASSIST_HOME")
        root = Path(given).expanduser() if given else platformdirs.user_data_path("coach-assist")
    return next(iter((root / "plans").glob("*.plan")), None) is None


def _read(root: Path | None) -> tuple[PlanSummary, ...]:
    from coach_assist.flows.plans import plans
    from coach_assist.workspace.store import Workspace

    return tuple(plans(Workspace(root)))
