"""What a passage is: its kind, and for an action its owner; or why it is left out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from coach_assist.assistant.notes.blocks import Block, Voices
from coach_assist.assistant.notes.headings import KINDS, Kind, label_sense
from coach_assist.assistant.notes.private import Reason, left_out
from coach_assist.assistant.notes.promises import promise_of
from coach_assist.assistant.notes.verbs import past_opening
from coach_assist.assistant.words import content_stems

_CHANGE = re.compile(
    r"\b(?:postpone|reschedul\w+|push(?:ed)? back|bring forward|extend (?:the|our|my|it|by)|(?:change|move|"
    r"lower|raise|adjust|revise|drop|swap) (?:the|our|my|this|that)"
    r" (?:\w+ )?(?:goal|target|date|deadline|plan|scope|priority|milestone|cadence|meeting)|"
    r"instead\b(?! of [0-9])|"
    r"re-?prioriti\w+|scale (?:back|down)|(?:personally )?i'd focus on"
    r"|focus on .{2,40} (?:before|first)|rather than|possible suggestion|let'?s (?:change|move|try|switch|"
    r"wait))\b",
    re.IGNORECASE,
)
_DECIDED = re.compile(
    r"\b(?:we(?:'ve| have)? (?:agreed|decided|settled)|agreed (?:that|to|on)|decided (?:that|to|on|"
    r"against)|decision(?: is| was)?(?: to\b|:)|(?:we'll|let's|will) go with\b|going with\b|vereinbart|"
    r"entschieden)\b",
    re.IGNORECASE,
)
_HINDERED = re.compile(
    r"\b(?:struggl\w+|stuck|blocked|blocker|difficult\w*|hard (?:to|time)|couldn'?t|could not|can'?t "
    r"(?:get|find|access)|have(?:n'?t| not) (?:managed|got|been able|read|started)"
    r"|no (?:update|progress|news|time|answer|reply)|delay\w*|waiting (?:for|on)|held up|not enough|too "
    r"(?:much|many|little)|lack of|shortage|missing|failed|fails|broken|overdue|behind schedule"
    r"|challeng\w+|obstacle|bottleneck|slow connection|schwierig\w*|hindernis)\b",
    re.IGNORECASE,
)
_MOVED = re.compile(
    r"(?:[0-9]\s*(?:%|percent)|[0-9][\w.,%]*\s*(?:-+>|→|=>|to)\s*[0-9]|\b(?:almost|nearly|half|mostly|"
    r"partly) (?:done|finished|ready|complete\w*|there)|\b(?:in progress|on track|under way|underway|"
    r"ongoing"
    r"|so far|up from|down from|[0-9]+ (?:of|out of) [0-9]+|is going well|started|making progress|made "
    r"progress|draft (?:is|done|ready))\b)",
    re.IGNORECASE,
)
_PRAISED = re.compile(
    r"\b(?:(?:good|great|nice) that you|kudos|shout-?out|props to|"
    r"well done|great (?:job|work|stuff)|good (?:job|work)|love[ds]? "
    r"(?:this|how|that|your|the)|impress\w+|i(?:'m| am) (?:so |really |very )*(?:glad|grateful|delighted)|"
    r"delighted|thank(?:s| you)"
    r"|helpful|really like|fantastic|amazing|awesome|brilliant|excellent|proud of|i (?:heard|saw|noticed) "
    r"(?:from \w+ )?that you|you (?:did|handled|explained|managed)|feedback (?:was|is)|worth considering|"
    r"recommend\w*)\b",
    re.IGNORECASE,
)
_REACHED = re.compile(
    r"\b(?:finished|completed|submitted|shipped|delivered|published|launched|accepted|unblocked|got "
    r".{2,40} working|successfully|all in|won)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"[0-9]")
_CHEER = re.compile(
    r"\b(?:yay+|woo+\w*|wow|hug+s*|huuu+gs|fab|fun|ditto|haha\w*|great|stuff|good|awesome|amazing|"
    r"fantastic|super|well|done|love|loved|exciting|excited|congrat\w*|nice|cool|brilliant|totally|counts?|"
    r"luck|thank|thanks"
    r"|you|this|that|it|is|are|so|all|for|the|to|a|and|oh|no|yes|yeah|yep|sorry|really|very|way|go|job|"
    r"work|keep|up|what|an|i|i'm|glad|happy|hear|looks?|sounds|solidarity|gah|phew|agree|agreed|"
    r"interesting|surprising\w*|definitely|helpful|useful|wonderful|lovely|beautiful|excellent|perfect|"
    r"absolutely|delighted|deserve|enjoy\w*|fingers|crossed|sad|missed|crazy)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a passage is. `kind` None: there is no telling by code; `owner` "" where nobody is named.

    `words` is the part that says it (for an action, its sentence).
    """

    block: Block
    kind: Kind | None
    owner: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A passage that no item is made of: `reason` "" for an empty cheer or bare link, else why."""

    block: Block
    reason: Reason | str = ""


def read_block(block: Block, voices: Voices) -> Reading | LeftOut:
    """Return what `block` is, or that it is left out."""
    words = block.words
    reason = left_out(words, voices)
    if reason is not None:
        return LeftOut(block, reason)
    if block.section.sense == "private":
        return LeftOut(block, "mood")
    above = block.above
    if (
        block.reply
        and above is not None
        and left_out(above.words, voices) in ("health", "mood", "private life")
    ):
        return LeftOut(block, "mood")
    promise = promise_of(block, voices) if len(content_stems(words)) >= 1 else None
    if promise is not None:
        return Reading(block, "action", promise.owner, promise.sentence)
    if _says_little(words, block):
        return LeftOut(block)
    if block.section.sense == "helped_by" and not block.reply:
        party = any(
            voices.is_party(name) for name in re.findall(r"\b(?:[A-Z]{2,4}|[A-Z][a-z]+)\b", words)[:6]
        )
        return Reading(block, "feedback", "", words) if party else LeftOut(block, "other people")
    labelled = kind_label(words)
    return Reading(block, _kind(block), "", labelled[1] if labelled else words)


def _says_little(words: str, block: Block) -> bool:
    """Say whether nothing is left of a passage without cheers and small words."""
    rest = _CHEER.sub(" ", words)
    left = content_stems(rest)
    if block.section.sense == "aside":
        return True
    return len(left) < (3 if block.reply else 2)


def _kind(block: Block) -> Kind | None:
    words, sense = block.words, block.section.sense
    labelled = kind_label(words)
    if labelled is not None:
        return labelled[0]
    if _CHANGE.search(words):
        return "adjustment"
    if words.endswith("?"):
        return "question"
    if block.reply:
        if _DECIDED.search(words):
            return "decision"
        return "feedback"
    if sense in ("achievement", "obstacle", "feedback", "decision", "question", "adjustment"):
        if sense == "achievement" and block.first.done is False:
            return "progress"
        if sense == "achievement" and _HINDERED.search(words) and not past_opening(words.split()[0]):
            return "obstacle"
        return sense
    if block.first.done is True:
        return "achievement"
    if _DECIDED.search(words):
        return "decision"
    if _HINDERED.search(words):
        return "obstacle"
    if sense == "progress":
        return "progress"
    if _REACHED.search(words) or past_opening(words.split()[0]):
        return "achievement"
    if _MOVED.search(words):
        return "progress"
    if block.speaker and _PRAISED.search(words):
        return "feedback"
    return None


def kind_label(words: str) -> tuple[Kind, str] | None:
    """Return the kind that a label before a passage says, and the rest ("Blocker: no key"), or None."""
    label, colon, rest = words.partition(": ")
    sense = label_sense(label) if colon and rest else ""
    kind = next((kind for kind in KINDS if kind == sense), None)
    return None if kind is None else (kind, rest)


def has_number(words: str) -> bool:
    """Say whether a passage holds a digit (a date, an amount): the rules keep those."""
    return _NUMBER.search(re.sub(r"\b1[-:]1s?\b", "", words)) is not None
