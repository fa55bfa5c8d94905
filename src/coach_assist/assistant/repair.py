"""Deterministic repair: what code can put right in a slot costs no model call."""

from __future__ import annotations

import re
from collections.abc import Callable

from coach_assist.assistant.lexicon import word_list
from coach_assist.assistant.words import words_of
from coach_assist.shown import safe_text

_LEADING = re.compile(r"^(?:(?:to|by|will|should|must|can)\s+)+", re.IGNORECASE)
_TAIL = re.compile(
    r"(?:[\s,;:/&(-]+(?:and|or|but|to|the|a|an|of|for|with|in|on|by|that|which|while|when|und|oder|zu|der|die|das|mit|für|von)?)+$",
    re.IGNORECASE,
)
_DOUBLING = re.compile(r"^[^aeiou]*[aeiou][bdgklmnprtz]$")
_KNOWN_BASES = word_list("base_verbs")


def phrase(text: object) -> str:
    """Return a slot as one plain phrase: one line, no quotes around it, no full stop at its end."""
    line = safe_text(str(text), one_line=True) if isinstance(text, str | int | float) else ""
    line = line.strip(" \"'“”„`*")
    return line.rstrip(".;,:! ").strip()


def uncut(text: str, most: int) -> str:
    """Return a phrase that ran into its length limit without the unfinished word at its end."""
    if len(text) < most:
        return text
    shorter = re.split(r"[;,]\s|\s(?:and|und)\s(?=[^,;]*$)", text)
    if len(shorter) > 1 and len(shorter[0]) >= most // 3:
        kept = text[: text.rfind(shorter[-1])]
        return _TAIL.sub("", kept).strip()
    return _TAIL.sub("", text.rpartition(" ")[0] or text).strip()


def lower_first(text: str, keep: frozenset[str] = frozenset()) -> str:
    """Return a phrase that can stand inside a sentence. Words in `keep` (names) stay capital."""
    first = text.split(" ", 1)[0] if text else ""
    if not first or first in keep or first == "I" or any(letter.isupper() for letter in first[1:]):
        return text
    return text[0].lower() + text[1:]


def without_subject(text: str, *names: str) -> str:
    """Return a verb phrase without "Ana", "she" or "will" before its verb."""
    subjects = "|".join(re.escape(name) for name in (*names, "he", "she", "they", "the team member") if name)
    return _LEADING.sub("", re.sub(rf"^(?:{subjects})\s+", "", text, flags=re.IGNORECASE)).strip()


def ing_form(verb: str) -> str:
    """Return the -ing form of an English base verb: write → writing, plan → planning."""
    if verb.endswith("ie"):
        return f"{verb[:-2]}ying"
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")) and verb not in ("be",):
        return f"{verb[:-1]}ing"
    if _DOUBLING.match(verb) and verb not in ("open", "listen", "visit"):
        return f"{verb}{verb[-1]}ing"
    return f"{verb}ing"


def s_form(verb: str) -> str:
    """Return the third person of an English base verb: try → tries, pass → passes."""
    if verb.endswith("y") and len(verb) > 1 and verb[-2] not in "aeiou":
        return f"{verb[:-1]}ies"
    if verb.endswith(("s", "x", "z", "ch", "sh", "o")):
        return f"{verb}es"
    return f"{verb}s"


def as_ing(text: str) -> str:
    """Return "block an hour and pair with Olu" as "blocking an hour and pairing with Olu".

    "" where the first word is no -ing form and no known verb.
    """
    first, _, rest = text.partition(" ")
    if re.fullmatch(r"[a-z-]{2,}ing", first.lower()):
        return lower_first(text)
    if first.lower() not in _KNOWN_BASES or not rest:
        return ""
    return f"{ing_form(first.lower())} {_other_verbs(rest, ing_form)}"


def as_third_person(text: str) -> str:
    """Return "ask for a call back and note it" as "asks for a call back and notes it"."""
    first, _, rest = text.partition(" ")
    if first.lower() not in _KNOWN_BASES:
        return text
    return f"{s_form(first.lower())} {_other_verbs(rest, s_form)}".strip()


def as_base(text: str) -> str:
    """Return "settles it" or "settling it" as "settle it", as far as the verb is known."""
    first, _, rest = text.partition(" ")
    for base in _KNOWN_BASES:
        if first.lower() in (s_form(base), ing_form(base)):
            form = s_form if first.lower() == s_form(base) else ing_form
            bases = {form(other): other for other in _KNOWN_BASES}
            words = [bases.get(word, word) if before == "and" else word for before, word in _pairs(rest)]
            return " ".join([base, *words])
    return text


def _pairs(text: str) -> list[tuple[str, str]]:
    words = text.split()
    return list(zip(["", *words], words, strict=False))


_OTHERS = re.compile(
    r",?\s+(?:to ensure|to make sure|so that|ensuring|making sure|in order to|such that)\b.*$", re.IGNORECASE
)
_GENDERED = (
    (
        {"she", "her", "hers", "herself"},
        {"she": "they", "her": "their", "hers": "theirs", "herself": "themselves"},
    ),
    ({"he", "him", "his", "himself"}, {"he": "they", "him": "them", "his": "their", "himself": "themselves"}),
)


