"""One quantity of a goal, and all of them."""

from __future__ import annotations


class Measure:
    """One quantity: tokens `first` to `last`, its kind, value, and whether it is only a baseline."""

    __slots__ = ("baseline", "first", "kind", "last", "number", "value")

    def __init__(self, first: int, last: int, kind: str, value: float, number: int) -> None:
        self.first = first
        self.last = last
        self.kind = kind
        """percent, money, count, score, duration, times, fraction, none (of a fault) or rank."""
        self.value = value
        self.number = number
        """The place of the number token."""
        self.baseline = False


class Quantities:
    """All quantities of a sentence. Spans are token places."""

    __slots__ = ("measures", "names", "placeholders")

    def __init__(self) -> None:
        self.measures: list[Measure] = []
        self.names: list[tuple[int, int]] = []
        self.placeholders: list[tuple[int, int]] = []

    @property
    def targets(self) -> list[Measure]:
        """Measures that are not merely where things stand today."""
        return [measure for measure in self.measures if not measure.baseline]

    @property
    def baselines(self) -> list[Measure]:
        """Measures that say where things stand today."""
        return [measure for measure in self.measures if measure.baseline]
