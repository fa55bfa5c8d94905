"""What a manager asks oneself before a plan: in the manager's own drawer until it is released."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from textual import on
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Button

from coach_assist.errors import CoachError
from coach_assist.tui.failures import in_words
from coach_assist.tui.guided.screen import GuidedScreen
from coach_assist.tui.opportunity.words import view_content
from coach_assist.tui.text import plain, stacked

if TYPE_CHECKING:
    from coach_assist.flows.guided import Guided


class OpportunityScreen(GuidedScreen):
    """The guided step. Every question can be skipped, and so can all of it. `fresh`: the plan is new."""

    PLACE = "Before the plan"
    ABOUT = (
        "Whether a plan is the right thing, and which: about five minutes, for the manager. Every question "
        "can be skipped. What you write lies in your own drawer until you release it; nothing drafted from "
        "it can be decided before the team member has read it."
    )
    RECORDED = "Released. The team member reads it before deciding on anything drafted from it."
    RECORD, LATER = "Release it to the team member", "Keep it to myself for now"
    AFTER = "interview"
    LAST_PAGE = (
        "This is what you wrote. Nobody else sees it until you release it.",
        "Nothing was written before the plan.",
        "Releasing agrees to nothing. PgUp goes back to the questions.",
    )
    BINDINGS = [Binding("r", "release", "Release", id="opportunity.release")]

    def __init__(self, plan_id: str, *, fresh: bool = False, today: date | None = None) -> None:
        super().__init__(plan_id, "manager")
        self.fresh = fresh
        self.today = today or date.today()

    def look(self) -> None:
        self.top.title = "New plan" if self.fresh else self._title()
        self.top.whose = "the manager writes"
        if self.talk is None:
            self.talk = self.begin_talk()
        self.show()

    def _title(self) -> str:
        from coach_assist.flows.show import plan_view

        return plan_view(self.plan).title

    def begin_talk(self) -> Guided:
        from coach_assist.flows.opportunity import begin

        return begin(self.plan, self.today)

    def preview_content(self) -> tuple[Content, bool]:
        from coach_assist.flows.guard import guard_words, special_spans
        from coach_assist.flows.opportunity import opportunity

        view = opportunity(self.plan)
        rows = [view_content(view)]
        if view.missing:
            still = f"Still to be written for performance support: {'; '.join(view.missing)}."
            rows.append(plain(still, "bold $accent"))
        spans = special_spans("\n".join(text for _, text in view.entries))
        if spans:
            rows.append(plain(guard_words(spans), "$accent"))
        return stacked(rows, gap=1), bool(view.entries) and not view.released

    def record_talk(self) -> None:
        from coach_assist.flows.opportunity_release import release

        release(self.coach.workspace, self.plan)

    def action_release(self) -> None:
        """Let the team member see what was written."""
        self.query_one("#record", Button).press()

    @on(Button.Pressed, "#later")
    def _later(self, event: Button.Pressed) -> None:
        """Go on without releasing, or without having written anything."""
        event.stop()
        event.prevent_default()  # the guided talk's own answer to this button is to leave
        self._go()

    def action_leave(self) -> None:
        """Leave. What was answered is kept; a new plan in which nothing was answered is not."""
        if self.talk is not None and not self._keep_typed():
            return
        if self.fresh and not self._answered():
            self._drop()
            return
        if self.fresh:
            self.coach.go_home()
        else:
            self.coach.open_plan(self.plan_id)

    def _answered(self) -> bool:
        return self.talk is not None and any(
            text for question, text in self.talk.answers.items() if question != "kind"
        )

    def _go(self) -> None:
        self.coach.open_plan(self.plan_id, self.AFTER if self.fresh or not self.plan.has_opened else None)

    def _drop(self) -> None:
        from coach_assist.flows.delete_plan import delete_plan, deletion

        workspace = self.coach.workspace
        try:
            self.coach.close_plan()
            delete_plan(workspace, deletion(workspace, self.plan_id))
        except (CoachError, OSError) as error:
            self.tell(in_words(error))
            return
        self.coach.go_home()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "release":
            return (
                self.is_mounted
                and self.talk is not None
                and self.talk.step is None
                and bool(self.query_one("#record", Button).display)
            )
        if action == "place":
            return False
        return super().check_action(action, parameters)
