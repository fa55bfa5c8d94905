"""Finding a plan by words in its title, its names and what both have agreed."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from coach_assist.shown import shortened
from coach_assist.tui.base import CoachScreen
from coach_assist.tui.text import joined, plain, stacked
from coach_assist.tui.widgets.notice import Notice

if TYPE_CHECKING:
    from coach_assist.flows.search import Hit

HOW = "Titles, names and what both have agreed. Drafts, notes and answers are never searched."


class SearchScreen(CoachScreen[None]):
    """Finds while one types; Enter goes to the list, and opens."""

    PLACE = "Search"
    ABOUT = (
        "All words have to stand somewhere in a plan: in its title, in a name, or in a text that both have "
        "agreed. Drafts, notes, answers and proposals that wait are never searched. Enter opens a plan."
    )
    CSS_PATH = "search.tcss"
    AUTO_FOCUS = "#words"
    BINDINGS = [
        Binding("down", "to_list", "To the list", id="search.list", show=False),
        Binding("escape", "leave", "Plans", id="search.leave"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.hits: tuple[Hit, ...] = ()

    def body(self) -> ComposeResult:
        yield Notice()
        yield Input(id="words", placeholder="words", select_on_focus=False)
        yield OptionList(id="hits", markup=False)
        yield Static(plain(HOW), id="search-side")

    @on(Input.Changed, "#words")
    def _typed(self) -> None:
        self.begin(self._search, "search", "looking for the words")

    async def _search(self) -> None:
        from coach_assist.flows.search import search

        words = self.query_one("#words", Input).value
        self.show(await asyncio.to_thread(search, self.coach.workspace, words))

    def show(self, hits: tuple[Hit, ...]) -> None:
        """Render what was found."""
        self.hits = hits
        listing = self.query_one("#hits", OptionList)
        listing.clear_options()
        listing.add_options([Option(self._row(hit), id=hit.plan.id) for hit in hits])
        listing.highlighted = 0 if hits else None
        typed = bool(self.query_one("#words", Input).value.strip())
        found = (f"{len(hits)} found. " if hits else "No plan has all these words. ") if typed else ""
        self.query_one("#search-side", Static).update(joined((found, "bold"), HOW))

    def _row(self, hit: Hit) -> Content:
        room = max(self.size.width - 6, 24)
        plan = hit.plan
        title = joined(
            (shortened(plan.title, room - 6), "bold"), ("  DEMO" if plan.demo else "", "$accent bold")
        )
        names = " and ".join(name for name in (plan.team_member, plan.manager) if name)
        rows = [title, joined((shortened(f"{names} · {plan.state_words}", room), "$foreground-muted"))]
        if hit.where:
            rows.append(joined(("  ", ""), shortened(hit.where, room - 2)))
        return stacked(rows)

    @on(Input.Submitted, "#words")
    def action_to_list(self) -> None:
        """Go to what was found."""
        if self.hits:
            self.query_one("#hits", OptionList).focus()

    @on(OptionList.OptionSelected, "#hits")
    def _open(self, event: OptionList.OptionSelected) -> None:
        if event.option.id is not None:
            self.coach.open_plan(event.option.id)

    def action_leave(self) -> None:
        """Return to the plans."""
        self.coach.go_home()

    def text_of_screen(self) -> str:
        """Return what was found as text."""
        return "\n".join(f"{hit.plan.title}: {hit.where}".rstrip(": ") for hit in self.hits)
