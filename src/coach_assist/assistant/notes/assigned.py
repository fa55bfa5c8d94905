"""Work that is plainly given to somebody: "Ruth - finish it", "@lena fix …", "Grace asked Daniel to …"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from coach_assist.assistant.notes.blocks import WRITER, Block, Voices
from coach_assist.assistant.notes.due import due_in
from coach_assist.assistant.notes.headings import label_sense
from coach_assist.assistant.notes.speakers import never_a_name
from coach_assist.assistant.notes.verbs import is_base_verb, is_ing_verb
from coach_assist.assistant.privacy.names import nicknames

NAME = r"(?:[A-ZÄÖÜ]{2,4}[0-9]?|[A-ZÄÖÜ][\w'-]{1,20}(?: [A-ZÄÖÜ][\w'-]{1,20})?)"
_ONE = rf"(?:{NAME}|[Mm]e|I|[Bb]oth|[Aa]ll|[Ww]e|[Tt]eam|[Ii]ch|[Bb]eide)"
_LED = re.compile(
    rf"^(?P<owner>{_ONE})(?P<more>\s*(?:[/&+,]|and|und)\s*{_ONE})?(?:\s*\([^)]{{0,30}}\))?"
    rf"\s*(?P<mark>:|[-–—]+(?=\s)|[-=]+>|→)\s*(?P<rest>\S.*)$",
    re.DOTALL,
)
_AT = re.compile(r"^@(?P<owner>[A-Za-z][\w'-]{1,20})\s*[:,–-]?\s+(?P<rest>\S.*)$", re.DOTALL)
_ASKED_OTHER = re.compile(
    rf"^(?:(?P<who>{NAME}|[Ii]|[Ww]e|[Hh]e|[Ss]he) (?:also |then )?)?(?i:asked|reminded|told|encouraged|"
    rf"invited|advised|"
    rf"requested) (?P<owner>{NAME}|me|him|her) (?:also )?to (?P<verb>[a-z][a-z-]+)\b"
)
_GERMAN = re.compile(
    rf"^(?P<owner>{NAME}|[Ii]ch) (?P<verb>soll|wird|muss|werde|übernimmt|übernehme|kümmert|kümmere|"
    rf"[a-zäöüß]{{3,}}(?:t|e))\b"
    rf"(?P<rest> .+)$",
    re.DOTALL,
)
_ANY_DAY = date(2000, 1, 3)
"""A day from which to tell whether words name one at all."""
_GERMAN_REQUEST = re.compile(
    r"^(?:(?:super|gut|ok|okay|prima|toll|danke|und)\b[\s,.!]*)*(?:kannst|könntest|können|könnten|magst) "
    r"(?:du|sie) (?:bitte |mal )*",
    re.IGNORECASE,
)
_GERMAN_WORDS = re.compile(
    r"\b(?:der|die|das|den|dem|ein|eine|einen|mit|bei|bis|für|und|zum|zur|nach|im|am|an|auf|sich)\b"
)
_LATER_FORM = re.compile(
    r"\b(?:(?:will|'ll) be with you|you(?:'ll| will) (?:have|get|receive) (?:it|them|the|my|a)\b)",
    re.IGNORECASE,
)
_LET_ME = re.compile(
    r"\blet me (?!know\b|see\b|update\b|think\b|tell\b)(?P<verb>[a-z][a-z-]+)\b", re.IGNORECASE
)
_CAN = re.compile(
    r"^(?:(?:yes|sure|ok|okay|and|so)[,.!]? )*I can (?!not\b)(?P<verb>[a-z][a-z-]+)\b", re.IGNORECASE
)
_PRONOUN = re.compile(
    r"^(?:and |so |then |also )*(?P<who>s?he)(?:'ll| will(?: also)?| is going to| (?:has )?(?:agreed|"
    r"offered|promised) to|"
    r" needs to| has to) (?P<verb>[a-z][a-z-]+)\b",
    re.IGNORECASE,
)
_TAIL = re.compile(
    rf"[(\[]\s*(?:ACTION|Action|action|Owner|owner|AP)s?\s*[:–-]?\s*(?P<owner>{NAME})\s*[)\]][.,;]?\s*$"
)
_DOES = re.compile(rf"^(?P<owner>{NAME}) (?P<verb>[a-z]{{2,}}?)(?:e?s) (?P<rest>\S.+)$", re.DOTALL)
_EVERYBODY = frozenset({"both", "all", "we", "team", "beide"})
_MINE = frozenset({"me", "i", "ich"})


@dataclass(frozen=True, slots=True)
class Assigned:
    """An action that words give to somebody: the owner ("" for several), and what is to be done."""

    owner: str
    sentence: str


def assigned(block: Block, voices: Voices, own: str) -> Assigned | None:
    """Return the action that a passage gives to a named person in so many words, or None."""
    words = block.words
    if block.first.done is True:
        return None
    tail = _TAIL.search(words)
    if tail and tail.start() > 8 and is_name(tail["owner"]):
        return Assigned(voices.named(tail["owner"].strip()), words[: tail.start()].strip(" -–—"))
    listed = block.section.sense == "action" or block.first.sign == "action" or block.first.done is False
    at = _AT.match(words)
    if at and (listed or _does(at["rest"])):
        return Assigned(_named(at["owner"], voices), at["rest"])
    led = _LED.match(words)
    if led and is_name(led["owner"]) and not label_sense(led["owner"]):
        sure = _does(led["rest"]) or len(led["mark"]) > 1 or led["mark"] == "→"
        known = listed and not block.reply and (voices.is_party(led["owner"]) or led["owner"] in voices.leads)
        known = known or (voices.is_party(led["owner"]) and due_in(led["rest"], _ANY_DAY) is not None)
        if (known or sure) and not led["rest"].endswith("?"):
            return Assigned("" if led["more"] else _named(led["owner"], voices), _bare(led["rest"]))
    asked = _ASKED_OTHER.match(words)
    if (
        asked
        and is_base_verb(asked["verb"])
        and (asked["owner"] in ("me", "him", "her") or is_name(asked["owner"]))
    ):
        owner = own if asked["owner"] == "me" else "" if asked["owner"] in ("him", "her") else asked["owner"]
        return Assigned(voices.named(owner) if owner else "", words[asked.start("verb") :])
    does = _DOES.match(words)
    if does and is_base_verb(does["verb"]) and voices.is_party(does["owner"]) and due_in(words, _ANY_DAY):
        return Assigned(voices.named(does["owner"]), f"{does['verb']} {does['rest']}")
    german_request = _GERMAN_REQUEST.match(words)
    if german_request and block.speaker:
        return Assigned(voices.listener(block.speaker), words[german_request.end() :].rstrip(" ?"))
    german = _GERMAN.match(words)
    if german and _GERMAN_WORDS.search(words) and (listed or due_in(words, _ANY_DAY) is not None):
        owner = own if german["owner"].lower() == "ich" else german["owner"]
        if is_name(owner) or owner == own:
            return Assigned(voices.named(owner), words[german.start("verb") :])
    if block.speaker and _LATER_FORM.search(words) and not words.endswith("?"):
        return Assigned(own, words)
    can = _CAN.match(words)
    if can and block.speaker and is_base_verb(can["verb"]) and due_in(words, _ANY_DAY):
        return Assigned(own, words[can.start("verb") :])
    let = _LET_ME.search(words)
    if let and is_base_verb(let["verb"]) and block.speaker and not words.endswith("?"):
        return Assigned(own, words[let.start("verb") :])
    other = _PRONOUN.match(words)
    if other and is_base_verb(other["verb"]) and not voices.labels:
        only = voices.present[0] if len(voices.present) == 1 else ""
        return Assigned(voices.named(only) if only else "", words[other.start("verb") :])
    return None


def is_name(word: str) -> bool:
    """Say whether a word can be a person's name (or "me", "both") where work is given out."""
    first = word.split()[0].split("'")[0]
    if " " in word.strip() and is_base_verb(first) and not nicknames(first.lower()):
        return False  # "Ask Kim to …" asks; "Mark Adler to …" names
    return first.lower() in _EVERYBODY | _MINE or (
        not never_a_name(first)
        and not is_ing_verb(first)
        and not first.endswith(("tion", "ment", "ness", "ings"))
    )


def _named(owner: str, voices: Voices) -> str:
    low = owner.lower()
    if low in _EVERYBODY:
        return ""
    if low in _MINE:
        return voices.named(WRITER)
    return voices.named(owner)


def _does(rest: str) -> bool:
    """Say whether words begin with what is to be done: a verb of work, with or without "to"."""
    words = _bare(rest).split()
    return len(words) >= 2 and is_base_verb(words[0].strip(",.:;!"))


def _bare(rest: str) -> str:
    return re.sub(r"^(?:(?:to|please|will|must|should|also)\s+)+", "", rest, flags=re.IGNORECASE)
