"""A whole plan as the exporters take it, plain or with a hostile text in every field."""

from __future__ import annotations

import re

import plan_examples as examples

from coach_assist.exchange.plan_json import PlanJson

HOSTILE = (
    "</li></ul><script>x</script> [x](javascript:y) ![z](http://e.org/i.png)\n\n# h\n- l\n***\n"
    "| a | b |\n|---|---|\n[r]: http://e.org\n~~~\nhttps://e.org www.e.org me@e.org\x1b[2J\x1b]0;t\x07\x00 \\"
    "\nEND:VEVENT\r\nBEGIN:VEVENT\n{ HYPERLINK x } =cmd|x ; , :\ufffe\uffff"
)
_KEPT = re.compile(
    r"\d{4}-\d\d-\d\d|-?\d+|[a-z2-7]{10}|quantitative|decrease|observation|shadowing|week|friday|development|manager"
)


def plan(**changes: object) -> PlanJson:
    """Return a wholly agreed plan; `changes` replace its fields."""
    units = [
        {
            "id": f"{'b' * 9}{letter}",
            "proposal": "0" * 64,
            "proposed_by": "manager",
            "kind": kind,
            "value": value,
        }
        for letter, (kind, value) in zip("abcdefghijklmn", examples.VALUES, strict=False)
    ]
    data: dict[str, object] = {
        "plan": "a" * 26,
        "demo": False,
        "parties": {"team_member": "Nadia", "manager": "Tom"},
        "audience": ["Nadia", "Tom"],
        "revision": 0,
        "heads": ["1" * 64],
        "takes_part": "joined",
        "statement": None,
        "closed": None,
        "units": units,
        "open": [],
    }
    return PlanJson.model_validate({**data, **changes})


def with_value(kind: str, **changes: object) -> PlanJson:
    """Return the plan with some fields of its unit of `kind` changed."""
    units = plan().model_dump(mode="json")["units"]
    for unit in units:
        if unit["kind"] == kind:
            unit["value"] |= changes
    return plan(units=units)


def hostile_plan() -> PlanJson:
    """Return the plan with the hostile text in every free field and in both names."""
    units = [{**unit, "value": _hostile(unit["value"])} for unit in plan().model_dump(mode="json")["units"]]
    names = {"team_member": f"N {HOSTILE}"[:390], "manager": f"*T* {HOSTILE}"[:390]}
    return plan(units=units, parties=names, audience=list(names.values()))


def _hostile(value: object) -> object:
    if isinstance(value, dict):
        return {key: _hostile(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_hostile(inner) for inner in value]
    return HOSTILE if isinstance(value, str) and not _KEPT.fullmatch(value) else value
