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

# The first pattern that is found decides, so the narrow ones come first. Each begins at a word.
_SENSES: tuple[tuple[Sense, str], ...] = (
    ("private", r"how (?:are|were|do) you (?:feel|doing)|feeling|mood\b|well-?being|health\b|(?:brought|"
    r"bought) you joy|personal\b|befinden|stimmung"),
    ("helped_by", r"(?:who|what)(?: has)? helped (?:you|me)|thanks|shout-?outs?|kudos|recognitions?|"
    r"gratitude"),
    ("achievement", r"who(?: did)? (?:you|i) help|(?:have|did) you help"),
    ("question", r"need (?:some )?(?:help|support)|(?:help|support) do you need|what do you need"
    r"|help needed|support needed|open\b(?! (?:tasks?|actions?|"
    r"items?|to-?dos?))|questions?\s*$|questions? (?:for|to)\b|asks?\b|requests?\b|parking lot|to clarify"
                 r"|offene?[rs]?\b(?! (?:aufgaben|punkte))|fragen\b"),
    ("adjustment", r"adjust|changes? to|what (?:should|would|could) (?:we|you|i) (?:do differently|change)|"
    r"revis|(?:start|stop)(?: doing)?\s*$|do differently|ideas?\b|suggestions?\b|proposals?\b|anpassung|"
    r"vorschl"),
    ("action", r"(?:agreed|open) (?:actions?|next steps?|tasks?|to-?dos?)"),
    ("decision", r"decisions?|agreed|agreements?|decided|entscheidung|vereinbart|beschl"),
    ("action", r"next (?:steps?|actions?|week|fortnight|month|time)|actions?\b|action items?|to-?dos?\b|"
    r"tasks?\b|follow-?ups?"
               r"|commitments?|promises?\b|homework\b|takes? (?:away|with)|nimmt .{0,20}mit|like to work "
               r"on|(?:will|plan to) (?:work|do)|plans? "
               r"for|"
    r"this (?:week|month|fortnight|sprint)\s*$|will\s*$|upcoming|who does what|before (?:next|our next)"
               r"|n[äa]chste[rn]? schritte?|aufgaben|massnahmen|maßnahmen|zusagen|bis zum nächsten"),
    ("obstacle", r"struggl|obstacles?|blockers?|blocked|challeng|difficult|problems?|hurdles?|issues?\b|"
    r"risks?\b|barriers?|stuck\b|in (?:the|your|my) way|hold(?:ing|s)? (?:you|me|us) back"
                 r"|(?:not|n't|less) (?:go |went |going )?(?:so )?well|harder\b|hard\b|concerns?\b|lows?\b|"
    r"hindernis|schwierig|probleme?\b|bedenken"),
    ("feedback", r"feedback|praise|observations?|appreciation|keep(?: doing)?\s*$|r[üu]ckmeldung|lob\b"),
    ("achievement", r"(?:last|past) (?:week|month|fortnight|sprint)\s*$|achiev|accomplish|wins?\b|success|"
        "highlights?|highs?\b|went well|going well|proud\b|"
    r"completed|done\b|delivered|added\b"
                    r"|skills acquired|good news|erfolge?\b|erreicht|erledigt|gut gelaufen|geschafft"),
    ("progress", r"progress|status\b|updates?\b|since last|goals?\b|okrs?\b|objectives?|metrics?|kpis?\b|"
    r"milestones?|fortschritt|stand\b"),
    ("aside", r"reading|books?\b|papers?\b|blogs?\b|links?\b|wish list|resources?\b|references?|template|"
    r"attendees?|present\s*$"
              r"|participants|apologies|teilnehme"),
)  # fmt: skip
_COMPILED = tuple((sense, re.compile(rf"\b(?:{pattern})", re.IGNORECASE)) for sense, pattern in _SENSES)

_LABELS_BY_SENSE: dict[Sense, str] = {
    "action": "action, actions, action item, action items, todo, to do, to-do, next step, next steps, next, "
    "ai, ap, follow up, follow-up, task, promise, aufgabe, aufgaben, nächster schritt, nächste schritte",
    "achievement": "win, wins, achievement, achieved, done, highlight, went well, erfolg, erledigt, "
    "success, completed, keep going",
    "obstacle": "blocker, blockers, obstacle, obstacles, problem, problems, risk, risks, issue, "
    "issues, challenge, stuck, hindernis, schwierig, schwierigkeit, "
    "difficulty, concern, needs, blocked, missing",
    "feedback": "feedback, praise, rückmeldung, lob, thanks to, kudos, manager comments",
    "decision": "decision, decided, agreed, entscheidung, vereinbart, beschlossen",
    "question": "question, open question, open questions, open, q, ask, request, frage, offen, offene frage",
    "progress": "progress, update, status, stand",
    "adjustment": "adjustment, change, proposal, suggestion, suggested, possible, possibly, idea, "
    "vorschlag, idee",
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
_DOER = re.compile(
    r"^(?i:what|was) (?P<owner>[A-Z][\w'-]{0,30}) (?i:will|does|takes|is going|promised|agreed|wants to do|"
    r"plans|macht|nimmt)\b"
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
        if sense == "helped_by" and len(title.split()) > 6 and "help" not in title:
            continue
        if pattern.search(title):
            return sense
    return ""


def _numbered_goal(title: str) -> str:
    """Return "Goal 2" as the name of a goal; a bare "Goal" names none."""
    return title if re.search(r"[0-9A-C]\s*:?$", title) else ""


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
    owner = _OWNER.match(title) or _FOR.search(title) or _DOER.match(title)
    named = owner["owner"] if owner and owner["owner"].lower().split()[0] not in _NO_OWNER else ""
    helper = _HELPER.search(title)
    bare = goal is not None and not goal["name"].strip() and not _numbered_goal(title)
    sense: Sense = "" if bare else "progress" if goal else sense_of(title)
    return Section(
        line=line,
        title=title,
        level=level,
        sense=sense or (outer.sense if outer.level < level and outer.sense != "aside" else ""),
        owner=named.removesuffix("'s") or outer.owner,
        helper=helper["owner"] if helper else "",
        says=sense != "",
        goal=(goal["name"].strip() or _numbered_goal(title)) if goal else outer.goal,
    )
