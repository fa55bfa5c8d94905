"""The rules, one file a letter. `load_all` imports them, which registers them."""


def load_all() -> None:
    """Import every file of rules."""
    from coach_assist.checker.rules import (  # noqa: F401
        achievable,
        behaviour,
        housekeeping,
        language,
        measurable,
        plan,
        plan_activities,
        relevant,
        specific,
        timebound,
    )
