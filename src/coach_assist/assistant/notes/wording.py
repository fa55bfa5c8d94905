"""Asking the model to say passages in fewer words: pieces, the request, and reading its answer.

The answer's form has one key for each passage, so that no line number can be wrong and none is left
out; the key holds words of the passage, which keep a small model at it. What it says is held against
the lines by items.py.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from coach_assist.assistant.notes.condense import condense, undangled
from coach_assist.assistant.notes.headings import KINDS, Kind
from coach_assist.assistant.notes.items import (
    SHARED,
    Item,
    acceptable,
    akin,
    begins_with_verb,
    best_match,
    cleaned,
    code_suffices,
    item_of,
    lowered,
    rule_item,
    support,
)
from coach_assist.assistant.notes.passages import Passage
from coach_assist.assistant.notes.word_sets import word_set
from coach_assist.assistant.prompts import Prompt, load_prompt, messages_for
from coach_assist.assistant.stream import partial_json
from coach_assist.assistant.words import content_stems, words_of

PIECE_PASSAGES = 10
PIECE_CHARACTERS = 1800
"""How much goes into one request: the answer stays short enough to be whole, and progress is seen."""
PASSAGE_CHARACTERS = 320
"""How much of one passage the model reads; the quote is the whole line all the same."""
SHORTEST_WORDING, LONGEST_WORDING = 20, 90
"""Characters of one wording."""
LAST_LATIN = 0x24F
"""The last code point of the Latin letters."""
LONGEST_LEAD = 5
"""Words of a passage that are put before a wording that left them out."""
KEY_WORDS = 2
"""Telling words of a passage in the key of its answer."""
_EMPTY = word_set(
    """
    finally managed really think know want wanted need needs like liked love hope hoping able start started
    trying tried going also some much many more most very still just even maybe perhaps probably please great
    good nice thank thanks well done yes sure believe guess feel felt would could should have has had been
    being hasn haven doesn didn isn wasn don won can't first
    """
)
"""Words that tell nothing of a passage by themselves."""
_KEY = re.compile(r"^\s*([0-9]+k?)\b")
_KEY_WORD = re.compile(r"[A-Za-z]{3,14}")
THIN = 3
"""Content words below which the model reads the whole sentence or list item, not its telling part."""
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


def request(piece: Piece, *, anchored: bool = True) -> tuple[list[dict[str, str]], dict[str, Any], int]:
    """Return messages, JSON schema and the limit of answer tokens for one piece.

    With `anchored` the answer's keys hold words of the passages, for a small model on this machine. What
    leaves it has plain numbers: names in keys would not be replaced.
    """
    lines = []
    properties: dict[str, Any] = {}
    for number, passage in enumerate(piece.passages, 1):
        lines.append(f"{number} {passage.kind or '?'}: {_shown(_told(passage))}")
        if passage.kind is None:
            properties[f"{number}k"] = {"enum": list(CHOICES)}
        properties[key_of(number, passage) if anchored else str(number)] = {
            "type": "string",
            "minLength": SHORTEST_WORDING,
            "maxLength": LONGEST_WORDING,
        }
    heading = _shown(piece.passages[0].section.title or "none")
    schema = {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
    messages = messages_for(prompt(), {"heading": heading, "passages": "\n".join(lines)})
    return messages, schema, 40 + 36 * len(piece.passages)


def shared_part(piece: Piece) -> dict[str, str]:
    """Return the part of a request that all pieces share, as a message: what the server's cache can hold."""
    message = request(piece)[0][-1]
    shared, mark, _ = message["content"].rpartition("<answers>")
    return {**message, "content": shared + mark}


def key_of(number: int, passage: Passage) -> str:
    """Return the key under which a passage is answered: its number and first telling words.

    A small model that is made to write these words first does not slip to the passage beside it, and
    has to word it anew, since it cannot begin as the passage does. (After the last words it copies.)
    """
    return " ".join([str(number), *_key_words(_told(passage))])


