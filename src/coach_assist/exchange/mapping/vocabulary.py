"""Which words of a title tell what stands below it: words/<language>.txt, all languages at once."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

_WORDS = Path(__file__).resolve().parent / "words"
_NUMBERING = re.compile(
    r"^[\W_]*(?:[0-9]{1,2}(?:\.[0-9]{1,2})*[.):]|[ivx]{1,4}[.)]|[a-h]\)|part [0-9a-d]\b[.:]?"
    r"|section [0-9a-d]\b[.:]?)?[\W_]*",
    re.IGNORECASE,
)
_PERIOD = re.compile(
    r"\b(?:first|last|next)?\s*[0-9]{1,3}\s*(?:[-–—/‑ ]|to|\s)*[0-9]*\s*(?:[-–—/‑ ]"
    r"|\s)*[0-9]*\s*[-‑ ]?(?:days?|weeks?|months?)\b"
    r"|\b(?:week|month|day|quarter|phase|sprint|woche|monat|tag)s?\s*[0-9]{1,2}\b|\bq[1-4]\b",
    re.IGNORECASE,
)
_OWN_TITLE = re.compile(
    r"^(?:smart\s+)?(?:coaching |development |learning |performance |okr )?(?:goal|objective|ziel"
    r"|entwicklungsziel|lernziel)\s*"
    r"(?:#?\s*[0-9]{1,2}|[a-f])?\s*[:.–—-]\s+(?P<title>.*\S.*)$",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\([^()]*\)")
_ABOUT_PLANS = re.compile(r"\b(?:of|for|about|in) (?:an?|your|the|our) (?:\w+ ){0,3}\w+$")
LONGEST_TITLE = 240
SECTION_ROLES = frozenset({
    "aim", "purpose", "serves", "area", "strength", "gap", "strength_gap", "current_state", "goal",
    "activity", "support",
    "member_commits", "manager_commits", "obstacle", "milestone", "feedback", "cadence", "timeline",
    "plan", "other",
    "signature",
})  # fmt: skip
"""Roles that name a section of a plan, or say that one is none."""


def normal(title: str) -> str:
    """Return a title without numbering, marks at its ends and doubled blanks, in lower case."""
    title = title[:LONGEST_TITLE].replace("\u2019", "'").replace("\u2011", "-").replace("\u2010", "-")
    title = _NUMBERING.sub("", title, count=1)
    return re.sub(r"\s+", " ", title).strip(" \t:.-–—?!*_").lower()


@lru_cache(maxsize=4096)
def role_of(title: str) -> str:
    """Return the role that a heading or a question gives to what stands below it; "" where it says nothing.

    The longest phrase decides. Words that name a section go before words that only name a field.
    """
    words = normal(_ASIDE.sub(" ", title[:LONGEST_TITLE])) or normal(title)
    hits = _hits(words)
    if _ABOUT_PLANS.search(words) and any(role == "plan" for _, _, role in hits):
        return "other"
    sections = [hit for hit in hits if hit[2] in SECTION_ROLES]
    best = max(sections or hits, default=None)
    if best is not None:
        length, start, role = best
        aside = -start > 12 and length * 4 < len(words) and length < 12 and not title.rstrip().endswith("?")
        if not aside:
            return role
    return "period" if _PERIOD.search(title[:LONGEST_TITLE]) else ""


@lru_cache(maxsize=4096)
def label_role(label: str) -> str:
    """Return the role of a short label or column title: its longest phrase must be most of it."""
    words = normal(label)
    best = max(_hits(words), default=None)
    return best[2] if best is not None and best[0] * 2 >= len(words) else ""


def own_title(title: str) -> str:
    """Return what a heading such as "Goal 2: Hand over the rota" says beyond being one; else ""."""
    found = _OWN_TITLE.match(_NUMBERING.sub("", title, count=1).strip())
    return found["title"].strip() if found else ""


def _hits(words: str) -> list[tuple[int, int, str]]:
    """Return (length of the phrase, minus its start, role) of every known phrase; the largest is the best."""
    plain, starred = _patterns()
    hits = [(len(found[1]), -found.start(), _phrases()[found[1]]) for found in plain.finditer(words)]
    for length, pattern, role in starred:
        if found := pattern.search(words):
            hits.append((length, -found.start(), role))
    return hits


@cache
def _phrases() -> dict[str, str]:
    phrases: dict[str, str] = {}
    for path in sorted(_WORDS.glob("*.txt"), key=lambda path: path.stem != "en"):
        section = ""
        for raw in path.read_text(encoding="utf-8").splitlines():
            line = raw.strip()
            if line.startswith("["):
                section = line.strip("[] ")
            elif line and not line.startswith("#"):
                phrases.setdefault(line, section)
    return phrases


@cache
def _patterns() -> tuple[re.Pattern[str], tuple[tuple[int, re.Pattern[str], str], ...]]:
    plain = sorted((phrase for phrase in _phrases() if "*" not in phrase), key=len, reverse=True)
    # A look-ahead, so that a phrase inside a longer one is seen, too.
    pattern = re.compile(rf"(?<!\w)(?=({'|'.join(map(re.escape, plain))})(?!\w))")
    starred = []
    for phrase, role in _phrases().items():
        if "*" in phrase:
            gap = r"(?:\W+\w+){0,6}?\W+"
            words = gap.join(re.escape(part.strip()) for part in phrase.split("*"))
            starred.append((len(phrase) - 2, re.compile(rf"(?<!\w){words}(?!\w)"), role))
    return pattern, tuple(starred)
