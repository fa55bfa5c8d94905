"""The opportunity step's questions and what each kind of plan changes, read from opportunity.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Literal, cast, get_args

from coach_assist.interview.questions import Question
from coach_assist.plan.units import PlanKind

AskedAs = Literal["choice", "line", "lines", "day"]
STATEMENTS = ("prompted_by", "if_not_reached", "formal_use")
"""What a manager must write for a plan of performance support: fields of the frame."""
_FILE = Path(__file__).with_name("opportunity.toml")


@dataclass(frozen=True, slots=True)
class OpportunityQuestion:
    """One question of the step. `only`: the kinds of plan for which it is asked; () for all."""

    id: str
    label: str
    kind: AskedAs
    prompt: str
    why: str
    example: str
    only: tuple[PlanKind, ...] = ()


@dataclass(frozen=True, slots=True)
class KindWording:
    """What a kind of plan sets: its title, what it is about, its usual length, words by question id."""

    kind: PlanKind
    title: str
    about: str
    days: int
    prompts: Mapping[str, str]
    examples: Mapping[str, str]


@cache
def _data() -> dict[str, Any]:
    with _FILE.open("rb") as file:
        return tomllib.load(file)


@cache
def kinds() -> Mapping[PlanKind, KindWording]:
    """Return the wording of every kind of plan, in their order."""
    found: dict[PlanKind, KindWording] = {}
    for name, entry in _data()["kinds"].items():
        kind = plan_kind(name)
        found[kind] = KindWording(
            kind,
            entry["title"],
            entry["about"],
            entry["days"],
            entry.get("prompts", {}),
            entry.get("examples", {}),
        )
    return found


def plan_kind(name: str) -> PlanKind:
    """Return `name` as a kind of plan. Raises ValueError where it is none."""
    if name not in get_args(PlanKind):
        raise ValueError(f"“{name}” is no kind of plan")
    return cast("PlanKind", name)


def opportunity_questions(kind: PlanKind) -> tuple[OpportunityQuestion, ...]:
    """Return the questions for a kind of plan, in its words."""
    wording = kinds()[kind]
    asked = []
    for entry in _data()["questions"]:
        question = OpportunityQuestion(**{**entry, "only": tuple(entry.get("only", ()))})
        if not question.only or kind in question.only:
            asked.append(
                replace(
                    question,
                    prompt=wording.prompts.get(question.id, question.prompt),
                    example=wording.examples.get(question.id, question.example),
                )
            )
    return tuple(asked)


def worded(question: Question, kind: PlanKind) -> Question:
    """Return a question of the interview in the words, and with the default, of a kind of plan."""
    wording = kinds()[kind]
    return replace(
        question,
        prompt=wording.prompts.get(question.id, question.prompt),
        example=wording.examples.get(question.id, question.example),
        default=f"{wording.days} days" if question.type == "length" else "",
    )
