"""A metric read back from its words: "idle minutes, from 40 minutes to 15 minutes"."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pydantic import JsonValue, ValidationError

from coach_assist.exchange.metric_words import derived_direction, derived_kind
from coach_assist.plan.units import Metric

_NUMBER = r"-?[0-9]{1,15}(?:\.[0-9]{1,9})?"
_FORMS = (
    # The unit stands twice, so that where it begins and ends is told by itself.
    re.compile(
        rf"^(?P<name>.+), from (?P<baseline>{_NUMBER})(?P<unit>(?: .+?)?) to (?P<target>{_NUMBER})(?P=unit)$",
        re.DOTALL,
    ),
    re.compile(rf"^(?P<name>.+), from (?P<baseline>{_NUMBER})(?P<unit>(?: .+)?)$", re.DOTALL),
    re.compile(rf"^(?P<name>.+), to (?P<target>{_NUMBER})(?P<unit>(?: .+)?)$", re.DOTALL),
)
MOST = 3000
"""A longer text is a name and nothing else: these patterns are not tried on it."""


def metric_from(told: Mapping[str, str]) -> dict[str, JsonValue]:
    """Return a metric's value from its labels and texts, as metric_words.py and unit_fields write them."""
    words = told.get("Measured by", "")
    numbers: dict[str, str | None] = {"name": words, "unit": None, "baseline": None, "target": None}
    found = next((match for form in _FORMS if (match := form.match(words[:MOST]))), None)
    if found is not None and len(words) <= MOST:
        numbers |= found.groupdict()
        numbers["unit"] = (numbers.get("unit") or "").strip() or None
    if "Counted in" in told:
        numbers["unit"] = told["Counted in"]
    value: dict[str, JsonValue] = {
        **numbers,
        "kind": "qualitative",
        "direction": None,
        "evidence": told.get("Evidence from"),
        "collector": told.get("Collected by"),
    }
    try:
        plain = Metric.model_validate(value)
    except ValidationError:  # what somebody wrote into it does not fit: completed() says so
        return value
    value["kind"] = told.get("Kind of measure") or derived_kind(plain)
    direction = told.get("Direction") or derived_direction(plain)
    value["direction"] = None if direction == "not said" else direction
    return value
