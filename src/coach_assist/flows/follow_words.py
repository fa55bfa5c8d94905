"""The events after sign-off in words, for the history of a plan."""

from __future__ import annotations

from coach_assist.agreement.body import Body
from coach_assist.agreement.follow_bodies import CheckInBody, CloseBody, CloseSignBody, NoteBody, SurveyBody
from coach_assist.agreement.summary_bodies import SummaryAnswerBody, SummaryBody

ROLE_WORDS = {
    "observation": "noted",
    "thanks": "said thank you",
    "obstacle": "named an obstacle",
    "recognition": "recognised",
    "reflection": "reflected",
    "talk": "wants to talk about",
    "next_step": "noted a next step",
}


def follow_words(body: Body | None) -> str | None:
    """Return what a body says, in words with texts as stored; None where it is none of these kinds."""
    match body:
        case CheckInBody(day=day, readings=readings, marks=marks, adds_to=adds_to):
            verb = "added to the check-in of" if adds_to else "recorded the check-in of"
            return f"{verb} {day}: {len(readings)} values, {len(marks)} marks"
        case NoteBody(role=role, text=text):
            return f"{ROLE_WORDS[role]}: {text}"
        case CloseBody(outcomes=outcomes):
            said = ", ".join(one.outcome for one in outcomes) or "no goals"
            return f"put a closing page forward ({said})"
        case CloseSignBody(page=page):
            return f"signed the closing page {page[:8]}"
        case SurveyBody(scores=scores):
            return f"answered {len(scores)} questions on the coaching"
        case SummaryBody(day=day, items=items):
            return f"put a summary of notes of {day} forward ({len(items)} items)"
        case SummaryAnswerBody(summary=summary, answer=answer):
            return f"{'accepted' if answer == 'accept' else 'declined'} the summary {summary[:8]}"
    return None
