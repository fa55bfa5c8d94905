"""One sentence on each difference of a blind double interview: code's own, or a neutral one by a model.

The sentences stand beside the answers and replace nothing. Without a model, and wherever the model's
sentence does not pass the checks, code's own words are shown.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coach_assist.errors import CoachError, ModelError
from coach_assist.flows.ai_record import keep_calls
from coach_assist.flows.blind import DifferView
from coach_assist.flows.plan_privacy import admit
from coach_assist.interview.answers import Answer
from coach_assist.interview.differences import Compared
from coach_assist.plan.units import PARTIES
from coach_assist.workspace.plan_file import PlanFile

if TYPE_CHECKING:
    from coach_assist.assistant.provider import Provider


@dataclass(frozen=True, slots=True)
class DifferenceWords:
    """One sentence on what differs in the answers to one question. As stored: show it safely."""

    question: str
    text: str
    by_model: bool
    """False: code's own words."""


@dataclass(frozen=True, slots=True)
class DifferenceResult:
    """Question → its sentence, for every question that is not answered the same by both."""

    words: dict[str, DifferenceWords]
    failed: ModelError | None = None
    """Why the model was asked no further, if so; the rest is in code's own words."""


def own_words_on(view: DifferView) -> dict[str, DifferenceWords]:
    """Return code's own sentence on every question that is not answered the same by both."""
    return {one.question.id: DifferenceWords(one.question.id, _own(one), by_model=False) for one in view.talk}


async def difference_words(
    plan: PlanFile,
    view: DifferView,
    *,
    provider: Provider | None,
    on_words: Callable[[DifferenceWords], object] | None = None,
) -> DifferenceResult:
    """Return a sentence on each difference; ask the model where both answered, first things first.

    `on_words` hears of each as it comes. A sentence that does not pass the checks is dropped for code's
    own words, and nobody is told. `provider` None: code's own words. Each call is kept in the plan's AI
    record. Cancelling keeps what `on_words` heard. Raises Refused where nothing of this plan may go to
    that model, or the person does not want it to.
    """
    from coach_assist.assistant.differing import describe

    words = own_words_on(view)
    if provider is None:
        return DifferenceResult(words)
    admit(provider, plan)
    for one in view.talk:
        if one.standing != "differ":
            continue
        section = f"difference:{one.question.id}"
        answers = {party: _text(one.answers[party]) for party in PARTIES}
        try:
            found = await describe(one.question.label, answers, provider)
        except ModelError as error:
            keep_calls(plan, section, (), provider.endpoint.place, failed=error.what)
            return DifferenceResult(words, error)
        except CoachError:
            raise  # nothing was sent
        except BaseException:
            stopped = "Stopped before the answer was whole."
            keep_calls(plan, section, (), provider.endpoint.place, failed=stopped)
            raise
        if found.call is not None:
            keep_calls(plan, section, (found.call,), provider.endpoint.place)
        if found.sentence is not None:
            words[one.question.id] = DifferenceWords(one.question.id, found.sentence, by_model=True)
            if on_words is not None:
                on_words(words[one.question.id])
    return DifferenceResult(words)


def _own(one: Compared) -> str:
    """Return what code can say of a difference: who answered, and which dates, numbers or goals differ."""
    if one.standing == "only_team_member":
        return "Only the team member has answered this."
    if one.standing == "only_manager":
        return "Only the manager has answered this."
    marks = {mark.kind: mark for mark in one.marks}
    if (mark := marks.get("goal")) is not None:
        counts = (len(mark.team_member), len(mark.manager))
        return (
            f"The team member names {_goals(counts[0])} that the manager does not, "
            f"the manager {_goals(counts[1])} that the team member does not."
        )
    for kind, word in (("date", "dates"), ("number", "numbers")):
        if (mark := marks.get(kind)) is not None:  # type: ignore[call-overload]  # keys of MarkKind
            mine = ", ".join(mark.team_member) or "none"
            theirs = ", ".join(mark.manager) or "none"
            return f"The {word} differ: {mine} (team member), {theirs} (manager)."
    return "The two of you answer this in different words."


def _goals(count: int) -> str:
    return {0: "no goal", 1: "one goal"}.get(count, f"{count} goals")


def _text(answer: Answer | None) -> str:
    return "" if answer is None else (answer if isinstance(answer, str) else "\n".join(answer))
