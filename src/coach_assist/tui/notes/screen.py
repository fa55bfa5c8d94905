"""One's own notes between check-ins, and those that were released: write, release, delete."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from coach_assist.errors import CoachError
from coach_assist.shown import shortened
from coach_assist.tui.failures import in_words
from coach_assist.tui.notes.note_card import NoteCard
from coach_assist.tui.plan_screen import PlanScreen
from coach_assist.tui.text import joined, plain
from coach_assist.tui.unlocking import with_key
from coach_assist.tui.widgets.notice import Notice
from coach_assist.tui.widgets.question_card import QuestionCard

if TYPE_CHECKING:
    from coach_assist.flows.note import NoteKind, NoteView
    from coach_assist.plan.units import Party


class NotesScreen(PlanScreen):
    """Private notes of one party, then what either has released."""

    PLACE = "Own notes"
    ABOUT = (
        "Observations and thank-yous between check-ins. They are in your own drawer, and nobody else sees "
        "them. N adds one, R releases the one under the bar to the other person for good, X deletes it."
    )
    CSS_PATH = "notes.tcss"
    AUTO_FOCUS = "#note-list"
    BINDINGS = [
        Binding("n", "new", "New note", id="notes_list.new"),
        Binding("r", "release", "Release", id="notes_list.release"),
        Binding("x,delete", "delete", "Delete", id="notes_list.delete"),
        Binding("escape", "leave", "Back", id="notes_list.leave"),
    ]

    def __init__(self, plan_id: str, party: Party, today: date | None = None, *, start: bool = True) -> None:
        """`start`: ask for a new note at once."""
        super().__init__(plan_id)
        self.party: Party = party
        self.today = today or date.today()
        self.notes: tuple[NoteView, ...] = ()
        self._start = start

    def body(self) -> ComposeResult:
        yield Notice()
        yield OptionList(id="note-list", markup=False)
        yield Static(id="note-words")

    def look(self) -> None:
        from coach_assist.flows.note import notes_of
        from coach_assist.flows.show import plan_view

        view = plan_view(self.plan)
        self.top.title = view.title
        self.top.whose = f"{view.names[self.party]}, own notes"
        listing = self.query_one("#note-list", OptionList)
        at = listing.highlighted or 0
        self.notes = notes_of(self.plan, self.party)
        listing.clear_options()
        listing.add_options([Option(self._row(one, view.names[one.by]), id=one.id) for one in self.notes])
        listing.highlighted = min(at, len(self.notes) - 1) if self.notes else None
        self._explain()
        if self._start:
            self._start = False
            self.action_new()

    def _row(self, one: NoteView, name: str) -> Content:
        state = "released" if one.released else "private "
        width = max(self.size.width - 6, 24)
        return joined(
            (f"{state}  {one.day}  ", "$foreground-muted"),
            shortened(f"{name} {one.role_words}: {one.text}", max(width - 22, 12)),
        )

    @property
    def chosen(self) -> NoteView | None:
        """The note under the bar."""
        place = self.query_one("#note-list", OptionList).highlighted
        return self.notes[place] if place is not None and place < len(self.notes) else None

    @on(OptionList.OptionHighlighted, "#note-list")
    def _explain(self) -> None:
        chosen = self.chosen
        words = chosen.text if chosen else "There are no notes yet. N writes one."
        self.query_one("#note-words", Static).update(plain(words))
        self.refresh_bindings()

    def action_new(self) -> None:
        """Keep a note: what it is, the text, Enter."""
        self.app.push_screen(NoteCard(), self._noted)

    def _noted(self, typed: tuple[str, str] | None) -> None:
        if typed is None:
            return
        from coach_assist.flows.guard import guard_words, special_spans
        from coach_assist.flows.note import keep_note

        role, text = typed
        try:
            keep_note(self.plan, self.party, text, self.today, role=cast("NoteKind", role))
        except (CoachError, OSError) as error:
            self.tell(in_words(error))
            return
        self.remember_state()
        self.look()
        own = [place for place, one in enumerate(self.notes) if not one.released]
        self.query_one("#note-list", OptionList).highlighted = own[-1] if own else None
        if spans := special_spans(text):
            self.query_one(Notice).say(guard_words(spans), "It is kept, private. X deletes it.")
        else:
            self.coach.say("Kept, private. R releases it.")

    def action_release(self) -> None:
        """Show the note under the bar to the other person, after asking."""
        from coach_assist.flows.guard import guard_words, special_spans
        from coach_assist.flows.note import release_note

        chosen = self.chosen
        if chosen is None:
            return
        spans = special_spans(chosen.text)
        warned = f"\n{guard_words(spans)}" if spans else ""

        def release() -> None:
            workspace = self.coach.workspace
            self._done(lambda: release_note(workspace, self.plan, self.party, chosen.id), "Released.")

        self._ask(
            "Show this note to the other person, for good?",
            f"{shortened(chosen.text, 300)}{warned}",
            ("Keep it private", "Release it"),
            lambda: with_key(self, self.plan, self.party, release),
        )

    def action_delete(self) -> None:
        """Delete the private note under the bar, after asking."""
        from coach_assist.flows.note import delete_note

        chosen = self.chosen
        if chosen is not None:
            self._ask(
                "Delete this note for good?",
                shortened(chosen.text, 300),
                ("Keep it", "Delete it"),
                lambda: self._done(lambda: delete_note(self.plan, self.party, chosen.id), "Deleted."),
            )

    def _ask(self, question: str, words: str, answers: tuple[str, str], then: Callable[[], None]) -> None:
        rows = [("no", answers[0], ""), ("yes", answers[1], "")]
        self.app.push_screen(
            QuestionCard(question, words, rows), lambda choice: then() if choice == "yes" else None
        )

    def _done(self, do: Callable[[], object], words: str) -> None:
        try:
            do()
        except (CoachError, OSError) as error:
            self.tell(in_words(error))
            return
        self.remember_state()
        self.look()
        self.coach.say(words)

    def action_leave(self) -> None:
        """Go back to how the plan stands."""
        self.coach.open_plan(self.plan_id, "progress")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in {"release", "delete"}:
            chosen = self.chosen if self.is_mounted else None
            return chosen is not None and not chosen.released
        return super().check_action(action, parameters)

    def text_of_screen(self) -> str:
        """Return the notes as text."""
        return "\n".join(f"{one.day} {one.role_words}: {one.text}" for one in self.notes)
