"""The draft: answers become units, streamed as they come; a person changes them and puts them forward."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from coach_assist.tui.base import reading_keys
from coach_assist.tui.draft.cards import draft_card, draft_line
from coach_assist.tui.draft.drafting import Drafting
from coach_assist.tui.draft.messages import (
    DraftRequested,
)
from coach_assist.tui.text import joined, plain, stacked
from coach_assist.tui.widgets.model_line import ModelLine
from coach_assist.tui.widgets.notice import Notice
from coach_assist.tui.widgets.progress_line import ProgressLine
from coach_assist.tui.widgets.unit_card import Card, UnitCard, card_text

if TYPE_CHECKING:
    from coach_assist.flows.plan_drafts import DraftView


class DraftScreen(Drafting):
    """The list of drafts, the one under the bar whole, and the line that says what the model does."""

    PLACE = "Draft"
    ABOUT = (
        "Drafts are yours: nobody else sees them, and you may change or delete every one. ◇ marks a draft "
        "with a suggestion that is in nobody's answer; ○ a goal with something not stated yet. The checker "
        "underlines words; it judges the sentence, never the person. P puts drafts forward as proposals, "
        "which accepts nothing."
    )
    CSS_PATH = "draft.tcss"
    AUTO_FOCUS = "#drafts"
    READS = "#draft-detail"
    BINDINGS = [
        Binding("p", "put_forward", "Put forward", id="draft.put_forward"),
        Binding("e", "edit", "Edit", id="draft.edit"),
        Binding("w", "rewrite", "Rewrite", id="draft.rewrite"),
        Binding("a", "add", "Add", id="draft.add"),
        Binding("x,delete", "remove", "Remove", id="draft.remove"),
        Binding("d", "draft", "Draft with the model", id="draft.draft", show=False),
        Binding("o", "own_words", "Draft in own words", id="draft.own_words", show=False),
        *reading_keys("draft"),
        Binding("escape", "leave", "Stop or leave", id="draft.leave", show=False),
    ]

    def __init__(self, plan_id: str, *, start: bool = False) -> None:
        super().__init__(plan_id)
        self.drafts: tuple[DraftView, ...] = ()
        self._start = start
        self._card_of: DraftView | None = None

    def body(self) -> ComposeResult:
        yield ProgressLine()
        yield Notice()
        with Horizontal(id="draft-both"):
            yield OptionList(id="drafts", markup=False)
            with VerticalScroll(id="draft-detail", can_focus=False):
                yield Static(id="live")
                yield Vertical(id="card-place")
        yield ModelLine()

    # -- looking -----------------------------------------------------------------------------------

    def look(self) -> None:
        from coach_assist.flows.interview import Interview
        from coach_assist.flows.plan_drafts import drafts_of
        from coach_assist.tui.interview.view import view_of

        self.top.title = view_of(Interview.resume(self.coach.workspace, self.plan).session).title
        self.query_one(ModelLine).look()
        self.show(drafts_of(self.plan))
        if self._start:
            self._start = False
            if not self.drafts:
                self.post_message(DraftRequested(own_words=self.coach.desk.declined))

    def show(self, drafts: tuple[DraftView, ...], select: str | None = None) -> None:
        """Render the view models; the bar stays on its draft."""
        listing = self.query_one("#drafts", OptionList)
        chosen = select or (self.chosen.id if self.chosen else None)
        with self.coach.batch_update():
            self.drafts = drafts
            self.set_class(not drafts, "-empty")
            width = self.list_width
            listing.clear_options()
            listing.add_options([Option(draft_line(draft, width), id=draft.id) for draft in drafts])
            ids = [draft.id for draft in drafts]
            listing.highlighted = ids.index(chosen) if chosen in ids else (0 if ids else None)
            self.show_chosen()
        self.refresh_bindings()

    @property
    def chosen(self) -> DraftView | None:
        place = self.query_one("#drafts", OptionList).highlighted
        return self.drafts[place] if place is not None and place < len(self.drafts) else None

    @on(OptionList.OptionHighlighted, "#drafts")
    def show_chosen(self) -> None:
        """Show the draft under the bar, or what can be done where there is none."""
        place = self.query_one("#card-place", Vertical)
        chosen = self.chosen
        if chosen is None:
            self._card_of = None
            place.remove_children()
            if not self.drafting:
                place.mount(Static(self._empty_words()))
            return
        if chosen is self._card_of:
            return
        self._card_of = chosen
        place.remove_children()
        place.mount(UnitCard(self._card(chosen)))
        self.query_one("#draft-detail", VerticalScroll).scroll_home(animate=False)
        self.refresh_bindings()

    def _card(self, view: DraftView) -> Card:
        from coach_assist.flows.plan_drafts import references

        return draft_card(
            view, {key: words for entries in references(self.plan).values() for key, words in entries}
        )

    def _empty_words(self) -> Content:
        rows = [
            ("d", "Draft with the model, from your answers"),
            ("o", "Take your answers over in your own words, without a model"),
            ("a", "Write one by hand"),
            ("F2", "Go back to the interview"),
        ]
        return stacked(
            [
                plain("There are no drafts here.", "bold"),
                Content(""),
                *[joined((key.rjust(2), "bold $primary"), "  ", words) for key, words in rows],
            ]
        )

    # -- keys --------------------------------------------------------------------------------------

    def action_leave(self) -> None:
        """Stop the model while it drafts; otherwise leave for home."""
        if self.drafting:
            self.workers.cancel_group(self, "draft")
        else:
            self.coach.go_home()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        drafting = self.is_mounted and self.drafting
        if action in {"put_forward", "edit", "remove"}:
            return bool(self.drafts) and not drafting
        if action == "rewrite":
            chosen = self.chosen if self.is_mounted else None
            return chosen is not None and chosen.kind == "goal" and not drafting
        if action in {"draft", "own_words", "add", "place"} and drafting:
            return False
        return super().check_action(action, parameters)

    def text_of_screen(self) -> str:
        """Return the shown draft as text."""
        return card_text(self._card(self.chosen)) if self.chosen is not None else ""
