"""P: rules about a whole plan: its parts, goals, dates and rhythm."""

# ruff: noqa: E501 - an example of a plan is one line of JSON

from __future__ import annotations

from collections.abc import Iterator

from coach_assist.checker.lexicon import BIT
from coach_assist.checker.plan_facts import PlanFacts
from coach_assist.checker.registry import Spot, register
from coach_assist.checker.sentence import Sentence

_REQUIRED = ("development_area", "current_state", "goal", "activity", "timeline", "support", "cadence")
_MOST_GOALS = 3
_LONGEST_DAYS = 366


def _missing(message: str, where: str = "") -> Spot:
    return Spot(0, 0, message, None, where)


@register("P801", "part-missing", "error", scope="plan")
def part_missing(plan: PlanFacts) -> Iterator[Spot]:
    """A required part is missing.

    Flags: a plan without development area, current state, goal, activities, timeline, support or cadence.
    Why: each answers a question that comes up in week two.
    Source: published coaching-plan templates; CIPD and SHRM guides name the same seven.
    Good: {"development_area": {"area": "Delegation"}, "current_state": {"strengths": [], "gaps": [{"id": "g", "text": "keeps the reports"}]}, "goal": {"statement": "Hand over two reports"}, "activity": {"what": "List the reports"}, "timeline": {"start": "2027-03-01", "end": "2027-03-31"}, "support": {"what": "Name the deputies"}, "cadence": {"every": "week", "text": "Mondays"}}
    Good: {"units": [{"id": "a", "kind": "development_area", "value": {"area": "x"}}, {"id": "b", "kind": "current_state", "value": {"gaps": []}}, {"id": "c", "kind": "goal", "value": {"statement": "x"}}, {"id": "d", "kind": "activity", "value": {"what": "x"}}, {"id": "e", "kind": "timeline", "value": {"start": "2027-03-01", "end": "2027-03-31"}}, {"id": "f", "kind": "support", "value": {"what": "x"}}, {"id": "g", "kind": "cadence", "value": {"every": "week", "text": "x"}}]}
    Good: {"development_area": {"area": "Delegation"}, "current_state": {}, "goals": [{"statement": "x"}], "activities": [{"what": "x"}], "timeline": {}, "support": [{"what": "x"}], "cadence": {}}
    Bad: {}
    Bad: {"goal": {"statement": "Hand over two reports"}}
    Bad: {"goal": {"statement": "Hand over two reports"}, "timeline": {"start": "2027-03-01", "end": "2027-03-31"}}
    """
    for kind in _REQUIRED:
        if not plan.all(kind):
            yield _missing(f"the plan has no {kind.replace('_', ' ')}", kind)


@register("P802", "too-many-goals", "warning", scope="plan")
def too_many_goals(plan: PlanFacts) -> Iterator[Spot]:
    """More than three goals.

    Flags: the fourth goal and every later one.
    Why: attention is the scarce resource of a month.
    Source: Berkeley HR (2–5 goals); UC (not more than 5–7 a year); a coaching plan is shorter.
    Good: {"goals": [{"statement": "a"}]}
    Good: {"goals": [{"statement": "a"}, {"statement": "b"}, {"statement": "c"}]}
    Good: {}
    Bad: {"goals": [{"statement": "a"}, {"statement": "b"}, {"statement": "c"}, {"statement": "d"}]}
    Bad: {"goal": [{"statement": "a"}, {"statement": "b"}, {"statement": "c"}, {"statement": "d"}, {"statement": "e"}]}
    Bad: {"units": [{"kind": "goal", "value": {"statement": "a"}}, {"kind": "goal", "value": {"statement": "b"}}, {"kind": "goal", "value": {"statement": "c"}}, {"kind": "goal", "value": {"statement": "d"}}]}
    """
    goals = plan.all("goal")
    if len(goals) > _MOST_GOALS:
        yield _missing(f"{len(goals)} goals: which three matter most now?", goals[_MOST_GOALS].where)


