"""The words in which a draft is explained."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import JsonValue

from coach_assist.flows.explain_sources import Quote
from coach_assist.plan.drafts import Provenance

LABELS = {
    "statement": "Statement",
    "metric.name": "What is counted",
    "metric.baseline": "Today",
    "metric.target": "Target",
    "due": "Date",
    "metric.evidence": "Evidence",
    "metric.collector": "Who collects it",
    "achievable": "Means",
    "relevant": "Why it matters",
    "if_then": "If it gets difficult",
}
"""The parts of a goal in the order in which they are explained, by their names for people."""

SOURCE_WORDS = {
    "answer": "Taken from an answer.",
    "model": "The model's words.",
    "code": "Put together by rules, not by the model.",
    "person": "Written by hand.",
}
_ORIGINS = {
    "model": "Drafted with the model: it filled in parts, and rules put the sentence together.",
    "own_words": "In your own words: the model has no part in the text.",
    "person": "Written or changed by hand.",
    "import": "Taken from a file.",
}
_CRITERIA = {"S": "Specific", "M": "Measurable", "A": "Achievable", "R": "Relevant", "T": "Time-bound"}
_VERDICTS = {"met": "yes", "unmet": "not stated yet", "unknown": "not to be told from the sentence"}


def written_by(origin: str) -> str:
    """Return in one sentence who wrote a unit."""
    return _ORIGINS.get(origin, origin)


def wording_of(
    kind: str, value: Mapping[str, JsonValue], origin: str,
    reasons: tuple[Mapping[str, str], Mapping[str, str]] | None, statement: Provenance | None,
) -> tuple[str, ...]:  # fmt: skip
    """Return why a sentence reads as it does: how it was made, then one line a criterion (goals only)."""
    if kind != "goal":
        return ()
    metric = value.get("metric")
    measured = isinstance(metric, dict) and metric.get("baseline") is not None
    lines = []
    if origin == "model" and measured:
        lines.append("An answer measures something, so the goal moves that number: from today's to a target.")
    elif origin == "model":
        lines.append(
            "No answer measures anything here, so the goal is something that others can see, and how often."
        )
    elif origin == "own_words" and statement is not None and statement.source == "answer":
        lines.append("The sentence is yours.")
    if reasons is not None:
        verdicts, why = reasons
        lines += [
            f"{_CRITERIA[letter]}: {_VERDICTS.get(verdict, verdict)} ({why.get(letter, '')})".removesuffix(
                " ()"
            )
            for letter, verdict in verdicts.items()
        ]
    return tuple(lines)


def part_words(field: str, source: str, quotes: tuple[Quote, ...], listed: bool) -> str:
    """Return in one plain sentence where a part came from."""
    if listed and source == "model":
        return "The model's suggestion: no answer says it."
    if listed:
        return "Counted or chosen by rules from the plan's dates and answers: no answer says it."
    if source == "answer":
        return "Taken from an answer." if quotes else "Taken from an answer that is not on this machine."
    if source == "model":
        return "The model's words for what an answer says." if quotes else "The model's words."
    if field == "due":
        return "The plan's last day, as you gave it."
    if field == "statement":
        return "Put together by rules from the parts below."
    return SOURCE_WORDS.get(source, "")
