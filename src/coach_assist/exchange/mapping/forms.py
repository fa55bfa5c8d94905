"""What is no answer: places still to be filled in, and instructions of a form."""

from __future__ import annotations

import re

_WHOLE = re.compile(
    r"^[\W_]*$|^\[[^\]]*\][.:]?$|^\{\{.*\}\}$|^<[^<>]*>$|^(?:y{2,4}|m{2}|d{2})(?:[-./](?:y{2,4}|m{2}"
    r"|d{2})){1,2}$|^_{3,}|^\.{3,}|^x{2,}$|^\$?x+ ?\w*$"
    r"|^(?:tbd|tba|tbc|n/?a|none|to be (?:defined|determined|agreed|confirmed|completed))\.?$"
    r"|^(?:click|tap) (?:or tap )?here\b|^(?:enter|insert|type) (?:text|date|your|the|a)\b"
    r"|^(?:your|employee|manager|team member) name\.?$|^lorem ipsum\b|^replace this\b",
    re.IGNORECASE,
)
_SHOUTED = re.compile(r"^(?=.*\bHERE\b)[A-Z0-9 .,'’/-]+$")
_BRACKETS = re.compile(r"\[[^\[\]\n]{2,80}\](?!\()|\{\{[^{}\n]{1,80}\}\}|<[A-Za-z][^<>\n@=]{2,60}>|_{4,}")
_INSTRUCTION = re.compile(
    r"^(?:please\b|identify|describe|list|write|fill|explain|think|state|enter|specify|outline|replace|summari[sz]e|consider|"
    r"include|provide|complete|use this|indicate|note|copy|create)\b.*\b(?:your|you|this|below|text"
    r"|the employee|the template|the form)\b",
    re.IGNORECASE | re.DOTALL,
)
_ELSEWHERE = re.compile(r"^(?:see|as above|same as|refer to|siehe)\b", re.IGNORECASE)
_QUESTION = re.compile(
    r"^(?:what|where|when|who|how|why|which|was|wo|wann|wer|wie|warum|welche)\b[^.!]*\?(?:\s*\([^()]*\))?$",
    re.IGNORECASE,
)


def is_blank(text: str) -> bool:
    """Say whether a text is mostly a place to be filled in: "[date]", "YYYY-MM-DD", "TBD", dots and lines."""
    words = text.strip().strip("*_|").strip()
    return bool(_WHOLE.match(words) or _SHOUTED.match(words)) or _mostly_brackets(words)


def has_blank(text: str) -> bool:
    """Say whether a text has such a place in it."""
    return bool(_BRACKETS.search(text))


def is_instruction(text: str) -> bool:
    """Say whether a paragraph tells the writer of a form what to write."""
    words = text.strip()
    return bool(_INSTRUCTION.match(words) or (len(words) < 80 and _ELSEWHERE.match(words)))


def is_question(text: str) -> bool:
    """Say whether a paragraph is only a question, which the text after it may answer."""
    return len(text) <= 240 and bool(_QUESTION.match(text.strip()))


def _mostly_brackets(words: str) -> bool:
    left = _BRACKETS.sub("", words)
    return left != words and _letters(left) * 2 <= _letters(words)


def _letters(words: str) -> int:
    return sum(1 for character in words if character.isalpha())