@register("P805", "date-outside-timeline", "error", scope="plan")
def outside_timeline(plan: PlanFacts) -> Iterator[Spot]:
    """A date outside the plan's timeline.

    Flags: a due date or a milestone before the first or after the last day of the plan.
    Why: nobody will look at it then.
    Source: own.
    Good: {"timeline": {"start": "2027-03-01", "end": "2027-03-31"}, "activity": {"what": "x", "due": "2027-03-31"}}
    Good: {"activity": {"what": "x", "due": "2027-03-31"}}
    Good: {"timeline": {"start": "2027-03-01", "end": "2027-03-31"}, "milestone": {"what": "x", "date": "2027-03-15"}}
    Bad: {"timeline": {"start": "2027-03-01", "end": "2027-03-31"}, "activity": {"what": "x", "due": "2027-04-01"}}
    Bad: {"timeline": {"start": "2027-03-01", "end": "2027-03-31"}, "milestone": {"what": "x", "date": "2027-02-15"}}
    Bad: {"timeline": {"start": "2027-03-01", "end": "2027-03-31"}, "goal": {"statement": "x", "due": "2028-03-15"}}
    """
    for where, day in plan.dates():
        if (plan.start and day < plan.start) or (plan.end and day > plan.end):
            yield _missing(f"{day.isoformat()} lies outside the plan's timeline", where)


@register("P806", "timeline-order", "error", scope="plan")
def timeline_order(plan: PlanFacts) -> Iterator[Spot]:
    """The timeline ends before it starts, or is longer than a year.

    Flags: an end on or before the start; more than 366 days.
    Why: the first is a slip; the second is no coaching plan any more.
    Source: own; usual lengths are 30, 60 and 90 days.
    Good: {"timeline": {"start": "2027-03-01", "end": "2027-03-31"}}
    Good: {"timeline": {"start": "2027-03-01", "end": "2028-03-01"}}
    Good: {}
    Bad: {"timeline": {"start": "2027-03-31", "end": "2027-03-01"}}
    Bad: {"timeline": {"start": "2027-03-01", "end": "2027-03-01"}}
    Bad: {"timeline": {"start": "2027-03-01", "end": "2028-06-01"}}
    """
    days = plan.days
    timeline = plan.one("timeline")
    if days is None or timeline is None:
        return
    if days <= 0:
        yield _missing("the plan ends before it starts", timeline.where)
    elif days > _LONGEST_DAYS:
        yield _missing(f"{days} days: a coaching plan lasts at most a year", timeline.where)


@register("P807", "cadence-too-thin", "warning", scope="plan")
def cadence_thin(plan: PlanFacts) -> Iterator[Spot]:
    """Too few check-ins for the length of the plan.

    Flags: a rhythm that allows fewer than two check-ins before the end.
    Why: with one meeting there is no time to change course.
    Source: own; coaching guides name weekly or fortnightly.
    Good: {"timeline": {"start": "2027-03-01", "end": "2027-03-31"}, "cadence": {"every": "week", "text": "Mondays"}}
    Good: {"timeline": {"start": "2027-03-01", "end": "2027-05-30"}, "cadence": {"every": "month", "text": "first Monday"}}
    Good: {"cadence": {"every": "month", "text": "first Monday"}}
    Bad: {"timeline": {"start": "2027-03-01", "end": "2027-03-31"}, "cadence": {"every": "month", "text": "end of month"}}
    Bad: {"timeline": {"start": "2027-03-01", "end": "2027-03-20"}, "cadence": {"every": "fortnight", "text": "Mondays"}}
    Bad: {"timeline": {"start": "2027-03-01", "end": "2027-04-15"}, "cadence": {"every": "month", "text": "x"}}
    """
    cadence = plan.one("cadence")
    days = plan.days
    if cadence is None or days is None or days <= 0:
        return
    step = {"week": 7, "fortnight": 14, "month": 30}.get(cadence.text("every"))
    if step and days < 2 * step:
        yield _missing(f"fewer than two check-ins in {days} days", cadence.where)


