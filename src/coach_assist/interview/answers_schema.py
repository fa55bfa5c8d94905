"""The JSON Schema of answer files, made from the questions (schemas/answers.schema.json)."""

from __future__ import annotations

from typing import Any

from coach_assist.interview.questions import MOST_GOALS, Question, all_questions

_ISO = r"^\s*\d{4}-\d{2}-\d{2}\s*$"
_LENGTH = rf"{_ISO}|^\s*\d{{1,4}}\s*([dD]|[dD][aA][yY][sS]?|[wW]|[wW][eE][eE][kK][sS]?)\s*$"


def answers_schema() -> dict[str, Any]:
    """Return the schema. The reader in answers.py is stricter still: it knows the calendar."""
    questions = all_questions()
    own = {asked.id: _answer(asked) for asked in questions}
    party = {"type": "object", "additionalProperties": False, "properties": own}
    by = {
        "type": "object",
        "additionalProperties": False,
        "description": "One party's own answers, by question id.",
        "properties": {"manager": {"$ref": "#/$defs/own"}, "team_member": {"$ref": "#/$defs/own"}},
    }
    joint = {
        asked.id: {**_answer(asked), "minLength": 1}
        if asked.required and asked.type != "list"
        else own[asked.id]
        for asked in questions
    }
    return {
        "title": "Answers",
        "description": "The answers to the interview: question ids at the top level are joint answers.",
        "type": "object",
        "additionalProperties": False,
        "required": [asked.id for asked in questions if asked.required],
        "properties": {**joint, "by": by},
        "$defs": {"own": party},
    }


def _answer(asked: Question) -> dict[str, Any]:
    text: dict[str, Any] = {"type": "string", "maxLength": asked.max_length}
    if asked.type in ("date", "length"):
        # An empty text is no answer; the default counts.
        text["pattern"] = rf"^\s*$|{_ISO if asked.type == 'date' else _LENGTH}"
    shown = {"title": asked.label, "description": asked.prompt}
    if asked.type == "list":
        return {**shown, "anyOf": [text, {"type": "array", "items": text, "maxItems": MOST_GOALS}]}
    return {**shown, **text}
