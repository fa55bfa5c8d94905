"""Words of a text: clauses, content words and their rough stems, and how much two texts share."""

from __future__ import annotations

import re
from functools import lru_cache

from coach_assist.assistant.lexicon import word_list

_WORD = re.compile(r"[^\W_][\w'’-]*")
_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+(?=\S)|[\n;•]+|\s+[–—]\s+")
_ABBREVIATION = re.compile(
    r"\b(?:dr|mr|mrs|ms|prof|st|e\.g|i\.e|z\.b|u\.a|ca|approx|no|nr|vs|inc|d\.h)\.$", re.IGNORECASE
)
_JOINT = re.compile(r",\s+(?:and|but|while|und|aber|während)\s+", re.IGNORECASE)
_STOP = word_list("stop_words")
_ENDINGS = (
    "ations",
    "ating",
    "ated",
    "ates",
    "ation",
    "ions",
    "ion",
    "ments",
    "ment",
    "ings",
    "ing",
    "ied",
    "ies",
    "ers",
    "er",
    "ed",
    "es",
    "ly",
    "en",
    "s",
    "e",
    "n",
)
_IRREGULAR = {
    past: base
    for base, pasts in {
        "speak": "spoke spoken", "take": "took taken", "give": "gave given", "write": "wrote written",
        "leave": "left", "send": "sent", "hold": "held", "keep": "kept", "say": "said", "tell": "told",
        "make": "made", "come": "came", "bring": "brought", "meet": "met", "lead": "led", "find": "found",
        "lose": "lost", "pay": "paid", "spend": "spent", "teach": "taught", "begin": "began begun",
        "break": "broke broken", "choose": "chose chosen", "drive": "drove driven",
        "forget": "forgot forgotten",
        "sell": "sold", "show": "shown", "hear": "heard", "know": "knew known", "understand": "understood",
    }.items()
    for past in pasts.split()
}  # fmt: skip


def sentences(text: str) -> list[str]:
    """Split a text at sentence ends, line ends, semicolons and dashes. Pieces are stripped, none is empty."""
    pieces: list[str] = []
    for piece in _SENTENCE_END.split(text):
        piece = piece.strip()
        if not piece:
            continue
        if pieces and _ABBREVIATION.search(pieces[-1]):
            pieces[-1] = f"{pieces[-1]} {piece}"
        else:
            pieces.append(piece)
    return pieces


def clauses(text: str) -> list[str]:
    """Split sentences further at ", and" and ", but", without their full stops."""
    found = [part.strip(" .;") for sentence in sentences(text) for part in _JOINT.split(sentence)]
    return [part for part in found if part]


def words_of(text: str) -> list[str]:
    """Return the words of a text as written."""
    return _WORD.findall(text)


@lru_cache(maxsize=4096)
def stem(word: str) -> str:
    """Return a rough stem, enough to see that "escalated" and "escalations" belong together."""
    word = word.lower().replace("’", "'").removesuffix("'s")
    word = _IRREGULAR.get(word, word)
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def content_stems(text: str) -> frozenset[str]:
    """Return the stems of the words that carry meaning (no function words, no numbers)."""
    return frozenset(
        stem(word)
        for word in words_of(text)
        if word.lower() not in _STOP and len(word) > 2 and not word[0].isdigit()
    )


def similarity(first: str, second: str) -> float:
    """Return the share of content words that two texts have in common (0 to 1, of the shorter one)."""
    one, two = content_stems(first), content_stems(second)
    return len(one & two) / min(len(one), len(two)) if one and two else 0.0


def shares_run(text: str, other: str, length: int) -> bool:
    """Say whether `length` words in a row stand in both texts, whatever their case."""
    words = [word.lower() for word in words_of(text)]
    rest = f" {' '.join(word.lower() for word in words_of(other))} "
    return any(
        f" {' '.join(words[start : start + length])} " in rest for start in range(len(words) - length + 1)
    )