@register("P810", "metric-without-evidence", "warning", scope="plan")
def no_evidence(plan: PlanFacts) -> Iterator[Spot]:
    """A metric without a source of evidence.

    Flags: a metric that does not say where its value is read.
    Why: two people will read two numbers.
    Source: IEP rubrics (who measures, how); UNM HR.
    Good: {"goal": {"statement": "x", "metric": {"name": "first-day answers", "evidence": "ticket export"}}}
    Good: {"goal": {"statement": "x"}}
    Good: {"goal": {"statement": "x", "metric": null}}
    Bad: {"goal": {"statement": "x", "metric": {"name": "first-day answers"}}}
    Bad: {"goal": {"statement": "x", "metric": {"name": "first-day answers", "evidence": null}}}
    Bad: {"goals": [{"statement": "x", "metric": {"name": "scrap", "evidence": " "}}]}
    """
    for goal in plan.all("goal"):
        metric = goal.value.get("metric")
        if isinstance(metric, dict) and not str(metric.get("evidence") or "").strip():
            yield _missing("where is this value read?", f"{goal.where}.metric.evidence")


@register("P811", "only-activity-counts", "warning", scope="plan")
def only_counts(plan: PlanFacts) -> Iterator[Spot]:
    """All metrics count activities.

    Flags: a plan whose metrics are all hours, sessions, meetings and the like.
    Why: everything can be done without anything getting better.
    Source: UNM HR ("actual outputs or results, not activities").
    Good: {"goal": {"statement": "x", "metric": {"name": "first-day answers", "unit": "%"}}}
    Good: {"goals": [{"statement": "x", "metric": {"name": "hours of practice"}}, {"statement": "y", "metric": {"name": "pass rate"}}]}
    Good: {"goal": {"statement": "x"}}
    Bad: {"goal": {"statement": "x", "metric": {"name": "hours of practice"}}}
    Bad: {"goal": {"statement": "x", "metric": {"name": "sessions attended", "unit": "sessions"}}}
    Bad: {"goals": [{"statement": "x", "metric": {"name": "number of meetings"}}, {"statement": "y", "metric": {"name": "trainings", "unit": "trainings"}}]}
    """
    metrics = [
        (goal, metric) for goal in plan.all("goal") if isinstance(metric := goal.value.get("metric"), dict)
    ]
    if metrics and all(_counts_activity(plan, metric) for _, metric in metrics):
        yield _missing(
            "every metric counts activities: what should come of them?", f"{metrics[0][0].where}.metric"
        )


def _counts_activity(plan: PlanFacts, metric: dict[str, object]) -> bool:
    words = Sentence(f"{metric.get('name') or ''} {metric.get('unit') or ''}", plan.settings.language)
    return words.has(BIT["activity_counts"]) and not words.has(BIT["result_words"])


@register("P812", "no-milestone", "warning", scope="plan")
def no_milestone(plan: PlanFacts) -> Iterator[Spot]:
    """No milestone in a plan of more than 45 days.

    Flags: a longer plan without a point on the way.
    Why: without one, the first surprise comes at the end.
    Source: own; 30-60-90-day plans have one each month.
    Good: {"timeline": {"start": "2027-03-01", "end": "2027-03-31"}}
    Good: {"timeline": {"start": "2027-03-01", "end": "2027-05-30"}, "milestone": {"what": "x", "date": "2027-04-15"}}
    Good: {}
    Bad: {"timeline": {"start": "2027-03-01", "end": "2027-05-30"}}
    Bad: {"timeline": {"start": "2027-03-01", "end": "2027-04-30"}, "milestones": []}
    Bad: {"timeline": {"start": "2027-03-01", "end": "2028-02-28"}}
    """
    if plan.days and plan.days > 45 and not plan.all("milestone"):
        yield _missing(f"{plan.days} days without a milestone", "milestone")


