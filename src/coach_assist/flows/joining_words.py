"""Taking part and stopping in words."""

from __future__ import annotations

from coach_assist.agreement.blind_bodies import AnswersBody, ReleaseBody
from coach_assist.agreement.body import Body
from coach_assist.agreement.joining import Joining
from coach_assist.agreement.joining_bodies import EndBody, EndReason, JoinBody, LeaveBody, StatementBody
from coach_assist.plan.units import Party

END_WORDS: dict[EndReason, str] = {
    "lost_key": "a key is lost",
    "new_manager": "somebody else takes over",
    "other": "another reason",
}


POSSIBLE = (
    "Nothing new is agreed in it. It can be read, verified and exported, and what is not signed can be taken "
    "back. A new plan can take over what is still open."
)
"""What can still be done with a plan that is over."""
VIEWER_WORDS = (
    "A viewer's copy: it can be read and verified, and nobody decides in it. Texts that are not yours to "
    "read say “withheld”."
)
CONSEQUENCES: dict[str, tuple[str, str]] = {
    "join": ("I take part", "you can leave at any time, without reasons"),
    "later": ("Later", "nothing is decided; the page comes again"),
    "no": ("No", "the plan is closed; no reason is asked for"),
    "alone": ("I am not the team member", "I prepare alone"),
    "leave": ("Leave this plan", "it is closed; no reason is asked for"),
    "again": ("Take part again", "the plan goes on"),
    "statement": ("Write a statement", "it travels with every copy"),
    "change": ("Change the statement", "in place of the old text"),
    "take_back": ("Take the statement back", "new copies are without it"),
}
"""What a team member can say, and what follows from it: (label, consequence)."""
AFTERWARDS = {
    "join": "You take part. J shows the page again, and leaving is as easy.",
    "later": "Nothing was decided. The page is shown again when you come back.",
    "no": "The plan is closed. You were asked for no reason, and none is kept.",
    "leave": "You have left the plan, and it is closed. No reason is kept.",
}
"""What is said after the answer."""


def joining_words(body: Body | None) -> str | None:
    """Return what a body says, in words with texts as stored; None where it is none of these kinds."""
    match body:
        case JoinBody(answer="join"):
            return "has read the page on joining, and takes part"
        case JoinBody():
            return "has read the page on joining, and says no"
        case LeaveBody():
            return "left the plan"
        case StatementBody(text=None):
            return "took the statement back"
        case StatementBody(text=text):
            return f"stated: {text}"
        case EndBody(reason=reason, words=words):
            return f"closed the plan ({END_WORDS[reason]}): {words}"
        case ReleaseBody(count=count):
            return f"released {count} answers, unseen until both have"
        case AnswersBody(answers=answers):
            return f"showed {len(answers)} answers: {', '.join(answers)}"
    return None


def standing_words(found: Joining | None, names: dict[Party, str]) -> str | None:
    """Return one line on whether the plan goes on, with names as stored; None where nothing was said."""
    if found is None:
        return None
    member = names["team_member"] or "The team member"
    if found.ended is not None:
        who = names[found.ended.by] or found.ended.by.replace("_", " ")
        return f"Closed by {who} ({END_WORDS[found.ended.reason]}): {found.ended.words}"
    match found.answer:
        case "joined":
            return f"{member} takes part since {str(found.at)[:10]} (claimed)."
        case "no":
            return f"{member} said no to this plan; it is closed."
        case "left":
            return f"{member} left this plan; it is closed."
    return None
