"""Random ids. A unit keeps its id for life; ids carry no meaning and no order."""

from __future__ import annotations

import secrets

UNIT_ID_PATTERN = r"^[a-z2-7]{10}$"
PLAN_ID_PATTERN = r"^[a-z2-7]{26}$"
_LETTERS = "abcdefghijklmnopqrstuvwxyz234567"


def _random(length: int) -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(length))


def new_unit_id() -> str:
    """Return a fresh id of a unit (or of a gap or strength in it): 10 letters, 50 random bits."""
    return _random(10)


def new_plan_id() -> str:
    """Return a fresh id of a plan: 26 letters, 130 random bits."""
    return _random(26)
