"""A guided talk, step by step: each answer is in the party's own drawer before the next step is asked.

Check-ins and closing talks are held this way by both front ends. Nothing here is seen by the other
party, and all of it can be left, resumed and deleted, until it is recorded.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from coach_assist.errors import UsageError
from coach_assist.plan.timeline import read_date
from coach_assist.workspace.drawers import Owner
from coach_assist.workspace.plan_file import PlanFile

StepKind = Literal["choice", "number", "line", "lines", "day"]
NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,9})?")
LINE_LIMIT, TEXT_LIMIT = 400, 4000
"""Characters of a line, and of a text."""


@dataclass(frozen=True, slots=True)
class Step:
    """One question of a guided talk. Every step may be skipped."""

    id: str
    kind: StepKind
    group: str
    prompt: str
    about: str = ""
    """The text that it is about, as stored."""
    choices: tuple[tuple[str, str], ...] = ()
    """choice: (key, words)."""
    measure: str = ""
    """number: the unit, which may be typed after the number."""
    hint: str = ""
    limit: int = TEXT_LIMIT
    """lines: the most characters."""


StepsOf = Callable[[Mapping[str, str]], tuple[Step, ...]]
"""Given the answers so far, return all steps: an answer may open further ones."""


class Guided:
    """One talk that is under way. `day` is the day on which it began (ISO)."""

    def __init__(self, plan: PlanFile, owner: Owner, name: str, steps_of: StepsOf, day: str) -> None:
        """Take up what was begun under `name`, or begin. Nothing is written before the first answer."""
        self._plan, self._owner, self._name, self._steps_of = plan, owner, name, steps_of
        self._at: str | None = None
        self.day = day

    @property
    def answers(self) -> dict[str, str]:
        """The answers so far; "" for a step that was skipped."""
        prefix = f"{self._name}/"
        return {
            entry.question.removeprefix(prefix): str(entry.value)
            for entry in self._plan.notes.all(self._owner)
            if entry.question.startswith(prefix)
        }

    @property
    def steps(self) -> tuple[Step, ...]:
        """All steps, as far as the answers open them."""
        return self._steps_of(self.answers)

    @property
    def step(self) -> Step | None:
        """The step that is asked now; None where all have been answered or skipped."""
        answers = self.answers
        steps = self._steps_of(answers)
        if self._at is not None:
            found = next((one for one in steps if one.id == self._at), None)
            if found is not None:
                return found
        return next((one for one in steps if one.id not in answers), None)

    @property
    def begun(self) -> bool:
        """Whether anything was answered yet."""
        return bool(self.answers)

    @property
    def spent(self) -> tuple[tuple[Owner, str], ...]:
        """The entries of the drawer that are used up once the talk is recorded."""
        return tuple((self._owner, f"{self._name}/{one}") for one in self.answers)

    def answer(self, text: str) -> str:
        """Keep the answer to the present step and go on; return what is wrong with it, "" where nothing is.

        A text that does not fit is not taken as the answer, and kept beside it (see `rejected`). Raises
        Refused where the plan cannot be written.
        """
        step = self.step
        if step is None:
            return "everything was answered already"
        value, problem = read_answer(step, text)
        if problem:
            if step.kind in ("line", "lines"):
                self._plan.partials.put(self._owner, f"{self._name}/{step.id}", text)
            return problem
        self._plan.notes.put(self._owner, f"{self._name}/{step.id}", value)
        if self.rejected(step.id):
            self._plan.partials.delete(self._owner, f"{self._name}/{step.id}")
        self._at = None
        return ""

    def rejected(self, step: str) -> str:
        """Return the text that was not taken as the answer to a step; "" where there is none."""
        text = self._plan.partials.get(self._owner, f"{self._name}/{step}")
        return text if isinstance(text, str) else ""

    def put(self, step: str, text: str) -> None:
        """Keep an answer to a step that is not asked now, such as a file of notes. Raises Refused."""
        self._plan.notes.put(self._owner, f"{self._name}/{step}", text)

    def skip(self) -> None:
        """Leave the present step; what was answered to it before stays. Raises Refused."""
        step = self.step
        if step is not None:
            if step.id not in self.answers:
                self._plan.notes.put(self._owner, f"{self._name}/{step.id}", "")
            self._at = None

    def back(self) -> None:
        """Go to the step before the present one."""
        steps, step = self.steps, self.step
        place = len(steps) if step is None else steps.index(step)
        self._at = steps[max(place - 1, 0)].id if steps else None

    def go_to(self, step: str) -> None:
        """Go to a step. Raises UsageError where there is none of that name."""
        if all(one.id != step for one in self.steps):
            raise UsageError(f"There is no step “{step}” here.")
        self._at = step

    def drop(self) -> None:
        """Delete what was begun. Raises Refused."""
        for owner, entry in self.spent:
            self._plan.notes.delete(owner, entry)
        self._at = None


def read_answer(step: Step, text: str) -> tuple[str, str]:
    """Return (what is kept, "") or ("", what is wrong). An empty text is an answer: nothing to say."""
    stripped = text.strip()
    if not stripped:
        return "", ""
    match step.kind:
        case "choice":
            return _choice(step, stripped.lower())
        case "number":
            number = (
                stripped.removesuffix(step.measure).removesuffix("%").strip() if step.measure else stripped
            )
            if not NUMBER.fullmatch(number):
                return "", f"“{stripped[:40]}” is not a number such as 7 or 7.5"
            return number, ""
        case "day":
            try:
                return read_date(stripped).isoformat(), ""
            except ValueError as error:
                return "", str(error)
        case "line":
            if len(text) > LINE_LIMIT or "\n" in stripped:
                return "", f"that is longer than one line of {LINE_LIMIT} characters"
            return stripped, ""
    if len(text) > step.limit:
        return "", f"that is longer than {step.limit} characters ({len(text)})"
    return text, ""


def _choice(step: Step, typed: str) -> tuple[str, str]:
    if typed.isascii() and typed.isdigit() and 1 <= int(typed) <= len(step.choices):
        return step.choices[int(typed) - 1][0], ""
    found = [key for key, _ in step.choices if key == typed] or [
        key for key, words in step.choices if key.startswith(typed) or words.startswith(typed)
    ]
    if len(found) == 1:
        return found[0], ""
    return "", f"that is none of the numbers from 1 to {len(step.choices)}"
