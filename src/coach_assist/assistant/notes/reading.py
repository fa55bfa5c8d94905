"""What a passage is: its kind, and for an action its owner; or why it is left out."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from coach_assist.assistant.notes.blocks import Block, Voices
from coach_assist.assistant.notes.headings import Kind
from coach_assist.assistant.notes.kinds import kind_label, kind_of, measured, reported_done
from coach_assist.assistant.notes.parts import is_prose, parts_of
from coach_assist.assistant.notes.private import Reason, left_out
from coach_assist.assistant.notes.promises import promise_of
from coach_assist.assistant.words import content_stems

_ATTENDANCE = re.compile(
    r"^(?:.{0,60}\b)?(?:present|attendees|participants|apologies|anwesend|teilnehmer|date of (?:the )?next "
    r"\w+|next (?:meeting|session|1:1|talk))\s*(?::|on\b|is\b|(?=[0-9]))",
    re.IGNORECASE,
)
_FIELD = re.compile(
    r"\b(?:name|employee|manager|team member|coachee|coach|mentor|department|position|period)\s*:",
    re.IGNORECASE,
)
"""A field in the head of a form, which says who it is of."""
LONGEST_PART = 240
"""Characters up to which sentences of one kind are taken together."""
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
    answers: bool = False
    """Whether it says yes to the passage above, whose lines then belong to it."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A passage that no item is made of: `reason` "" for an empty cheer or bare link, else why."""

    block: Block
    reason: Reason | str = ""


def read_parts(block: Block, voices: Voices) -> tuple[Reading | LeftOut, ...]:
    """Read a passage sentence by sentence, and take together what belongs together.

    A line that a private sentence stands on is left out whole, since a quote is always the whole line.
    """
    parts = parts_of(block)
    prose = is_prose(block)
    if _ATTENDANCE.match(block.words) or _heads_form(block.words):
        return (LeftOut(block),)
    if len(parts) == 1 or (not prose and _private(block, voices)):
        return (read_block(block, voices),)
    read = [read_block(part, voices) for part in parts]
    private = {
        number: one.reason
        for one in read
        if isinstance(one, LeftOut) and one.reason and (prose or one.reason != "other people")
        for number in one.block.numbers
    }
    kept: list[Reading] = []
    left: list[LeftOut] = []
    for one in read:
        reason = next((private[number] for number in one.block.numbers if number in private), "")
        if isinstance(one, LeftOut) or reason:
            left.append(LeftOut(one.block, reason))
            if not prose and not reason and kept and kept[-1].kind == "action":
                # "Carry over, by 20/11" says little, but it can hold the day.
                kept[-1] = _with(kept[-1], Reading(one.block, None), words=kept[-1].words)
        else:
            _take(one, kept, prose=prose)
    withheld = tuple(one for one in left if one.reason)
    return (*kept, *withheld) or (LeftOut(block),)


def _heads_form(words: str) -> bool:
    """Say whether words are only fields of a form with names in them ("Name: Jo Ek  Manager: Kim Ab")."""
    rest = _FIELD.sub(" ", words[:200]).split()
    return _FIELD.match(words) is not None and len(rest) <= 8 and all(word[0].isupper() for word in rest)


def _take(one: Reading, kept: list[Reading], *, prose: bool) -> None:
    """Add a sentence's reading to those before it: to the last where it only goes on, else as its own."""
    last = kept[-1] if kept else None
    if one.kind == "action":
        at = next((n for n, old in enumerate(kept) if old.kind == "action" and old.owner == one.owner), None)
        if at is not None and not prose:
            kept[at] = _with(kept[at], one, words=kept[at].words)
            return
        if not prose and last is not None and _absorbed(last):
            kept[-1] = _with(one, last, words=one.words)
            return
    elif not prose and last is not None and last.kind == "action" and _absorbed(one):
        kept[-1] = _with(last, one, words=last.words)
        return
    elif last is not None and last.kind != "action":
        goes_on = one.kind is None or (one.kind == last.kind and not (prose and one.kind == "decision"))
        if goes_on and len(last.words) < LONGEST_PART:
            kept[-1] = _with(last, one, words=f"{last.words} {one.words}")
            return
    kept.append(one)


