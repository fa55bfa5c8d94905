"""The interview of one plan: the pure session, bound to the plan's drawer of answers.

Each answer is on disk before the next question is returned. A new plan's file is made with its first
answer, so that looking at the questions leaves nothing behind.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from pydantic import JsonValue

from coach_assist.errors import UsageError
from coach_assist.flows.blind import both_sets, is_blind
from coach_assist.flows.opportunity import choose_kind, plan_kind_of
from coach_assist.flows.own_drawer import OwnDrawer
from coach_assist.interview.answers import Answer, Answers, AnswersError, parse_answers_data
from coach_assist.interview.opportunity import worded
from coach_assist.interview.questions import PathName, Question, path_name, questions_of
from coach_assist.interview.session import Session, Step, begin
from coach_assist.plan.units import PARTIES, PlanKind
from coach_assist.workspace.drawers import Owner
from coach_assist.workspace.plan_file import PlanFile
from coach_assist.workspace.store import Workspace

_PATH = "interview.path"


class Interview:
    """What both front ends drive: `session` says where one is, the methods move it.

    Every method that takes something writes it to the drawer first; where that fails (Refused), the
    session stays as it was, and so does the text in the hands of the front end.
    """

    def __init__(
        self,
        workspace: Workspace,
        plan: PlanFile | None,
        *,
        path: PathName,
        today: date,
        owner: Owner = "joint",
        demo: bool = False,
        kind: PlanKind = "development",
    ) -> None:
        self._workspace = workspace
        self._kind = kind
        self._owner = owner
        self._demo = demo
        self._today = today
        self.plan = plan
        """The plan's file; None until the first answer of a new plan."""
        self.on_created: Callable[[PlanFile], None] | None = None
        """Called once with the file of a new plan, before its first answer is written."""
        self.path: PathName = path
        self.session: Session = begin(self._questions(path), self._stored(), today)

    @classmethod
    def new(
        cls,
        workspace: Workspace,
        *,
        path: PathName = "short",
        today: date | None = None,
        demo: bool = False,
        kind: PlanKind = "development",
    ) -> Interview:
        """Begin the interview of a new plan of this kind. Its file is made with the first answer."""
        return cls(workspace, None, path=path, today=today or date.today(), demo=demo, kind=kind)

    @classmethod
    def resume(
        cls,
        workspace: Workspace,
        plan: PlanFile,
        *,
        path: PathName | None = None,
        today: date | None = None,
        owner: Owner = "joint",
    ) -> Interview:
        """Take an interview up again, at the first question that still wants an answer.

        `path` None: the path on which it was begun.
        """
        chosen = path or path_name(plan.meta.get(_PATH) or "short")
        interview = cls(workspace, plan, path=chosen, today=today or date.today(), owner=owner)
        interview._remember_path()
        return interview

    @property
    def plan_id(self) -> str | None:
        """The plan's id; None until the first answer of a new plan."""
        return self.plan.id if self.plan else None

    @property
    def short_id(self) -> str:
        """The plan's id as short as it is unique on this machine; "" before the first answer."""
        return self._workspace.shortest(self.plan.id) if self.plan else ""

    def answer(self, text: str, *, keep: bool = False) -> Step:
        """Take an answer to the current question (see Session.answer), durable before this returns."""
        return self._taken(self.session.answer(text, keep=keep))

    def add(self, text: str) -> Step:
        """Add to the answer what was said to its follow-up; blank text keeps it as it is."""
        return self._taken(self.session.add(text))

    def ask_instead(self, text: str) -> Session:
        """Ask a better follow-up in the place of the open one."""
        self.session = self.session.ask_instead(text)
        return self.session

    def skip(self) -> Step:
        """Go on without an answer for now. A skipped question is not asked again by itself."""
        return self._taken(self.session.skip())

    def back(self) -> Session:
        """Return to the question before."""
        self.session = self.session.back()
        return self.session

    def go_to(self, question_id: str) -> Session:
        """Go to a question of this path. Raises UsageError where it has none of that id."""
        try:
            self.session = self.session.go_to(question_id)
        except KeyError:
            raise UsageError(
                f"this path has no question {question_id}", next_step="The full path asks them all."
            ) from None
        return self.session

    def to_next_open(self) -> Session:
        """Go to the first question that still wants an answer; to the end where none does."""
        self.session = begin(self.session.questions, self.session.answers, self._today)
        return self.session

    def switch_path(self, path: PathName) -> Session:
        """Go over to the other path; all answers stay, and the first unasked question is next."""
        self.path = path
        self._remember_path()
        self.session = begin(self._questions(path), self.session.answers, self._today)
        return self.session

    def prefill(self, answers: Answers) -> Session:
        """Take over the answers of a file, durably, and go to the first question that it left open."""
        for question_id, value in answers.joint.items():
            self._write(self._owner, question_id, value)
        for party, own in answers.by.items():
            for question_id, value in own.items():
                self._write(party, question_id, value)
        joint = {**self.session.answers, **answers.joint}
        self.session = begin(self.session.questions, joint, self._today)
        return self.session

    @property
    def missing(self) -> tuple[Question, ...]:
        """What drafting needs and nobody has answered yet."""
        return self.session.missing

    def answers(self) -> Answers:
        """Return all that was answered. Raises AnswersError where drafting needs more."""
        if self.plan is None:
            return parse_answers_data({}, today=self._today, name="the interview")
        return read_answers(self.plan, today=self._today)

    def _taken(self, step: Step) -> Step:
        if step.saved:
            self._write(self._owner, *step.saved)
        self.session = step.session
        return step

    def _write(self, owner: Owner, question_id: str, value: Answer) -> None:
        if self.plan is None:
            self.plan = self._workspace.create(demo=self._demo)
            self._remember_path()
            choose_kind(self.plan, self._kind)
            if self.on_created is not None:
                self.on_created(self.plan)
        if owner == "joint":
            self.plan.answers.put(owner, question_id, _as_json(value))
        else:
            OwnDrawer(self._workspace, self.plan, owner).put(question_id, _as_json(value))

    def _questions(self, path: PathName) -> tuple[Question, ...]:
        """Return a path's questions in the words of the kind of plan that the manager chose."""
        kind = plan_kind_of(self.plan) if self.plan else self._kind
        asked = (one for one in questions_of(path) if self._owner == "joint" or one.id not in PARTIES)
        return tuple(worded(question, kind) for question in asked)

    def _remember_path(self) -> None:
        if self.plan and not self.plan.read_only and self.plan.meta.get(_PATH) != self.path:
            self.plan.meta.put(_PATH, self.path)

    def _stored(self) -> Mapping[str, Answer]:
        if self.plan is None:
            return {}
        if self._owner != "joint":
            own = OwnDrawer(self._workspace, self.plan, self._owner)
            own.seal_all()
            return {question: _as_answer(value) for question, value in own.all().items()}
        return {entry.question: _as_answer(entry.value) for entry in self.plan.answers.all("joint")}


