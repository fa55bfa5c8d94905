"""What a heading or a label says of the lines under it: their kind, whose they are, of which goal."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from coach_assist.assistant.notes.markup import plain

Kind = Literal[
    "progress", "achievement", "obstacle", "feedback", "decision", "action", "question", "adjustment"
]
KINDS: tuple[Kind, ...] = (
    "progress", "achievement", "obstacle", "feedback", "decision", "action", "question", "adjustment",
)  # fmt: skip

Sense = Literal[
    "progress", "achievement", "obstacle", "feedback", "decision", "action", "question", "adjustment",
    "helped_by", "private", "aside", "",
]  # fmt: skip
"""A kind, or: thanks to somebody, how one feels (never summarised), an aside (reading, links)."""

# The first pattern that is found decides, so the narrow ones come first.
_SENSES: tuple[tuple[Sense, str], ...] = (
    ("private", r"how (?:are|were|do) you (?:feel|doing)|feeling|mood|well-?being|health|(?:brought|"
    r"bought) you joy|personal"),
    ("helped_by", r"(?:who|what)(?: has)? helped (?:you|me)|thanks|shout-?outs?|kudos|recognitions?|"
    r"gratitude"),
    ("achievement", r"who(?: did)? (?:you|i) help|(?:have|did) you help"),
    ("question", r"need (?:some )?(?:help|support)|help needed|support needed|open questions?|"
    r"^questions?\b|asks?\b|requests?"
                 r"|offene fragen|fragen"),
    ("adjustment", r"adjust|changes? to|what (?:should|would|could) (?:we|you|i) (?:do differently|change)|"
    r"revis|anpassung"),
    ("decision", r"decisions?|agreed|agreements?|decided|entscheidung|vereinbart"),
    ("action", r"next (?:steps?|actions?|week|fortnight|month|time)|actions?\b|action items?|to-?dos?\b|"
    r"tasks?\b|follow-?ups?"
               r"|commitments?|like to work on|(?:will|plan to) (?:work|do)|plans? for|upcoming"
               r"|n[äa]chste schritte|aufgaben"),
    ("obstacle", r"struggl|obstacles?|blockers?|blocked|challeng|difficult|problems?|hurdles?|issues?|"
    r"risks?|barriers?|stuck|in the way|hold(?:ing|s)? (?:you|me|us) back"
                 r"|(?:not|n't|less) (?:go |went |going )?(?:so )?well|hard(?:er)?|hindernis|schwierig"),
    ("feedback", r"feedback|praise|observations?|appreciation|r[üu]ckmeldung"),
    ("achievement", r"achiev|accomplish|wins?\b|success|highlights?|went well|going well|proud|completed|"
    r"done\b|delivered|added"
                    r"|skills acquired|good news|erfolge|erreicht"),
    ("progress", r"progress|status|updates?|since last|goals?\b|okrs?|objectives?|metrics?|kpis?|"
    r"milestones?|fortschritt|stand\b"),
    ("aside", r"reading|books?|papers?\b|blogs?|links?|wish list|resources?|references?|template|"
    r"attendees?|present\b|date\b"
              r"|participants|apologies"),
)  # fmt: skip
_COMPILED = tuple((sense, re.compile(pattern, re.IGNORECASE)) for sense, pattern in _SENSES)

_LABELS_BY_SENSE: dict[Sense, str] = {
    "action": "action, actions, action item, action items, todo, to do, to-do, next step, next steps, next, "
    "ai, follow up, follow-up, task, aufgabe, nächster schritt",
    "achievement": "win, wins, achievement, achieved, done, highlight, went well, erfolg",
    "obstacle": "blocker, blockers, obstacle, obstacles, problem, risk, issue, challenge, stuck, hindernis",
    "feedback": "feedback, praise",
    "decision": "decision, decided, agreed, entscheidung",
    "question": "question, open question, q, ask, request, frage",
    "progress": "progress, update, status",
    "adjustment": "adjustment, change, proposal, suggestion",
}
_LABELS: dict[str, Sense] = {
    label: sense for sense, labels in _LABELS_BY_SENSE.items() for label in labels.split(", ")
}
"""Labels at the beginning of a line ("Blocker: …") → what they say."""

_GOAL = re.compile(
    r"^(?:goal|objective|okr|ziel)\s*(?:[0-9]{1,2}|[A-C])?\s*(?:[:.–—-]\s*|$)(?P<name>.*)$", re.IGNORECASE
)
_OWNER = re.compile(
    r"^(?P<owner>[A-Z][\w.'-]{0,30}(?: [A-Z][\w.'-]{0,30})?)(?:'s|s')? "
    r"(?:achievements?|actions?|action items?|next steps?|to-?dos?|tasks?|wins|commitments?|updates?|"
    r"progress|notes|feedback)\b"
)
_FOR = re.compile(
    r"(?i:actions?|next steps?|to-?dos?|tasks?|commitments?)(?i: items?)? (?:for|by|of) "
    r"(?P<owner>[A-Z][\w.'-]{0,30}(?: [A-Z][\w.'-]{0,30})?)"
)
_HELPER = re.compile(r"(?:help|support|need)\w* (?:\w+ )?from (?P<owner>[A-Z][\w'-]{0,30})")
_NO_OWNER = frozenset(
    {
        "next",
        "open",
        "key",
        "team",
        "new",
        "our",
        "my",
        "your",
        "last",
        "action",
        "the",
        "past",
        "any",
        "quick",
    }
)


@dataclass(frozen=True, slots=True)
class Section:
    """What the lines under one heading are. `line` is the heading's own number, 0 before the first.

    `owner` is whose lines they are ("Patricia's actions"), `helper` whom they ask ("help from Kirstie"),
    `goal` the goal that they are about; each "" where the heading does not say.
    """

    line: int = 0
    title: str = ""
    level: int = 0
    sense: Sense = ""
    owner: str = ""
    helper: str = ""
    goal: str = ""
    says: bool = False
    """Whether the heading's own words tell the sense (else it is taken from the heading above)."""


NO_SECTION = Section()
"""Where no heading stands above."""


def sense_of(title: str) -> Sense:
    """Return what a heading says of its lines, "" where it says nothing that is known here."""
    title = title.split("?")[0]
    if len(title.split()) > 14:
        return ""
    for sense, pattern in _COMPILED:
        if pattern.search(title):
            return sense
    return ""


def names_goal(title: str) -> bool:
    """Say whether a line names a goal ("Goal 2: …")."""
    match = _GOAL.match(title)
    return match is not None and bool(match["name"].strip())


def label_sense(label: str) -> Sense:
    """Return what a label before a colon says, "" for a name or anything else."""
    return _LABELS.get(" ".join(label.lower().split()), "")


def section_of(title: str, line: int, level: int, outer: Section) -> Section:
    """Return the section that a heading opens; what it does not say is taken from the `outer` one."""
    title = plain(title)
    goal = _GOAL.match(title)
    owner = _OWNER.match(title) or _FOR.search(title)
    named = owner["owner"] if owner and owner["owner"].lower().split()[0] not in _NO_OWNER else ""
    helper = _HELPER.search(title)
    sense: Sense = "progress" if goal else sense_of(title)
    return Section(
        line=line,
        title=title,
        level=level,
        sense=sense or (outer.sense if outer.level < level and outer.sense != "aside" else ""),
        owner=named.removesuffix("'s") or outer.owner,
        helper=helper["owner"] if helper else "",
        says=sense != "",
        goal=(goal["name"].strip() or title) if goal else outer.goal,
    )
