"""One measured fact: the number that an answer holds, what it counts, and where it stands in the clause."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from coach_assist.assistant.numbers import as_decimal_text, read_number

LONGEST_FACT = 120

TIME_UNITS = (
    "seconds?|secs?|minutes?|mins?|hours?|hrs?|h|days?|weeks?|months?|working days?|business days?|"
    "Sekunden?|Minuten?|Min|Stunden?|Std|Tagen?|Tage|Tag|Wochen?|Monate?n?|Arbeitstagen?|Arbeitstage"
)
TIME_UNIT = re.compile(rf"(?:{TIME_UNITS})\b", re.IGNORECASE)
_IN_FULL = {"h": "hours", "hrs": "hours", "hr": "hours", "mins": "minutes", "min": "minutes",
            "secs": "seconds",
            "sec": "seconds", "Min": "Minuten", "Std": "Stunden"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fact:
    """One measured fact.

    `text` is the clause as typed; `baseline` the number in it ("4"); `of` the whole that it is a part
    of ("10") or None; `unit` the words after the number ("tickets", "%", "minutes", "hours a week");
    `derived` says that the number stands in the text as a word such as "half".
    """

    question: str
    text: str
    baseline: str
    of: str | None
    unit: str
    start: int
    end: int
    derived: bool = False
    norm: str | None = None
    """What the answer says it should be ("20 are planned"), a decimal string; None where it does not."""

    @property
    def value(self) -> Decimal:
        return Decimal(self.baseline)

    @property
    def most(self) -> Decimal | None:
        """The largest value that makes sense: the whole, or 100 for a percentage."""
        if self.of is not None:
            return Decimal(self.of)
        return Decimal(100) if self.unit.startswith("%") else None

    @property
    def is_time(self) -> bool:
        return bool(TIME_UNIT.match(self.unit))

    @property
    def key(self) -> str:
        """The fact as it is listed for the model."""
        return self.text


def make_fact(
    question: str,
    clause: str,
    number: str | Decimal,
    of: str | None,
    unit: str,
    span: tuple[int, int],
    *,
    derived: bool = False,
) -> Fact | None:
    """Return the fact of a clause whose number stands at `span`, None where it is no usable number."""
    value = read_number(number) if isinstance(number, str) else number
    if value is None or value >= Decimal(10) ** 12 or value < 0:
        return None
    text, shift = _shortened(clause, span)
    words = unit.split()
    if words and words[0] in _IN_FULL:
        words[0] = _IN_FULL[words[0]]
    return Fact(
        question, text, as_decimal_text(value), of, " ".join(words), span[0] - shift, span[1] - shift, derived
    )


def _shortened(clause: str, span: tuple[int, int]) -> tuple[str, int]:
    """Cut a long clause at word ends around the number, keeping the number inside."""
    if len(clause) <= LONGEST_FACT:
        return clause, 0
    start = max(0, min(span[0] - 50, len(clause) - LONGEST_FACT))
    if start:
        start = clause.find(" ", start, span[0]) + 1 or span[0]
    piece = clause[start : start + LONGEST_FACT]
    if start + LONGEST_FACT < len(clause) and " " in piece[span[1] - start :]:
        piece = piece[: piece.rfind(" ")]
    return piece, start
