"""Where one is in the interview: a pure state machine that both front ends render.

A session is frozen; every step returns a new one and says what must be written down before it is shown.
An answer that was skipped is kept as an empty one, so that a resumed interview does not ask it again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from coach_assist.checker import Context
from coach_assist.interview.answers import DEFAULT_END, Answer, problem_of
from coach_assist.interview.probes import Probe, probe_for
from coach_assist.interview.questions import Question
from coach_assist.plan.timeline import read_date, read_end
from coach_assist.shown import shortened

_NOTHING = "nothing was typed yet; skip the question if it does not fit"


@dataclass(frozen=True, slots=True)
class Check:
    """What can be said of a text while it is typed: its value, and a problem in words ("" if none)."""

    value: Answer
    problem: str


@dataclass(frozen=True, slots=True)
class Step:
    """What an answer led to. `saved` is to be written before `session` is shown.

    With a `problem` nothing was taken and the question stays. With a `probe` the answer was taken and
    the question stays once more, for the follow-up; `answer(keep=True)` or `add` goes on.
    """

    session: Session
    saved: tuple[str, Answer] | None = None
    problem: str = ""
    probe: str = ""


@dataclass(frozen=True, slots=True)
class Session:
    """The questions of one path, what was answered, and the place."""

    questions: tuple[Question, ...]
    answers: Mapping[str, Answer]
    """By question id; also those that are not on this path. Empty text: skipped."""
    position: int
    today: date
    probing: Probe | None = None
    """The follow-up that is open at the current question."""
    probed: frozenset[str] = frozenset()

    @property
    def question(self) -> Question | None:
        """The question that is asked now; None when all have been."""
        return self.questions[self.position] if self.position < len(self.questions) else None

    @property
    def finished(self) -> bool:
        return self.question is None

    @property
    def number(self) -> int:
        """The place, from 1 ("4 of 14"); the total when finished."""
        return min(self.position + 1, self.total)

    @property
    def total(self) -> int:
        return len(self.questions)

    @property
    def value(self) -> Answer:
        """What is answered to the current question; "" where nothing is."""
        return self.answers.get(self.question.id, "") if self.question else ""

    @property
    def default(self) -> str:
        """What an empty answer to the current question stands for; "" where it stands for nothing."""
        asked = self.question
        if asked is None:
            return ""
        return {"date": self.today.isoformat(), "length": asked.default or DEFAULT_END}.get(asked.type, "")

    @property
    def before(self) -> tuple[tuple[Question, Answer], ...]:
        """What was answered to the questions before this one, in their order."""
        return tuple(
            (asked, self.answers[asked.id])
            for asked in self.questions[: self.position]
            if self.answers.get(asked.id)
        )

    @property
    def missing(self) -> tuple[Question, ...]:
        """Questions that drafting needs and that have no answer yet."""
        return tuple(asked for asked in self.questions if asked.required and not self.answers.get(asked.id))

    def check(self, text: str) -> Check:
        """Judge a text as an answer to the current question, quickly and without taking it."""
        asked = self._asked
        value = _as_value(asked, text)
        if not value:
            return Check(value, "" if self.value or self.default else _NOTHING)
        return Check(value, problem_of(asked, value) or self._date_problem(asked, value))

    def answer(self, text: str, *, keep: bool = False) -> Step:
        """Take an answer and go on, or stay for a problem or for the one follow-up.

        Blank text takes the answer that is there already, else the default. `keep`: no follow-up.
        """
        asked = self._asked
        checked = self.check(text)
        if checked.problem:
            return Step(self, problem=checked.problem)
        value = checked.value or self.value or self.default
        unchanged = value == self.answers.get(asked.id)
        taken = replace(self, answers={**self.answers, asked.id: value})
        saved = None if unchanged else (asked.id, value)
        probe = None
        if not (keep or self.probing or asked.id in self.probed or (unchanged and not checked.value)):
            probe = probe_for(asked, value, self._context)
        if probe:
            return Step(
                replace(taken, probing=probe, probed=self.probed | {asked.id}), saved, probe=probe.text
            )
        return Step(taken._at(self.position + 1), saved)

    def add(self, text: str) -> Step:
        """Add what was said to an open follow-up to the answer that it is about, and go on.

        Blank text keeps the answer as it is.
        """
        if not text.strip() or not self.value:
            return self.answer("", keep=True)
        if isinstance(self.value, str):
            return self.answer(f"{self.value}\n{text}", keep=True)
        entry = self.probing.entry if self.probing and self.probing.entry is not None else -1
        entries = list(self.value)
        joint = " " if entries[entry].rstrip().endswith((".", "!", "?", ":", ";")) else ". "
        entries[entry] = entries[entry].rstrip() + joint + " ".join(text.split("\n")).strip()
        return self.answer("\n".join(entries), keep=True)

    def ask_instead(self, text: str) -> Session:
        """Put a better follow-up in the place of the open one; without an open one nothing changes."""
        return self if self.probing is None else replace(self, probing=replace(self.probing, text=text))

    def skip(self) -> Step:
        """Leave the current question as it is (unanswered or not) and go on."""
        asked = self._asked
        if asked.id in self.answers:
            return Step(self._at(self.position + 1))
        return Step(
            replace(self, answers={**self.answers, asked.id: ""})._at(self.position + 1), (asked.id, "")
        )

    def back(self) -> Session:
        """Return to the question before; at the first one, stay."""
        return self._at(self.position - 1)

    def go_to(self, question_id: str) -> Session:
        """Go to a question of this path. Raises KeyError where the path has none of that id."""
        for place, asked in enumerate(self.questions):
            if asked.id == question_id:
                return self._at(place)
        raise KeyError(question_id)

    def _at(self, position: int) -> Session:
        return replace(self, position=max(0, min(position, self.total)), probing=None)

    @property
    def _asked(self) -> Question:
        if self.question is None:
            raise ValueError("the interview is finished")
        return self.question

    def _text(self, question_id: str) -> str:
        given = self.answers.get(question_id, "")
        return given if isinstance(given, str) else "\n".join(given)

    @property
    def _start(self) -> date:
        given = self._text("start")
        return read_date(given) if given.strip() else self.today

    @property
    def _context(self) -> Context:
        start = self._start
        try:
            end = read_end(self._text("end") or DEFAULT_END, start)
        except (
            ValueError,
            OverflowError,
        ):  # without a start, an end that was given lately can lie in the past
            return Context(today=self.today, start=start)
        focus = self._text("development_area") or None
        return Context(due=end, focus=focus, today=self.today, start=start, end=end)

    def _date_problem(self, asked: Question, value: Answer) -> str:
        """Say why a date cannot be taken, in words; "" where it can or is none."""
        if asked.type not in ("date", "length") or not isinstance(value, str):
            return ""
        try:
            if asked.type == "length":
                read_end(value, self._start)
                return ""
            start = read_date(value)
            end = self._text("end") or DEFAULT_END
            try:
                read_end(end, start)
            except ValueError as error:
                return f"with the end as it is ({shortened(end, 40)}), {error}; change the end first"
        except ValueError as error:
            return shortened(str(error), 200)
        except OverflowError:
            return "that is too far away"
        return ""


def begin(questions: tuple[Question, ...], answers: Mapping[str, Answer], today: date) -> Session:
    """Open the interview, or take it up again, at the first question that still wants an answer.

    Questions that were skipped are not asked again, except those that drafting needs.
    """
    session = Session(questions, dict(answers), 0, today)
    unasked = (place for place, asked in enumerate(questions) if asked.id not in answers)
    needed = (place for place, asked in enumerate(questions) if asked in session.missing)
    place = next(unasked, None)
    if place is None:
        place = next(needed, len(questions))
    return replace(session, position=place)


def _as_value(asked: Question, text: str) -> Answer:
    if asked.type == "list":
        return tuple(line for line in text.replace("\r\n", "\n").split("\n") if line.strip())
    return text if text.strip() else ""
