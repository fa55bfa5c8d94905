"""The steps of a check-in: promises first, the manager's own before the others. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from coach_assist.flows.follow_facts import Facts, Promise, party_of, promises, settled, stalls_of
from coach_assist.flows.guided import Step
from coach_assist.flows.reflective_questions import Fit, Reflective, choose, question_text
from coach_assist.plan.progress import metric_progress
from coach_assist.plan.units import Goal

TALK = ("talk", "let us talk about it")
PROMISE_CHOICES = (("done", "kept"), ("open", "not yet"), ("not_needed", "no longer needed"), TALK)
ACTIVITY_CHOICES = (
    ("helped", "done, and it helped"),
    ("did_not_help", "done, and it did not help"),
    ("open", "not done yet"),
    ("not_needed", "no longer needed"),
    TALK,
)
MILESTONE_CHOICES = (("done", "reached"), ("open", "not yet"), TALK)
MOST_NEXT_STEPS = 10
NOTES_LIMIT = 500_000
"""Characters of one's own notes of a talk."""
NEAR_END = timedelta(days=14)


def check_in_steps(facts: Facts, day: date, answers: Mapping[str, str]) -> tuple[Step, ...]:
    """Return all steps of a check-in on `day`, as far as the answers open them."""
    return (
        *_promises(facts, day),
        *_activities(facts, day),
        *_milestones(facts, day),
        *_values(facts, answers),
        *_texts(facts, day, answers),
        *_next_steps(facts, answers),
        Step(
            "notes", "lines", "Notes", "Notes for yourself, typed, pasted or from a file.",
            hint="They stay in your drawer; a summary can be made of them next.", limit=NOTES_LIMIT,
        ),
    )  # fmt: skip


def reflective(facts: Facts, day: date, answers: Mapping[str, str]) -> Reflective:
    """Return the reflective question that fits where the plan stands on `day`."""
    marks = {value for step, value in answers.items() if step.startswith("mark/")}
    fits: list[Fit] = []
    if not facts.held:
        fits.append("first")
    if facts.end - day <= NEAR_END and facts.held:
        fits.append("near_end")
    if stalls_of(facts, day):
        fits.append("stalled")
    fits += [fit for fit in ("did_not_help", "helped") if fit in marks]
    if any(_reached(facts, unit, goal, day) for unit, goal in facts.of(Goal).items()):
        fits.append("reached")
    asked = [question for held in facts.followed.check_ins for question in held.questions]
    return choose(fits, asked)


def _due(facts: Facts, day: date) -> Iterator[Promise]:
    """Yield what was due since the last check-in, or is overdue, or is seen differently by the two."""
    for one in promises(facts, day):
        if one.state in ("overdue", "due_today", "seen_differently"):
            yield one


def _promises(facts: Facts, day: date) -> Iterator[Step]:
    for one in _due(facts, day):
        if one.kind in ("support", "next_step"):
            yield Step(
                f"mark/{one.id}", "choice", "What was promised", f"{one.who}, due {one.due}:",
                about=one.what, choices=PROMISE_CHOICES,
            )  # fmt: skip


def _activities(facts: Facts, day: date) -> Iterator[Step]:
    for one in promises(facts, day):
        if one.kind == "activity" and one.state not in ("kept", "not_needed"):
            due = f", due {one.due}" if one.due else ""
            yield Step(
                f"mark/{one.id}", "choice", "What was tried", f"{one.who}{due}:",
                about=one.what, choices=ACTIVITY_CHOICES,
            )  # fmt: skip


def _milestones(facts: Facts, day: date) -> Iterator[Step]:
    for one in _due(facts, day):
        if one.kind == "milestone":
            yield Step(
                f"mark/{one.id}", "choice", "Milestones", f"Milestone of {one.due}:",
                about=one.what, choices=MILESTONE_CHOICES,
            )  # fmt: skip


def _values(facts: Facts, answers: Mapping[str, str]) -> Iterator[Step]:
    for unit, goal in facts.of(Goal).items():
        if settled(facts, unit):
            continue
        metric = goal.metric
        if metric is not None and metric.kind == "quantitative":
            measured = facts.measured(unit)
            last = f" The last value was {measured[-1].value:f}." if measured else ""
            measure = f" ({metric.unit})" if metric.unit else ""
            yield Step(
                f"value/{unit}", "number", "How the goals stand",
                f"{metric.name}{measure}: what is the value today?{last}",
                about=goal.statement, measure=metric.unit or "",
            )  # fmt: skip
        else:
            name = f"{metric.name}: what" if metric else "What"
            yield Step(
                f"words/{unit}", "lines", "How the goals stand", f"{name} can be seen of it today?",
                about=goal.statement,
            )  # fmt: skip
        if answers.get(f"value/{unit}") or answers.get(f"words/{unit}"):
            where = f" It was agreed to look at: {metric.evidence}" if metric and metric.evidence else ""
            yield Step(
                f"evidence/{unit}", "line", "How the goals stand", f"Where can that be seen?{where}",
                about=goal.statement,
            )  # fmt: skip


def _texts(facts: Facts, day: date, answers: Mapping[str, str]) -> Iterator[Step]:
    yield Step("obstacle", "lines", "Obstacles", "What gets in the way, and what would help?")
    yield Step("recognition", "lines", "Recognition", "What went well, and who should hear it?")
    # The question stays the one that was asked, even where later answers would suggest another.
    asked = next((step.partition("/")[2] for step in answers if step.startswith("reflection/")), None)
    asked = asked or reflective(facts, day, answers).id
    yield Step(f"reflection/{asked}", "lines", "One question", question_text(asked), hint="Skip it freely.")
    yield Step(
        "talk", "lines", "Let us talk", "What should be on the next agenda?", hint="One line for each."
    )


def _next_steps(facts: Facts, answers: Mapping[str, str]) -> Iterator[Step]:
    for number in range(1, MOST_NEXT_STEPS + 1):
        more = "Another next step?" if number > 1 else "What is the next step?"
        yield Step(
            f"next/{number}/what", "line", "Next steps", more, hint="Enter for none."
        )  # fmt: skip
        if not answers.get(f"next/{number}/what"):
            return
        names = facts.names
        yield Step(
            f"next/{number}/who", "line", "Next steps",
            f"Who takes it? ({names['manager']} or {names['team_member']})",
            about=answers[f"next/{number}/what"],
        )  # fmt: skip
        yield Step(
            f"next/{number}/due", "day", "Next steps", "By which day (such as 2026-12-31)?",
            about=answers[f"next/{number}/what"],
        )  # fmt: skip


def owner_name(facts: Facts, typed: str) -> str | None:
    """Return whose next step it is, by the name in the plan where it is one of the two."""
    if not typed.strip():
        return None
    party = party_of(facts, typed, "manager")
    return facts.names[party] if party else typed.strip()


def _reached(facts: Facts, unit: str, goal: Goal, day: date) -> bool:
    if goal.metric is None:
        return False
    due = max(goal.due or facts.end, facts.start)
    return metric_progress(goal.metric, facts.start, due, facts.measured(unit), day).standing == "reached"
