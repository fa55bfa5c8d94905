"""Numbers in a text: digits, number words (English and German), shares, amounts with their units.

Used to find what was measured, and to tell which numbers of a draft are in no answer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

_ENGLISH = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
]
_GERMAN = [
    "eins",
    "zwei",
    "drei",
    "vier",
    "fünf",
    "sechs",
    "sieben",
    "acht",
    "neun",
    "zehn",
    "elf",
    "zwölf",
    "dreizehn",
    "vierzehn",
    "fünfzehn",
    "sechzehn",
    "siebzehn",
    "achtzehn",
    "neunzehn",
    "zwanzig",
]
_TENS = {
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
    "hundred": 100, "dozen": 12, "dreißig": 30, "vierzig": 40, "fünfzig": 50, "hundert": 100,
}  # fmt: skip
_TIMES = {"once": 1, "twice": 2, "thrice": 3, "einmal": 1, "zweimal": 2, "dreimal": 3, "viermal": 4}

NUMBER_WORDS: dict[str, int] = (
    {word: value for value, word in enumerate(_ENGLISH, 1)}
    | {word: value for value, word in enumerate(_GERMAN, 1)}
    | _TENS
)
"""Number words → their value. "half" and "a third" are shares and read by `facts`."""

_WORDS = "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
NUMBER = (
    r"(?:(?<![\w.,])[0-9]{1,3}(?:[,\u202f\u00a0][0-9]{3})+(?:\.[0-9]+)?|"
    rf"(?<![\w.])[0-9]+(?:[.,][0-9]+)?|\b(?:{_WORDS})\b)"
)
"""One number, as a pattern: 4 · 1,250 · 2.5 · 2,5 · seven."""

_ANY = re.compile(rf"{NUMBER}|\b(?:{'|'.join(_TIMES)})\b", re.IGNORECASE)
_ISO = re.compile(r"\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b")


@dataclass(frozen=True, slots=True)
class Found:
    """One number: its value and the code points `start` to `end` of the text."""

    value: Decimal
    start: int
    end: int


def read_number(text: str) -> Decimal | None:
    """Return the value of one number as written (digits or a word), or None where it is none."""
    word = text.strip().lower()
    if word in NUMBER_WORDS:
        return Decimal(NUMBER_WORDS[word])
    if word in _TIMES:
        return Decimal(_TIMES[word])
    plain = re.sub(r"(?<=[0-9])[,\u202f\u00a0](?=[0-9]{3}(?:\D|$))", "", word).replace(",", ".")
    try:
        value = Decimal(plain)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def numbers_in(text: str, *, dates: bool = False) -> list[Found]:
    """Return the numbers of a text in order. Those inside ISO dates count only with `dates`."""
    kept_out = [] if dates else [match.span() for match in _ISO.finditer(text)]
    found = []
    for match in _ANY.finditer(text):
        if any(start <= match.start() < end for start, end in kept_out):
            continue
        value = read_number(match[0])
        if value is not None:
            found.append(Found(value, match.start(), match.end()))
    return found


def as_decimal_text(value: Decimal) -> str:
    """Return a number as a decimal string without needless zeros: "4", "12.5"."""
    text = format(value.normalize(), "f")
    return text if text not in ("-0", "") else "0"
