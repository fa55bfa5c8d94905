"""Where the two differ: question by question side by side, what to talk about first on top."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from coach_assist.errors import CoachError
from coach_assist.tui.alone.differ_words import answer_content, marks_content, row_content, sentence_content
from coach_assist.tui.failures import in_words
from coach_assist.tui.plan_screen import PlanScreen
from coach_assist.tui.text import plain
from coach_assist.tui.widgets.model_line import ModelLine
from coach_assist.tui.widgets.notice import Notice

if TYPE_CHECKING:
    from coach_assist.flows.blind import DifferView
    from coach_assist.flows.difference_words import DifferenceWords
    from coach_assist.interview.differences import Compared


class SentenceCame(Message):
    """A neutral sentence on one difference came from the model."""

    def __init__(self, words: DifferenceWords) -> None:
        super().__init__()
        self.words = words


class DifferScreen(PlanScreen):
    """Both sides of each question. Nothing is judged; what differs in goals, dates and numbers is marked."""

    PLACE = "We differ"
    ABOUT = (
        "Both sides, question by question; what to talk about first stands on top. ≠ marks different goals, "
        "dates and numbers, and their words are underlined. Nobody is right here: it is what you talk "
        "about. M "
        "asks the model for one neutral sentence on each difference; D drafts the plan from both sides."
    )
    AMONG_PLACES = False
    CSS_PATH = "differ.tcss"
    AUTO_FOCUS = "#differences"
    BINDINGS = [
        Binding("d", "draft", "Draft from both", id="differ.draft"),
        Binding("m", "sentences", "Neutral sentences", id="differ.sentences"),
        Binding("i", "together", "Answer together", id="differ.together"),
        Binding("space,pagedown", "page(1)", "Read on", id="differ.down", show=False),
        Binding("pageup", "page(-1)", "Read back", id="differ.up", show=False),
        Binding("escape", "leave", "Back", id="differ.leave"),
    ]

    def __init__(self, plan_id: str) -> None:
        super().__init__(plan_id)
        self.view: DifferView | None = None
        self.rows: tuple[Compared, ...] = ()
        self.sentences: dict[str, DifferenceWords] = {}

    def body(self) -> ComposeResult:
        yield Notice()
        with Vertical(id="differ-both"):
            yield OptionList(id="differences", markup=False)
            with VerticalScroll(id="differ-detail", can_focus=False):
                yield Static(id="differ-prompt")
                yield Static(id="differ-sentence")
                with Horizontal(id="sides"):
                    yield Static(id="side-team_member", classes="side")
                    yield Static(id="side-manager", classes="side")
                yield Static(id="differ-marks")
        yield ModelLine()

    def look(self) -> None:
        from coach_assist.flows.blind import differ
        from coach_assist.flows.difference_words import own_words_on
        from coach_assist.flows.show import title_of

        self.top.title = title_of(self.plan)
        self.query_one(ModelLine).look()
        self.view = view = differ(self.coach.workspace, self.plan, date.today())
        self.sentences = {**own_words_on(view), **{k: v for k, v in self.sentences.items() if v.by_model}}
        same = tuple(one for one in view.questions if one.standing == "same")
        self.rows = (*view.talk, *same)
        listing = self.query_one("#differences", OptionList)
        place = listing.highlighted or 0
        names = self.coach.party_names(self.plan_id)
        listing.clear_options()
        listing.add_options(
            [
                Option(row_content(number, one, names, self._room), id=one.question.id)
                for number, one in enumerate(self.rows, start=1)
            ]
        )
        listing.highlighted = min(place, len(self.rows) - 1) if self.rows else None
        self.show_chosen()
        self.refresh_bindings()

    @property
    def _room(self) -> int:
        from coach_assist.tui.plan_screen import WIDE

        return 40 if self.size.width >= WIDE else max(self.size.width - 4, 20)

    @on(OptionList.OptionHighlighted, "#differences")
    def show_chosen(self) -> None:
        """Show both sides of the question under the bar."""
        place = self.query_one("#differences", OptionList).highlighted
        if place is None or place >= len(self.rows):
            return
        one = self.rows[place]
        names = self.coach.party_names(self.plan_id)
        self.query_one("#differ-prompt", Static).update(plain(one.question.prompt, "bold"))
        said = self.sentences.get(one.question.id)
        sentence = self.query_one("#differ-sentence", Static)
        sentence.display = said is not None
        if said is not None:
            sentence.update(sentence_content(said))
        for party in names:
            self.query_one(f"#side-{party}", Static).update(answer_content(one, party, names[party]))
        marks = self.query_one("#differ-marks", Static)
        marks.display = bool(one.marks)
        marks.update(marks_content(one, names))
        self.query_one("#differ-detail", VerticalScroll).scroll_home(animate=False)

    # -- the model's sentences ------------------------------------------------------------------------

    def action_sentences(self) -> None:
        """Ask the model for one neutral sentence on each difference. Escape stops it."""
        self.begin(self._ask, "sentences", "one sentence on each difference")

    async def _ask(self) -> None:
        from coach_assist.flows.difference_words import difference_words

        assert self.view is not None
        await self.coach.desk.prepare(again=True)
        provider = await self.coach.desk.provider()
        result = await difference_words(
            self.plan, self.view, provider=provider, on_words=lambda one: self.post_message(SentenceCame(one))
        )
        self.remember_state()
        if result.failed is not None:
            raise result.failed
        made = sum(one.by_model for one in result.words.values())
        self.query_one(Notice).say(
            f"The model wrote {made} of {len(result.words)} sentences; the others are by rules."
        )

    @property
    def writes_itself(self) -> bool:
        return any(worker.is_running for worker in self.workers)

    @on(SentenceCame)
    def _came(self, message: SentenceCame) -> None:
        self.sentences[message.words.question] = message.words
        self.show_chosen()

    # -- going on -------------------------------------------------------------------------------------

    def action_draft(self) -> None:
        """Draft from both sides; each field then says whose answer it rests on."""
        if self._with_owner():
            self.coach.open_plan(self.plan_id, "draft")

    def action_together(self) -> None:
        """Answer together now; what you say together comes before either side."""
        if self._with_owner():
            self.coach.open_plan(self.plan_id, "interview")

    def _with_owner(self) -> bool:
        """Say whether the keyboard is with its owner, whose the drafts are; say so where it is not."""
        if self.coach.turn.handed_over:
            self.query_one(Notice).say(
                "The keyboard is handed over. Give it back first: Esc, Esc, then the hand-over page."
            )
        return not self.coach.turn.handed_over

    def action_page(self, direction: int) -> None:
        """Read on or back."""
        detail = self.query_one("#differ-detail", VerticalScroll)
        (detail.scroll_page_down if direction > 0 else detail.scroll_page_up)(animate=False)

    def action_leave(self) -> None:
        """Stop the model where it writes; else go back to the page of both."""
        if self.writes_itself:
            self.workers.cancel_group(self, "sentences")
            self.query_one(Notice).say("Stopped. The sentences that came are kept on this page.")
            return
        self.coach.open_plan(self.plan_id, "alone")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in {"draft", "together"}:
            return bool(self.rows)
        if action == "sentences":
            return self.view is not None and any(one.standing == "differ" for one in self.view.talk)
        return super().check_action(action, parameters)

    def text_of_screen(self) -> str:
        """Return all questions with both sides as text."""
        try:
            names = self.coach.party_names(self.plan_id)
        except (CoachError, OSError) as error:
            return in_words(error).what
        parts = []
        for one in self.rows:
            sides = [answer_content(one, party, name).plain for party, name in names.items()]
            parts.append("\n".join([one.question.prompt, *sides, marks_content(one, names).plain]))
        return "\n\n".join(parts)
