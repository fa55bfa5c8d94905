"""A plan in which every kind of text there is holds a word of its own, so that one sees where it goes."""

from __future__ import annotations

from datetime import date

from follow_maker import GOAL, SOFT_GOAL, agreed_plan, hold_check_in

from coach_assist.agreement.summary_bodies import SummaryAnswerBody, SummaryBody, SummaryItem
from coach_assist.flows import close, decide
from coach_assist.flows.acts import Act, acting_key
from coach_assist.flows.comment import comment
from coach_assist.flows.joining import put_statement
from coach_assist.flows.note import keep_note, release_note
from coach_assist.flows.propose import put_forward
from coach_assist.flows.sign import sign, sign_view
from coach_assist.plan.drafts import Draft
from coach_assist.plan.units import PARTIES
from coach_assist.workspace.plan_file import PlanFile
from coach_assist.workspace.store import Workspace

DAY = date(2026, 12, 2)
PARTS: dict[str, tuple[str, ...]] = {
    "agreed": ("partner mails", "Clear the Friday report"),
    "statement": ("STATEMENTWORD",),
    "progress": ("EVIDENCEWORD", "READINGWORD"),
    "closing": ("LEARNEDWORD", "CLOSINGWHYWORD"),
    "open": (),
    "signatures": (),
    "said": ("NOTEWORD", "THANKSWORD", "OBSTACLEWORD", "TALKWORD", "NEXTSTEPWORD", "SUMMARYWORD"),
    "survey": ("SURVEYWORD",),
    "questions": (),
}
"""Part of the table of audiences → words that stand in nothing but that part."""
NEVER = (
    "DECLINEDWORD", "REASONWORD", "OPENWORD", "COMMENTWORD", "REPLACEDWORD", "PRIVATEWORD", "ANSWERWORD",
    "DRAFTWORD", "UNANSWEREDWORD",
)  # fmt: skip
"""Words of texts that are in no readable export, for whomever."""
REPLACED = "Send the list of partners REPLACEDWORD"


def plan_with_all(workspace: Workspace, *, closed: bool = True) -> PlanFile:
    """Return an agreed, signed and followed plan with all of these words in it."""
    plan = agreed_plan(workspace)
    _replace_support(workspace, plan)
    for party in PARTIES:
        sign(workspace, plan, party, sign_view(plan).plan_hash)
    put_statement(workspace, plan, "STATEMENTWORD: mornings only")
    hold_check_in(
        workspace, plan, "manager", DAY,
        {
            f"value/{GOAL}": "5", f"evidence/{GOAL}": "the inbox EVIDENCEWORD",
            f"words/{SOFT_GOAL}": "two of three READINGWORD", "obstacle": "OBSTACLEWORD", "talk": "TALKWORD",
            "next/1/what": "NEXTSTEPWORD", "next/1/who": "Bo", "next/1/due": "2026-12-04",
        },
    )  # fmt: skip
    release_note(workspace, plan, "manager", keep_note(plan, "manager", "NOTEWORD", DAY))
    thanks = keep_note(plan, "team_member", "THANKSWORD", DAY, role="thanks")
    release_note(workspace, plan, "team_member", thanks)
    keep_note(plan, "manager", "PRIVATEWORD", DAY)
    plan.answers.put("manager", "why", "ANSWERWORD")
    plan.drafts.put_all("manager", [_draft("activity", {"what": "DRAFTWORD"}, "draftdraft")])
    talk = close.begin_survey(plan, "team_member", DAY)
    while (step := talk.step) is not None:
        assert talk.answer("SURVEYWORD" if step.id == "words" else "4") == ""
    close.release_survey(workspace, plan, "team_member", talk)
    _summarise(workspace, plan)
    _undecided_and_declined(workspace, plan)
    if closed:
        _close(workspace, plan)
    return plan


def _draft(kind: str, value: dict, unit: str) -> Draft:
    return Draft(id=unit, kind=kind, value=value, origin="person")


def _replace_support(workspace: Workspace, plan: PlanFile) -> None:
    """Agree on a text and then on another in its place: the first is agreed no more."""
    for what in (REPLACED, "Send the list of partners"):
        value = {"what": what, "who": None, "due": "2026-11-27"}
        put_forward(workspace, plan, "manager", [_draft("support", value, "support222")], accept_own=True)
        for view in decide.undecided(plan, "team_member"):
            needed = frozenset(view.to_acknowledge)
            decide.accept(workspace, plan, "team_member", view.id, view.shown, acknowledged=needed)


def _summarise(workspace: Workspace, plan: PlanFile) -> None:
    """Put two summaries of notes forward; both accept the first, nobody answers the second."""
    for text, answered in (("SUMMARYWORD", True), ("UNANSWEREDWORD", False)):
        item = SummaryItem(id=f"item{text[:6].lower()}", kind="achievement", text=text, by="person")
        body = SummaryBody(day=DAY.isoformat(), items=[item], method="rules")
        act = Act(plan.id, plan.history, acting_key(workspace, plan, "manager"))
        made = act.add("summary", body)
        shown = act.body_hash(made)
        plan.record(lambda _, act=act: act.records)
        for party in PARTIES if answered else ():
            answer = Act(plan.id, plan.history, acting_key(workspace, plan, party))
            answer.add("summary_answer", SummaryAnswerBody(summary=made, shown=shown, answer="accept"))
            plan.record(lambda _, act=answer: act.records)


def _undecided_and_declined(workspace: Workspace, plan: PlanFile) -> None:
    drafts = [_draft("activity", {"what": "DECLINEDWORD"}, "declined22")]
    put_forward(workspace, plan, "manager", drafts, accept_own=False)
    (view,) = decide.undecided(plan, "team_member")
    decide.decline(workspace, plan, "team_member", view.id, view.shown, reason="REASONWORD")
    put_forward(
        workspace, plan, "manager", [_draft("support", {"what": "OPENWORD"}, "openopen22")], accept_own=True
    )
    (view,) = decide.undecided(plan, "team_member")
    comment(workspace, plan, "team_member", view.id, view.shown, "COMMENTWORD")


def _close(workspace: Workspace, plan: PlanFile) -> None:
    answers = {
        f"outcome/{GOAL}": "done", f"outcome/{SOFT_GOAL}": "dropped",
        f"reason/{SOFT_GOAL}": "CLOSINGWHYWORD", "learned/team_member": "LEARNEDWORD",
    }  # fmt: skip
    talk = close.begin_page(plan, "manager", DAY)
    while (step := talk.step) is not None:
        assert talk.answer(answers.get(step.id, "")) == ""
    page = close.put_page(workspace, plan, "manager", talk)
    (view,) = close.closing_view(plan).waiting
    close.sign_page(workspace, plan, "team_member", page, view.shown)
