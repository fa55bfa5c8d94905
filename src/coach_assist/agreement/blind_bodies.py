"""The blind double interview in the history: first both say that they have answered, then what.

A release is a promise: it holds the hash of the answers and no answer. Only once both have released does
each show its answers, and the hash proves that they were written before the other's could be read.
"""

from __future__ import annotations

import hashlib
from typing import Annotated, cast

from pydantic import Field, JsonValue, StringConstraints

from coach_assist.agreement.body import HEX_ID, Body, EventId
from coach_assist.agreement.canonical import encode

ANSWERS_CONTEXT = b"coach-assist/answers/v1\x00"
QuestionId = Annotated[str, StringConstraints(pattern=r"^[a-z_]{1,40}$")]
Given = Annotated[str, StringConstraints(min_length=1, max_length=8000)]

GivenList = Annotated[list[Given], Field(max_length=20)]


class ReleaseBody(Body):
    """A party has answered on its own and releases that many answers, unseen so far."""

    answers_hash: EventId
    count: Annotated[int, Field(ge=0, le=100)]


class AnswersBody(Body):
    """The answers that a release promised."""

    release: EventId
    salt: Annotated[str, StringConstraints(pattern=HEX_ID)]
    answers: Annotated[
        dict[QuestionId, Given | Annotated[list[Given], Field(max_length=20)]], Field(max_length=100)
    ]


BLIND_MODELS: dict[str, type[Body]] = {"release": ReleaseBody, "answers": AnswersBody}


def answers_hash(salt: str, answers: dict[str, str | list[str]]) -> str:
    """Return the hash (64 hex digits) of answers under a random salt of 32 bytes in hex.

    SHA-256 of a context string, the salt and the answers as canonical JSON. Raises NotCanonical where
    they have no canonical form.
    """
    whole = encode(cast("JsonValue", answers))
    return hashlib.sha256(ANSWERS_CONTEXT + bytes.fromhex(salt) + whole).hexdigest()
