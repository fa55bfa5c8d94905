"""The notes line by line, as `str.splitlines()` counts: headings, list items, replies, tables, text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from coach_assist.assistant.notes.headings import (
    KINDS,
    NO_SECTION,
    Section,
    Sense,
    label_sense,
    names_goal,
    section_of,
    sense_of,
)
from coach_assist.assistant.notes.letters import Written, writers_of
from coach_assist.assistant.notes.markup import LONGEST_LINE, plain, split_mark, without_bold_label
from coach_assist.assistant.notes.signs import sign_of
from coach_assist.assistant.notes.speakers import Label, label_of, never_a_name, same_person, speakers_of
from coach_assist.assistant.notes.verbs import is_base_verb
from coach_assist.assistant.notes.written_dates import has_date

Form = Literal["blank", "heading", "rule", "item", "text", "row"]

_ATX = re.compile(r"^\s{0,3}(#{1,6})\s+(?P<title>\S.*?)\s*#*\s*$")
_RULE = re.compile(r"^\s*(?:[-_=*~#+|:.]\s*){3,}$")
_BOLD = re.compile(r"^\s*(?:\*\*|__)(?P<title>[^*_\n]{2,120})(?:\*\*|__)\s*:?\s*$")
_COLON_END = re.compile(r"^\s*(?P<title>[^\s:][^:\n]{1,70}):\s*$")
_CAPITALS = re.compile(r"^\s*(?P<title>[A-Z][A-Z &/'-]{3,60})\s*:?\s*$")
_ASKED = re.compile(
    r"^(?P<title>(?:What|Who|Where|How|Which|Did|Any|Is|Are|Review|Since)\b[^?\n]{4,160}\?)\s*$"
)
_WHOLE = re.compile(r"^(?P<title>.{4,160})$")
_ROW = re.compile(r"^\s*\|.*\|\s*$")
_QUOTED = re.compile(r"^\s*(?:>\s?)+")
_STAMP = re.compile(
    r"^(?P<indent>\s*(?:[-*+•]\s+)?)(?:[\[(]?(?:[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{2,4},? "
    r"?)?[0-9]{1,2}[:.][0-9]{2}"
    r"(?::[0-9]{2})?(?: ?[ap]m)?[\])]?)\s*[-–—]?\s*(?P<rest>[^\W\d][^:\n]{0,40}:\s.*)$",
    re.IGNORECASE,
)
"""A time before a speaker ("[09:02] Omar: …"), as chats are copied."""
_FENCE = re.compile(r"^\s*(?:```|~~~)")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its number from 1, as given, and what code reads of it.

    `depth` is the column of its list mark or text; `words` the text without list mark, label and markup;
    `speaker` "" for a line that nobody is named for; `done` says of a checkbox: ticked, open, or None;
    `sign` is what a sign before it says (✅, 🚧), `by` who wrote it by the headers of a mail or a chat.
    """

    number: int
    given: str
    form: Form
    depth: int = 0
    text: str = ""
    words: str = ""
    speaker: str = ""
    label: Label | None = None
    done: bool | None = None
    section: Section = NO_SECTION
    sign: Sense = ""
    by: str = ""


def read_lines(notes: str, known_speakers: Iterable[str] = ()) -> tuple[Line, ...]:
    """Return every line of `notes`, blank ones included, each with its section and speaker."""
    known = tuple(known_speakers)
    given = notes.splitlines()
    written = writers_of(given)
    classified = [
        _classified(number, *pair) for number, pair in enumerate(zip(given, written, strict=True), 1)
    ]
    lines = _speak(_sectioned(classified, known), known)
    return tuple(lines)