def _with(one: Reading, other: Reading, words: str) -> Reading:
    own = {line.number for line in one.block.lines}
    lines = [*one.block.lines, *(line for line in other.block.lines if line.number not in own)]
    lines.sort(key=lambda line: line.number)
    said = [one.block.words, other.block.words]
    if other.block.first.number < one.block.first.number or other.block.part < one.block.part:
        said.reverse()
    return replace(one, block=replace(one.block, lines=tuple(lines), words=" ".join(said)), words=words)


def _absorbed(one: Reading) -> bool:
    """Say whether a sentence of a list item only goes with the action in it, and is no item of its own."""
    asks = one.block.words.endswith("?")
    return (
        one.kind is None
        or (one.kind == "question" and not asks)
        or (one.kind == "feedback" and one.block.reply)
    )


def _private(block: Block, voices: Voices) -> bool:
    return voices.added.isdisjoint(block.numbers) and left_out(block.words, voices) is not None


def read_block(block: Block, voices: Voices) -> Reading | LeftOut:
    """Return what `block` is, or that it is left out."""
    words = block.words
    wanted = not voices.added.isdisjoint(block.numbers)
    reason = None if wanted else _reason(block, voices)
    if reason is not None:
        return LeftOut(block, reason)
    done = reported_done(words)
    if done:
        return Reading(block, "achievement", "", done)
    promise = promise_of(block, voices) if len(content_stems(words)) >= 1 else None
    if promise is not None:
        sentence = promise.sentence
        if block.speaker and promise.owner != voices.named(block.speaker) and not promise.answers:
            sentence = _seen_from_outside(sentence, voices.named(block.speaker))
        return Reading(block, "action", promise.owner, sentence, promise.answers)
    if _says_little(words, block):
        return LeftOut(block)
    if block.section.sense == "helped_by" and not block.reply:
        party = any(
            voices.is_party(name) for name in re.findall(r"\b(?:[A-Z]{2,4}|[A-Z][a-z]+)\b", words)[:6]
        )
        wanted = wanted or party
        return Reading(block, "feedback", "", words) if wanted else LeftOut(block, "other people")
    labelled = kind_label(words)
    return Reading(block, kind_of(block), "", labelled[1] if labelled else words)


def _seen_from_outside(words: str, speaker: str) -> str:
    """Return a request as anybody can read it: "send me my copy" of MB is "send MB MB's copy"."""
    words = re.sub(r"\bme\b(?!\s*:)", speaker, words)
    return re.sub(r"\bmy\b", f"{speaker}'s", words)


def _reason(block: Block, voices: Voices) -> Reason | None:
    """Return why a passage is left out on purpose: for its words, its heading, or what it answers."""
    reason = left_out(block.words, voices)
    if reason is not None:
        return reason
    if block.section.sense == "private":
        return "mood"
    above = block.above
    answers = block.reply and above is not None and voices.added.isdisjoint(above.numbers)
    if answers and above is not None and left_out(above.words, voices) in ("health", "mood", "private life"):
        return "mood"
    return None


def _says_little(words: str, block: Block) -> bool:
    """Say whether nothing is left of a passage without cheers and small words."""
    rest = _CHEER.sub(" ", words)
    left = content_stems(rest)
    if block.section.sense == "aside" or _ATTENDANCE.match(words):
        return True
    if left and measured(words):
        return False
    return len(left) < (3 if block.reply else 2)


def has_number(words: str) -> bool:
    """Say whether a passage holds a digit (a date, an amount): the rules keep those."""
    return _NUMBER.search(re.sub(r"\b1[-:]1s?\b|\b[0-9]{1,2}[:.][0-9]{2}\b", "", words)) is not None
