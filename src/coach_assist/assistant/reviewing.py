"""What the passages are that no rule could place: the model names a part of a plan for each, and no more.

It writes no text: the answer is one word of a closed list. So whatever a passage says, all it can bring
about is that it is filed under the wrong part of a draft. Each passage goes alone, after the same worked
examples as turns of a talk: a small model that is asked about several at once mixes them up, and the
server's cache makes what they share cost nothing. The system prompt is not that of drafting, which tells
the model to fill in parts: with it, it files news and thanks as parts, too.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from coach_assist.assistant.calls import CallRecord
from coach_assist.assistant.prompts import Prompt, load_prompt

if TYPE_CHECKING:
    from coach_assist.assistant.provider import Provider

ROLES = ("aim", "goal", "activity", "support", "strength", "gap", "cadence", "none")
SHOWN = 280
"""Characters of a passage that the model is shown: its beginning tells what it is."""
ANSWER: dict[str, Any] = {
    "type": "object",
    "properties": {"is": {"type": "string", "enum": list(ROLES)}},
    "required": ["is"],
    "additionalProperties": False,
}
_MOST_TOKENS = 16


async def place_passages(
    passages: Sequence[str],
    provider: Provider,
    on_call: Callable[[CallRecord], None] | None = None,
) -> tuple[dict[int, str], tuple[CallRecord, ...]]:
    """Return (index → role for each passage that is part of a plan, the calls).

    `on_call` hears of each call as it ended. Raises ModelFailed; answers that had come are lost then, for
    rules alone already reviewed the document.
    """
    prompt = load_prompt("review")
    roles: dict[int, str] = {}
    calls: list[CallRecord] = []
    for index, passage in enumerate(passages):
        reply = await provider.stream(
            passage_messages(prompt, passage), ANSWER, max_tokens=_MOST_TOKENS, name="part"
        )
        calls.append(reply.record(prompt.purpose))
        role = read_answer(reply.text)
        if role != "none":
            roles[index] = role
        if on_call is not None:
            on_call(calls[-1])
    return roles, tuple(calls)


def passage_messages(prompt: Prompt, passage: str) -> list[dict[str, str]]:
    """Return the messages about one passage: task, examples as turns, and the passage in its fence."""
    task, _, rest = prompt.template.partition("\nExamples\n")
    examples, _, asked = rest.partition("\nPassage\n")
    question = replace(prompt, template=asked.strip())
    messages = [{"role": "system", "content": task.strip()}]
    for line in examples.strip().splitlines():
        role, _, text = line.partition(": ")
        messages.append({"role": "user", "content": question.render({"passage": text})})
        messages.append({"role": "assistant", "content": json.dumps({"is": role})})
    words = " ".join(passage.split())
    shown = words if len(words) <= SHOWN else words[:SHOWN] + " …"
    return [*messages, {"role": "user", "content": question.render({"passage": shown})}]


def read_answer(text: str) -> str:
    """Return the role that an answer names; "none" for everything that is no such answer."""
    try:
        data = json.loads(text)
    except ValueError:
        return "none"
    role = data.get("is") if isinstance(data, dict) else None
    return role if isinstance(role, str) and role in ROLES else "none"