def _classified(number: int, given: str, written: Written) -> Line:
    if not given.strip():
        return Line(number, given, "blank")
    short = given[:LONGEST_LINE].replace("\ufeff", "")
    if written.frame:
        return Line(number, given, "rule")
    if written.by:
        short = _QUOTED.sub("", short)
    short = _STAMP.sub(r"\g<indent>\g<rest>", short)
    if _RULE.match(short) or _FENCE.match(short):
        return Line(number, given, "rule")
    if _ROW.match(short):
        return Line(number, given, "row", text=short.strip())
    mark, text, done = split_mark(short)
    column = len(mark.expandtabs(4)) - len(mark.expandtabs(4).lstrip())
    form: Form = "item" if mark.strip() else "text"
    return Line(number, given, form, column, text, done=done, sign=sign_of(short), by=written.by)


def _sectioned(lines: list[Line], known: tuple[str, ...]) -> list[Line]:
    """Give every line its section. A heading closes those of its own level and below."""
    found: list[Line] = []
    stack: list[Section] = [Section()]
    items: list[tuple[int, Section]] = []
    listed = False
    following = _next_filled(lines)
    opening = next((line for line in lines if line.form != "blank"), None)
    people = (*known, *_with_whom(opening))
    for index, line in enumerate(lines):
        after = following[index]
        title, level = _heading(line, lines[index + 1] if index + 1 < len(lines) else None, after)
        if not title and line is opening and _dated(line):
            title, level = plain(line.text), 1
        if not title and line.form == "text" and after is not None and _is_person(line.text, people):
            title, level = line.text, 7
        if title:
            while len(stack) > 1 and stack[-1].level >= level:
                stack.pop()
            section = section_of(title, line.number, level, stack[-1])
            if _is_person(title, people):
                section = replace(section, owner=section.title)
            stack.append(section)
            items = []
            listed = False
            found.append(replace(line, form="heading", words=plain(title), section=stack[-1]))
            continue
        before = found[-1].form if found else "blank"
        if line.form == "text" and before == "blank" and stack[-1].level == 7 and listed:
            stack.pop()  # a paragraph after a list under a plain line is no longer part of it
        listed = line.form == "item" or (listed and line.form == "blank")
        while items and line.form != "blank" and line.depth <= items[-1][0]:
            items.pop()
        section = items[-1][1] if items else stack[-1]
        inner = _item_heading(line, after)
        if inner:
            opened = section_of(inner, line.number, section.level + 1, section)
            items.append((line.depth, opened))
            found.append(replace(line, form="heading", words=plain(inner), section=opened))
            continue
        found.append(replace(line, section=section))
    return found


def present_in(lines: Sequence[Line]) -> tuple[str, ...]:
    """Return the names of who was there, as the first lines of notes tell ("1:1 Jo / Kim", "Present: …")."""
    filled = [line for line in lines if line.form not in ("blank", "rule")]
    names = dict.fromkeys(_with_whom(filled[0]) if filled and _TALK.search(filled[0].given) else ())
    for line in filled[:6]:
        there = _THERE.search(line.given)
        if there:
            names.update(dict.fromkeys(re.findall(r"\b[A-Z][\w'-]{1,20}\b", there[1])))
    return tuple(name for name in names if not never_a_name(name))


_TALK = re.compile(
    r"\b(?:1\s?[:-]\s?1|1-2-1|one[- ](?:to|on)[- ]one|catch-?up|check-?in|meeting|chat|talk|with|w/|"
    r"supervision|review|"
    r"gespräch|notes|between)\b|/|&",
    re.IGNORECASE,
)
_THERE = re.compile(
    r"\b(?:present|attendees|participants|people|anwesend|teilnehmer(?:innen)?|with)\s*:\s*([^.\n]{2,120})",
    re.IGNORECASE,
)


def _with_whom(opening: Line | None) -> tuple[str, ...]:
    """Return the names in the first line of notes, which says when and with whom ("1:1 Jo / Kim")."""
    if opening is None or len(opening.given) > 120:
        return ()
    words = [word for word in re.findall(r"\b[A-Z][\w'-]{1,20}\b", opening.given) if not never_a_name(word)]
    return tuple(word for word in words if not sense_of(word) and not has_date(f"1 {word}"))


