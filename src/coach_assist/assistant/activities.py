"""Activities: the member's own, cut from the answer by code, and one or two suggestions by the model."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, create_model

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
LONGEST_IDEA = 120
_SUGGESTED: tuple[ActivityKind, ...] = ("feedback", "peer_coaching", "practice", "shadowing", "stretch_task")

_SHOWN_BY = re.compile(
    r"\b(?:could|can|would|will)\s+(?:show|teach|explain|help|demonstrate)\b|"
    r"\b(?:kann|könnte)\b.*\b(?:zeigen|erklären|helfen)\b",
    re.IGNORECASE,
)
_COUNT = re.compile(
    r"(?<=\blast )[0-9]+ |(?<=\bnext )[0-9]+ |(?<=\bpast )[0-9]+ |(?<=\bfirst )[0-9]+ |\bat least [0-9]+ "
)
_TOLD = re.compile(
    r"^(?:ask|have|get|encourage|remind|help|support|invite|allow|let)\s+the team member\s+(?:to\s+)?",
    re.IGNORECASE,
)
_THEN = re.compile(r",\s+(?:and\s+)?then\s+|,\s+(?:und\s+)?dann\s+", re.IGNORECASE)
_KINDS: tuple[tuple[ActivityKind, re.Pattern[str]], ...] = (
    (
        "shadowing",
        re.compile(r"shadow|sit with|sit beside|watch|look on|observe|zuschauen|hospitier|begleite", re.I),
    ),
    ("course", re.compile(r"\bcourse|e-learning|certificat|kurs\b|lehrgang", re.I)),
    ("training", re.compile(r"training|workshop|schulung|seminar", re.I)),
    ("reading", re.compile(r"\bread\b|\bbook\b|guide|article|lesen\b|\blies\b", re.I)),
    ("mentoring", re.compile(r"mentor|coach\b|advice from", re.I)),
    ("peer_coaching", re.compile(r"\bpair\b|peer|colleague|together with|durchgehen", re.I)),
    ("feedback", re.compile(r"feedback|ask .* how|survey|rückmeldung|gegenlesen", re.I)),
    ("rotation", re.compile(r"rotat|swap|other team|rotation", re.I)),
    (
        "stretch_task",
        re.compile(r"\blead\b|hand over|own\b|set up|introduce|agree|plan\b|template|vorlage", re.I),
    ),
    ("practice", re.compile(r"practi|try|rehearse|use|prepare|write|record|üben|probier|schreib", re.I)),
)


@dataclass(frozen=True, slots=True)
class Own:
    """One activity as the member said it; `resource` names who could show it."""

    what: str
    resource: str | None = None
    question: str = "activities"


def own_activities(brief: Brief, most: int) -> list[Own]:
    """Return the member's own activities, at most `most`: what is more stays together in the last."""
    found: list[Own] = []
    if brief.text("first_step"):
        found.append(Own(brief.text("first_step"), question="first_step"))
    for sentence in sentences(brief.text("activities")):
        for part in _THEN.split(sentence):
            piece = part.strip(" ;")
            if not words_of(piece):
                continue
            if (
                _SHOWN_BY.search(piece)
                and found
                and found[-1].question == "activities"
                and found[-1].resource is None
            ):
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


