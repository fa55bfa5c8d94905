"""Finding the words of the answers that a part of a draft rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pydantic import JsonValue

from coach_assist.assistant.numbers import numbers_in, read_number
from coach_assist.assistant.words import clauses, content_stems, sentences
from coach_assist.interview.questions import all_questions
from coach_assist.plan.drafts import Provenance, Suggestion

LONGEST_QUOTE = 400
_SHARED = 0.6
"""So large a share of a part's words must stand in one answer for it to rest on it."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of one answer, as typed. `question` is its id, `label` the question's name for people."""

    question: str
    label: str
    words: str


def quotes_of(
    field: str, text: str, questions: Iterable[str], answers: Mapping[str, str]
) -> tuple[Quote, ...]:
    """Return the words of the answers to `questions` that `text` rests on, one quote an answer at most."""
    found = []
    for question in questions:
        answer = answers.get(question) or answers.get(question.split(":")[0], "")
        words = words_in(text, answer) if answer.strip() else ""
        if words:
            found.append(Quote(question, label_of(question), words))
    return tuple(found)


def words_in(text: str, answer: str) -> str:
    """Return the words of an answer that `text` rests on: all of it where they are one, else one clause."""
    if " ".join(answer.split()) in " ".join(text.split()) and len(answer) <= LONGEST_QUOTE:
        return answer.strip()
    number = read_number(text)
    pieces = clauses(answer)
    if number is not None:
        return next((piece for piece in pieces if any(one.value == number for one in numbers_in(piece))), "")
    stems = content_stems(text)
    whole = [piece for piece in sentences(answer) if piece.strip(" .;") and piece.strip(" .;") in text]
    if whole:
        return " ".join(whole)[:LONGEST_QUOTE]
    best = max(pieces, key=lambda piece: len(content_stems(piece) & stems), default="")
    return best[:LONGEST_QUOTE] if content_stems(best) & stems else ""


def label_of(question: str) -> str:
    """Return a question's name for people, with whose answer it was: "Goal (manager)"."""
    name, _, party = question.partition(":")
    known = {one.id: one.label for one in all_questions()}
    label = known.get(name, name.replace("_", " ").capitalize())
    return f"{label} ({party.replace('_', ' ')})" if party else label


def infer_sources(
    value: Mapping[str, JsonValue], suggested: Iterable[Suggestion], answers: Mapping[str, str]
) -> list[Provenance]:
    """Return where the fields of a value came from, as far as the answers and the suggestions tell.

    A text or number that stands in an answer rests on it; what is listed is a suggestion; the rest was
    put together.
    """
    listed = {one.field for one in suggested}
    found = []
    for field, text in _fields(value):
        resting = [
            question for question, answer in answers.items() if ":" not in question and _rests(text, answer)
        ]
        if field in listed:
            found.append(Provenance(field=field, source="model", questions=resting[:1]))
        elif resting:
            found.append(Provenance(field=field, source="answer", questions=resting[:2]))
        else:
            found.append(Provenance(field=field, source="code"))
    return found


def _rests(text: str, answer: str) -> bool:
    if not answer.strip():
        return False
    number = read_number(text)
    if number is not None:
        return any(one.value == number for one in numbers_in(answer, dates=False))
    flat = " ".join(text.lower().split())
    if flat in " ".join(answer.lower().split()) or " ".join(answer.lower().split()).rstrip(".") in flat:
        return True
    stems = content_stems(text)
    return bool(stems) and len(stems & content_stems(answer)) / len(stems) >= _SHARED


def _fields(value: Mapping[str, JsonValue], prefix: str = "") -> Iterable[tuple[str, str]]:
    for name, content in value.items():
        if name in ("id", "gap", "goal", "kind", "activity_kind", "direction", "unit", "plan_kind", "every"):
            continue
        path = f"{prefix}{name}"
        if isinstance(content, dict):
            yield from _fields(content, f"{path}.")
        elif isinstance(content, str) and content.strip():
            yield path, content