def read_answers(plan: PlanFile, *, today: date | None = None) -> Answers:
    """Return the answers in a plan's drawers, joint and each party's own.

    Where both answer on their own, only what both have released is read. Raises UsageError until then,
    AnswersError with all that is missing or no longer fits (a date can lie in the past by now).
    """
    data: dict[str, object] = {entry.question: entry.value for entry in plan.answers.all("joint")}
    by: Mapping[str, object] = {
        party: own
        for party in PARTIES
        if (own := {entry.question: entry.value for entry in plan.answers.all(party)})
    }
    if is_blind(plan):
        by, joined, _ = both_sets(plan)
        data = {**joined, **{key: value for key, value in data.items() if value}}
    if by:
        data["by"] = by
    try:
        return parse_answers_data(data, today=today, name="the answers of this plan")
    except AnswersError as error:
        raise AnswersError(
            "the answers of this plan",
            error.problems,
            kept="All answers are kept.",
            next_step=f"Answer what is named: coach-assist interview {plan.id[:8]}",
        ) from None


def _as_json(value: Answer) -> JsonValue:
    return value if isinstance(value, str) else list(value)


def _as_answer(value: JsonValue) -> Answer:
    if isinstance(value, list):
        return tuple(str(entry) for entry in value)
    return value if isinstance(value, str) else ""
