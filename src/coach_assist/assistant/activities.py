"""Activities: the member's own, cut from the answer by code, and one or two suggestions by the model."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from coach_assist.assistant import checks, repair
from coach_assist.assistant.asking import Form, Problem, Slots
from coach_assist.assistant.brief import Brief
from coach_assist.assistant.direct import FIRST_STEP_DAYS, date_suggestion
from coach_assist.assistant.drafted import DraftedUnit, make_unit, rests_on, suggest
from coach_assist.assistant.goal_units import closest_gap
from coach_assist.assistant.grounding import Grounds
from coach_assist.assistant.words import sentences, words_of
from coach_assist.plan.timeline import clamp
from coach_assist.plan.units import ActivityKind
from coach_assist.shown import safe_text

NOBODY = "nobody"
MOST_SUGGESTED = 2

_SHOWN_BY = re.compile(r"\b(?:could|can|would|will)\s+(?:show|teach|explain|help|demonstrate)\b|\b(?:kann|könnte)\b.*\b(?:zeigen|erklären|helfen)\b",
                       re.IGNORECASE)  # fmt: skip
_THEN = re.compile(r",\s+(?:and\s+)?then\s+|,\s+(?:und\s+)?dann\s+", re.IGNORECASE)
_KINDS: tuple[tuple[ActivityKind, re.Pattern[str]], ...] = (
    ("shadowing", re.compile(r"shadow|sit with|sit beside|watch|look on|observe|zuschauen|hospitier|begleite", re.I)),
    ("course", re.compile(r"\bcourse|e-learning|certificat|kurs\b|lehrgang", re.I)),
    ("training", re.compile(r"training|workshop|schulung|seminar", re.I)),
    ("reading", re.compile(r"\bread\b|\bbook\b|guide|article|lesen\b|\blies\b", re.I)),
    ("mentoring", re.compile(r"mentor|coach\b|advice from", re.I)),
    ("peer_coaching", re.compile(r"\bpair\b|peer|colleague|together with|durchgehen", re.I)),
    ("feedback", re.compile(r"feedback|ask .* how|survey|rückmeldung|gegenlesen", re.I)),
    ("rotation", re.compile(r"rotat|swap|other team|rotation", re.I)),
    ("stretch_task", re.compile(r"\blead\b|hand over|own\b|set up|introduce|agree|plan\b|template|vorlage", re.I)),
    ("practice", re.compile(r"practi|try|rehearse|use|prepare|write|record|üben|probier|schreib", re.I)),
)


@dataclass(frozen=True, slots=True)
class Own:
    """One activity as the member said it; `resource` names who could show it."""

    what: str
    resource: str | None = None
    question: str = "activities"


def own_activities(brief: Brief, most: int) -> list[Own]:
    """Return the member's own activities in order, at most `most`: what is more stays together in the last."""
    found: list[Own] = []
    if brief.text("first_step"):
        found.append(Own(brief.text("first_step"), question="first_step"))
    for sentence in sentences(brief.text("activities")):
        for part in _THEN.split(sentence):
            piece = part.strip(" ;")
            if not words_of(piece):
                continue
            if _SHOWN_BY.search(piece) and found and found[-1].question == "activities" and found[-1].resource is None:
                found[-1] = Own(found[-1].what, piece)
            else:
                found.append(Own(piece))
    if most < 1:
        return []
    while len(found) > most:
        last, before = found.pop(), found.pop()
        resource = " ".join(filter(None, [before.resource, last.resource])) or None
        found.append(Own(f"{before.what.rstrip(' .;')}; {last.what}", resource, before.question))
    return found


def own_unit(brief: Brief, grounds: Grounds, own: Own, *, due: date, gaps: list[tuple[str, str]], goal: str | None) -> DraftedUnit:
    """Return one of the member's activities, word for word; its day is a suggestion."""
    value = {
        "what": own.what,
        "activity_kind": kind_of(own.what),
        "gap": closest_gap(gaps, own.what),
        "goal": goal,
        "owner": brief.member,
        "due": due.isoformat(),
        "resource": own.resource,
    }
    return make_unit(
        "activity",
        value,
        origin="own_words",
        section="own_activities",
        suggested=date_suggestion(brief, grounds, "due", due, "Is this a good day to have it done by?"),
        provenance=[rests_on("what", "answer", own.question), rests_on("owner", "answer", "team_member"),
                    rests_on("due", "code")],
    )  # fmt: skip


def kind_of(text: str) -> ActivityKind | None:
    """Return the kind of an activity by its words, or None."""
    return next((kind for kind, pattern in _KINDS if pattern.search(text)), None)


