"""One follow-up question from the model to a thin answer: small, checked, and only where it comes at once."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pydantic import BaseModel, Field

from coach_assist.assistant import checks
from coach_assist.assistant.asking import read_json
from coach_assist.assistant.calls import CallRecord, Reply
from coach_assist.assistant.errors import ModelFailed
from coach_assist.assistant.grounding import Grounds
from coach_assist.assistant.language import language_of
from coach_assist.assistant.prompts import fence, load_prompt, messages_for
from coach_assist.assistant.provider import Provider
from coach_assist.assistant.words import content_stems, similarity, words_of
from coach_assist.shown import safe_text

TASK = "probe"
SECONDS = 3.0
"""A better question comes within this time, or not at all: nobody waits for a follow-up."""
MOST_WORDS = 20
_LEAST_WORDS = 4
_MOST_TOKENS = 48
_LONGEST_ANSWER = 240

_ADVICE = re.compile(
    r"\b(?:should|shouldn't|ought|have you (?:tried|considered|thought)|why (?:not|don't|didn't|haven't)|"
    r"would it help|how about|what about|could you try|can you try|try to|need to|must|better to|"
    r"solltest|sollte|solltet|sollten|müsste|musst|warum nicht|wie wäre es)\b",
    re.IGNORECASE,
)

_REPROACH = re.compile(
    r"\bwhy\s+(?:are|do|did|is|does|was|were)\s+(?:you|they|he|she|[A-Z]\w+)\b|\bwarum\s+(?:bist|hast|seid|habt|machst)\b",
    re.IGNORECASE,
)


class FollowUp(BaseModel):
    """The form of the model's answer."""

    question: str = Field(max_length=400, json_schema_extra={"minLength": 12, "maxLength": 140})


@dataclass(frozen=True, slots=True)
class Probed:
    """What came of asking: the question ("" where none can be used), the call, and why there is none."""

    question: str
    record: CallRecord | None
    why_not: str = ""


def probe_problem(text: str, asked: str, answer: str) -> str:
    """Say why a follow-up can't be asked: "" where it can."""
    words = words_of(text)
    language = language_of([answer, asked])
    return checks.first_problem(
        "" if text.endswith("?") and text.count("?") == 1 else "it is not one question",
        "" if "\n" not in text and not re.search(r"[.!;]\s", text) else "it is more than a question",
        "it is too long" if len(words) > MOST_WORDS else "",
        "it is too short" if len(words) < _LEAST_WORDS else "",
        "" if content_stems(text) & content_stems(answer) else "it is not about the answer",
        "it asks the same again" if similarity(text, asked) >= 0.8 else "",
        "it gives advice" if _ADVICE.search(text) else "",
        "it asks a person to justify themselves" if _REPROACH.search(text) else "",
        checks.judges_person(text),
        checks.invented(text, Grounds(f"{answer}\n{asked}", german=language == "de")),
        checks.wrong_language(text, language),
        checks.copied(text, TASK, f"{answer} {asked}"),
    )


async def ask_probe(
    provider: Provider, asked: str, answer: str, *, seconds: float = SECONDS
) -> Probed | None:
    """Ask the model for one follow-up to `answer`, given to the question `asked`.

    None where the model is busy: nothing was asked then. It gives way to whatever else wants the model,
    and is stopped after `seconds`; the slot is free again when this returns.
    """
    line = safe_text(answer, one_line=True)[:_LONGEST_ANSWER]
    values = {"asked": safe_text(asked, one_line=True)[:_LONGEST_ANSWER], "answer": fence(line)}
    prompt = load_prompt(TASK)

    async def ask() -> Reply:
        return await provider.stream(
            messages_for(prompt, values), FollowUp, max_tokens=_MOST_TOKENS, name="FollowUp"
        )

    if provider.busy:
        return None
    try:
        reply = await provider.as_guest(ask, seconds)
    except ModelFailed as error:
        return Probed("", None, error.what)
    if reply is None:
        return Probed("", None, f"Given up: it took longer than {seconds:g} s, or the model was wanted.")
    record = reply.record(prompt.purpose)
    text = " ".join(str((read_json(reply.text) or {}).get("question", "")).split())
    problem = probe_problem(text, asked, answer)
    return Probed("" if problem else text, record, problem)
