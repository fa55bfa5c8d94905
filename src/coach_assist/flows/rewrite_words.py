"""Rewrites in words: for a terminal, for a file, and what each criterion was before and is now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from coach_assist.checker import Context, check_goal
from coach_assist.flows.rewrite import Rewrite, RewriteResult
from coach_assist.plan.word_diff import word_diff
from coach_assist.shown import safe_text

VERDICT_WORDS = {"met": "met", "unmet": "not stated yet", "unknown": "unknown"}
CRITERIA = {"S": "Specific", "M": "Measurable", "A": "Achievable", "R": "Relevant", "T": "Time-bound"}
PACES = ("modest", "ambitious")
"""How two alternatives are called, in their order."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion of one goal: its verdict before and after, and why it is what it is now."""

    letter: str
    name: str
    before: str
    after: str
    reason: str

    @property
    def words(self) -> str:
        """Both verdicts, for a person; one where nothing changed."""
        if self.before == self.after:
            return VERDICT_WORDS[self.after]
        return f"{VERDICT_WORDS[self.before]} → {VERDICT_WORDS[self.after]}"


def criteria(
    original: str, rewrite: Rewrite, *, today: date, due: date | None = None
) -> tuple[Criterion, ...]:
    """Return one line a criterion: what the checker says of the old text and of the new one.

    `due` is the date that the plan around the old text sets; it counts for both.
    """
    report = check_goal(original, Context(due=due, today=today))
    before: dict[str, str] = {str(letter): verdict for letter, verdict in report.verdicts.items()}
    return tuple(
        Criterion(letter, name, before[letter], rewrite.verdicts[letter], rewrite.reasons.get(letter, ""))
        for letter, name in CRITERIA.items()
    )


def pace_of(result: RewriteResult, number: int) -> str:
    """Return "modest" or "ambitious" where there are two rewrites, else ""."""
    return PACES[number] if len(result.rewrites) == len(PACES) else ""


def changed_words(old: str, new: str) -> str:
    """Return the change from `old` to `new` as one text: [-…-] are words that go, [+…+] words that come."""
    parts = []
    for piece in word_diff(old, new):
        words = piece.text.strip()
        if piece.op == "same" or not words:
            parts.append(piece.text)
        else:
            sign = "-" if piece.op == "removed" else "+"
            parts.append(piece.text.replace(words, f"[{sign}{words}{sign}]"))
    return "".join(parts)


def rewrite_lines(result: RewriteResult) -> Iterator[str]:
    """Yield a rewrite for a terminal: the old text, the new one, what is suggested, one line a criterion."""
    yield f"Was:  {safe_text(result.original, one_line=True)}"
    for number, one in enumerate(result.rewrites):
        pace = pace_of(result, number)
        yield f"Now:  {safe_text(one.statement, one_line=True)}{f'  ({pace})' if pace else ''}"
        if one.statement != result.original:
            yield f"Diff: {safe_text(changed_words(result.original, one.statement), one_line=True)}"
        if result.already_smart:
            yield "  It is specific, measurable and time-bound already."
        elif one.by_rules:
            yield "  By rules, without the model: what is not stated yet is marked for you to fill in."
        for suggestion in one.suggested:
            question = safe_text(suggestion.question, one_line=True)
            yield f"  Suggested, not in the goal: {safe_text(suggestion.text, one_line=True)} ({question})"
        for letter, verdict in one.verdicts.items():
            yield f"  {letter} {VERDICT_WORDS[verdict]}: {safe_text(one.reasons[letter], one_line=True)}"
        yield from (
            f"  {finding.code} {safe_text(finding.message, one_line=True)}" for finding in one.findings
        )
    yield ""


def rewrites_as_text(results: Sequence[RewriteResult]) -> str:
    """Return several rewrites as the text of a file, saying what a model wrote."""
    head = "Rewrites of goals. What is marked as suggested is in none of your words: settle it before use."
    return "\n".join([head, "", *(line for result in results for line in rewrite_lines(result))])
