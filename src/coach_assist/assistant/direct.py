"""Units that code builds straight from the answers, in the person's own words: no model is asked."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from coach_assist.assistant.brief import Brief
from coach_assist.assistant.drafted import DraftedUnit, make_unit, rests_on, suggest
from coach_assist.assistant.grounding import Grounds
from coach_assist.assistant.numbers import read_number
from coach_assist.plan.drafts import Provenance, Suggestion
from coach_assist.plan.timeline import clamp
from coach_assist.shown import shortened

FIRST_STEP_DAYS = 7
"""Within so many days of the start the first activity is due."""

_EVERY = (
    (
        "fortnight",
        re.compile(
            r"fortnight|every (?:two|2|second|other) weeks?|bi-?weekly|(?:alle )?(?:zwei|2) Wochen|14 Tage",
            re.I,
        ),
    ),
    (
        "week",
        re.compile(
            r"\bweek|weekly|every (?:mon|tues|wednes|thurs|fri|satur|sun)day|woche|wöchentlich|jeden? \w+tag",
            re.I,
        ),
    ),
    ("month", re.compile(r"month|monat", re.I)),
)
_WEEKDAYS = (
    ("monday", "monday|montag"), ("tuesday", "tuesday|dienstag"), ("wednesday", "wednesday|mittwoch"),
    ("thursday", "thursday|donnerstag"), ("friday", "friday|freitag"), ("saturday", "saturday|samstag"),
    ("sunday", "sunday|sonntag"),
)  # fmt: skip
_MINUTES = re.compile(r"([0-9]{1,3}|\w+)[\s-]*(min|hour|stunde|hrs?\b|h\b)", re.IGNORECASE)
_ISO = re.compile(r"\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b")

_WORDS = {
    "en": {
        "title": "Coaching plan for {member}: {area}",
        "purpose": "{manager} supports {member} in this area: {area}",
        "cadence": "Every {every}",
        "week": "week",
        "fortnight": "two weeks",
        "support": "At each check-in, look at {what} together with {member}",
    },
    "de": {
        "title": "Entwicklungsplan für {member}: {area}",
        "purpose": "{manager} unterstützt {member} in diesem Bereich: {area}",
        "cadence": "Alle {every}",
        "week": "sieben Tage",
        "fortnight": "zwei Wochen",
        "support": "Bei jedem Gespräch gemeinsam mit {member} ansehen: {what}",
    },
}


def words(brief: Brief, key: str) -> str:
    """Return a text of ours in the language of the answers (English where we have none of our own)."""
    return _WORDS["de" if brief.language == "de" else "en"][key]


def date_suggestion(brief: Brief, grounds: Grounds, field: str, day: date, question: str) -> list[Suggestion]:
    """Return the date as a suggestion, unless it stands in the answers."""
    return [] if grounds.has_date(day) else [suggest(field, day.isoformat(), question)]


def frame(brief: Brief) -> DraftedUnit:
    """Title and purpose around the answers; the longer aim and what it serves as answered."""
    area = shortened(brief.text("development_area"), 200)
    names = {"member": shortened(brief.member, 80), "manager": shortened(brief.manager, 80)}
    value = {
        "title": words(brief, "title").format(area=area, **names),
        "purpose": words(brief, "purpose").format(area=brief.line("development_area"), **names),
        "long_term_aim": brief.text("aim") or brief.text("vision") or None,
        "serves": brief.text("values") or None,
    }
    provenance = [rests_on("title", "code", "team_member", "development_area"),
                  rests_on("purpose", "code", "manager", "team_member", "development_area")]  # fmt: skip
    if value["long_term_aim"]:
        provenance.append(rests_on("long_term_aim", "answer", "aim" if brief.text("aim") else "vision"))
    if value["serves"]:
        provenance.append(rests_on("serves", "answer", "values"))
    return make_unit("frame", value, origin="own_words", section="frame", provenance=provenance)


def development_area(brief: Brief) -> DraftedUnit:
    """The area as answered."""
    return make_unit(
        "development_area",
        {"area": brief.text("development_area")},
        origin="own_words",
        section="development_area",
        provenance=[rests_on("area", "answer", "development_area")],
    )


def timeline(brief: Brief, grounds: Grounds) -> DraftedUnit:
    """Start and end as answered; a day that code counted is listed for the people to settle."""
    suggested = date_suggestion(brief, grounds, "start", brief.start, "Does the plan begin on this day?")
    given = brief.text("end")
    question = (
        f"Counted from the start ({given.strip()}): is this the last day?"
        if given
        else "Is this a good length?"
    )
    suggested += date_suggestion(brief, grounds, "end", brief.end, shortened(question, 300))
    return make_unit(
        "timeline",
        {"start": brief.start.isoformat(), "end": brief.end.isoformat()},
        origin="own_words",
        section="timeline",
        suggested=suggested,
        provenance=[rests_on("start", "answer" if brief.text("start") else "code", "start"),
                    rests_on("end", "answer" if given else "code", "end")],
    )  # fmt: skip


def cadence(brief: Brief) -> DraftedUnit:
    """How often, read from the answer; without one, a rhythm that fits the length, as a suggestion."""
    text = brief.text("cadence").strip()
    if not text:
        every = "week" if (brief.end - brief.start).days <= 45 else "fortnight"
        text = words(brief, "cadence").format(every=words(brief, every))
        question = "How often will the two of you meet, on which day and for how long?"
        return make_unit(
            "cadence",
            {"every": every, "text": text},
            origin="own_words",
            section="cadence",
            suggested=[suggest("text", text, question)],
            provenance=[rests_on("text", "code")],
        )
    value = {
        "every": next((name for name, pattern in _EVERY if pattern.search(text)), "other"),
        "text": text if len(text) <= 400 else shortened(text, 400),
        "weekday": next((day for day, names in _WEEKDAYS if re.search(names, text, re.IGNORECASE)), None),
        "minutes": _minutes(text),
    }
    return make_unit(
        "cadence",
        value,
        origin="own_words",
        section="cadence",
        provenance=[rests_on("text", "answer", "cadence")],
    )


def _minutes(text: str) -> int | None:
    for match in _MINUTES.finditer(text):
        count = (
            1
            if match[1].lower() in ("an", "one", "eine")
            else 30
            if match[1].lower() in ("half", "halbe")
            else None
        )
        number = read_number(match[1])
        value = int(number) if count is None and number is not None else count
        if value is None:
            continue
        if not match[2].lower().startswith("min") and count != 30:
            value *= 60
        return value if 1 <= value <= 480 else None
    return None


def support(brief: Brief, grounds: Grounds, evidence: str = "") -> DraftedUnit | None:
    """What was promised, in own words, due when a third of the plan is over unless a date was named.

    Without an answer: a promise to look at the goal's evidence together, as a suggestion; None without it.
    """
    text = brief.text("support")
    provenance: list[Provenance]
    suggested: list[Suggestion] = []
    if text:
        what, provenance = text, [rests_on("what", "answer", "support"), rests_on("who", "answer", "manager")]
    elif evidence:
        what = words(brief, "support").format(what=evidence, member=brief.member_short)
        suggested = [
            suggest("what", what, f"Will {shortened(brief.manager, 80)} promise this, or something else?")
        ]
        provenance = [rests_on("what", "code"), rests_on("who", "answer", "manager")]
    else:
        return None
    due = _named_date(text, brief) or clamp(
        brief.start + timedelta(days=max(FIRST_STEP_DAYS, (brief.end - brief.start).days // 3)),
        brief.start,
        brief.end,
    )
    suggested += date_suggestion(brief, grounds, "due", due, "By when will this be in place?")
    return make_unit(
        "support",
        {"what": what, "who": brief.manager, "due": due.isoformat()},
        origin="own_words" if text else "model",
        section="support",
        suggested=suggested,
        provenance=[*provenance, rests_on("due", "code")],
    )


def _named_date(text: str, brief: Brief) -> date | None:
    for match in _ISO.finditer(text):
        try:
            day = date.fromisoformat(match[0])
        except ValueError:
            continue
        if brief.start <= day <= brief.end:
            return day
    return None


def value_of(unit: DraftedUnit) -> dict[str, Any]:
    """Return the value of a unit as JSON data."""
    return dict(unit.draft.value)
