"""Which lines of notes are headings, and who the first lines say was there."""

from __future__ import annotations

import re
from collections.abc import Sequence

from coach_assist.assistant.notes.headings import (
    KINDS,
    Section,
    label_sense,
    names_goal,
    section_of,
    sense_of,
)
from coach_assist.assistant.notes.line import Line
from coach_assist.assistant.notes.markup import LONGEST_LINE, plain
from coach_assist.assistant.notes.speakers import label_of, never_a_name, same_person
from coach_assist.assistant.notes.verbs import is_base_verb, tells_past
from coach_assist.assistant.notes.written_dates import has_date

_ATX = re.compile(r"^\s{0,3}(#{1,6})\s+(?P<title>\S.*?)\s*#*\s*$")
_BOLD = re.compile(r"^\s*(?:\*\*|__)(?P<title>[^*_\n]{2,120})(?:\*\*|__)\s*:?\s*$")
_COLON_END = re.compile(r"^\s*(?P<title>[^\s:][^:\n]{1,70}):\s*$")
_CAPITALS = re.compile(r"^\s*(?P<title>[A-Z][A-Z &/'-]{3,60})\s*:?\s*$")
_ASKED = re.compile(
    r"^(?P<title>(?:What|Who|Where|How|Which|Did|Any|Is|Are|Review|Since)\b[^?\n]{4,160}\?)\s*$"
)
_WHOLE = re.compile(r"^(?P<title>.{4,160})$")


def present_in(lines: Sequence[Line]) -> tuple[str, ...]:
    """Return the names of who was there, as the first lines of notes tell ("1:1 Jo / Kim", "Present: …")."""
    filled = [line for line in lines if line.form not in ("blank", "rule")]
    names = dict.fromkeys(
        name for line in filled[:2] if _TALK.search(line.given) and _opens(line) for name in with_whom(line)
    )
    for line in filled[:6]:
        there = _THERE.search(line.given)
        if there:
            names.update(dict.fromkeys(re.findall(r"\b[A-Z][\w'-]{1,20}\b", there[1])))
    return tuple(name for name in names if not never_a_name(name))


_TALK = re.compile(
    r"\b(?:1\s?[:-]\s?1|1-2-1|one[- ](?:to|on)[- ]one|catch-?up|check-?in|meeting|chat|talk|with|w/|"
    r"supervision|review|"
    r"gespräch|notes|between)\b|/|&|\+",
    re.IGNORECASE,
)
_THERE = re.compile(
    r"\b(?:present|attendees|participants|people|name|employee|manager|team member|coach(?:ee)?|mentor|"
    r"anwesend|teilnehmer(?:innen)?|with)\s*:\s*([^.\n]{2,120})",
    re.IGNORECASE,
)


def with_whom(opening: Line | None) -> tuple[str, ...]:
    """Return the names in the first line of notes, which says when and with whom ("1:1 Jo / Kim")."""
    if opening is None:
        return ()
    title = opening.given if len(opening.given) <= 120 else opening.given[:80].partition(":")[0]
    words = [word for word in re.findall(r"\b[A-Z][\w'-]{1,20}\b", title) if not never_a_name(word)]
    return tuple(word for word in words if not sense_of(word) and not has_date(f"1 {word}"))


def is_person(text: str, people: tuple[str, ...]) -> bool:
    """Say whether a line is nothing but the name of one of `people`."""
    name = plain(text)
    words = name.split()
    named = 1 <= len(words) <= 2 and all(word[:1].isupper() for word in words) and not sense_of(name)
    return named and any(same_person(name, one) for one in people)


def _opens(line: Line) -> bool:
    """Say whether one of the first lines only says when and with whom."""
    return line.form == "heading" or has_date(line.given[:80])


def title_of_all(line: Line, beneath: Line | None) -> bool:
    """Say whether the first line of notes is their title: when and with whom, or short and set apart."""
    return dated(line) or _titled(line, beneath)


def dated(line: Line) -> bool:
    """Say whether the first line of notes only says when and with whom ("1:1 Jo / Kim 3 Nov 2026")."""
    words = line.text.split()
    says_more = label_of(line.text) is not None or any(is_base_verb(word) for word in words)
    sentence = line.text.rstrip()[-1:] in ".!?"
    return line.form == "text" and not sentence and len(words) <= 16 and has_date(line.text) and not says_more


def _titled(line: Line, beneath: Line | None) -> bool:
    """Say whether the first line of notes is their title: short, set apart, and no sentence."""
    short = (
        line.form == "text"
        and len(line.text.split()) <= 8
        and beneath is not None
        and (beneath.form == "blank" or dated(beneath))
    )
    says = label_of(line.text) is not None or line.text.rstrip()[-1:] in ".!?" or line.sign != ""
    return short and not says and not tells_past(line.text) and not is_base_verb(line.text.split()[0])


def heading_of(line: Line, beneath: Line | None, after: Line | None) -> tuple[str, int]:
    """Return a heading's title and level (1 is the highest), or "" and 0. Setext underlines count."""
    if line.form == "item" and _answered(line, after):
        return line.text.strip(), 7
    if line.form not in ("text", "row") or line.depth > 3:
        return "", 0
    given = line.given[:LONGEST_LINE].replace("\ufeff", "")
    match = _ATX.match(given)
    if match:
        return match["title"], len(match[1])
    if (
        (beneath and beneath.form == "rule" and re.match(r"^\s*(?:={3,}|-{3,})\s*$", beneath.given))
        and len(given) <= 100
        and not label_of(line.text)
    ):
        return given.strip(), 1 if "=" in beneath.given else 2
    for pattern in (_BOLD, _COLON_END, _CAPITALS):
        match = pattern.match(given)
        if match and re.search(r"[.!?]\s", match["title"]):
            continue  # sentences that end with a colon open a list, and are no heading
        if match and not (
            label_of(match["title"] + ": x") and not section_of(match["title"], 0, 0, Section()).sense
        ):
            return match["title"].strip(), 7
    if _answered(line, after):
        return line.text.strip(), 7
    match = _ASKED.match(given.strip()) or (names_goal(given.strip()) and _WHOLE.match(given.strip())) or None
    if match and after is not None and after.form == "item":
        return match["title"], 7
    short = given.strip()
    bare = len(short.split()) <= 5 and short[-1].isalnum() and short[0].isupper() and not label_of(line.text)
    if bare and sense_of(short) and after is not None and after.form == "item":
        return short, 7
    return "", 0


def _answered(line: Line, after: Line | None) -> bool:
    """Say whether a line is a question of a form ("2) What was hard?") that the text under it answers."""
    asked = _ASKED.match(line.text.strip()) is not None and len(line.text.split()) <= 14
    told = after is not None and after.form == "text" and after.depth <= line.depth and after.text[-1:] != "?"
    return asked and told and label_of(line.text) is None and sense_of(line.text) in KINDS


def item_heading(line: Line, after: Line | None) -> str:
    """Return the title of a list item that only opens a nested list ("* Next steps:"), or ""."""
    if line.form != "item":
        return ""
    nested = after is not None and after.form == "item" and after.depth > line.depth
    text = plain(line.text)
    bare = line.text.strip().strip("*_ ")
    if not nested or len(text) > 120 or (label_of(text + ": x") is not None and not label_sense(text)):
        return ""
    if bare.endswith(":") and len(text.split()) <= 8:
        return text
    prompts = bare.endswith("?") and sense_of(text.rpartition(". ")[2]) in KINDS
    return text if label_sense(text) or (prompts and len(text) > 60) else ""
