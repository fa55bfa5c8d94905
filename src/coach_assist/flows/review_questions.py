"""Questions that a review raises, by rules: what is missing, and what a goal does not state yet."""

from __future__ import annotations

from collections.abc import Sequence

from coach_assist.flows.review_output import ReviewedUnit, ReviewQuestion
from coach_assist.plan.units import Party
from coach_assist.shown import shortened

MOST = 8
"""Questions for one party: more are no help in one talk."""
_MOST_GOALS = 3
_MISSING: dict[str, tuple[Party, str]] = {
    "goal": ("team_member", "What should be different at the end of the plan, and how would others notice?"),
    "development_area": ("team_member", "Which one area do you most want to get better at with this plan?"),
    "current_state": (
        "manager",
        "Where does it go well already, and where not yet? One thing that you saw for each.",
    ),
    "activity": ("team_member", "What will you do, and which first step can you take within seven days?"),
    "support": ("manager", "What will you yourself do, and by when, so that this can work?"),
    "cadence": ("manager", "How often will the two of you look at the plan, on which day and for how long?"),
    "timeline": ("manager", "From which day to which day does the plan run?"),
    "long-term aim": ("team_member", "What do you want beyond this plan, and how does it serve that?"),
    "milestones": ("manager", "What will be there to see halfway, and on which day?"),
    "feedback": ("team_member", "Who else would notice the change, and when will they be asked?"),
    "commitments of both": ("manager", "What does each of you promise the other?"),
}
_UNMET: dict[str, tuple[Party, str]] = {
    "S": ("team_member", "what exactly will be done, or be different?"),
    "M": ("manager", "by what will you both see that it is reached, and where does that stand today?"),
    "T": ("manager", "by which day?"),
}
_LACKS: dict[tuple[str, str], str] = {
    ("milestone", "date"): "by which day?",
    ("timeline", "start"): "on which day does the plan begin?",
    ("timeline", "end"): "on which day does the plan end?",
}
PIP_QUESTIONS: dict[Party, tuple[str, ...]] = {
    "manager": (
        "Is this meant as a formal step? If it is, has HR been asked, and does the team member know "
        "that it is one?",
        "If it is not, which of its words would you leave out so that it cannot be read as one?",
    ),
    "team_member": (
        "Have you been told whether this is a formal step, what follows if it is not met, and whom "
        "you can ask?",
    ),
}


def questions_for(
    units: Sequence[ReviewedUnit], missing: Sequence[str], absent: Sequence[str]
) -> dict[Party, list[ReviewQuestion]]:
    """Return at most eight questions for each party: on missing parts first, then on goals, then the rest."""
    asked: dict[Party, list[ReviewQuestion]] = {"manager": [], "team_member": []}

    def ask(party: Party, text: str, about: str) -> None:
        if len(asked[party]) < MOST and all(question.text != text for question in asked[party]):
            asked[party].append(ReviewQuestion(text=text, about=about))

    for kind in missing:
        party, text = _MISSING[kind]
        ask(party, text, kind)
    goals = [unit for unit in units if unit.kind == "goal"]
    for goal in goals[:_MOST_GOALS]:
        name = f"“{shortened(str(goal.value['statement']), 60)}”"
        verdicts = goal.verdicts.model_dump() if goal.verdicts else {}
        for letter, (party, words) in _UNMET.items():
            if verdicts.get(letter) == "unmet":
                ask(party, f"{name}: {words}", goal.id)
        if verdicts.get("R") != "met":
            ask("team_member", f"{name}: why does it matter, to you and to the team?", goal.id)
        if verdicts.get("A") != "met":
            ask("manager", f"{name}: which time, help or means make it possible?", goal.id)
    if len(goals) > _MOST_GOALS:
        ask("team_member", f"There are {len(goals)} goals: which one to three matter most now?", "goal")
    for unit in units:
        for field in unit.lacks:
            if lacking := _LACKS.get((unit.kind, field)):
                ask("manager", f"{unit.kind.capitalize()}: {lacking}", unit.id)
        if any(finding.code.startswith("B") for finding in unit.findings):
            ask(
                "manager",
                "Where words judge a person: in which situation was it, and what was there to see or hear?",
                unit.id,
            )
    for part in absent:
        if part in _MISSING:
            party, text = _MISSING[part]
            ask(party, text, part)
    return asked
