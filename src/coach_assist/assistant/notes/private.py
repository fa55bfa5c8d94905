"""What a summary leaves out unless a person adds it: health, mood, private life, other people."""

from __future__ import annotations

import re
from typing import Literal

from coach_assist.assistant.notes.blocks import Voices
from coach_assist.assistant.notes.speakers import never_a_name
from coach_assist.assistant.notes.word_sets import word_set
from coach_assist.assistant.privacy.names import nicknames
from coach_assist.assistant.privacy.special_categories import special_spans

Reason = Literal["health", "mood", "private life", "other people"]

_HEALTH = re.compile(
    r"\b(?:unwell|(?:i'm|i am|i was|was|been|off|feel\w*|felt|called in|got|is|still) (?:sick|ill)|sick "
    r"(?:leave|day|note)|illness"
    r"|doctor'?s?(?: appointment)?\b(?! of)|\bgp appointment|hospital (?:appointment|visit|stay)|in "
    r"hospital|surgery|operation on (?:my|his|her)"
    r"|diagnos(?:ed|is) (?:with|of)|pregnan\w+|miscarriage|migraines?|medication|antidepressants?|"
    r"burn-?out|burnt out|burned out"
    r"|(?:my|his|her|their) (?:health|back pain|therapy|therapist|anxiety|depression|adhd|autism|"
    r"disability|condition)"
    r"|panic attacks?|depress(?:ed|ion)(?!-| (?:rate|era|stud|figure|data))|insomnia|can'?t sleep|not "
    r"sleeping|sleep(?:s|ing|t)? (?:\w+ "
    r")?(?:badly|poorly|well)|(?:my|his|her|\w+'s) gp\b|"
    r"(?:dad|mum|mother|father|wife|husband|son|daughter)'s (?:operation|surgery|illness)|jet ?lag|tested "
    r"positive|"
    r"(?:had|have|has|got|caught|have got) (?:covid|corona)\b|(?:a|the|my) cold\b(?! (?:call|start|chain|"
    r"mail|storage))|headaches?|back ?(?:pain|"
    r"ache)|"
    r"(?:my|his|her) (?:knee|shoulder|heart|eyes?)\b|therapy (?:on|session|again)|signed off (?:sick|for|"
    r"work)|"
    r"(?:maternity|paternity|parental) (?:leave|cover)|(?:mein|beim|zum)(?:em|en)? arzt|geschlafen|"
    r"(?:rücken|kopf)schmerzen|flu\b|krank\w*|schwanger\w*)",
    re.IGNORECASE,
)
_MOOD = re.compile(
    r"\b(?:cry(?:ing)?|cried|tears|(?:emotional|mental)(?:ly)? (?:exhaust\w+|drain\w+)|exhaust(?:ed|ion)|"
    r"overwhelm(?:ed|ing)|stressed(?: out)?"
    r"|anxious\b(?!-)|anxiety|worried sick|upset|(?<!customers are )(?<!clients are )(?<!users are )unhappy|"
    r"(?:stress|pressure) (?:is|was) (?:getting|too)|disappoint(?:ed|ment)|(?:lost|losing) (?:my|his|her|"
    r"some) "
    r"(?:confidence|motivation)|(?:i'm|i am|feels?|feeling|felt) (?:so |really |very |quite |a bit "
    r")*(?:happy|sad|"
    r"nervous|worried|bored|excited|lonely|stressed)\b(?! to\b| for you| that\b| with (?:the|your|how)| "
    r"you\b)|miserable|lonely|homesick|fed up|frustrat(?:ed|ing|ion)|"
    r"angry|demotivated|unmotivated"
    r"|(?:low|bad|good|her|his|my) mood|mood\b(?! ?board)|(?:feel|feels|felt|feeling) (?:\w+ ){0,2}(?:down|"
    r"low|"
    r"bad|sad|"
    r"guilty|tired|lost|insecure|ashamed"
    r"|hopeless|useless|anxious|afraid|disappoint\w*)|i'?m (?:so )?(?:sad|tired|afraid|scared|drained)|"
    r"uneas(?:y|iness)|afraid she|afraid he"
    r"|confidence issue|self-?esteem|emo session|gestresst|überfordert|feels? (?:\w+ )?(?:alone|isolated|"
    r"excluded)|traurig|weint?e?)\b",
    re.IGNORECASE,
)
_PRIVATE = re.compile(
    r"\b(?:mortgage|divorc\w+|landlords?|new house|wedding|funeral|bereave\w*|passed away|(?:my|his|her|"
    r"their) (?:wife|husband|partner|kids?|children"
    r"|mother|father|mum|mom|dad|family|son|daughter|religion|church|marriage)|personal (?:things|issues|"
    r"reasons|matters)|religio\w+|ramadan|(?:\w+'s|my|his|her) marriage|money (?:is|was) tight|joined the "
    r"union"
    r"|trade union|union member)\b",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"^(?:my (?:colleague|teammate|boss|friend|team lead) )?(?P<name>[A-Z][a-z]{1,20}|[A-Z]{2,3}[0-9]?|She|"
    r"He)"
    r"(?: (?:and|&) (?:[A-Z][a-z]{1,20}|[A-Z]{2,3}[0-9]?))?(?: (?:from|in|of) [\w ]{1,30}?)?(?:'s| is| was|"
    r" has| had)?(?: (?:also|really|just|always|never))?"
    r" (?:helped|helping|got|made|took|came|seems|looks|said|says|told|resigned|left|leaving|gave|given|"
    r"spent|showed|went|thinks|feels|"
    r"felt|wants|wanted|did|does all|complained|asked"
    r"|offered|refuses?d?|behav\w+|keeps|kept|quit|struggl\w+|supported|leading|been|supervis\w+|"
    r"background|starting to|looking into|also looking)\b"
)


