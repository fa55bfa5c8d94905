"""Who says a line: the label before it ("KW: …", "[AM] …", "Sam – …"), kept apart from other labels."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from coach_assist.assistant.notes.headings import label_sense
from coach_assist.assistant.notes.word_sets import word_set

_NAME = r"[A-Z][\w'-]{0,24}(?: [A-Z][\w'-]{0,24})?"
_INITIALS = r"[A-Z]{2,4}[0-9]?"
_ROLE = r"(?:manager|coach|coachee|mentor|mentee|employee|team member|team lead|lead|me|i)"
_ROLES = frozenset({"me", "i", "manager", "coach", "coachee", "mentor", "mentee", "employee", "lead"})
_COLON = re.compile(
    rf"^\[?(?P<name>{_INITIALS}|{_NAME}|(?i:{_ROLE})|[a-z]{{2,15}})(?: (?:Q|comment|note|reply))?\]?(?: "
    rf"\([^)\n]{{1,40}}\))?:\s+(?=\S)"
)
_BRACKET = re.compile(rf"^\[(?P<name>{_INITIALS}|{_NAME})(?: (?:comment|note|reply))?\]\s*:?\s*(?=\S)")
_DASH = re.compile(rf"^(?P<name>{_INITIALS}|{_NAME}|[a-z]{{2,15}})\s+[-–—]\s+(?=\S)")
_REPLY = re.compile(
    rf"^(?P<name>{_INITIALS})\s+(?=(?i:this|that|these|we|you|i|it|sounds?|great|good|nice|well|yes|no|yep|"
    rf"yeah|ok|"
    rf"thanks?|thank you|looks?|love|let's|please|super|fab|happy to|agreed?)\b)"
)
"""Initials before what only somebody who speaks can say ("LC sounds good"), unlike "LC sent the list"."""
_BARE = re.compile(rf"^(?P<name>{_INITIALS})\s+(?=[A-Za-z])")

_NEVER = word_set(
    """
    AOB API ASAP AWS BTW CEO CI CTO CV DB ETA EOD FAQ FIY FYI GDPR HR IDP IP IT KPI KPIS LGTM ML NB OK
    OKR OKRS OOO PDF PIP PM PR PRS PS QA REST SDK SLA SMART SQL TBC TBD TLDR TODO UAT UI UK URL US UX
    WIP NOTE NOTES DATE NEXT DONE Note Notes Date Time Place Topic Topics Agenda Example Examples Source
    Location Attendees Present Past Future Goal Goals Today Tomorrow Yesterday Monday Tuesday Wednesday
    Thursday Friday Saturday Sunday Week January February March April May June July August September
    October November December Also Then Owner Who What When Where Why How Summary Introduction
    Newsletter Twitter Email Blogs Papers Books Step Option Idea Context Result Background Reason
    Details Reminder Warning AP AI ACTION Action SYSTEM System ASSISTANT USER User PROMPT Prompt
    INSTRUCTION Instruction
    """
)


@dataclass(frozen=True, slots=True)
class Label:
    """A label at the beginning of a line's text: the name, where the words after it begin, how it is set."""

    name: str
    end: int
    style: str


def label_of(text: str) -> Label | None:
    """Return the label that may name a speaker at the beginning of `text`, or None."""
    for style, pattern in (
        ("bracket", _BRACKET),
        ("colon", _COLON),
        ("dash", _DASH),
        ("reply", _REPLY),
        ("bare", _BARE),
    ):
        match = pattern.match(text)
        if match and not never_a_name(match["name"]):
            name = match["name"]
            if style == "colon" and label_sense(name):
                return None
            return Label(name, match.end(), style)
    return None


def never_a_name(name: str) -> bool:
    """Say whether a word that could be a name is known to be none ("Note", "Friday", "TODO")."""
    return any(form in _NEVER for form in (name, name.split()[0], name.capitalize(), name.upper()))


def speakers_of(labels: Iterable[tuple[Label, bool]], known: Iterable[str] = ()) -> frozenset[str]:
    """Return the names that are speakers, of all labels with whether each stands on a nested or free line.

    `known` names (the two parties of a plan) always are. Another is one if it labels two lines or more,
    at least one of them a reply (nested, or not in a list at all): a list of who helped with what
    ("AB: scripts") has each name once and is no conversation. One reply is enough as long as no two
    others talk; small letters and dashes need two. "AB likes it" alone makes no speaker.
    """
    firm: Counter[str] = Counter()
    dashes: Counter[str] = Counter()
    replies: Counter[str] = Counter()
    for label, reply in labels:
        if label.style in ("colon", "bracket") or (label.style == "reply" and reply):
            firm[label.name] += 1
            replies[label.name] += reply
        elif label.style == "dash" and reply:
            dashes[label.name] += 1
            replies[label.name] += 1
    talking = {name for name, count in (firm | dashes).items() if count >= 2 and replies[name]}
    parties = {name for name in firm | dashes if any(same_person(name, one) for one in known)}
    once = {name for name in firm if replies[name] and (not name.islower() or name in _ROLES)}
    return frozenset(talking | parties if len(talking) >= 2 else talking | parties | once)


def same_person(first: str, second: str) -> bool:
    """Say whether two labels can be one person: equal, first name of a full name, or its initials."""
    one, two = first.strip().lower(), second.strip().lower()
    if not one or not two:
        return False
    if one == two:
        return True
    short, long = sorted((one, two), key=len)
    parts = long.split()
    return len(parts) > 1 and (short in parts or short == "".join(part[0] for part in parts))
