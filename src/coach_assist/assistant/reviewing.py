"""What the passages are that no rule could place: the model names a part of a plan for each, and no more.

It writes no text: the answer is one word of a closed list for each number. So whatever a passage says, all
it can bring about is that it is filed under the wrong part of a draft.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from coach_assist.assistant.calls import CallRecord
from coach_assist.assistant.prompts import load_prompt, messages_for

if TYPE_CHECKING:
    from coach_assist.assistant.provider import Provider

ROLES = ("aim", "goal", "activity", "support", "strength", "gap", "cadence", "none")
AT_ONCE = 12
"""Passages in one request: few enough for a small model to keep apart."""
SHOWN = 280
"""Characters of a passage that the model is shown: its beginning tells what it is."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A passage that the model is asked about."""

    heading: str
    text: str


def answer_schema(count: int) -> dict[str, Any]:
    """Return the JSON schema of an answer about `count` passages: one word of the list for each number."""
    properties = {str(number): {"type": "string", "enum": list(ROLES)} for number in range(1, count + 1)}
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


async def place_passages(
    passages: Sequence[Asked],
    provider: Provider,
    on_progress: Callable[[int, int], None] | None = None,
) -> tuple[dict[int, str], tuple[CallRecord, ...]]:
    """Return (index → role for each passage that is part of a plan, the calls).

    `on_progress(done, of)` counts passages. Raises ModelFailed; answers that had come are lost then, for
    rules alone already reviewed the document.
    """
    prompt = load_prompt("review")
    roles: dict[int, str] = {}
    calls: list[CallRecord] = []
    for start in range(0, len(passages), AT_ONCE):
        batch = passages[start : start + AT_ONCE]
        lines = "\n".join(f"{number}: {_line(one.text, SHOWN)}" for number, one in enumerate(batch, start=1))
        reply = await provider.stream(
            messages_for(prompt, {"passages": lines}),
            answer_schema(len(batch)),
            max_tokens=12 * len(batch) + 16,
            name="parts",
        )
        calls.append(reply.record(prompt.purpose))
        for number, role in read_answer(reply.text).items():
            if number <= len(batch) and role != "none":
                roles[start + number - 1] = role
        if on_progress is not None:
            on_progress(start + len(batch), len(passages))
    return roles, tuple(calls)


def read_answer(text: str) -> Mapping[int, str]:
    """Return number → role from an answer; what is no such pair is left out, a cut answer is empty."""
    try:
        data = json.loads(text)
    except ValueError:
        return {}
    if not isinstance(data, dict):
        return {}
    return {
        int(number): role
        for number, role in data.items()
        if number.isascii() and number.isdigit() and isinstance(role, str) and role in ROLES
    }


def _line(text: str, most: int) -> str:
    words = " ".join(text.split())
    return words if len(words) <= most else words[:most] + " …"
