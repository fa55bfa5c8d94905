"""The rules, one file a letter. `load` imports those of one scope, which registers them."""

from __future__ import annotations

FILES = {
    "goal": ("specific", "measurable", "achievable", "relevant", "timebound"),
    "text": ("behaviour", "language"),
    "plan": ("plan", "plan_activities"),
    "housekeeping": ("housekeeping",),
}


def load(scope: str) -> None:
    """Import the files of one scope; a check of goals does not pay for the rules of plans."""
    from importlib import import_module

    for name in FILES[scope]:
        import_module(f"coach_assist.checker.rules.{name}")
