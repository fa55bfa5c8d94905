"""Saying a passage in fewer words by code alone, and telling whether a text only repeats its quote."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from coach_assist.assistant.notes.headings import Kind
from coach_assist.assistant.notes.markup import plain, split_mark, without_bold_label
from coach_assist.assistant.notes.speakers import label_of
from coach_assist.assistant.notes.verbs import base_of_ing, is_base_verb
from coach_assist.assistant.notes.word_sets import word_set
from coach_assist.assistant.words import content_stems, sentences, words_of

LONGEST = 16
"""Words at which a shortened passage is cut at a clause."""
REPEATS = 0.9
"""From this likeness of word sequences on, a text only repeats its quote."""

_ACTION_LEAD = re.compile(
    r"^(?:(?:ACTION|TODO|AI)S?\b[\s:–—-]*)?(?:(?:also|and|so|but|or|then|yes|yep|ok|okay|sure|right|great|"
    r"brilliant|maybe|perhaps|possibly|alternatively|personally|(?:note )?to self|next steps?(?: is| are)?|"
    r"(?:my )?(?:biggest |main )?(?:recommendation|suggestion|advice) is(?: just)?)\b[\s,:.!–—-]*)*"
    r"(?:(?:i|we|you)(?:'ll|'d| will| would| can| could| should| need| have| want| plan| am| are|'m)?(?: "
    r"(?:also|still|just|really|now))?(?: (?:going|like|need|want|have|plan|planning|supposed|said i "
    r"will))?(?: to)?\s+"
    r"|(?-i:[A-Z][\w'-]{1,20}|[A-Z]{2,4})(?: to| will| should| needs? to|'ll) |(?:please|can you|could you|"
    r"don't forget to|remember to|try to|aim to|plan to|want to|make sure (?:to|you)|need to|needs to|have "
    r"to|going to|will|must|should|"
    r"to|let's) )+",
    re.IGNORECASE,
)
_HAVE_TO = re.compile(r"^(?:have|need|want|plan|aim|remember|get|try) to\b", re.IGNORECASE)
_THEN = re.compile(
    r"^(?:(?:also|and|so|but|or|then|yes|yep|ok|okay|sure|right|great|maybe|perhaps|possibly|alternatively|"
    r"(?:note )?to self|i (?:also )?hope(?: that)? (?:she|he|you) can(?: also)?|"
    r"i would (?:love|like|appreciate)(?: if you could)?(?: an?| some)?(?! to\b))\b[\s,:.!–—-]*)+",
    re.IGNORECASE,
)
_I_DID = re.compile(
    r"^(?:(?:also|and|so|but|then|well|i think|i guess|oh|hopefully|finally|just|probably|basically|"
    r"actually)\b[\s,:–—-]*)*"
    r"(?:i|we)(?:'ve|'m|'d| have| am| had| was| were| are| did)?(?: (?:also|just|finally|already|really|"
    r"been))* +(?=\w{2})",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\s*[(\[][^()\[\]]{0,200}[)\]]")
_FILLER = re.compile(
    r"\b(?:really|very|quite|just|actually|basically|hopefully|probably|perhaps|maybe|a lot of|a bit|a "
    r"little(?: "
    r"bit)?|kind of|sort of|i think(?: that)?|i believe|i guess|i feel(?: like| that)?"
    r"|of course|please|as well(?! as)|somehow|even|also|so much|a lot|lots of|a bunch of|definitely|totally|"
    r"absolutely|in general|at the moment|this week|thanks?(?: you)?(?: so much)?|personally|"
    r"obviously)\b,?\s*",
    re.IGNORECASE,
)
_SMALL = re.compile(r"\b(?:the|a|an|that is|which is|some|my|our|your)\s+(?=\w)", re.IGNORECASE)
_CUT = re.compile(
    r"(?:\s[–—-]+\s|[;:]\s|,\s+(?:so|but|which|because|as|and|since|when|if|though)\b|\s\b(?:because|so "
    r"that|in order to|although|even though|whereas)\b)",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r",\s(?:i'm|i am|they|we|it's)\b|,?\s(?:but|so (?:that )?(?:i|we|you|it|they)|if (?:you|i|we)|because|"
    r"instead of|rather than|as soon "
    r"as|when you)\b|\s-+>?\s|[;–—]",
    re.IGNORECASE,
)
_REASON = re.compile(r"(?:,\s|\s+(?:for|with|to|by|in|from|on|about|through)\s)", re.IGNORECASE)
_TRAILING_OWNER = re.compile(r"\s*(?:[(\[@–—-]\s*)?@?[A-Z][\w'-]{1,20}[)\]]?\s*$")


def core(given: str) -> str:
    """Return what a line says: without list mark, speaker's label and markup."""
    _, text, _ = split_mark(given)
    text = without_bold_label(text)
    label = label_of(text)
    return plain(text[label.end :] if label and label.style in ("colon", "bracket") else text)


