"""Answers, and the answer files that hold them (JSON or TOML; docs/answers.md).

Question ids at the top level are joint answers; the tables `by.manager` and `by.team_member` hold one
party's own. What was given is kept exactly: markup, emoji and control characters are data. A file is
read whole or not at all, and every fault in it is said at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from coach_assist.errors import UsageError
from coach_assist.interview.answer_file import name_of, parse_text, read_bytes
from coach_assist.interview.questions import MOST_GOALS, Question, all_questions, question
from coach_assist.plan.timeline import DEFAULT_DAYS, read_date, read_end
from coach_assist.shown import shortened

if TYPE_CHECKING:
    from coach_assist.plan.units import Party

Answer = str | tuple[str, ...]
"""One answer as it was given; a tuple only for a list question (goal)."""

DEFAULT_END = f"{DEFAULT_DAYS} days"
_NOTHING_TAKEN = "Nothing was taken over from it."
_CORRECT = "Correct the file and run it again; docs/answers.md describes it."
_PARTIES: tuple[Literal["team_member", "manager"], ...] = ("team_member", "manager")


class AnswersError(UsageError):
    """An answer file cannot be taken. `problems` holds every fault, each a sentence naming its key."""

    def __init__(
        self, name: str, problems: Iterable[str], *, kept: str = _NOTHING_TAKEN, next_step: str = _CORRECT
    ) -> None:
        self.problems = tuple(problems)
        count = "1 thing is" if len(self.problems) == 1 else f"{len(self.problems)} things are"
        lines = "\n".join(f"  - {problem}" for problem in self.problems)
        super().__init__(
            f"{shortened(name, 200)}: {count} wrong\n{lines}",
            kept=kept,
            next_step=next_step,
        )


@dataclass(frozen=True, slots=True)
class Answers:
    """What both have answered. Values are exactly what was given; blank ones are absent."""

    joint: Mapping[str, Answer]
    by: Mapping[Party, Mapping[str, Answer]] = field(default_factory=dict)
    today: date = field(default_factory=date.today)

    @property
    def start(self) -> date:
        """The first day of the plan; today where nothing was said."""
        text = self.text("start")
        return read_date(text) if text else self.today

    @property
    def end(self) -> date:
        """The last day of the plan; 30 days after its start where nothing was said."""
        return read_end(self.text("end") or DEFAULT_END, self.start)

    @property
    def goals(self) -> tuple[str, ...]:
        """The goals, in the order in which they were given."""
        given = self.joint.get("goal", ())
        return (given,) if isinstance(given, str) else given

    def text(self, question_id: str, party: Party | None = None) -> str:
        """Return the joint answer, or one party's own; "" where there is none. Lists: one entry a line."""
        source: Mapping[str, Answer] = self.joint if party is None else self.by.get(party, {})
        given = source.get(question_id, "")
        return given if isinstance(given, str) else "\n".join(given)


def parse_answers(source: Path | str | bytes, *, today: date | None = None, name: str = "") -> Answers:
    """Read an answer file: a path, "-" for standard input, or its content as bytes.

    `today` is the start where the file names none. Raises AnswersError (exit code 2) with every fault.
    """
    shown = name or name_of(source)
    data, problems = parse_text(read_bytes(source, shown), shown, AnswersError)
    return parse_answers_data(data, today=today, name=shown, problems=problems)


def parse_answers_data(
    data: object, *, today: date | None = None, name: str = "answers", problems: Iterable[str] = ()
) -> Answers:
    """Take answers from data such as `json.loads` returns. Raises AnswersError with every fault.

    `problems` are faults that reading the file has found already; they are said with the others.
    """
    today = today or date.today()
    found = list(problems)
    if not isinstance(data, Mapping):
        raise AnswersError(name, [*found, "the whole must be one table of question ids and answers"])
    joint = _answers_of(data, "", found, extra=("by",))
    by: dict[Party, Mapping[str, Answer]] = {}
    tables = data.get("by", {})
    if not isinstance(tables, Mapping):
        found.append(f"by: must be a table with manager and team_member, not {_type_name(tables)}")
        tables = {}
    for key, table in tables.items():
        if key not in _PARTIES:
            found.append(f"by.{shortened(str(key), 60)}: {_unknown(str(key), _PARTIES, 'party')}")
        elif not isinstance(table, Mapping):
            found.append(f"by.{key}: must be a table of answers, not {_type_name(table)}")
        elif own := _answers_of(table, f"by.{key}.", found):
            by[key] = own
    required = [asked.id for asked in all_questions() if asked.required]
    # A required answer of the wrong type was named already.
    missing = [key for key in required if key not in joint and not _has_value(data.get(key))]
    found.extend(f"{key}: is required and is missing or empty" for key in missing)
    for prefix, answers in (("", joint), *((f"by.{party}.", own) for party, own in by.items())):
        _check_dates(prefix, answers, joint, today, found)
    if found:
        raise AnswersError(name, found)
    return Answers(joint, by, today)


