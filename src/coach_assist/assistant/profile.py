"""What an endpoint can do, found out by trying: JSON schemas, streaming, counting, its context.

The embedded server's profile is known. A remote endpoint is probed once, after the person agreed to
send to it; the probe holds nothing of theirs.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from coach_assist.assistant.json_text import json_text
from coach_assist.assistant.stream import Answer, StreamFault, read_stream, usage_of

_ASKED, _BOUND = "apple", "pear"
_MESSAGES = [
    {"role": "system", "content": "Answer with one JSON object and nothing else."},
    {"role": "user", "content": f'Answer exactly {{"fruit": "{_ASKED}"}}'},
]
_SCHEMA = {
    "type": "object",
    "properties": {"fruit": {"type": "string", "enum": [_BOUND]}},
    "required": ["fruit"],
    "additionalProperties": False,
}
_ROOM = 400
"""Tokens for the answer: models that think first need more than the ten of the object."""

_CONTEXT_KEYS = ("n_ctx", "max_model_len", "context_length", "context_window", "max_context_length")


@dataclass(frozen=True, slots=True)
class Profile:
    """What an endpoint can do.

    `json_schema`: it holds answers to a schema; `streaming`: it sends answers piece by piece; `usage`:
    it counts tokens in streams when asked; `context`: its window in tokens, None if it does not say;
    `temperature`: it takes one; `limit_name`: what it calls the bound on an answer's tokens.
    """

    json_schema: bool = True
    streaming: bool = True
    usage: bool = True
    context: int | None = None
    temperature: bool = True
    limit_name: str = "max_tokens"

    def to_json(self) -> dict[str, Any]:
        """Return the profile as it is stored."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Profile | None:
        """Return a stored profile, or None where it is not one of this version's: then probe again."""
        names = {field.name for field in fields(cls)}
        kinds = {name: type(value) for name, value in asdict(cls()).items() if value is not None}
        if set(data) != names or any(type(data[name]) is not kind for name, kind in kinds.items()):
            return None
        if data["context"] is not None and type(data["context"]) is not int:
            return None
        return cls(**data)

    def shaped(self, request: dict[str, Any]) -> dict[str, Any]:
        """Return `request` (written for the embedded server) in the form that this endpoint takes.

        Where schemas are not held to, the schema goes into the system message instead.
        """
        request = dict(request)
        if self.limit_name != "max_tokens":
            request[self.limit_name] = request.pop("max_tokens")
        if not self.temperature:
            request.pop("temperature", None)
        form = request.get("response_format")
        if form is not None and not self.json_schema:
            del request["response_format"]
            request["messages"] = _told(request["messages"], form["json_schema"]["schema"])
        return request


def _told(messages: list[dict[str, str]], schema: Any) -> list[dict[str, str]]:
    told = "Answer with one JSON object of this JSON schema, and nothing else:\n" + json.dumps(
        schema, ensure_ascii=False, separators=(",", ":")
    )
    first, *rest = messages
    if first["role"] != "system":
        return [{"role": "system", "content": told}, *messages]
    return [{**first, "content": f"{first['content']}\n\n{told}"}, *rest]


async def probe(client: Any, model: str, *, stall: float) -> Profile:
    """Find out what the endpoint behind an openai `client` can do, with one to six small requests.

    Whether a schema is held to shows when the prompt asks for another value than the schema allows:
    an endpoint that takes the schema and ignores it is told apart. Raises the client's exceptions where
    no form of request succeeds.
    """
    profile = Profile(context=await _context(client, model))
    for _ in range(5):
        try:
            return await _tried(client, model, profile, stall)
        except StreamFault:
            if not profile.streaming:
                raise
            profile = replace(profile, streaming=False)
        except Exception as error:
            adapted = _adapted(profile, error)
            if adapted is None:
                raise
            profile = adapted
    return profile


async def _tried(client: Any, model: str, profile: Profile, stall: float) -> Profile:
    request = profile.shaped(
        {
            "model": model,
            "messages": _MESSAGES,
            "max_tokens": _ROOM,
            "temperature": 0.0,
            "response_format": {
                "type": "json_schema",
                "json_schema": {"name": "probe", "schema": _SCHEMA, "strict": True},
            },
        }
    )
    if profile.streaming:
        answer = Answer(None)
        await read_stream(client, request, answer, stall=stall, count=profile.usage)
        text, used = answer.text, answer.usage
    else:
        completion = await client.chat.completions.create(**request)
        text, used = completion.choices[0].message.content or "", usage_of(completion.usage)
    return replace(
        profile,
        json_schema=profile.json_schema and _held(text),
        usage=profile.usage and used.prompt_tokens is not None,
    )


def _held(text: str) -> bool:
    try:
        return bool(json.loads(json_text(text)) == {"fruit": _BOUND})
    except ValueError:
        return False


def _adapted(profile: Profile, error: Exception) -> Profile | None:
    """Return the profile without what the endpoint's refusal names, or None where it names nothing."""
    if getattr(error, "status_code", None) not in {400, 404, 415, 422, 500, 501}:
        return None
    said = f"{getattr(error, 'message', '')} {getattr(error, 'body', '')}".lower()
    if ("max_completion_tokens" in said or "max_tokens" in said) and profile.limit_name == "max_tokens":
        return replace(profile, limit_name="max_completion_tokens")
    if "temperature" in said and profile.temperature:
        return replace(profile, temperature=False)
    if "stream_options" in said and profile.usage:
        return replace(profile, usage=False)
    if ("response_format" in said or "schema" in said or "grammar" in said) and profile.json_schema:
        return replace(profile, json_schema=False)
    if "stream" in said and profile.streaming:
        return replace(profile, streaming=False)
    return None


async def _context(client: Any, model: str) -> int | None:
    """Ask the endpoint's list of models for the context; endpoints name it in different ways, or not."""
    try:
        listed = await client.models.list()
    except Exception:
        return None
    for entry in listed.data or ():
        if entry.id == model:
            extra = entry.model_dump()
            for place in (extra, extra.get("meta") or {}):
                for key in _CONTEXT_KEYS:
                    if isinstance(place.get(key), int) and place[key] > 0:
                        return int(place[key])
    return None
