"""One neutral sentence on a difference between two people's answers to the same question.

The model may only name what differs. Code holds it to that: a sentence that takes a side, judges a person,
holds something that neither answer holds or gives one person's words to the other is dropped, and code's
own words stand in its place. Nothing in an answer can make it say more than such a sentence.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from coach_assist.assistant import checks
from coach_assist.assistant.calls import CallRecord
from coach_assist.assistant.grounding import Grounds
from coach_assist.assistant.language import language_of
from coach_assist.assistant.numbers import numbers_in
from coach_assist.assistant.prompts import load_prompt, worked_examples
from coach_assist.assistant.turns import turns_for
from coach_assist.assistant.words import content_stems, sentences, words_of
from coach_assist.plan.units import PARTIES, Party
from coach_assist.shown import has_hidden_characters, safe_text

if TYPE_CHECKING:
    from coach_assist.assistant.provider import Provider

MOST_WORDS = 25
SHOWN = 600
"""Characters of each answer that the model is shown: what differs stands near the beginning."""
_MOST_TOKENS = 90
_PART = r"[\w][\w ,'’“”„\"%()/.:+-]{0,90}"
_SERVER_PART = "[a-zA-ZÀ-ÿ0-9][a-zA-ZÀ-ÿ0-9 ,'’%()/.-]{0,80}"
_FRAMES = {
    "en": ("The team member (says|names) {part}, the manager (says|names) {part}", "difference"),
    "de": ("Das Teammitglied (sagt|nennt) {part}, die Führungskraft (sagt|nennt) {part}", "difference_de"),
}
"""Language → the only form that the sentence has, and its prompt. It reports: it says nothing itself."""
_SIDE = re.compile(
    r"\b(?:right(?:ly)?|wrong(?:ly)?|correct(?:ly)?|incorrect(?:ly)?|true|false|better|worse|best|worst|"
    r"should|must|ought|has to|have to|needs? to|mistaken(?:ly)?|mistake|fails?|failed|ignor\w+|overlook\w*|"
    r"(?:un)?realistic|(?:un)?reasonable|(?:in)?accurate|too|unfortunately|merely|however hard|agrees? with|"
    r"richtig|falsch|besser|schlechter|sollten?|müssen|muss|leider|übersieht|zu recht|zu unrecht|"
    r"(?:un)?realistisch)\b",
    re.IGNORECASE,
)
MOST_FOREIGN = 4
_ISO = re.compile(r"\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b")
_SAME = re.compile(r"\b(?:both|same|agree|identical|beide|gleich\w*|dasselbe)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Difference:
    """What came of asking about one question. `sentence` is None where nothing usable came."""

    sentence: str | None
    problem: str
    """What was wrong with the model's sentence; "" where it stands."""
    call: CallRecord | None
    """None where no model was asked: the answers are in a language in which code cannot judge."""


async def describe(question: str, answers: Mapping[Party, str], provider: Provider) -> Difference:
    """Ask for one sentence on what differs between both answers to `question`. Raises ModelFailed."""
    frame, task = _FRAMES.get(language_of(answers.values()), ("", ""))
    if not frame:
        return Difference(None, "the answers are in another language", None)
    prompt = load_prompt(task)
    reply = await provider.stream(
        turns_for(prompt, {"answers": _told(question, answers)}),
        answer_form(frame),
        max_tokens=_MOST_TOKENS,
        name="difference",
    )
    call = reply.record(prompt.purpose)
    sentence = _read(reply.text)
    problem = problem_of(sentence, question, answers)
    return Difference(None if problem else sentence, problem, call)


def answer_form(frame: str) -> dict[str, Any]:
    """Return the JSON schema of the answer: one sentence of the frame's form."""
    pattern = f"^{frame.format(part=_SERVER_PART)}\\.$"
    return {
        "type": "object",
        "properties": {"sentence": {"type": "string", "pattern": pattern}},
        "required": ["sentence"],
        "additionalProperties": False,
    }


def problem_of(sentence: str, question: str, answers: Mapping[Party, str]) -> str:
    """Return what is wrong with a sentence on a difference; "" where it may be shown.

    It must be one sentence of at most 25 words in the form of its language, say of each only what that
    one's answer holds, and hold nothing that neither answer nor the question holds.
    """
    language = language_of(answers.values())
    frame, task = _FRAMES.get(language, ("", ""))
    told = re.fullmatch(frame.format(part=f"({_PART}?)") + r"\.", sentence) if frame else None
    if told is None or has_hidden_characters(sentence):
        return "it is not one sentence of the form that was asked for"
    if len(words_of(sentence)) > MOST_WORDS or len(sentences(sentence)) != 1:
        return f"it is not one sentence of at most {MOST_WORDS} words"
    parts: dict[Party, str] = {"team_member": told[2], "manager": told[4]}
    said = "\n".join(parts.values())
    for pattern, words in ((_SIDE, "takes a side"), (_SAME, "does not say what differs")):
        if match := pattern.search(said):
            return f"“{match[0]}” {words}"
    known = "\n".join([question, *answers.values()])
    return checks.first_problem(
        checks.judges_person(said),
        checks.invented(said, Grounds(known, german=language == "de")),
        checks.wrong_language(said, language),
        _foreign(said, known, task),
        _attributed(parts, answers),
    )


def _told(question: str, answers: Mapping[Party, str]) -> str:
    rows = [f"question: {_line(question)}"]
    rows += [f"{party.replace('_', ' ')}: {_line(answers[party])}" for party in PARTIES]
    return "\n".join(rows)


def _line(text: str) -> str:
    line = safe_text(text, one_line=True)
    return line if len(line) <= SHOWN else line[:SHOWN] + " …"


def _read(text: str) -> str:
    """Return the sentence that an answer holds; "" for everything that is no such answer."""
    try:
        data = json.loads(text)
    except ValueError:
        return ""
    said = data.get("sentence") if isinstance(data, dict) else None
    if not isinstance(said, str):
        return ""
    said = " ".join(said.split())
    return said if said.endswith(".") or not said else f"{said}."


def _foreign(said: str, known: str, task: str) -> str:
    """Words that are in neither answer: of a worked example, or too many of them."""
    foreign = content_stems(said) - content_stems(known)
    examples = content_stems(" ".join(worked_examples(task)))
    if len(foreign & examples) >= 2:
        return "this is copied from a worked example; write it from the answers"
    return "neither answer speaks of this" if len(foreign) > MOST_FOREIGN else ""


def _attributed(parts: Mapping[Party, str], answers: Mapping[Party, str]) -> str:
    """Something that a person is said to have answered, and has not."""
    for party, part in parts.items():
        who = party.replace("_", " ")
        own = answers[party]
        theirs = next(text for other, text in answers.items() if other != party)
        figures, known, foreign = (_figures(text) for text in (part, own, theirs))
        if figures & (foreign - known):
            return f"it gives the {who} a number of the other"
        said, mine, not_mine = content_stems(part), content_stems(own), content_stems(theirs)
        if said & (not_mine - mine):
            return f"it gives the {who} the words of the other"
        if not said & mine and not figures & known:
            return f"it says nothing that the {who} has answered"
    return ""


def _figures(text: str) -> set[str]:
    """Return the numbers and the ISO dates of a text, each in one spelling."""
    return {str(one.value) for one in numbers_in(text)} | set(_ISO.findall(text))
