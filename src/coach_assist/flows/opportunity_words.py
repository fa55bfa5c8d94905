"""The opportunity step in words: what is said of a formal warning, and how its events are told."""

from __future__ import annotations

from coach_assist.agreement.body import Body
from coach_assist.agreement.opportunity_bodies import OpportunityBody, OpportunitySeenBody

PIP_WORDS = (
    "This reads like a formal warning. A performance improvement plan (PIP) is a formal document: the "
    "organisation sets it, it can end in a warning or a dismissal, and a person may want advice before "
    "signing. A coaching plan is voluntary: both write it, both decide on every line, and it threatens "
    "nothing. Mixed, they do harm: the plan is no longer trusted, and the formal process is no longer clear."
)
PIP_CHOICE = (
    "The choice is yours: reword this and go on with a coaching plan; go on as it is, with a plan of "
    "performance support that says openly what follows; or stop here and take the formal way with your HR "
    "partner."
)
PRIVATE = "It lies in your own drawer; nobody else sees it until you release it."
NO_AGREEMENT = "You have agreed to nothing by that."


def opportunity_event_words(body: Body | None) -> str | None:
    """Return what an event says, in words; None where it is none of this step."""
    match body:
        case OpportunityBody(answers=answers):
            return f"released what was written before the plan ({len(answers)} answers)"
        case OpportunitySeenBody():
            return "has read what was written before the plan"
    return None
