"""Counts over a whole run, for the exit code and for --statistics."""

from __future__ import annotations

from coach_assist.checker.assess import Checked
from coach_assist.checker.reports import LEVELS, Level


class Tally:
    """What was found. Its size is bounded by the number of rules."""

    def __init__(self) -> None:
        self.items = 0
        self.flagged = 0
        """Items with at least one finding."""
        self.unreadable = 0
        self.levels: dict[Level, int] = dict.fromkeys(LEVELS, 0)
        self.codes: dict[str, int] = {}
        self.fixable = 0
        """Findings with a safe fix."""

    def add(self, checked: Checked) -> None:
        """Count one item and its findings."""
        self.items += 1
        self.flagged += bool(checked.findings)
        for finding in checked.findings:
            self.levels[finding.level] += 1
            self.codes[finding.code] = self.codes.get(finding.code, 0) + 1
            self.fixable += bool(finding.fix and finding.fix.safe)

    def at_or_above(self, level: str) -> int:
        """Return how many findings are of `level` or a graver one; for "never" none counts."""
        if level == "never":
            return 0
        return sum(
            self.levels[graver] for graver in LEVELS[: [str(name) for name in LEVELS].index(level) + 1]
        )

    def sentence(self) -> str:
        """Return the summary in words, such as "3 texts checked: 2 errors, 1 note in 2 of them"."""
        found = [_count(number, level) for level, number in self.levels.items() if number]
        said = f"{', '.join(found)} in {self.flagged} of them" if found else "no findings"
        unread = f"; {_count(self.unreadable, 'place')} could not be read" if self.unreadable else ""
        fixable = f"; {self.fixable} can be fixed with --fix" if self.fixable else ""
        return f"{_count(self.items, 'text')} checked: {said}{fixable}{unread}"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