def due_dates(brief: Brief, count: int) -> list[date]:
    """Spread `count` activities over the plan: the first within a week of the start, the last well before its end."""
    if count < 1:
        return []
    days = (brief.end - brief.start).days
    first = min(FIRST_STEP_DAYS - 1, days)
    last = max(first, days * 4 // 5)
    steps = [first + (last - first) * number // max(count - 1, 1) for number in range(count)]
    return [_working_day(clamp(brief.start + timedelta(days=step), brief.start, brief.end), brief) for step in steps]


def _working_day(day: date, brief: Brief) -> date:
    if day.weekday() < 5:
        return day
    friday = day - timedelta(days=day.weekday() - 4)
    return friday if friday >= brief.start else day


class Idea(BaseModel):
    """One suggested activity, as the model gives it."""

    model_config = ConfigDict(extra="ignore")

    what: str = Field(json_schema_extra={"minLength": 15, "maxLength": 120}, max_length=240)
    kind: ActivityKind
    helper: str


def activities_form(brief: Brief, grounds: Grounds, count: int, taken: list[str]) -> Form:
    """Return the form of the answer: `count` ideas, none of them among `taken`."""
    helpers = [NOBODY, brief.member_short, brief.manager_short]
    names = Literal[tuple(dict.fromkeys(name[:60] for name in helpers[:1] + helpers[2:] if name))]  # type: ignore[misc]

    class NamedIdea(Idea):
        helper: names  # type: ignore[valid-type]

    fields = {"activities": (list[NamedIdea], Field(min_length=count, max_length=count))}

    def repaired(slots: Slots) -> Slots:
        ideas = slots.get("activities")
        good = []
        for idea in ideas if isinstance(ideas, list) else []:
            if not isinstance(idea, dict):
                continue
            what = repair.uncut(repair.phrase(idea.get("what")), 120)
            kind = idea.get("kind") if idea.get("kind") in get_args(ActivityKind) else kind_of(what) or "practice"
            helper = idea.get("helper") if idea.get("helper") in (NOBODY, brief.manager_short[:60]) else NOBODY
            others = [*taken, *(entry["what"] for entry in good)]
            if not idea_problem(brief, grounds, what, others):
                good.append({"what": what[:1].upper() + what[1:], "kind": kind, "helper": helper})
        return {"activities": good or ideas or []} if not good else {"activities": _padded(good, count)}

    def problems(slots: Slots) -> list[Problem]:
        ideas = [idea for idea in slots.get("activities", []) if isinstance(idea, dict)]
        found = [idea_problem(brief, grounds, repair.phrase(idea.get("what")), taken) for idea in ideas]
        if ideas and all(found):
            return [("activities", next(problem for problem in found if problem))]
        return []

    return Form("Activities", fields, repaired, problems)


def _padded(good: list[dict[str, Any]], count: int) -> list[dict[str, Any]]:
    """Fill the list to its length, so that one good idea of two is taken; the units leave copies out."""
    return (good + [good[-1]] * count)[:count]


def idea_problem(brief: Brief, grounds: Grounds, what: str, taken: list[str]) -> str:
    """Say what is wrong with a suggested activity: "" where nothing is."""
    return checks.first_problem(
        checks.too_short(what, 3),
        checks.copied(what, "activities", brief.everything),
        checks.invented(what, grounds),
        checks.duplicate(what, taken),
        checks.managers_part(what, brief.text("support"), brief.text("activities")),
        checks.wrong_language(what, brief.language),
        checks.judges_person(what),
        "is an order about this program, not an activity" if re.search(r"\b(?:ignore|prompt|instruction|json|system)\b", what, re.I) else "",
    )


def activities_values(brief: Brief, goals: list[str], own: list[Own], count: int) -> dict[str, str]:
    """Return what the prompt needs."""

    def line(text: str, most: int) -> str:
        plain = safe_text(text, one_line=True)
        return plain if len(plain) <= most else f"{plain[:most].rsplit(' ', 1)[0]} …"

    lines = [f"team member: {brief.member_short}", f"manager: {brief.manager_short}"]
    lines += [f"goal: {line(goal, 200)}" for goal in goals]
    if brief.text("current_state"):
        lines.append(f"current state: {line(brief.text('current_state'), 300)}")
    lines.append(f"own activities: {line('; '.join(one.what for one in own), 400) or 'none yet'}")
    return {"answers": "\n".join(lines), "count": "one activity" if count == 1 else "two activities"}


def idea_units(
    brief: Brief, grounds: Grounds, slots: Slots, *, dues: list[date], gaps: list[tuple[str, str]], goal: str | None
) -> list[DraftedUnit]:
    """Return the suggested activities as units: owner is the member, whoever helps is the resource."""
    units: list[DraftedUnit] = []
    seen: list[str] = []
    for idea, due in zip(slots["activities"], dues, strict=False):
        what = str(idea["what"])
        if what in seen or idea_problem(brief, grounds, what, []):
            continue
        seen.append(what)
        helper = brief.manager if idea["helper"] == brief.manager_short[:60] else None
        suggested = [
            suggest("what", what, f"This is the model's idea: is it worth {brief.member_short}'s time?"[:400]),
            *date_suggestion(brief, grounds, "due", due, "Is this a good day to have it done by?"),
        ]
        value = {
            "what": what,
            "activity_kind": idea["kind"],
            "gap": closest_gap(gaps, what),
            "goal": goal,
            "owner": brief.member,
            "due": due.isoformat(),
            "resource": helper,
        }
        provenance = [rests_on("what", "model"), rests_on("owner", "code", "team_member"), rests_on("due", "code")]
        units.append(make_unit("activity", value, origin="model", section="activities", suggested=suggested, provenance=provenance))
    return units