@register("P813", "duplicate-goals", "warning", scope="plan")
def duplicates(plan: PlanFacts) -> Iterator[Spot]:
    """Two goals that say the same.

    Flags: goals whose words are nearly all the same and whose numbers do not differ.
    Why: one of them is a leftover.
    Source: own.
    Good: {"goals": [{"statement": "Hand over two reports to Ana"}, {"statement": "Present the forecast to the board"}]}
    Good: {"goals": [{"statement": "Reduce errors on line 3 to 2 %"}, {"statement": "Reduce errors on line 7 to 2 %"}]}
    Good: {"goals": [{"statement": "Hand over two reports"}]}
    Bad: {"goals": [{"statement": "Hand over two reports to Ana"}, {"statement": "Hand over two reports to Ana."}]}
    Bad: {"goals": [{"statement": "Present the forecast to the board"}, {"statement": "present the forecast to the board!"}]}
    Bad: {"goals": [{"statement": "Reduce the scrap rate to 2 %"}, {"statement": "x"}, {"statement": "Reduce our scrap rate to 2 %"}]}
    """
    seen: list[tuple[set[str], set[str]]] = []
    for goal in plan.all("goal"):
        s = Sentence(goal.text("statement"), plan.settings.language)
        words = {token.lemma for token in s.tokens if token.kind == 1 and not token.tags & BIT["stop_words"]}
        numbers = {token.raw for token in s.tokens if token.kind == 2}
        if words and any(
            numbers == others and len(words & before) >= 0.85 * len(words | before) for before, others in seen
        ):
            yield _missing("this goal repeats another one", f"{goal.where}.statement")
        seen.append((words, numbers))


@register("P814", "no-if-then-line", "note", scope="plan")
def no_obstacle(plan: PlanFacts) -> Iterator[Spot]:
    """No obstacle and no if-then line.

    Flags: a plan in which no goal has an if-then line.
    Why: deciding before the obstacle comes doubles the chance of doing it.
    Source: Gollwitzer and Sheeran 2006 (implementation intentions, d = .65).
    Good: {"goal": {"statement": "x", "if_then": "If a client calls during focus time, then I call back at noon"}}
    Good: {}
    Good: {"goals": [{"statement": "x", "if_then": "If it rains, then inside"}, {"statement": "y"}]}
    Bad: {"goal": {"statement": "x"}}
    Bad: {"goal": {"statement": "x", "if_then": null}}
    Bad: {"goals": [{"statement": "x"}, {"statement": "y", "if_then": ""}]}
    """
    goals = plan.all("goal")
    if goals and not any(goal.text("if_then").strip() for goal in goals):
        yield _missing("what is the likeliest obstacle, and what then?", f"{goals[0].where}.if_then")


@register("P815", "no-own-aim", "note", scope="plan")
def no_aim(plan: PlanFacts) -> Iterator[Spot]:
    """No link to the member's own aim.

    Flags: a frame without the team member's long-term aim.
    Why: a plan that serves only the other side is not theirs.
    Source: own; published plans mostly have it.
    Good: {"frame": {"title": "x", "purpose": "y", "long_term_aim": "lead the lab"}}
    Good: {}
    Good: {"frame": {"title": "x", "long_term_aim": "a master craftsman's title"}}
    Bad: {"frame": {"title": "x", "purpose": "y"}}
    Bad: {"frame": {"title": "x", "purpose": "y", "long_term_aim": null}}
    Bad: {"frame": {"title": "x", "purpose": "y", "long_term_aim": " "}}
    """
    frame = plan.one("frame")
    if frame and not frame.text("long_term_aim").strip():
        yield _missing("what does the team member want beyond this plan?", f"{frame.where}.long_term_aim")