def own_unit(
    brief: Brief, grounds: Grounds, own: Own, *, due: date, gaps: list[tuple[str, str]], goal: str | None
) -> DraftedUnit:
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
    """Spread `count` activities over the plan: the first within a week, the last well before the end."""
    if count < 1:
        return []
    days = (brief.end - brief.start).days
    first = min(FIRST_STEP_DAYS - 1, days)
    last = max(first, days * 4 // 5)
    steps = [first + (last - first) * number // max(count - 1, 1) for number in range(count)]
    return [
        _working_day(clamp(brief.start + timedelta(days=step), brief.start, brief.end), brief)
        for step in steps
    ]


def _working_day(day: date, brief: Brief) -> date:
    if day.weekday() < 5:
        return day
    friday = day - timedelta(days=day.weekday() - 4)
    return friday if friday >= brief.start else day


def free_kinds(own: list[Own], count: int) -> list[ActivityKind]:
    """Return kinds for `count` suggestions: ways to learn that the member's own activities do not have."""
    used = {kind_of(one.what) for one in own}
    free = [kind for kind in _SUGGESTED if kind not in used]
    return (free + list(_SUGGESTED))[:count]


def activities_form(brief: Brief, grounds: Grounds, kinds: list[ActivityKind], taken: list[str]) -> Form:
    """Return the form of the answer: one idea for each of `kinds`, none of them among `taken`."""
    helpers = list(dict.fromkeys(name[:60] for name in (NOBODY, brief.manager_short) if name))
    names: Any = Literal[tuple(helpers)]
    fields = {f"idea{number}": (_idea_model(kind, names), Field()) for number, kind in enumerate(kinds, 1)}

    def repaired(slots: Slots) -> Slots:
        result: Slots = {}
        for number, kind in enumerate(kinds, 1):
            idea = slots.get(f"idea{number}")
            idea = idea if isinstance(idea, dict) else {}
            what = repair.uncut(repair.phrase(idea.get("what")), LONGEST_IDEA)
            what = _TOLD.sub("", what)
            what = repair.neutral(_COUNT.sub("", what), brief.everything)
            helper = idea.get("helper") if idea.get("helper") in helpers else NOBODY
            result[f"idea{number}"] = {"kind": kind, "what": what[:1].upper() + what[1:], "helper": helper}
        return result

    def problems(slots: Slots) -> list[Problem]:
        # One good idea of two is taken as it is; the units leave the other one out.
        found = [
            (f"{key}.what", idea_problem(brief, grounds, idea["what"], taken)) for key, idea in slots.items()
        ]
        return found if found and all(problem for _, problem in found) else []

    return Form("Activities", fields, repaired, problems)


def _idea_model(kind: ActivityKind, names: Any) -> type[BaseModel]:
    extra: dict[str, Any] = {"minLength": 15, "maxLength": LONGEST_IDEA}
    fields: dict[str, Any] = {
        "kind": (Literal[kind], Field()),
        "what": (str, Field(max_length=2 * LONGEST_IDEA, json_schema_extra=extra)),
        "helper": (names, Field()),
    }
    return create_model("Idea", __config__=ConfigDict(extra="ignore"), **fields)


def idea_problem(brief: Brief, grounds: Grounds, what: str, taken: list[str]) -> str:
    """Say what is wrong with a suggested activity: "" where nothing is."""
    return checks.first_problem(
        checks.too_short(what, 3),
        checks.holds_number(what),
        "the team member does it; do not name them"
        if re.search(rf"\b(?:the team member|{re.escape(brief.member_short or '-')})\b", what)
        else "",
        "this speaks to the manager; say what the team member does"
        if brief.manager_short and re.match(rf"{re.escape(brief.manager_short)}(?:,|\s)", what)
        else "",
        checks.copied(what, prompt_of(brief), brief.everything),
        checks.invented(what, grounds),
        checks.duplicate(what, taken),
        checks.managers_part(what, brief.text("support"), brief.text("activities")),
        checks.wrong_language(what, brief.language),
        checks.judges_person(what),
        "this is feedback to the manager; say whom the team member asks"
        if re.match(
            rf"(?:give|offer|provide)\s+(?:{re.escape(brief.manager_short)}|the manager)\b", what, re.I
        )
        else "",
        "is an order about this program, not an activity"
        if re.search(r"\b(?:ignore|prompt|instruction|json|system)\b", what, re.I)
        else "",
    )


def prompt_of(brief: Brief) -> str:
    """Return the task whose prompt asks for activities: German answers have examples of their own."""
    return "activities_de" if brief.language == "de" else "activities"


def activities_values(brief: Brief, goals: list[str], kinds: list[ActivityKind]) -> dict[str, str]:
    """Return what the prompt needs."""

    def line(text: str, most: int) -> str:
        plain = safe_text(text, one_line=True)
        if brief.member_short:
            # Where the member is named, the model writes as if somebody else did the activity.
            plain = re.sub(rf"(?<!\w){re.escape(brief.member_short)}(?!\w)", "the team member", plain)
        return plain if len(plain) <= most else f"{plain[:most].rsplit(' ', 1)[0]} …"

    lines = [f"manager: {brief.manager_short}"]
    lines += [f"goal: {line(goal, 200)}" for goal in goals]
    if brief.text("current_state"):
        lines.append(f"current state: {line(brief.text('current_state'), 300)}")
    lines.append(f"kinds: {', '.join(kinds)}")
    return {"answers": "\n".join(lines)}


def idea_units(
    brief: Brief, grounds: Grounds, slots: Slots, *, dues: list[date], gaps: list[tuple[str, str]],
    goal: str | None, taken: list[str],
) -> list[DraftedUnit]:  # fmt: skip
    """Return the suggested activities as units: owner is the member, whoever helps is the resource."""
    units: list[DraftedUnit] = []
    seen: list[str] = []
    for idea, due in zip(slots.values(), dues, strict=False):
        what = str(idea["what"])
        if idea_problem(brief, grounds, what, [*taken, *seen]):
            continue
        seen.append(what)
        helper = brief.manager if idea["helper"] == brief.manager_short[:60] else None
        suggested = [
            suggest(
                "what", what, f"This is the model's idea: is it worth {brief.member_short}'s time?"[:400]
            ),
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
        provenance = [
            rests_on("what", "model"),
            rests_on("owner", "code", "team_member"),
            rests_on("due", "code"),
        ]
        units.append(
            make_unit(
                "activity",
                value,
                origin="model",
                section="activities",
                suggested=suggested,
                provenance=provenance,
            )
        )
    return units
