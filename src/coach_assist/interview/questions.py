"""The questions of the interview, read from questions.toml: the one file that holds their words."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, cast, get_args

PathName = Literal["short", "full"]
"""The shortest path through the interview, or the full one."""
QuestionType = Literal["text", "name", "date", "length", "list"]

MOST_GOALS = 10
"""How many goals an answer may hold. More than three is a finding of the checker, not an error."""

_FILE = Path(__file__).with_name("questions.toml")


@dataclass(frozen=True, slots=True)
class Question:
    """One question: what is asked, why, an example, and what an answer may be."""

    id: str
    label: str
    group: str
    prompt: str
    why: str
    example: str
    type: QuestionType
    required: bool
    """Drafting needs it. In the interview it can still be skipped for now."""
    path: PathName
    """"short": asked on both paths; "full": on the full one only."""
    max_length: int
    """The longest answer, in characters; for a list, of each entry."""
    thin: int
    """An answer with fewer words gets the probe once; 0: never."""
    probe: str
    default: str = ""
    """length: what an empty answer stands for, where a kind of plan says so."""


@dataclass(frozen=True, slots=True)
class _Catalogue:
    questions: tuple[Question, ...]
    groups: Mapping[str, str]
    probes: Mapping[str, str]


@cache
def _catalogue() -> _Catalogue:
    with _FILE.open("rb") as file:
        data = tomllib.load(file)
    groups = {entry["id"]: entry["title"] for entry in data["groups"]}
    questions = tuple(_question(entry, groups) for entry in data["questions"])
    if len({question.id for question in questions}) != len(questions):
        raise ValueError("questions.toml: two questions have one id")
    return _Catalogue(questions, groups, data["probes"])


def _question(entry: dict[str, Any], groups: Mapping[str, str]) -> Question:
    if entry["type"] not in get_args(QuestionType) or entry["path"] not in get_args(PathName):
        raise ValueError(f"questions.toml: {entry['id']} has an unknown type or path")
    if entry["group"] not in groups:
        raise ValueError(f"questions.toml: {entry['id']} is in an unknown group")
    most = entry.pop("most")
    return Question(max_length=most, **entry)


def all_questions() -> tuple[Question, ...]:
    """Return all questions, in the order of the full path."""
    return _catalogue().questions


def questions_of(path: PathName) -> tuple[Question, ...]:
    """Return the questions of one path, in the order in which they are asked."""
    return tuple(question for question in all_questions() if path == "full" or question.path == "short")


def question(question_id: str) -> Question:
    """Return one question by its id. Raises KeyError where there is none."""
    for candidate in all_questions():
        if candidate.id == question_id:
            return candidate
    raise KeyError(question_id)


def group_title(group: str) -> str:
    """Return the heading of a group of questions. Raises KeyError for an unknown group."""
    return _catalogue().groups[group]


def probe_words(name: str) -> str:
    """Return the words of a follow-up that the checker chooses; `{text}` in them stands for the quote."""
    return _catalogue().probes[name]


def path_name(text: str) -> PathName:
    """Return `text` as the name of a path. Raises ValueError where it is none."""
    if text not in get_args(PathName):
        raise ValueError(f"“{text}” is no path through the interview: short or full")
    return cast("PathName", text)
