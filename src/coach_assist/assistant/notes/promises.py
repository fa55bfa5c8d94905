"""Next actions: who said to do what. Found by the forms in which notes assign work, never by a model.

Forms: a tag ("ACTION FOR KW: …", "- [ ] … (Sam)"), a named person ("PH to create …"), the first person
("I'll …", "need to …"), a request to the other ("please …", "don't forget to …", an order in a reply),
and a plan listed under a heading that asks for it. The owner is as the notes call that person.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from coach_assist.assistant.notes.assigned import assigned, is_name
from coach_assist.assistant.notes.blocks import WRITER, Block, Voices
from coach_assist.assistant.notes.due import due_in
from coach_assist.assistant.notes.kinds import is_change
from coach_assist.assistant.notes.speakers import same_person
from coach_assist.assistant.notes.verbs import is_base_verb, is_ing_verb
from coach_assist.assistant.notes.word_sets import word_set
from coach_assist.assistant.words import content_stems, sentences

_NAME = r"(?:[A-Z]{2,4}[0-9]?|[A-Z][\w'-]{1,20}(?: [A-Z][\w'-]{1,20})?)"
_TAG = re.compile(
    rf"^\W{{0,3}}(?P<tag>ACTION(?: POINT| ITEM)?S?|Action(?: point| item)?s?|TODO|TO DO|To ?do|AI|AP|Next "
    rf"steps?|Follow[- ]?up)\b(?P<punct>[\s:–—-]*)"
    rf"(?:(?P<for>(?:FOR|ON|for|on|by) )(?P<owner>{_NAME})|\((?P<owner2>{_NAME})\)|"
    rf"@(?P<owner3>[A-Za-z][\w'-]{{1,20}})|(?P<owner4>{_NAME}|[A-Z](?=:)|[Mm]e|I)(?=\s*(?:[:–—-]+>?|→|"
    rf"=>)\s))?"
    rf"(?P<end>[\s:–—>=→-]*)"
)
_NAMED = re.compile(
    rf"^(?P<owner>{_NAME})(?: (?:and|&) (?P<other>{_NAME}))?(?:'ll| to| will(?: to)?| is (?:going )?to| "
    rf"needs? to| should| must| shall| has to"
    rf"| (?:has )?(?:agreed|promised|offered|volunteered|committed) to| is aiming to| plans to) "
    rf"(?P<verb>[a-z][a-z-]+)\b"
)
_TRAILING = re.compile(
    rf"(?:[(\[]\s*(?:owner\s*[:=]?\s*|@)?(?P<one>{_NAME})\s*(?:[,;/|].{{0,40}}|by .{{0,30}})?[)\]]|"
    rf"(?:\s[-–—]+>?|→|=>)\s*(?P<two>{_NAME})(?:,? by .{{0,30}}|,.{{0,30}})?"
    rf"|\bowner\s*[:=]\s*(?P<three>{_NAME}).{{0,40}}|@(?P<four>[A-Za-z][\w'-]{{1,20}}).{{0,30}})\s*[.)]?$"
)
_SMALL_NAME = re.compile(
    r"^(?P<owner>[a-z]{2,15})(?:'ll| to| will(?: to)?| needs? to| should| has to) (?P<verb>[a-z][a-z-]+)\b"
)
_ARROW = re.compile(r"\s*(?:-+>|=>|→)\s*")
_FIRST = re.compile(
    r"(?<!what )(?<!that )(?<!which )(?<!things )(?<!how )(?<!where )(?<!if )(?<!when )(?<!thing "
    r")\b(?:i'?ll|i will|i(?: still)? (?:need|have|plan|intend|hope|aim|promised|agreed|offered|committed) "
    r"to|i(?:'m| am) (?:going|planning|supposed) to"
    r"|i (?:have )?said i(?:'ll| will| would)|i'm thinking i'll|ich werde|ich muss) (?!not\b|never\b|be "
    r"(?:away|able|off|out)\b)(?P<verb>[a-z][a-z-]+)",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"^(?:(?:i'd|i would) like to|(?:(?:also|and|so|still|then|just|but|next|tomorrow|yes|ok|okay|sure|"
    r"right)[,:]? (?:- )?)*(?:(?:need|needs|have|going|hoping|planning|plan|want|aim|got) to"
    r"|will|must|should|shall|gonna|to)) (?!not\b|be\b)(?P<verb>[a-z][a-z-]+)",
    re.IGNORECASE,
)
_LATER = re.compile(
    r"\b(?:so|but|and|then|now|hence) (?:(?:now|so|then|i|we) ){0,2}(?:will )?(?:need to|have to|must|"
    r"will) (?!not\b|be\b|take\b|provide\b)(?P<verb>[a-z][a-z-]+)",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"\b(?:please(?! let me know)(?! (?:don't|do not)\b)|if you (?:can|could)(?=.{3,160}\b(?:great|good|"
    r"helpful|fantastic|lovely|useful)\b)|(?:can|could|would|will) you(?: please)?|don'?t forget to|do not "
    r"forget to|remember to|make sure(?: to| you)?|be sure to"
    r"|you(?:'ll| will)? (?:need|have|ought) to|you should|(?:i'd|i would) like you to|bitte) (?:also |"
    r"just |please |then )?(?P<verb>[a-z][a-z-]+)",
    re.IGNORECASE,
)
_WH = re.compile(r"^(?:and |so |but )?(?:which|what|how|when|where|who|why)\b", re.IGNORECASE)
_ACCEPTED = re.compile(
    r"^(?:(?:yes|yep|yeah|sure|ok|okay|of course|absolutely|great|super|very)\b[,!.:\s-]*)*(?:happy to\b|"
    r"will do\b|on it\b|i'?ll\b|i will\b|i can (?!not)[a-z]+"
    r"|.{0,40}\bin my (?:calendar|diary)\b)",
    re.IGNORECASE,
)
_NOD = re.compile(
    r"^(?:(?:yes|ok|okay|sure)[,.!]? )*(?:will do|on it|can do|i'?ll do (?:it|that)|mach(?:e)? ich|"
    r"erledige ich)\b",
    re.IGNORECASE,
)
_NEXT_STEP = re.compile(
    r"\bnext steps? (?:is|are|will be|would be)\b|\bthe (?:most important )?next step\b", re.IGNORECASE
)
_LEAD = re.compile(
    r"^(?:(?:also|and|so|or|then|first|next|yes|yep|ok|okay|sure|maybe|perhaps|possibly|right|great|super|"
    r"brilliant|good|personally|actually"
    r"|note to self|reminder)\b[\s,:;.!–—-]*)+",
    re.IGNORECASE,
)
_NOT_NAMES = word_set(
    """
    This That It There They These Those We You He She What Which Who Where When How Why Need Needs Want
    Wanted Going Trying Happy Able Due Looking Hope Hoping Planning Plan Try Tried Ready Back Next Also
    Then Once Everyone Someone Nobody People All Work Meeting Report Team Nothing Something Time Access
    Links Comments Feedback More Less Some Chance Got Had Have Has Been How Where And But So If The A An
    My Our Your His Her Their Want Due Close Up As In On At For From With Reading Learn Learned Talk
    Speak Easy Hard Glad Sorry Lots Keen Excited Week Month Today Tomorrow Monday Tuesday Wednesday
    Thursday Friday Saturday Sunday Action Actions Question Decision Agreed Decided Prepare Continue
    Start Finish Write Send Review Draft Update Add Book Check
    """
)  # fmt: skip
_WISHES = re.compile(
    r"\b(?:[Mm]ight|may(?! [0-9])|would (?:\w+ )?love|[Ff]ingers crossed|[Mm]aybe some ?day)\b"
)

_NO_PLAN = re.compile(
    r"(?:nothing|none|n/a|nope|no|not)\b|(?:i|we)(?: have|'ve) |i was\b|i did\b|(?:i |we )?(?:have|has|"
    r"had)(?:n't| not)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Promise:
    """An action: who ("" where nobody is named), and the words that say what, from the verb on."""

    owner: str
    sentence: str
    answers: bool = False
    """Whether it says yes to what is asked above ("Happy to!"), so that only that line tells what."""


def promise_of(block: Block, voices: Voices) -> Promise | None:
    """Return the next action that a passage holds, or None."""
    own = _speaker(block, voices)
    words = block.words
    tagged = _TAG.match(words)
    if tagged and (
        tagged["tag"].isupper()
        or ":" in tagged["punct"]
        or tagged["for"]
        or tagged["owner2"]
        or tagged["owner4"]
    ):
        return _tagged(block, voices, tagged, own)
    given = assigned(block, voices, own)
    if given is not None:
        return Promise(given.owner, given.sentence)
    pieces = sentences(_ARROW.sub("; ", words))[:12]
    for sentence in pieces:
        named = _NAMED.match(_LEAD.sub("", sentence))
        does = named is not None and (is_base_verb(named["verb"]) or voices.is_party(named["owner"]))
        if named and does and _person(named["owner"]) and not sentence.endswith("?"):
            return Promise(
                "" if named["other"] else voices.named(named["owner"]),
                _from_verb(_LEAD.sub("", sentence), named),
            )
    for sentence in pieces:
        small = _SMALL_NAME.match(sentence)
        if small and small["owner"] in voices.names and is_base_verb(small["verb"]):
            return Promise(voices.named(small["owner"].capitalize()), _from_verb(sentence, small))
    for sentence in pieces:
        asked = [request for request in _ASKED.finditer(sentence) if is_base_verb(request["verb"])]
        if _WH.match(sentence):
            continue  # "Which journal would you send it to?" asks for no act
        # A writer without a label who says "remember to" speaks to himself, with "please" to the other.
        if any(
            block.speaker or request[0].lower().startswith(("please", "can", "could", "would"))
            for request in asked
        ):
            return Promise(voices.listener(block.speaker), _from_verb(sentence, asked[0]))
    for sentence in pieces:
        first = _FIRST.search(sentence)
        if (
            first
            and is_base_verb(first["verb"])
            and _says_what(sentence, first)
            and not sentence.endswith("?")
            and not _WISHES.search(sentence)
        ):
            return Promise(own, _from_verb(sentence, first))
    nods = _NOD.match(words) is not None and len(words.split()) <= 6
    wanted = block.reply and (nods or block.section.sense in ("question", "action") or _asks(block.above))
    if wanted and _ACCEPTED.match(words) and "?" not in words:
        asked_for = block.above.words if block.above is not None else words
        return Promise(own, asked_for, answers=block.above is not None)
    for sentence in pieces:
        bare = _BARE.match(sentence) or (_LATER.search(sentence) if not sentence.endswith("?") else None)
        if (
            bare
            and is_base_verb(bare["verb"])
            and _says_what(sentence, bare)
            and block.section.sense not in ("question", "helped_by")
        ):
            return Promise(own, _from_verb(sentence, bare))
        if _NEXT_STEP.search(sentence) and not re.search(r"\b(?:she|he|they)\b", words, re.IGNORECASE):
            return Promise(voices.listener(block.speaker) if block.reply else own, sentence)
    ordered = _ordered(block, voices, pieces)
    if ordered is not None:
        return ordered
    return _planned(block, voices, own)


def _says_what(sentence: str, match: re.Match[str]) -> bool:
    """Say whether something follows the verb: "will do" alone is a nod, no action of its own."""
    return match["verb"].lower() != "do" or len(_from_verb(sentence, match).split()) >= 2


def _from_verb(sentence: str, match: re.Match[str]) -> str:
    """Return what is to be done: the sentence from its verb on."""
    return sentence[match.start("verb") :]


def _speaker(block: Block, voices: Voices) -> str:
    """Return whose "I" a passage is: its speaker, whom the heading names, or the writer."""
    return voices.named(block.speaker or block.section.owner or WRITER)


def _tagged(block: Block, voices: Voices, tagged: re.Match[str], own: str) -> Promise | None:
    rest = block.words[tagged.end() :]
    due = due_in(rest, date(2000, 1, 3))
    if due is not None and not content_stems(rest[: due.start] + rest[due.end :]):
        return None  # "Next: 3 March" says when the next talk is
    owner = tagged["owner"] or tagged["owner2"] or tagged["owner3"] or tagged["owner4"] or ""
    if not rest.strip():
        return None
    named = _NAMED.match(rest) or re.match(rf"^(?P<owner>{_NAME})\s*[:–—-]\s+(?P<verb>\w)", rest)
    several = named is not None and "other" in named.groupdict() and bool(named["other"])
    if not owner and named and _person(named["owner"]):
        if several:
            return Promise("", _from_verb(rest, named))
        owner = named["owner"]
    trailing = trailing_owner(rest)
    if not owner and trailing:
        owner = trailing
    if not owner and (block.speaker or block.section.owner):
        owner = own
    return Promise(voices.named(owner) if owner else "", rest)


def trailing_owner(words: str) -> str:
    """Return the owner written after an action ("… (Sam)", "… – Sam, by Friday", "@sam"), or ""."""
    match = _TRAILING.search(words)
    name = next((group for group in match.groups() if group), "") if match else ""
    return name if name and (_person(name) or words.rstrip().endswith("@" + name)) else ""


def _ordered(block: Block, voices: Voices, pieces: list[str]) -> Promise | None:
    """Return an order to the other in a reply ("KW: Send Anisha an email")."""
    if not block.speaker or not (block.reply or block.above is None or block.first.label is not None):
        return None
    for sentence in pieces:
        bare = _LEAD.sub("", sentence)
        if (
            not bare
            or is_change(sentence)
            or (sentence.endswith("?") and not sentence.lower().startswith(("perhaps", "maybe")))
        ):
            continue
        opening = bare.split()[0].strip(",.:;!")
        if is_base_verb(opening) and opening.lower() not in _NO_ORDER and len(bare.split()) >= 3:
            return Promise(voices.listener(block.speaker), sentence)
        if re.match(
            r"(?:my )?(?:biggest |main )?(?:recommendation|suggestion|advice) is (?:just )?to \w+",
            bare,
            re.IGNORECASE,
        ):
            return Promise(voices.listener(block.speaker), sentence)
    return None


def _planned(block: Block, voices: Voices, own: str) -> Promise | None:
    """Return a plan listed under a heading that asks for plans ("next steps", "like to work on")."""
    words = block.words
    open_box = block.first.done is False
    bare = _LEAD.sub("", words)
    opening = bare.split()[0].strip(",.:;!()") if bare else ""
    verb = is_base_verb(opening) or is_ing_verb(opening)
    signed = block.first.sign == "action"
    if block.section.sense != "action" and not signed and not (open_box and verb):
        return None
    prose = block.first.form == "text" and block.first.label is None
    if (block.part or (prose and block.section.says)) and not (verb or trailing_owner(words)):
        return None
    if block.speaker and block.first.label is None and block.above is not None:
        return None  # a list inside somebody's reply explains it
    if (
        block.first.done
        or block.reply
        or words.endswith("?")
        or len(words.split()) < 2
        or _WISHES.search(words)
    ):
        return None
    if ((block.above is not None or not (block.section.says or signed)) and not verb) or _NO_PLAN.match(bare):
        return None
    trailing = trailing_owner(words)
    if trailing:
        return Promise(voices.named(trailing), _TRAILING.sub("", words).rstrip(" -–—,") or words)
    you = re.search(r"\b(?:you|your|i|my)\b", block.section.title, re.IGNORECASE) is not None
    # Somebody's list on which one other person comments is a list of the writer's own plans.
    you = you or (voices.writer and len(voices.labels) == 1 and not voices.talk)
    first_person = re.search(r"\b(?:i|i'm|i'll|i'd|my|me)\b", words, re.IGNORECASE) is not None
    owner = own if block.speaker or block.section.owner or you or first_person else ""
    return Promise(owner, words)


def _asks(block: Block | None) -> bool:
    return block is not None and (block.words.endswith("?") or block.section.sense == "question")


def _person(name: str) -> bool:
    if not is_name(name):
        return False
    first = name.split()[0].split("'")[0]
    return (
        first not in _NOT_NAMES
        and not is_ing_verb(first)
        and not first.endswith(("tion", "ment", "ness", "ings"))
    )


_NO_ORDER = word_set(
    """
    thank thanks see love hope look let like well sounds sound agree keep try be count trust feel enjoy
    care welcome miss pass guess wish support help question note focus plan need want access change
    report present need
    """
)


def same_owner(first: str | None, second: str | None) -> bool:
    """Say whether two owners are one person, or both unknown."""
    if first is None or second is None:
        return first is second
    return same_person(first, second)