def _is_person(text: str, people: tuple[str, ...]) -> bool:
    """Say whether a line is nothing but the name of one of `people`."""
    name = plain(text)
    words = name.split()
    named = 1 <= len(words) <= 2 and all(word[:1].isupper() for word in words) and not sense_of(name)
    return named and any(same_person(name, one) for one in people)


def _next_filled(lines: list[Line]) -> list[Line | None]:
    """Return for each line the next one that is not blank, None at the end."""
    found: list[Line | None] = [None] * len(lines)
    for index in range(len(lines) - 2, -1, -1):
        found[index] = lines[index + 1] if lines[index + 1].form != "blank" else found[index + 1]
    return found


def _dated(line: Line) -> bool:
    """Say whether the first line of notes only says when and with whom ("1:1 Jo / Kim 3 Nov 2026")."""
    words = line.text.split()
    says_more = label_of(line.text) is not None or any(is_base_verb(word) for word in words)
    return line.form == "text" and len(words) <= 8 and has_date(line.text) and not says_more


def _heading(line: Line, beneath: Line | None, after: Line | None) -> tuple[str, int]:
    """Return a heading's title and level (1 is the highest), or "" and 0. Setext underlines count."""
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
    match = _ASKED.match(given.strip()) or (names_goal(given.strip()) and _WHOLE.match(given.strip())) or None
    if match and after is not None and after.form == "item":
        return match["title"], 7
    short = given.strip()
    bare = len(short.split()) <= 5 and short[-1].isalnum() and short[0].isupper() and not label_of(line.text)
    if bare and sense_of(short) and after is not None and after.form == "item":
        return short, 7
    return "", 0


def _item_heading(line: Line, after: Line | None) -> str:
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


def _speak(lines: list[Line], known: Iterable[str]) -> list[Line]:
    """Find each line's label and speaker; a reply without a label goes on with the one beside it."""
    labelled: list[Line] = []
    for line in lines:
        label = label_of(without_bold_label(line.text)) if line.form in ("item", "text") else None
        labelled.append(replace(line, label=label))
    top = min((line.depth for line in lines if line.form == "item"), default=0)
    speakers = speakers_of(
        (
            (line.label, line.form == "text" or line.depth > top)
            for line in labelled
            if line.label is not None
        ),
        known,
    )
    found: list[Line] = []
    open_replies: list[tuple[int, str]] = []
    speaking = ""
    for line in labelled:
        if line.form in ("heading", "rule"):
            open_replies, speaking = [], ""
        if line.form not in ("item", "text", "row"):
            found.append(line)
            speaking = "" if line.form == "blank" else speaking
            continue
        label = line.label if line.label is not None and line.label.name in speakers else None
        if label is not None and label.style == "bare" and line.form == "item" and line.depth <= top:
            label = None  # "KW helped me" tells of KW; in a reply "KW sounds good" is KW speaking
        if line.form == "item":
            while open_replies and (
                line.depth < open_replies[-1][0] or (label and line.depth == open_replies[-1][0])
            ):
                open_replies.pop()
        if label is not None:
            name = label.name
            if line.form == "item":
                open_replies.append((line.depth, name))
            speaking = name
        elif line.form == "item":
            inside = open_replies and (line.depth > open_replies[-1][0] or line.depth > top)
            name = speaking = open_replies[-1][1] if inside else ""
        else:
            name = speaking
        name = name or line.by
        if label is not None and found:
            _give_back(found, line, top)
        text = without_bold_label(line.text)[label.end :] if label is not None else line.text
        found.append(replace(line, label=label, speaker=name, words=plain(text)))
    return found


def _give_back(found: list[Line], reply: Line, top: int) -> None:
    """Take a guessed speaker from the line that the same person's labelled `reply` stands under.

    Nobody answers oneself: the line above was the writer's.
    """
    above = found[-1]
    own = reply.label is not None and above.speaker == reply.label.name
    if own and above.label is None and above.form == "item" and top < above.depth < reply.depth:
        found[-1] = replace(above, speaker="")
