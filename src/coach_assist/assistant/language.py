"""In which language the answers are, as far as the sentences that code assembles must know it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from coach_assist.assistant.lexicon import word_list

Language = Literal["en", "de", "other"]

_FUNCTION_WORDS: dict[Language, frozenset[str]] = {
    "en": word_list("function_words_en"),
    "de": word_list("function_words_de"),
    "other": word_list("function_words_other"),
}
_WORD = re.compile(r"[^\W\d_]+")


def language_of(texts: Iterable[str]) -> Language:
    """Return the language of texts by their function words; English where there are too few to tell."""
    written = [word for text in texts for word in _WORD.findall(text)]
    words = [word.lower() for word in written]
    if not words:
        return "en"
    latin = sum(word[0] < "\u0250" for word in words)
    if latin < len(words) / 2:
        return "other"
    hits = {name: sum(word in known for word in words) for name, known in _FUNCTION_WORDS.items()}
    if not any(hits.values()) and _is_german_title(written):
        return "de"
    if hits["en"] >= hits["de"] and hits["en"] >= hits["other"] * 0.8:
        return "en"
    if hits["de"] > hits["en"] and hits["de"] >= hits["other"]:
        return "de"
    return "other" if hits["other"] >= max(3, len(words) * 0.15) else "en"


def _is_german_title(words: list[str]) -> bool:
    """Say whether a few words without function words are German: "Bessere Protokolle schreiben"."""
    inner = [word for word in words[1:] if word[0].isupper() and not word.isupper()]
    return bool(inner) and words[-1][0].islower() and words[-1].endswith(("en", "ern", "eln"))


def speaks_another_language(text: str, expected: Language) -> bool:
    """Say whether `text` (a phrase of a draft) is clearly not in the language of the answers."""
    words = [word.lower() for word in _WORD.findall(text)]
    if expected == "other" or len(words) < 3:
        return False
    own = sum(word in _FUNCTION_WORDS[expected] for word in words)
    rest = max(
        sum(word in known for word in words) for name, known in _FUNCTION_WORDS.items() if name != expected
    )
    scripts = sum(word[0] >= "\u0250" for word in words)
    return scripts > len(words) / 2 or (rest >= 2 and rest > own * 2)