def repeats(text: str, quotes: list[str]) -> bool:
    """Say whether `text` only repeats its `quotes` (lines as given): nearly the same words in one order."""
    own = [word.lower() for word in words_of(text)]
    for given in (
        " ".join(core(quote) for quote in quotes),
        *(core(quote) for quote in quotes if len(quotes) > 1),
    ):
        quoted = [word.lower() for word in words_of(given)]
        if own == quoted or SequenceMatcher(None, own, quoted, autojunk=False).ratio() >= REPEATS:
            return True
    return False


def condense(words: str, kind: Kind | None) -> str:
    """Return `words` (plain) shorter: the telling sentence, without asides, fillers and small words."""
    pieces = sentences(words) or [words]
    text = next((piece for piece in pieces[:3] if len(content_stems(piece)) >= 2), "") or max(
        pieces[:3], key=lambda piece: len(content_stems(piece))
    )
    text = _ASIDE.sub("", text) or text
    if kind == "action":
        text = _THEN.sub("", text) or text
        opening = text.split()[0].strip(",.:;") if text.split() else ""
        # "Talk to Priya" is no "Priya to …", but "have to", "try to" say only that it is to be done.
        if not is_base_verb(opening) or _HAVE_TO.match(text):
            text = _ACTION_LEAD.sub("", text) or text
        first, _, rest = text.partition(" ")
        base = base_of_ing(first)
        name = rest[:1].isupper() and rest[1:2].islower()  # "Onboarding Pack" is a thing, no act
        text = f"{base} {rest}" if base and rest and not name else text
        text = re.sub(
            r"^have a (think|look|chat|read|go)\b(?: at\b)?",
            lambda found: found[1].replace("look", "look at"),
            text,
            flags=re.IGNORECASE,
        )
    else:
        text = _I_DID.sub("", text) or text
    text = _FILLER.sub("", text)
    if kind == "action":
        text = _first_clause(text, _CONDITION, 3)
    if len(text.split()) > 8:
        text = _first_clause(text, _CUT, 4)
    if len(text.split()) > LONGEST:
        text = _first_clause(text, _REASON, 7)
    said = _SMALL.sub("", text).split()
    text = " ".join(said[: LONGEST + 2]).strip(" ,.;:!–—-")
    if len(said) > LONGEST + 2:
        text = undangled(text)
    text = text or " ".join(words.split()[:LONGEST])
    return text[:1].upper() + text[1:]


def telegram(text: str) -> str:
    """Return `text` as one would wire it: no "is", "test" for "with testing", "analyse" for "start …"."""
    text = _WITH_ING.sub(lambda found: f" {base_of_ing(found[1]) or found[0].strip()}", text)
    opening = _BEGIN_ING.match(text)
    if opening and base_of_ing(opening[1]):
        text = base_of_ing(opening[1]).capitalize() + text[opening.end() :]
    text = _COPULA.sub(" ", text)
    return re.sub(r"\s+at(?=\?$)", "", text)


_WITH_ING = re.compile(r" with ([a-z]+ing)\b")
_BEGIN_ING = re.compile(r"^(?:start|begin|continue|keep(?: on)?|go on) ([a-z]+ing)\b", re.IGNORECASE)
_COPULA = re.compile(
    r"(?<!\bit)(?<!\bthis)(?<!\bthat)(?<!\bwe)(?<!\bi)(?<!\byou)(?<!\bthey)(?<!\bwhat)(?<!\bhe)\s(?:is|are|"
    r"was|were|(?:has|have|had) (?:now |also )?been|there (?:is|are))\s(?!not\b|no\b|n't)",
    re.IGNORECASE,
)


def tighten(text: str) -> str:
    """Return `text` without its last phrase ("… for the new staff"), as long as four words are left."""
    words = text.split()
    for place in range(len(words) - 2, 3, -1):
        if any(character.isdigit() for character in words[place]):
            return text
        if words[place].lower() in _PREPOSITIONS and not any(character.isdigit() for character in words[-1]):
            return " ".join(words[:place]).rstrip(" ,;:")
    return text


_PREPOSITIONS = word_set(
    """
    for with to by in from on about through at into during after before using via within
    """
)


def undangled(text: str) -> str:
    """Return `text` without small words at its end, which point at something that was cut off."""
    words = text.rstrip(" ,;:–—-").split()
    while len(words) > 1 and words[-1].strip(",;:") in _DANGLING:
        words.pop()
    return " ".join(words).rstrip(" ,;:–—-")


_DANGLING = _PREPOSITIONS | word_set(
    """
    of and or the a an as is are was were be been has have had that which who so but if when while than not no
    it get getting my our your their its his her this these some every each more very
    """
)


def _first_clause(text: str, border: re.Pattern[str], shortest: int) -> str:
    for match in border.finditer(text):
        head = text[: match.start()]
        if len(head.split()) >= shortest:
            return head
    return text