def answers_data(answers: Answers) -> dict[str, Any]:
    """Return answers in the shape of an answer file, JSON-ready (schemas/answers.schema.json)."""

    def plain(own: Mapping[str, Answer]) -> dict[str, Any]:
        order = [candidate.id for candidate in all_questions() if candidate.id in own]
        return {key: own[key] if isinstance(own[key], str) else list(own[key]) for key in order}

    data = plain(answers.joint)
    if any(answers.by.values()):
        data["by"] = {party: plain(own) for party, own in answers.by.items() if own}
    return data


def problem_of(asked: Question, value: Answer) -> str:
    """Say what is wrong with an answer apart from its dates: "" where nothing is."""
    entries = (value,) if isinstance(value, str) else value
    if asked.type == "list" and len(entries) > MOST_GOALS:
        return f"holds {len(entries)} entries; at most {MOST_GOALS} are taken"
    for entry in entries:
        if len(entry) > asked.max_length:
            return f"is {len(entry):,} characters long; at most {asked.max_length:,} are taken"
        if any("\ud800" <= character <= "\udfff" for character in entry):
            return "holds half a character (a lone surrogate), which cannot be stored"
    return ""


def _answers_of(
    table: Mapping[Any, Any], prefix: str, problems: list[str], extra: tuple[str, ...] = ()
) -> dict[str, Answer]:
    known = [candidate.id for candidate in all_questions()]
    taken: dict[str, Answer] = {}
    for key, value in table.items():
        if key in extra:
            continue
        if key not in known:
            problems.append(f"{prefix}{shortened(str(key), 60)}: {_unknown(str(key), (*known, *extra))}")
            continue
        asked = question(key)
        answer = _typed(asked, value)
        if answer is None:
            wanted = "a string or a list of strings" if asked.type == "list" else "a string"
            problems.append(f"{prefix}{key}: must be {wanted}, not {_type_name(value)}")
        elif problem := problem_of(asked, answer):
            problems.append(f"{prefix}{key}: {problem}")
        elif _has_value(answer):
            taken[key] = answer
    return taken


def _typed(asked: Question, value: object) -> Answer | None:
    if isinstance(value, str):
        return value
    if asked.type == "list" and isinstance(value, list | tuple) and all(isinstance(e, str) for e in value):
        return tuple(entry for entry in value if entry.strip())
    # TOML has dates of its own: 2027-02-01 without quotes means the same.
    if asked.type in ("date", "length") and type(value) is date:
        return value.isoformat()
    return None


def _has_value(value: object) -> bool:
    if isinstance(value, list | tuple):
        return any(_has_value(entry) for entry in value)
    return bool(value.strip()) if isinstance(value, str) else value is not None


def _check_dates(
    prefix: str, answers: Mapping[str, Answer], joint: Mapping[str, Answer], today: date, problems: list[str]
) -> None:
    start: date | None = None
    try:
        given = answers.get("start") or joint.get("start")
        start = read_date(given) if isinstance(given, str) else today
    except ValueError as error:
        if "start" in answers:
            problems.append(f"{prefix}start: {shortened(str(error), 200)}")
    end = answers.get("end")
    if isinstance(end, str):
        try:
            read_end(end, start or today)
        except (ValueError, OverflowError) as error:
            # Without a start, only the form of the end can be judged.
            if start is not None or "not a date" in str(error):
                problems.append(f"{prefix}end: {shortened(str(error), 200)}")
    elif start is not None:
        try:
            read_end(DEFAULT_END, start)
        except OverflowError:
            problems.append(f"{prefix}start: is too far away")


def _unknown(key: str, known: Iterable[str], what: str = "question of the interview") -> str:
    folded = key.strip().lower().replace("-", "_").replace(" ", "_")
    near = get_close_matches(folded, list(known), n=1, cutoff=0.5)
    return f"is no {what}{f'; did you mean “{near[0]}”?' if near else ''}"


def _type_name(value: object) -> str:
    names: tuple[tuple[type | tuple[type, ...], str], ...] = (
        (bool, "true or false"), ((int, float), "a number"), (str, "a string"), ((list, tuple), "a list"),
        (Mapping, "a table"), (datetime, "a time"), (date, "a date"),
    )  # fmt: skip
    if isinstance(value, list | tuple) and any(not isinstance(entry, str) for entry in value):
        return "a list that holds something else"
    return next((name for kind, name in names if isinstance(value, kind)), "null")
