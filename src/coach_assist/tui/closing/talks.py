"""The two talks at the end of a plan: the closing page, and the survey on the coaching itself."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from textual.content import Content

from coach_assist.errors import UsageError
from coach_assist.tui.guided.screen import GuidedScreen
from coach_assist.tui.text import joined, stacked

if TYPE_CHECKING:
    from coach_assist.flows.guided import Guided
    from coach_assist.plan.units import Party


class _ClosingTalk(GuidedScreen):
    AFTER = "closing"

    def __init__(self, plan_id: str, party: Party, today: date | None = None) -> None:
        super().__init__(plan_id, party)
        self.today = today or date.today()

    def preview_content(self) -> tuple[Content, bool]:
        assert self.talk is not None
        answers = self.talk.answers
        rows = [
            joined(
                (f"{step.prompt if step.id.startswith('reason/') else step.about or step.prompt}  ", "bold"),
                dict(step.choices).get(answers[step.id], answers[step.id]),
            )
            for step in self.talk.steps
            if answers.get(step.id)
        ]
        return stacked(rows, gap=1) if rows else Content(""), bool(rows)


class ClosingPageScreen(_ClosingTalk):
    """What became of each goal, what was learned, recognition, what comes next; one party fills it in."""

    PLACE = "Closing page"
    ABOUT = (
        "What became of each goal (done, changed on the way, dropped, with the reason), what each of you "
        "learned, a thank-you, what comes next. Signing puts it forward; the other person signs exactly it, "
        "or answers with another page. The plan is closed once both have signed one page."
    )
    RECORDED = "Put forward and signed by you. It closes the plan once the other one has signed it too."
    RECORD, LATER = "Sign it and put it forward", "Not now"
    LAST_PAGE = (
        "This is the closing page that both will see.",
        "Nothing was said yet.",
        "Signing is for you only. PgUp goes back to the answers.",
    )

    def begin_talk(self) -> Guided:
        from coach_assist.flows.close import begin_page

        return begin_page(self.plan, self.party, self.today)

    def record_talk(self) -> None:
        from coach_assist.flows.close import missing_step, put_page

        assert self.talk is not None
        try:
            put_page(self.coach.workspace, self.plan, self.party, self.talk)
        except UsageError:
            if (missing := missing_step(self.talk)) is not None:
                self.talk.go_to(missing)
                self._drawn = ""
                self.show()
            raise


class SurveyScreen(_ClosingTalk):
    """Five statements on the coaching itself, each one's own."""

    PLACE = "Survey"
    ABOUT = (
        "Five statements on the coaching itself, from 1 (not at all) to 5 (fully), and a free line. It is "
        "never about a person. Your answers are yours alone, unless you show them to the other one; then "
        "they count in the means over plans, which are withheld while fewer than five plans have answers."
    )
    RECORDED = "Shown to the other one from now on."
    RECORD, LATER = "Show it to the other one", "Keep it to myself"
    LAST_PAGE = (
        "Your answers. They are yours alone so far.",
        "Nothing was answered.",
        "Both choices keep them. PgUp goes back to the answers.",
    )

    def begin_talk(self) -> Guided:
        from coach_assist.flows.close import begin_survey

        return begin_survey(self.plan, self.party, self.today)

    def record_talk(self) -> None:
        from coach_assist.flows.close import release_survey

        assert self.talk is not None
        release_survey(self.coach.workspace, self.plan, self.party, self.talk)
