"""Asking the model to say passages in fewer words: pieces, the request, and reading its answer.

The answer's form has one key for each passage, so that no line number can be wrong and none is left
out; what it says is held against the lines by items.py.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from coach_assist.assistant.notes.headings import KINDS, Kind
from coach_assist.assistant.notes.items import (
    Item,
    acceptable,
    best_match,
    cleaned,
    code_suffices,
    item_of,
    rule_item,
)
from coach_assist.assistant.notes.passages import Passage
from coach_assist.assistant.prompts import Prompt, load_prompt, messages_for
from coach_assist.assistant.stream import partial_json

PIECE_PASSAGES = 10
PIECE_CHARACTERS = 1800
"""How much goes into one request: the answer stays short enough to be whole, and progress is seen."""
PASSAGE_CHARACTERS = 320
"""How much of one passage the model reads; the quote is the whole line all the same."""
SHORTEST_WORDING, LONGEST_WORDING = 20, 90
"""Characters of one wording."""
CHOICES: tuple[str, ...] = ("none", "progress", "achievement", "obstacle")
"""What a passage without a kind may be: decisions, questions and the like are found by code."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Passages of one heading (or of a few short ones) that go into one request."""

    passages: tuple[Passage, ...]

    @property
    def cost(self) -> int:
        """A rough measure of the time that it takes: characters to read, and more for each to write."""
        return 400 + sum(min(len(passage.words), PASSAGE_CHARACTERS) + 250 for passage in self.passages)


@dataclass(frozen=True, slots=True)
class Worded:
    """What came of one piece: its items, and how many of the model's wordings were dropped."""

    items: tuple[Item, ...]
    dropped: int


def pieces_of(passages: Sequence[Passage]) -> tuple[Piece, ...]:
    """Cut passages into pieces: at headings where they allow, never within a passage."""
    pieces: list[Piece] = []
    current: list[Passage] = []
    size = 0
    for passage in passages:
        length = min(len(passage.words), PASSAGE_CHARACTERS)
        new_heading = bool(current) and passage.section.line != current[-1].section.line
        full = len(current) >= PIECE_PASSAGES or size + length > PIECE_CHARACTERS
        if current and (full or (new_heading and len(current) >= PIECE_PASSAGES // 2)):
            pieces.append(Piece(tuple(current)))
            current, size = [], 0
        current.append(passage)
        size += length
    if current:
        pieces.append(Piece(tuple(current)))
    return tuple(pieces)


def for_the_model(passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """Return the passages that code cannot say well by itself: no kind, long, or only repeated.

    All of them where there is none such, so that a summary by the model always is one.
    """
    chosen = tuple(
        passage for passage in passages if passage.kind is None or not code_suffices(passage, passage.kind)
    )
    return chosen or tuple(passages)


def prompt() -> Prompt:
    """Return the prompt of this task."""
    return load_prompt("summarise")


def request(piece: Piece) -> tuple[list[dict[str, str]], dict[str, Any], int]:
    """Return messages, JSON schema and the limit of answer tokens for one piece."""
    lines = [f"{passage.number} {passage.kind or '?'}: {_shown(passage.words)}" for passage in piece.passages]
    heading = _shown(piece.passages[0].section.title or "none")
    properties: dict[str, Any] = {}
    for passage in piece.passages:
        if passage.kind is None:
            properties[f"{passage.number}k"] = {"enum": list(CHOICES)}
        properties[str(passage.number)] = {
            "type": "string",
            "minLength": SHORTEST_WORDING,
            "maxLength": LONGEST_WORDING,
        }
    schema = {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
    messages = messages_for(prompt(), {"heading": heading, "passages": "\n".join(lines)})
    return messages, schema, 40 + 36 * len(piece.passages)


def _shown(words: str) -> str:
    return " ".join(words[:PASSAGE_CHARACTERS].split()).replace("<", "(").replace(">", ")")


def read_answer(piece: Piece, text: str) -> Worded:
    """Turn the model's answer into items, each held against its lines.

    A wording that its own passage does not bear out goes to the passage that does, where that one has
    none yet; else it is dropped, and code shortens the passage if its kind is known. An answer that is
    cut or no JSON counts as far as it goes.
    """
    answer = _mapping(text)
    items: dict[int, Item] = {}
    homeless: list[tuple[Kind, str]] = []
    skipped: set[int] = set()
    for passage in piece.passages:
        kind = passage.kind or _kind(answer.get(f"{passage.number}k"))
        said = answer.get(str(passage.number))
        if kind is None:
            skipped.add(passage.number)
            continue
        wording = cleaned(said) if isinstance(said, str) else ""
        if not wording:
            continue
        if acceptable(wording, passage):
            items[passage.number] = item_of(passage, kind, wording, "model")
        else:
            homeless.append((kind, wording))
    dropped = 0
    for _, wording in homeless:
        free = [
            passage for passage in piece.passages if passage.number not in items and passage.kind is not None
        ]
        match = best_match(wording, free)
        if match is not None and match.kind is not None and acceptable(wording, match):
            items[match.number] = item_of(match, match.kind, wording, "model")
        else:
            dropped += 1
    for passage in piece.passages:
        if passage.number not in items and passage.number not in skipped and passage.kind is not None:
            item = rule_item(passage)
            if item is not None:
                items[passage.number] = item
    return Worded(tuple(items[number] for number in sorted(items)), dropped)


def _mapping(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except ValueError:
        value = partial_json(text)
    return value if isinstance(value, dict) else {}


def _kind(said: object) -> Kind | None:
    return next((kind for kind in KINDS if kind == said), None)
