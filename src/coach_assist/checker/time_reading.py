"""What is found about time while a text is read: shared by the readers of points, events and spans."""

from __future__ import annotations

from datetime import date

from coach_assist.checker.date_days import Point
from coach_assist.checker.date_points import DatePoints
from coach_assist.checker.lexicon import BIT
from coach_assist.checker.reports import Deadline
from coach_assist.checker.sentence import Sentence
from coach_assist.checker.settings import Settings
from coach_assist.checker.tokens import MARK, WORD

_STOP, _BY, _IN, _PURPOSE = BIT["stop_words"], BIT["by_words"], BIT["in_words"], BIT["purpose_words"]


class TimeFacts:
    """What a text says about time: the end point, and what only looks like one. Spans are token places."""

    __slots__ = (
        "cadence", "claimed", "end", "horizon", "impossible", "point", "service", "start_only",
    )  # fmt: skip

    def __init__(self) -> None:
        self.point: Point | None = None
        """The end point."""
        self.end: Deadline | None = None
        self.claimed: set[int] = set()
        """Tokens that belong to a date, period or rhythm: their numbers are no measure."""
        self.impossible: Point | None = None
        self.service: tuple[int, int] | None = None
        self.cadence: tuple[int, int] | None = None
        self.start_only: tuple[int, int] | None = None
        self.horizon: tuple[int, int] | None = None


class Reading:
    """One reading of a sentence's points and spans: the facts so far, and the strength of the best frame."""

    __slots__ = ("anchor", "best", "facts", "points", "s", "tokens")

    def __init__(self, sentence: Sentence, anchor: date | None, settings: Settings) -> None:
        self.s = sentence
        self.tokens = sentence.tokens
        self.anchor = anchor
        self.points = DatePoints(sentence, anchor, settings)
        self.facts = TimeFacts()
        self.best = 0

    def phrase_start(self, place: int, bit: int) -> int:
        """Return the first token of the phrase with `bit` that ends before `place`."""
        for first in range(max(place - 5, 0), place):
            if self.s.phrase(first, bit) == place:
                return first
        return place - 1

    def counts(self, last: int) -> bool:
        """Say whether a number that could be a year or a span is followed by something that it counts."""
        return last < len(self.tokens) and self.tokens[last].kind == WORD and not self.s.tags(last) & _STOP

    def noun_follows(self, place: int) -> bool:
        """Say whether a noun follows, so that the words before `place` only describe it."""
        if place >= len(self.tokens):
            return False
        token = self.tokens[place]
        if token.kind == MARK and token.raw == "-":
            return True
        if token.kind != WORD:
            return False
        return not (token.tags & (_STOP | _BY | _IN | _PURPOSE)) and not token.low.endswith("ly")
