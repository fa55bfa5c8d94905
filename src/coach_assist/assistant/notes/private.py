"""What a summary leaves out unless a person adds it: health, mood, private life, other people."""

from __future__ import annotations

import re
from typing import Literal

from coach_assist.assistant.notes.blocks import Voices
from coach_assist.assistant.notes.word_sets import word_set

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
    r"|panic attacks?|depress(?:ed|ion)(?!-)|insomnia|can'?t sleep|not sleeping|sleep(?:s|ing|t)? (?:\w+ "
    r")?(?:badly|poorly|well)|(?:my|his|her|\w+'s) gp\b|"
    r"(?:dad|mum|mother|father|wife|husband|son|daughter)'s (?:operation|surgery|illness)|jet ?lag|tested "
    r"positive|"
    r"flu\b|krank\w*|schwanger\w*)",
    re.IGNORECASE,
)
_MOOD = re.compile(
    r"\b(?:cry(?:ing)?|cried|tears|(?:emotional|mental)(?:ly)? (?:exhaust\w+|drain\w+)|exhaust(?:ed|ion)|"
    r"overwhelm(?:ed|ing)|stressed(?: out)?"
    r"|anxious|anxiety|worried sick|upset|unhappy|miserable|lonely|homesick|fed up|frustrat(?:ed|ing|ion)|"
    r"angry|demotivated|unmotivated"
    r"|(?:low|bad|good|her|his|my) mood|mood\b|(?:feel|feels|felt|feeling) (?:\w+ )?(?:down|low|bad|sad|"
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
    r"reasons|matters)|religio\w+"
    r"|trade union|union member)\b",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"^(?:my (?:colleague|teammate|boss|friend|team lead) )?(?P<name>[A-Z][a-z]{1,20}|[A-Z]{2,3}[0-9]?|She|"
    r"He)"
    r"(?: (?:and|&) (?:[A-Z][a-z]{1,20}|[A-Z]{2,3}[0-9]?))?(?: (?:from|in|of) [\w ]{1,30}?)?(?:'s| is| was|"
    r" has| had)?(?: (?:also|really|just|always|never))?"
    r" (?:helped|helping|said|says|told|resigned|left|leaving|gave|given|spent|showed|went|thinks|feels|"
    r"felt|wants|wanted|did|does all|complained|asked"
    r"|offered|refuses?d?|behav\w+|keeps|kept|quit|struggl\w+|supported|leading|been|supervis\w+|"
    r"background|starting to|looking into|also looking)\b"
)


def left_out(words: str, voices: Voices) -> Reason | None:
    """Return why a passage is left out of a summary, or None where nothing speaks against it."""
    if _HEALTH.search(words):
        return "health"
    if _MOOD.search(words):
        return "mood"
    if _PRIVATE.search(words):
        return "private life"
    match = _SUBJECT.match(words)
    if match and match["name"] not in _NOT_A_PERSON and not voices.is_party(match["name"]):
        return "other people"
    return None


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
