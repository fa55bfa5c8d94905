"""The AI record in words: whole, as lines, and as the rows of a table that fits into 80 columns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from coach_assist.flows.ai_record import AiCall, AiRecord
from coach_assist.resources import resource_folder

SECTION_WORDS = {
    "state": "current state",
    "activities": "activities",
    "rewrite": "rewrite of a goal",
    "placing": "sorting a sentence",
    "summary": "summary of notes",
    "another": "another version",
    "difference": "what differs",
    "probe": "follow-up question",
}
NOTHING_MADE = "nothing of it became a unit by itself"


@dataclass(frozen=True, slots=True)
class CallRow:
    """One call as a line of a table. Texts are short; `when` is local time."""

    when: str
    what: str
    tokens: str
    became: str


def record_rows(record: AiRecord) -> tuple[CallRow, ...]:
    """Return one row a call, in the record's order."""
    return tuple(
        CallRow(_local(call.at), section_words(call.section), _out(call.completion_tokens), _became(call))
        for call in record.calls
    )


def call_lines(record: AiRecord, number: int) -> list[str]:
    """Return all that is kept of call `number` (from 0), as lines."""
    call = record.calls[number]
    lines = [f"{number + 1}. {_head(call)}", f"   {_cost(call)}"]
    if call.failed:
        lines.append(f"   failed: {call.failed}")
    for unit in call.units:
        # Without a plan there is no unit to look up; its id would say nothing.
        name = f" {unit.unit}" if record.plan is not None else ""
        lines.append(f"   {unit.kind or 'unit'}{name}: {unit.words}")
        lines += [f"      {label}: {text}" for label, text in unit.content]
    if not call.units and not call.failed:
        lines.append(f"   {NOTHING_MADE}")
    return lines


def record_lines(record: AiRecord) -> list[str]:
    """Return the whole record as lines for a terminal."""
    if not record.calls:
        about = "about this plan" if record.plan is not None else "without a plan"
        return [f"No model was asked {about} on this machine.", record.retention]
    lines = []
    for number in range(len(record.calls)):
        lines += [*call_lines(record, number), ""]
    return [*lines, record.retention]


def notice() -> str:
    """Return the page for the team member on what the AI does and does not (Markdown, our own text)."""
    return (resource_folder("docs") / "ai-notice.md").read_text(encoding="utf-8")


def section_words(section: str) -> str:
    """Return what a call was for, for a person."""
    name, _, rest = section.partition(":")
    if name == "goal" and rest.isdecimal():
        return f"goal {int(rest) + 1}"
    if name.startswith("summary."):
        name = "summary"
    return SECTION_WORDS.get(name, name.replace("_", " ")) or "call"


def _became(call: AiCall) -> str:
    if call.failed:
        return f"failed: {call.failed}"
    if not call.units:
        return NOTHING_MADE
    return "; ".join(dict.fromkeys(f"{unit.kind or 'unit'} {unit.words}" for unit in call.units))


def _local(at: str | None) -> str:
    try:
        return datetime.fromisoformat(at or "").astimezone().strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return "time not kept"


def _out(count: int | None) -> str:
    return "?" if count is None else str(count)


def _head(call: AiCall) -> str:
    when = (call.at or "time not kept").replace("T", " ").replace("+00:00", " UTC")
    prompt = f", prompt {call.prompt} version {call.version}" if call.prompt else ""
    where = f"{call.endpoint or 'place not kept'}, model {call.model or 'none'}"
    return f"{when} · {call.section or 'call'} · {where}{prompt}"


def _cost(call: AiCall) -> str:
    if call.seconds is None:
        return "no answer came"
    tokens = ["unknown" if one is None else str(one) for one in (call.prompt_tokens, call.cached_tokens)]
    out = "unknown" if call.completion_tokens is None else str(call.completion_tokens)
    return (
        f"tokens in {tokens[0]} (from the cache {tokens[1]}), out {out}; {call.seconds:.1f} s; "
        f"answers {call.attempts}; ended: {call.finish_reason or 'unknown'}"
    )
