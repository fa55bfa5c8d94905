"""Asking for one section: streamed, validated, and asked again with what was wrong, at most twice."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from pydantic import BaseModel, ValidationError, create_model, model_validator

from coach_assist.assistant.calls import CallRecord, Delta
from coach_assist.assistant.errors import ModelFailed
from coach_assist.assistant.json_text import json_text
from coach_assist.assistant.prompts import Prompt, fence, messages_for
from coach_assist.assistant.provider import Provider

Slots = dict[str, Any]
Problem = tuple[str, str]
"""The slot and what is wrong with it."""

REASKS = 2
"""A section that fails goes back to the model at most this often."""

WARMER = 0.4
"""Temperature of re-asks: at 0 a small model gives the refused answer again."""


@dataclass(frozen=True, slots=True)
class Form:
    """The form of one section's answer.

    `fields` maps slot → (type, pydantic Field) as create_model takes them; `repair` puts right what code
    can; `problems` names what it can not.
    """

    name: str
    fields: Mapping[str, tuple[Any, Any]]
    repair: Callable[[Slots], Slots]
    problems: Callable[[Slots], list[Problem]]
    needed: tuple[str, ...] = ()
    """Slots without which a cut answer says nothing."""

    def model(self) -> type[BaseModel]:
        """Return the pydantic model: its validators repair first, then check."""

        def repaired(cls: type[BaseModel], data: Any) -> Any:
            return self.repair(dict(data)) if isinstance(data, Mapping) else data

        def checked(value: BaseModel) -> BaseModel:
            found = self.problems(value.model_dump())
            if found:
                raise ValueError("; ".join(f"{slot}: {problem}" for slot, problem in found))
            return value

        validators: dict[str, Any] = {
            "repaired": model_validator(mode="before")(classmethod(repaired)),  # type: ignore[arg-type]
            "checked": model_validator(mode="after")(checked),
        }
        fields: dict[str, Any] = dict(self.fields)
        return create_model(self.name, __validators__=validators, **fields)


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of it. `slots` are repaired; None where nothing usable came. `problems` are left over."""

    slots: Slots | None
    problems: tuple[Problem, ...]
    record: CallRecord | None
    failed: ModelFailed | None = None


async def ask(
    provider: Provider,
    prompt: Prompt,
    values: Mapping[str, str],
    form: Form,
    *,
    max_tokens: int,
    on_delta: Callable[[Delta], None] | None = None,
    reasks: int = REASKS,
) -> Asked:
    """Ask for one section. Failures of the model come back in `failed`, with the best that had come.

    Only cancelling raises. The call record counts the first attempt and every re-ask.
    """
    from coach_assist.assistant.reask import ReaskFailed

    messages = messages_for(prompt, values)
    model = form.model()
    try:
        reply = await provider.stream(
            messages, model, max_tokens=max_tokens, on_delta=on_delta, name=form.name
        )
    except ModelFailed as error:
        data = read_json(error.partial)
        slots, problems = best_of(form, data)
        return Asked(slots, problems, _failed_record(provider, prompt, error), error)
    record = reply.record(prompt.purpose)
    data = read_json(reply.text)
    problems = _problems_of(form, model, data)
    if not problems:
        slots, _ = best_of(form, data)
        return Asked(slots, (), record)
    # Said inside the question rather than as a turn of its own: a small model repeats its own turns.
    again = [
        messages[0],
        {"role": "user", "content": f"{messages[1]['content']}\n{_findings(problems, data)}"},
    ]
    try:
        better = await provider.reask(
            model, again, max_tokens=max_tokens, attempts=reasks, temperature=WARMER
        )
    except ModelFailed as error:
        last = error.reply if isinstance(error, ReaskFailed) else None
        record = replace(
            record,
            attempts=record.attempts + error.attempts,
            seconds=record.seconds + (last.seconds if last else 0.0),
            prompt_tokens=_sum(record.prompt_tokens, last.prompt_tokens if last else 0),
            cached_tokens=_sum(record.cached_tokens, last.cached_tokens if last else 0),
            completion_tokens=_sum(record.completion_tokens, last.completion_tokens if last else 0),
        )
        slots, left = best_of(form, read_json(error.partial) or data)
        if slots is None:
            slots, left = best_of(form, data)
        refused = isinstance(error, ReaskFailed) or error.kind == "length"
        return Asked(slots, left or problems, record, None if refused else error)
    second = better.reply
    record = replace(
        record,
        attempts=record.attempts + second.attempts,
        seconds=record.seconds + second.seconds,
        prompt_tokens=_sum(record.prompt_tokens, second.prompt_tokens),
        cached_tokens=_sum(record.cached_tokens, second.cached_tokens),
        completion_tokens=_sum(record.completion_tokens, second.completion_tokens),
        finish_reason=second.finish_reason,
    )
    return Asked(form.repair(better.value.model_dump()), (), record)


def read_json(text: str) -> Slots | None:
    """Return the object that `text` holds or begins (a cut answer), or None where there is none.

    Of several the last: a model that thinks aloud, or repeats what it was given, does so before it answers.
    """
    from jiter import from_json

    whole = json_text(text)
    if whole.startswith("{"):
        return dict(json.loads(whole))
    start = text.find("{")
    if start < 0:
        return None
    try:
        data = from_json(text[start:].encode(), partial_mode="trailing-strings")
    except ValueError:
        return None
    return data if isinstance(data, dict) else None


def best_of(form: Form, data: Slots | None) -> tuple[Slots | None, tuple[Problem, ...]]:
    """Return repaired slots with the problems that are left, or None where slots are missing."""
    if not data or any(not data.get(slot) for slot in form.needed):
        return None, ()
    try:
        slots = form.repair(dict(data))
        if not set(form.fields) <= set(slots):
            return None, ()
        return slots, tuple(form.problems(slots))
    except (TypeError, ValueError, KeyError, ArithmeticError):
        return None, ()


def _problems_of(form: Form, model: type[BaseModel], data: Slots | None) -> tuple[Problem, ...]:
    if data is None:
        return (("", "not one JSON object with the fields"),)
    try:
        model.model_validate(data)
    except ValidationError as error:
        _, problems = best_of(form, data)
        found = error.errors(include_url=False, include_input=False, include_context=False)
        return problems or tuple((".".join(map(str, item["loc"])), item["msg"]) for item in found)
    return ()


def _findings(problems: tuple[Problem, ...], data: Slots | None) -> str:
    """Say what was wrong, with the refused text of the slots that it is about."""
    lines = []
    for slot, problem in problems:
        text = (data or {}).get(slot.split(".")[0]) if slot else None
        if isinstance(text, dict):
            text = text.get(slot.rpartition(".")[2])
        refused = f" (not “{fence(str(text))[:200]}”)" if isinstance(text, str) and text else ""
        lines.append(f"- {slot}: {problem}{refused}" if slot else f"- {problem}")
    return "A first answer was refused. Do it differently:\n" + "\n".join(lines)


def _failed_record(provider: Provider, prompt: Prompt, error: ModelFailed) -> CallRecord:
    return CallRecord(
        prompt=prompt.task,
        version=prompt.version,
        model=provider.endpoint.model,
        prompt_tokens=None,
        cached_tokens=None,
        completion_tokens=None,
        seconds=0.0,
        attempts=error.attempts,
        finish_reason=None,
    )


def _sum(first: int | None, second: int | None) -> int | None:
    return None if first is None or second is None else first + second
