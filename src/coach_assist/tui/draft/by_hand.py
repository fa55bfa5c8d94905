"""What a person does to drafts by hand: write, change, delete, rewrite, put forward."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, cast

from coach_assist.errors import CoachError, UsageError
from coach_assist.shown import shortened
from coach_assist.tui.draft.cards import KIND_WORDS
from coach_assist.tui.failures import in_words
from coach_assist.tui.plan_screen import PlanScreen
from coach_assist.tui.unlocking import with_key
from coach_assist.tui.widgets.question_card import QuestionCard

if TYPE_CHECKING:
    from coach_assist.flows.plan_drafts import DraftView
    from coach_assist.flows.rewrite import Rewrite
    from coach_assist.plan.units import Party, UnitKind


class ByHand(PlanScreen):
    """The half of the draft screen that works without a model."""

    drafts: tuple[DraftView, ...] = ()

    @property
    @abstractmethod
    def chosen(self) -> DraftView | None:
        """The draft under the bar."""

    @abstractmethod
    def reread(self, select: str | None = None) -> None:
        """Show the drafts as they are on disk now, the bar on `select`."""

    # -- by hand -----------------------------------------------------------------------------------

    def action_edit(self) -> None:
        """Change the draft under the bar by hand."""
        if (chosen := self.chosen) is not None:
            self._form(chosen.kind, chosen.id, dict(chosen.value), f"{KIND_WORDS[chosen.kind]}: change it")

    def action_add(self) -> None:
        """Write a unit by hand: first its kind, then its fields."""

        def begin(kind: str | None) -> None:
            if kind is not None:
                from coach_assist.tui.draft.form_spec import blank_value

                self._form(kind, None, blank_value(kind), f"{KIND_WORDS[kind]}: write it")  # type: ignore[arg-type]

        kinds = [(kind, words, "") for kind, words in KIND_WORDS.items()]
        self.app.push_screen(QuestionCard("What do you want to write?", "", kinds), begin)

    def _form(self, kind: UnitKind, draft_id: str | None, value: dict[str, object], title: str) -> None:
        from coach_assist.flows.plan_drafts import references, save_draft
        from coach_assist.tui.draft.unit_form import UnitForm, Value

        def keep(new: Value | None) -> None:
            if new is None:
                return
            try:
                draft = save_draft(self.plan, draft_id, kind, new)
            except CoachError as error:
                self.tell(error)
                return
            self.reread(draft.id)

        self.app.push_screen(UnitForm(kind, title, value, references(self.plan)), keep)  # type: ignore[arg-type]

    def action_remove(self) -> None:
        """Delete the draft under the bar, after asking."""
        chosen = self.chosen
        if chosen is None:
            return

        def answered(choice: str | None) -> None:
            if choice == "yes":
                from coach_assist.flows.plan_drafts import drop_draft

                drop_draft(self.plan, chosen.id)
                self.reread()

        self.app.push_screen(
            QuestionCard(
                "Delete this draft?",
                shortened(chosen.headline, 200),
                [("no", "Keep it", ""), ("yes", "Delete it", "your answers stay")],
            ),
            answered,
        )

    def action_rewrite(self) -> None:
        """Ask for a SMART rewrite of the goal under the bar; it arrives beside the old text."""
        from coach_assist.tui.draft.rewrite_screen import RewriteScreen

        chosen = self.chosen
        if chosen is None or chosen.kind != "goal":
            return

        def taken(rewrite: Rewrite | None) -> None:
            if rewrite is not None:
                from coach_assist.flows.rewrite_draft import save_rewrite

                try:
                    save_rewrite(self.plan, chosen.id, rewrite)
                except CoachError as error:
                    self.tell(error)
                self.reread(chosen.id)

        self.app.push_screen(RewriteScreen(self.plan, chosen), taken)

    # -- putting forward ---------------------------------------------------------------------------

    def action_put_forward(self) -> None:
        """Turn drafts into proposals: all of them or one, as one of the two parties. Accepts nothing."""
        from coach_assist.tui.draft.forward import answers_for, put_forward_as

        if not self.drafts:
            return
        names = self.coach.party_names(self.plan_id)
        chosen = self.chosen

        def answered(choice: str | None) -> None:
            if choice is not None:
                party = cast("Party", choice.partition(":")[2])

                def on(_said: str) -> None:
                    with_key(self, self.plan, party, lambda: put(choice))

                if choice.startswith("accept:"):  # a decision: a team member reads the page on joining first
                    from coach_assist.tui.joining.asking import join_first

                    join_first(self, self.plan, party, on, self.reread)
                else:
                    on("")

        def put(choice: str) -> None:
            try:
                party, count = put_forward_as(self.coach.workspace, self.plan, choice, self.drafts, chosen)
            except (CoachError, OSError) as error:
                self.tell(in_words(error))
                return
            self.coach.take_turn(party)
            self.coach.say(f"{count} put forward by {names[party]}. Nothing is accepted by that.")
            self.remember_state()
            if self.drafts and count < len(self.drafts):
                self.reread()
            else:
                self.coach.open_plan(self.plan_id, "handover")

        words = (
            "They become proposals that both of you can read and decide on, one by one. "
            "Putting them forward accepts nothing for anybody."
        )
        count = len(self.drafts)
        question = "Put this draft forward?" if count == 1 else f"Put {count} drafts forward?"
        try:
            answers = answers_for(names, self.drafts, chosen, self.coach.turn.party)
        except UsageError as error:
            self.tell(error)
            return
        self.app.push_screen(QuestionCard(question, words, answers), answered)