def neutral(text: str, answers: str) -> str:
    """Return an English phrase without "she" or "he" where no answer says so: a name does not tell."""
    said = {word.lower() for word in words_of(answers)}
    forms: dict[str, str] = {}
    for known, replaced in _GENDERED:
        if not known & said:
            forms |= replaced
    if not forms:
        return text
    if "her" in forms:
        # As an object ("asked her", "with her and") it is "them", before a noun "their".
        text = re.sub(
            r"\bher(?=\s+(?:and|or|but|to|for|with|in|on|at|after|before|if|when|why|how|what|not|again)\b|[,.;]|$)",
            "them", text, flags=re.IGNORECASE,
        )  # fmt: skip
    return re.sub(
        rf"\b(?:{'|'.join(forms)})\b", lambda match: forms[match[0].lower()], text, flags=re.IGNORECASE
    )


def own_part(text: str) -> str:
    """Return what is done, without what it makes others do: "run it to ensure that all agree" → "run it"."""
    kept = _OTHERS.sub("", text)
    return kept if len(kept.split()) >= 3 else text


def one_verb(text: str) -> str:
    """Return "start earlier and make sure all listen" as "start earlier": one goal is about one thing.

    Short pairs ("greet and ask") stay: they are one action.
    """
    if len(text.split()) <= 8:
        return text
    for match in re.finditer(r",? and ([a-z]+)(?=\s)", text):
        if match[1] in _KNOWN_BASES and len(text[: match.start()].split()) >= 3:
            return text[: match.start()]
    return text


def _other_verbs(rest: str, form: Callable[[str], str]) -> str:
    """Put the verbs that follow "and" or a comma into the same form, as far as they are known."""
    return re.sub(
        r"((?:\band|,) )([a-z]+)(?=\s)",
        lambda match: match[1] + (form(match[2]) if match[2] in _KNOWN_BASES else match[2]),
        rest,
    )


_ARTICLE_BEFORE_PLURAL = re.compile(
    r"\b(an?)\s+([a-z]+(?:ings|ions|ments|ers|ies|tes|kes|lls|ces|ges|rts|nts|ets|als|ots|ews|aps|eps|sks|sts|des|les|ues|ons|ors|cks|ths|ows|ails|ents|ives|ises))"
    r"(?=\s+(?:with|in|on|of|for|to|from|at|and|that|which|by)\b|$)"
)
_SINGULAR_S = frozenset(["news", "series", "means", "always", "species"])


def number_agrees(text: str) -> str:
    """Return an English phrase without "a" before a plural: "run a briefings" → "run briefings"."""
    return _ARTICLE_BEFORE_PLURAL.sub(lambda match: match[0] if match[2] in _SINGULAR_S else match[2], text)


_NOUN_ENDING = re.compile(
    r"^[a-zäöüß]{3,}(?:ung|ungen|heit|heiten|keit|keiten|schaft|schaften|tion|tionen|tät|täten|nis|nisse|ismus|ling|linge)$"
)
_BEFORE_NOUN = re.compile(
    r"\b((?:der|die|das|den|dem|des|ein|eine|einen|einem|einer|eines|im|am|zum|zur|beim|vom|jede|jeden|jedem|jeder|"
    r"seine|seinen|ihre|ihren|keine|keinen)\s+)([a-zäöüß]{3,})(?=\s+(?:und|oder|mit|für|von|vor|nach|bei|auf|an|in|aus|"
    r"zu|im|am|zum|zur|der|des|die|das|den|vorher|dann|nicht)\b|[,.;]|$)"
)
_NO_NOUN = word_list("german_no_nouns")


def german_nouns(text: str, answers: str) -> str:
    """Return a German phrase whose nouns have their capital, as far as the answers or their form tell."""
    inner = re.findall(r"(?<=[^\W\d_,] )([A-ZÄÖÜ][\wäöüß-]*)", answers)
    small = set(re.findall(r"\b[a-zäöüß][\wäöüß-]*", answers))
    known: dict[str, str] = {word.lower(): word for word in inner if word.lower() not in small}

    def capital(match: re.Match[str]) -> str:
        word: str = match[0]
        if word in known:
            return known[word]
        return word[0].upper() + word[1:] if _NOUN_ENDING.match(word) else word

    text = re.sub(r"(?<![\w-])[a-zäöüß][\wäöüß]*(?![\w-])", capital, text)
    return _BEFORE_NOUN.sub(
        lambda match: match[0] if match[2] in _NO_NOUN else match[1] + match[2][0].upper() + match[2][1:],
        text,
    )


_MASCULINE = (
    "Anteil|Wert|Umfang|Rückstand|Zeitaufwand|Aufwand|Prozentsatz|Durchschnitt|Abstand|Ausschuss|Verbrauch"
)


def german_object(metric: str) -> str:
    """Return a German metric as the object of a sentence: "der Anteil" → "den Anteil"."""
    metric = re.sub(r"^D(er|en|ie|as)\s", r"d\1 ", metric)
    metric = re.sub(rf"^(?:die|das)\s(?=(?:{_MASCULINE})\b)", "den ", metric)
    return re.sub(r"^(?:der|den)\s", "den ", metric)


def without_german_article(metric: str) -> str:
    """Return a German metric as a name: "den Anteil der Mails" → "Anteil der Mails"."""
    bare = re.sub(r"^(?:den|die|das|der)\s+", "", metric)
    return bare[:1].upper() + bare[1:]
