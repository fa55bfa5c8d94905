"""The interview of one party alone: the same questions, kept in that party's own drawer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Button, Static

from coach_assist.errors import CoachError
from coach_assist.tui.failures import in_words
from coach_assist.tui.interview.screen import InterviewScreen
from coach_assist.tui.text import plain, stacked
from coach_assist.tui.widgets.notice import Notice

if TYPE_CHECKING:
    from coach_assist.plan.units import Party


class AloneInterview(InterviewScreen):
    """Asks one party. Nobody else sees an answer, and no model gets one, before both have released."""

    PLACE = "Each alone"
    ABOUT = (
        "You answer on your own. Your answers lie in your own drawer: the other person is not shown them, no "
        "model gets them, and nothing is drafted, until both of you have released. You choose then which "
        "answers you hold back. Leave whenever you want: it goes on where you stopped."
    )

    CSS_PATH = "../interview/interview.tcss"

    def __init__(self, plan_id: str, party: Party) -> None:
        super().__init__(plan_id)
        self.party: Party = party

    def _open(self) -> None:
        from coach_assist.flows.alone import begin_alone
        from coach_assist.tui.joining.asking import join_first

        assert self.plan_id is not None
        self.top.places = ()
        try:
            plan = self.coach.plan_file(self.plan_id)
        except (CoachError, OSError) as error:
            self.tell(in_words(error))
            return

        def on(said: str) -> None:
            try:
                self.interview = begin_alone(self.coach.workspace, plan, self.party)
            except (CoachError, OSError) as error:
                self.tell(in_words(error))
                return
            self.show()

        join_first(self, plan, self.party, on, self.leave)

    def _draft_ahead(self) -> None:
        """Draft nothing: no model gets an answer before both have released."""

    def show(self, *, probe: str = "") -> None:
        """Render the session as one's own: whose it is, and releasing in place of drafting."""
        from coach_assist.flows.show import title_of

        assert self.interview is not None and self.interview.plan is not None
        super().show(probe=probe)
        name = self.coach.party_names(self.interview.plan.id)[self.party]
        self.top.title = title_of(self.interview.plan)
        self.top.whose = f"{name}, alone"
        if not self.interview.session.before:
            self.query_one("#before", Static).update("")
        self.query_one("#draft", Button).label = "Go on to releasing"
        if self.interview.session.question is None:
            self.query_one("#prompt", Static).update(
                stacked(
                    [
                        plain("That is all that is asked.", "bold"),
                        plain(
                            "Next you look at your answers and choose which of them you release. Until both "
                            "of you have released, nobody sees them."
                        ),
                    ],
                    gap=1,
                )
            )

    def to_draft(self) -> None:
        """Go on to releasing."""
        from coach_assist.tui.alone.release import ReleaseScreen

        assert self.plan_id is not None
        self.coach.go(ReleaseScreen(self.plan_id, self.party))

    def action_path(self) -> None:
        """Go over to the full path of questions, or back; answers stay."""
        try:
            super().action_path()
        except CoachError as error:  # the keys were locked meanwhile
            self.query_one(Notice).say_error(error)

    def leave(self) -> None:
        """Go back to the page of both."""
        assert self.plan_id is not None
        self.coach.open_plan(self.plan_id, "alone")