def _key_words(words: str) -> list[str]:
    telling = (word for word in _KEY_WORD.findall(_shown(words)) if content_stems(word))
    return [word for word in telling if word.lower() not in _EMPTY][:KEY_WORDS]


def _told(passage: Passage) -> str:
    """Return what the model reads of a passage: all of it where its telling part alone says too little."""
    thin = len(content_stems(passage.words)) < THIN
    return passage.said if thin and len(passage.said) > len(passage.words) else passage.words


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
    homeless: list[str] = []
    skipped: set[int] = set()
    said_before: set[str] = set()
    for number, passage in enumerate(piece.passages, 1):
        kind = passage.kind or _kind(answer.get(f"{number}k"))
        said = answer.get(str(number))
        if kind is None:
            skipped.add(passage.place)
            continue
        wording = cleaned(in_script(said, passage.said), kind) if isinstance(said, str) else ""
        if support(wording, passage) >= SHARED:
            wording = whole(wording, passage, kind)
        if not wording or wording.lower() in said_before:
            continue
        said_before.add(wording.lower())
        if acceptable(wording, passage, kind):
            items[passage.place] = item_of(passage, kind, wording, "model")
        elif support(wording, passage) < SHARED:
            homeless.append(wording)
    dropped = 0
    for wording in homeless:
        free = [
            passage for passage in piece.passages if passage.place not in items and passage.kind is not None
        ]
        match = best_match(wording, free)
        if match is not None and match.kind is not None and acceptable(wording, match, match.kind):
            items[match.place] = item_of(match, match.kind, wording, "model")
        else:
            dropped += 1
    for passage in piece.passages:
        if passage.place not in items and passage.place not in skipped and passage.kind is not None:
            item = rule_item(passage)
            if item is not None:
                items[passage.place] = item
    return Worded(tuple(items[place] for place in sorted(items)), dropped)


def in_script(text: str, told: str) -> str:
    """Return `text` up to the first letter of a script that is not in `told`: small models slip into one."""
    for place, letter in enumerate(text):
        if letter.isalpha() and ord(letter) > LAST_LATIN and letter not in told:
            return undangled(text[:place])
    return text


def whole(wording: str, passage: Passage, kind: Kind) -> str:
    """Return a wording with the words before it that the model took as said, because its key holds them.

    "Accepted for the spring fair" under the key "Workshop software" becomes "Workshop on software:
    accepted for the spring fair".
    """
    told = _shown(_told(passage))
    keys = _key_words(told)
    stems = content_stems(wording)
    said = any(akin(stem, own) for key in keys for stem in content_stems(key) for own in stems)
    if not wording or not keys or said or passage.parts or (kind == "action" and begins_with_verb(wording)):
        return wording
    words = told.split()
    places = [place for key in keys for place, word in enumerate(words) if key in word]
    led = words[min(places) : max(places[:2]) + 1] if places else []
    first = next((word for word in words_of(wording) if content_stems(word)), "")
    begins = next((place for place, word in enumerate(words) if first.lower() in word.lower()), -1)
    if not 1 <= len(led) <= LONGEST_LEAD or begins <= min(places):
        return wording  # it begins before the key, or with words of its own, and lacks nothing
    lead = condense(" ".join(led).replace("(", ""), kind).rstrip(" .,;:!?")
    named = wording.split()[0].strip(",.:;") in words[1:]
    joint = ": " if " " in lead else " "
    return f"{lead}{joint}{wording if named else lowered(wording)}" if lead else wording


def _mapping(text: str) -> dict[str, Any]:
    """Return what an answer says under each number ("3") and of its kind ("3k"), whatever words follow."""
    try:
        value = json.loads(text)
    except ValueError:
        value = partial_json(text)
    if not isinstance(value, dict):
        return {}
    found = ((_KEY.match(key), said) for key, said in value.items())
    return {match[1]: said for match, said in found if match}


def _kind(said: object) -> Kind | None:
    return next((kind for kind in KINDS if kind == said), None)
