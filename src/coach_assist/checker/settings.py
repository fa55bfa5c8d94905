"""What a user can set about the checker, as a plain value. Reading files is the command line's job."""

from __future__ import annotations

from typing import Literal, NamedTuple

DateOrder = Literal["dmy", "mdy"]


class Settings(NamedTuple):
    """How the rules read a text, and which of them speak."""

    cadence_counts_as_deadline: bool = False
    """Whether "every week" satisfies T. Authorities disagree: MIT's HR guide says yes, Berkeley's no."""
    date_order: DateOrder = "dmy"
    """How 3/4/2027 is read: the third of April (dmy) or the fourth of March (mdy)."""
    fiscal_year_start: int | None = None
    """Month (1–12) in which the fiscal year starts; None: not known, so a fiscal year has no date.

    FY2027 is named after the year in which it ends; with a start month, Q1 is its first quarter."""
    language: str = "en"
    select: tuple[str, ...] = ()
    """Codes or prefixes that speak; empty means every rule that is on by default."""
    ignore: tuple[str, ...] = ()
    """Codes or prefixes that stay silent. The longer prefix wins over `select`."""

    def speaks(self, code: str, on_by_default: bool = True) -> bool:
        """Say whether the rule `code` is on: the longest matching prefix of select and ignore decides."""
        chosen = max((len(prefix) for prefix in self.select if code.startswith(prefix)), default=-1)
        silenced = max((len(prefix) for prefix in self.ignore if code.startswith(prefix)), default=-1)
        if silenced >= 0 and silenced >= chosen:
            return False
        return chosen >= 0 if self.select else on_by_default