_TOLD_OF = re.compile(
    r"^(?P<mine>[Mm]y (?:colleague|teammate|boss|friend|team lead) )?(?P<name>[A-Z][a-z]{1,20}|"
    r"[A-Z]{2,3}[0-9]?)"
    r"(?: (?:and|&) (?:[A-Z][a-z]{1,20}|[A-Z]{2,3}[0-9]?))?(?: (?:also|really|just|always|never|probably))?"
    r" (?!(?:has to|is to|is going to|is happy to|has (?:agreed|offered|promised))\b)"
    r"(?:is|was|has|had|can't|won't|doesn't|didn't|(?!offered|agreed|promised|volunteered)[a-z]{2,}ed)\b"
)
LONGEST = 600
"""Characters of a passage that are looked at for protected data."""


def left_out(words: str, voices: Voices) -> Reason | None:
    """Return why a passage is left out of a summary, or None where nothing speaks against it."""
    if _HEALTH.search(words):
        return "health"
    if _MOOD.search(words):
        return "mood"
    if _PRIVATE.search(words):
        return "private life"
    match = _SUBJECT.match(words)
    alone = match is not None and match["name"] in ("She", "He") and voices.pronoun
    if match and not alone and match["name"] not in _NOT_A_PERSON and not voices.is_party(match["name"]):
        return "other people"
    told = _TOLD_OF.match(words)
    if told and (told["mine"] or _is_other(told["name"], voices)):
        return "other people"
    spans = special_spans(words[:LONGEST])
    if spans:
        return "health" if any(span.category == "health" for span in spans) else "private life"
    return None


def _is_other(name: str, voices: Voices) -> bool:
    """Say whether a word is surely somebody's name, and nobody's who holds the talk."""
    initials = name.isupper() and name not in _NOT_A_PERSON and not never_a_name(name)
    first = name.capitalize() if name.isupper() else name
    return (initials or bool(nicknames(first.lower()))) and not voices.is_party(name)


def is_sensitive(text: str) -> bool:
    """Say whether `text` speaks of health, mood or private life."""
    return bool(_HEALTH.search(text) or _MOOD.search(text) or _PRIVATE.search(text))


_NOT_A_PERSON = word_set(
    """
    This That It There These Those We You They What Which Who Everything Nothing Work Team Code Data
    Project Training Also And But So Then Now Today Yesterday Meeting Report Notes Someone Nobody
    Everyone People All Both Some Most Not Just Only Mostly Once When If As API CI CV DB PR UI UX QA IT
    AI ML Almost Really Finally Already Never Always Still Went Got Had Did Has Have Ran
    """
)
