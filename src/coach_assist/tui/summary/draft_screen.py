"""A summary in one's own drawer: each item is kept, changed or dropped; then it is put forward for both."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from coach_assist.errors import CoachError, UsageError
from coach_assist.tui.failures import in_words
from coach_assist.tui.plan_screen import PlanScreen
from coach_assist.tui.summary.adjusting import adjust
from coach_assist.tui.summary.cards import STATE_WORDS, item_content, item_line, lines_content, rest_words
from coach_assist.tui.summary.item_form import ItemForm
from coach_assist.tui.text import joined, plain
from coach_assist.tui.unlocking import with_key
from coach_assist.tui.widgets.notice import Notice
from coach_assist.tui.widgets.question_card import QuestionCard

if TYPE_CHECKING:
    from coach_assist.flows.summary_draft import DraftItem, ItemState, SummaryDraft
    from coach_assist.plan.units import Party


class SummaryDraftScreen(PlanScreen):
    """The items at the left, the one under the bar whole with its lines at the right."""

    PLACE = "Summary"
    ABOUT = (
        "Drafts from your notes; nobody else sees them. K keeps an item, E changes it, D drops it. A makes a "
        "proposal of a suggested adjustment, on the part of the plan that it names. U shows the lines that "
        "are in no item, N takes some of them in. P puts the kept items forward with the lines that they "
        "quote: they count once both of you have accepted them, and change nothing that is agreed."
    )
    CSS_PATH = "summary.tcss"
    AUTO_FOCUS = "#items"
    BINDINGS = [
        Binding("k", "mark('kept')", "Keep", id="summary.keep"),
        Binding("e", "edit", "Change", id="summary.edit"),
        Binding("d,delete", "mark('dropped')", "Drop", id="summary.drop"),
        Binding("a", "adjust", "Make a change of it", id="summary.adjust"),
        Binding("p", "put_forward", "Put forward", id="summary.put_forward"),
        Binding("u", "uncovered", "Other lines", id="summary.uncovered"),
        Binding("n", "take_in", "Take a line in", id="summary.take_in", show=False),
        Binding("x", "delete", "Delete the summary", id="summary.delete", show=False),
        Binding("space", "page", "Read on", id="summary.down", show=False),
        Binding("escape", "leave", "Leave", id="summary.leave"),
    ]

    def __init__(self, plan_id: str, party: Party, today: date | None = None) -> None:
        super().__init__(plan_id)
        self.party: Party = party
        self.today = today or date.today()
        self.draft: SummaryDraft | None = None

    def body(self) -> ComposeResult:
        yield Notice()
        with Horizontal(id="summary-both"):
            yield OptionList(id="items", markup=False)
            with VerticalScroll(id="item-detail", can_focus=False):
                yield Static(id="item")
        yield Static(id="summary-side")

    # -- looking ---------------------------------------------------------------------------------------

    def look(self) -> None:
        from coach_assist.flows.show import plan_view
        from coach_assist.flows.summary_draft import summary_draft

        view = plan_view(self.plan)
        self.top.title = view.title
        self.top.whose = f"{view.names[self.party]}, own drafts"
        draft = summary_draft(self.plan, self.party)
        if draft is not None:
            self.show(draft)
            return
        self.draft = None  # put forward or deleted meanwhile
        self.query_one("#items", OptionList).clear_options()
        self.query_one("#item", Static).update(plain("Nothing is left here. Esc goes back."))
        self.query_one("#summary-side", Static).update("")
        self.refresh_bindings()

    def show(self, draft: SummaryDraft, select: int | None = None) -> None:
        """Render the items, the bar on `select`, else where it was."""
        self.draft = draft
        listing = self.query_one("#items", OptionList)
        at = select if select is not None else listing.highlighted or 0
        with self.coach.batch_update():
            listing.clear_options()
            width = self.list_width
            listing.add_options([Option(item_line(item, width), id=item.id) for item in draft.items])
            listing.highlighted = min(at, len(draft.items) - 1) if draft.items else None
            self.show_chosen()
        self.refresh_bindings()

    @property
    def chosen(self) -> DraftItem | None:
        """The item under the bar."""
        place = self.query_one("#items", OptionList).highlighted
        if self.draft is None or place is None or place >= len(self.draft.items):
            return None
        return self.draft.items[place]

    @on(OptionList.OptionHighlighted, "#items")
    def show_chosen(self) -> None:
        """Show the item under the bar with its lines."""
        from coach_assist.flows.follow_facts import about_words, facts_of
        from coach_assist.flows.summary_draft import BY_WORDS, KIND_WORDS

        chosen, draft = self.chosen, self.draft
        if draft is None:
            return
        left = (
            f"{draft.left} of {len(draft.items)} to look at. "
            if draft.left
            else "All looked at: P puts forward. "
        )
        self.query_one("#summary-side", Static).update(joined((left, "bold"), rest_words(draft)))
        self.query_one("#item-detail", VerticalScroll).scroll_home(animate=False)
        if chosen is None:
            self.query_one("#item", Static).update(
                plain("No line of these notes became an item. U shows the lines.")
            )
            return
        note = f"{STATE_WORDS[chosen.state]}, {BY_WORDS[chosen.by]}"
        goal = about_words(facts_of(self.plan), chosen.goal) if chosen.goal else None
        about = [("Who", chosen.owner), ("By", chosen.due), ("For the goal", goal)]
        if chosen.kind == "adjustment":
            said = (
                "done, or left as it is" if chosen.settled else "A proposes a change of the plan that says so"
            )
            about.append(("Change of the plan", said))
        self.query_one("#item", Static).update(
            item_content(KIND_WORDS[chosen.kind], note, chosen.text, about, chosen.quotes)
        )
        self.refresh_bindings()

    def action_uncovered(self) -> None:
        """Show the lines that are in no item in place of the item."""
        if self.draft is not None:
            self.query_one("#item", Static).update(lines_content(self.draft))
            self.query_one("#item-detail", VerticalScroll).scroll_home(animate=False)

    def action_take_in(self) -> None:
        """Take lines that are in no item in, as items in the person's own words."""
        from coach_assist.tui.summary.taking_in import take_in

        if self.draft is not None:
            self.action_uncovered()
            take_in(self, self.party, lambda fresh: self.show(fresh, len(fresh.items) - 1))

    # -- deciding --------------------------------------------------------------------------------------

    def action_mark(self, state: ItemState) -> None:
        """Keep or drop the item under the bar, and go on to the next that nobody has looked at."""
        from coach_assist.flows.summary_draft import mark_item

        if (chosen := self.chosen) is None:
            return
        try:
            fresh = mark_item(self.plan, self.party, chosen.id, state)
        except (CoachError, OSError) as error:
            self.tell(in_words(error))
            return
        self._changed(fresh, chosen)

    def _changed(self, fresh: SummaryDraft, chosen: DraftItem) -> None:
        self.remember_state()
        self.clear_notice()
        place = next(number for number, item in enumerate(fresh.items) if item.id == chosen.id)
        order = [*range(place + 1, len(fresh.items)), *range(place)]
        self.show(fresh, next((number for number in order if fresh.items[number].state == "open"), place))

    def action_edit(self) -> None:
        """Change the item under the bar, and keep it."""
        if (chosen := self.chosen) is not None:
            self._form(chosen, {"text": chosen.text, "owner": chosen.owner or "", "due": chosen.due or ""})

    def _form(self, chosen: DraftItem, values: dict[str, str], problem: str = "") -> None:
        def answered(typed: dict[str, str] | None) -> None:
            if typed is None:
                return
            from coach_assist.flows.summary_draft import edit_item

            try:
                fresh = edit_item(self.plan, self.party, chosen.id, **typed)
            except UsageError as error:
                self._form(chosen, typed, error.what)
            except (CoachError, OSError) as error:
                self.tell(in_words(error))
            else:
                self._changed(fresh, chosen)

        self.app.push_screen(ItemForm(values, problem), answered)

    def action_adjust(self) -> None:
        """Make a proposal of the suggested adjustment under the bar."""
        if (chosen := self.chosen) is not None and self.draft is not None:
            adjust(self, self.party, chosen, date.fromisoformat(self.draft.day), self.look)

    # -- putting forward -------------------------------------------------------------------------------

    def action_put_forward(self) -> None:
        """Put the kept items forward, after saying what both will see."""
        from coach_assist.flows.guard import guard_words, special_spans

        draft = self.draft
        if draft is None:
            return
        if draft.left or not draft.kept:
            words = f"{draft.left} items were not looked at yet." if draft.left else "No item is kept."
            self.query_one(Notice).say(words, "", "K keeps the one under the bar, E changes it, D drops it.")
            return
        own = all(item.by != "model" for item in draft.kept)
        said = (
            "You accept it by that."
            if own
            else "That accepts nothing: the model worded some of it, so both of you still answer it."
        )
        found = [
            span
            for item in draft.kept
            for text in (item.text, *(line for _, line in item.quotes))
            for span in special_spans(text)
        ]
        warned = f"\n{guard_words(found)}" if found else ""
        words = (
            f"Both will see these {len(draft.kept)} items and the lines of your notes that they quote; the "
            f"other lines stay with you. {said}{warned}"
        )
        self.app.push_screen(
            QuestionCard(
                "Put the summary forward?",
                words,
                [("no", "Not yet", ""), ("yes", "Put it forward", "it counts once both have accepted it")],
            ),
            lambda choice: with_key(self, self.plan, self.party, self._put) if choice == "yes" else None,
        )

    def _put(self) -> None:
        from coach_assist.flows.summary_share import put_summary

        try:
            done = put_summary(self.coach.workspace, self.plan, self.party)
        except (CoachError, OSError) as error:
            self.tell(in_words(error))
            return
        self.coach.say("Put forward; the other one answers it next." if done.accepted else "Put forward.")
        self.coach.take_turn(self.party)
        self.coach.open_plan(self.plan_id, "summary")

    def action_delete(self) -> None:
        """Delete the summary that was begun, with its notes, after asking."""

        def answered(choice: str | None) -> None:
            if choice == "yes":
                from coach_assist.flows.summary_draft import drop_summary

                drop_summary(self.plan, self.party)
                self.coach.open_plan(self.plan_id, "progress")

        self.app.push_screen(
            QuestionCard(
                "Delete this summary and its notes?",
                "Nobody else has seen them.",
                [("no", "Keep them", ""), ("yes", "Delete them", "for good")],
            ),
            answered,
        )

    def action_page(self) -> None:
        """Read on in the shown item."""
        self.query_one("#item-detail", VerticalScroll).scroll_page_down(animate=False)

    def action_leave(self) -> None:
        """Leave; everything is kept."""
        self.coach.open_plan(self.plan_id, "progress")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in {"uncovered", "take_in", "put_forward", "delete"}:
            return self.draft is not None
        if action in {"mark", "edit"}:
            return self.is_mounted and self.chosen is not None
        if action == "adjust":
            chosen = self.chosen if self.is_mounted else None
            return chosen is not None and chosen.kind == "adjustment" and not chosen.settled
        return super().check_action(action, parameters)

    def text_of_screen(self) -> str:
        """Return all items as text."""
        items = self.draft.items if self.draft else ()
        return "\n".join(f"{STATE_WORDS[item.state]}: {item.text}" for item in items)
