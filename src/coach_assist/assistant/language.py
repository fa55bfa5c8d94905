"""In which language the answers are, as far as the sentences that code assembles must know it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

Language = Literal["en", "de", "other"]

_FUNCTION_WORDS: dict[Language, frozenset[str]] = {
    "en": frozenset(
        "the a an and or of to in on for with is are was he she they his her their that this it at by not be has have "
        "from as when who how wants would could more before after because too so but every".split()
    ),
    "de": frozenset(
        "der die das und oder von zu im in auf für mit ist sind war er sie ihr ihre sein seine dass dies es bei nicht "
        "hat haben aus als wenn wer wie will möchte mehr vor nach weil so aber jede jeden ein eine einen dem den des am".split()
    ),
    "other": frozenset(
        "el la los las y de que en por para con es son una un del al se su como más pero le les et est dans pour avec "
        "des du sur pas qui une ne sont il elle i lo gli e di che per con non è sono della nel w i na że do się nie "
        "jest het een van en niet op te met voor zijn och att som på är inte med para não com uma do da os".split()
    ),
}
_WORD = re.compile(r"[^\W\d_]+")


def language_of(texts: Iterable[str]) -> Language:
    """Return the language of texts by their function words; English where there are too few to tell."""
    words = [word.lower() for text in texts for word in _WORD.findall(text)]
    if not words:
        return "en"
    latin = sum(word[0] < "\u0250" for word in words)
    if latin < len(words) / 2:
        return "other"
    hits = {name: sum(word in known for word in words) for name, known in _FUNCTION_WORDS.items()}
    if hits["en"] >= hits["de"] and hits["en"] >= hits["other"] * 0.8:
        return "en"
    if hits["de"] > hits["en"] and hits["de"] >= hits["other"]:
        return "de"
    return "other" if hits["other"] >= max(3, len(words) * 0.15) else "en"


def speaks_another_language(text: str, expected: Language) -> bool:
    """Say whether `text` (a phrase of a draft) is clearly not in the language of the answers."""
    words = [word.lower() for word in _WORD.findall(text)]
    if expected == "other" or len(words) < 3:
        return False
    own = sum(word in _FUNCTION_WORDS[expected] for word in words)
    rest = max(sum(word in known for word in words) for name, known in _FUNCTION_WORDS.items() if name != expected)
    scripts = sum(word[0] >= "\u0250" for word in words)
    return scripts > len(words) / 2 or (rest >= 2 and rest > own * 2)
