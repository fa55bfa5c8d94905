"""Where the two differ: both parties' own answers side by side, with what code can see of it. Pure.

Differences in dates, numbers and goals are marked, because they can be settled by choosing; everything
else two people see differently is for them to talk about, and no program judges it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from coach_assist.checker import find_deadline
from coach_assist.interview.answers import DEFAULT_END, Answer
from coach_assist.interview.questions import Question, all_questions
from coach_assist.plan.timeline import read_date, read_end
from coach_assist.plan.units import PARTIES, Party

Standing = Literal["same", "differ", "only_team_member", "only_manager"]
MarkKind = Literal["date", "number", "goal"]
_NUMBER = re.compile(r"(?<![\w.,-])-?\d+(?:[.,]\d+)?\s?%?(?![\w-])")
_ISO = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")


@dataclass(frozen=True, slots=True)
class Mark:
    """One difference that code can see. The words are as they stand in the answers."""

    kind: MarkKind
    team_member: tuple[str, ...]
    manager: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """One question, both answers (None: not given, or held back), and what differs."""

    question: Question
    answers: Mapping[Party, Answer | None]
    standing: Standing
    marks: tuple[Mark, ...]

    @property
    def first(self) -> int:
        """How soon to talk about it: 0 goals, 1 dates, 2 numbers, 3 other words, 4 one answer, 5 the same."""
        order: dict[MarkKind, int] = {"goal": 0, "date": 1, "number": 2}
        if self.standing == "same":
            return 5
        if self.standing != "differ":
            return 4
        return min((order[mark.kind] for mark in self.marks), default=3)


def compare(
    team_member: Mapping[str, Answer], manager: Mapping[str, Answer], today: date
) -> tuple[Compared, ...]:
    """Return every question that at least one has answered, in the order of the interview.

    `today` dates what is relative or lacks a year; the clock is never read.
    """
    found = []
    for asked in all_questions():
        both: dict[Party, Answer | None] = {
            "team_member": team_member.get(asked.id) or None,
            "manager": manager.get(asked.id) or None,
        }
        if any(both.values()):
            found.append(_compared(asked, both, today))
    return tuple(found)


def to_talk_about(compared: tuple[Compared, ...]) -> tuple[Compared, ...]:
    """Return what to talk about, first things first; what is the same in both is left out."""
    return tuple(sorted((one for one in compared if one.standing != "same"), key=lambda one: one.first))


def _compared(asked: Question, both: Mapping[Party, Answer | None], today: date) -> Compared:
    mine, theirs = (both[party] for party in PARTIES)
    if mine is None or theirs is None:
        return Compared(asked, both, "only_manager" if mine is None else "only_team_member", ())
    if _folded(asked, mine, today) == _folded(asked, theirs, today):
        return Compared(asked, both, "same", ())
    return Compared(asked, both, "differ", tuple(_marks(asked, mine, theirs, today)))


def _folded(asked: Question, answer: Answer, today: date) -> object:
    """Return what two answers share that say the same: the same day, or the same words in the same order."""
    if asked.type in ("date", "length") and (day := _day(asked, answer, today)) is not None:
        return day
    lines = (answer,) if isinstance(answer, str) else answer
    return tuple(" ".join(line.split()).casefold().rstrip(".") for line in lines)


def _marks(asked: Question, mine: Answer, theirs: Answer, today: date) -> list[Mark]:
    if asked.type == "name":
        return []
    found = []
    if asked.id == "goal":
        only = [_only(mine, theirs), _only(theirs, mine)]
        found.append(Mark("goal", only[0], only[1]))
    days = [_days(asked, mine, today), _days(asked, theirs, today)]
    if set(days[0].values()) != set(days[1].values()):
        found.append(Mark("date", tuple(days[0]), tuple(days[1])))
    numbers = [_numbers(mine, days[0]), _numbers(theirs, days[1])]
    if asked.type not in ("date", "length") and set(numbers[0]) != set(numbers[1]):
        found.append(Mark("number", numbers[0], numbers[1]))
    return found


def _only(mine: Answer, theirs: Answer) -> tuple[str, ...]:
    """Return the goals that stand in one answer alone."""

    def lines(answer: Answer) -> dict[str, str]:
        given = answer.splitlines() if isinstance(answer, str) else list(answer)
        return {" ".join(one.split()).casefold().rstrip("."): one.strip() for one in given if one.strip()}

    other = lines(theirs)
    return tuple(text for key, text in lines(mine).items() if key not in other)


def _days(asked: Question, answer: Answer, today: date) -> dict[str, date]:
    """Return the days that an answer names: the words for them → the day."""
    if asked.type in ("date", "length"):
        day = _day(asked, answer, today)
        return {_text(answer).strip(): day} if day else {}
    found: dict[str, date] = {}
    for line in _text(answer).splitlines():
        for match in _ISO.finditer(line):
            try:
                found[match[0]] = date.fromisoformat(match[0])
            except ValueError:
                continue
        end = find_deadline(line, today)
        if end is not None and end.date is not None and end.date not in found.values():
            found[line[end.start : end.end]] = end.date
    return found


def _day(asked: Question, answer: Answer, today: date) -> date | None:
    text = _text(answer).strip()
    try:
        return read_date(text) if asked.type == "date" else read_end(text or DEFAULT_END, today)
    except (ValueError, OverflowError):
        return None


def _numbers(answer: Answer, days: Mapping[str, date]) -> tuple[str, ...]:
    text = _text(answer)
    for words in days:
        text = text.replace(words, " ")
    return tuple(dict.fromkeys(match[0].replace(" ", "") for match in _NUMBER.finditer(text)))


def _text(answer: Answer) -> str:
    return answer if isinstance(answer, str) else "\n".join(answer)
