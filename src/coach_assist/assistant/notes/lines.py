"""The notes line by line, as `str.splitlines()` counts: headings, list items, replies, tables, text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from coach_assist.assistant.notes.headings import Section, section_of
from coach_assist.assistant.notes.letters import Written, writers_of
from coach_assist.assistant.notes.line import Form, Line
from coach_assist.assistant.notes.markup import LONGEST_LINE, plain, split_mark, without_bold_label
from coach_assist.assistant.notes.signs import sign_of
from coach_assist.assistant.notes.speakers import label_of, speakers_of
from coach_assist.assistant.notes.titles import (
    dated,
    heading_of,
    is_person,
    item_heading,
    present_in,
    title_of_all,
    with_whom,
)

_RULE = re.compile(r"^\s*(?:[-_=*~#+|:.]\s*){3,}$")
_ROW = re.compile(r"^\s*\|.*\|\s*$")
_QUOTED = re.compile(r"^\s*(?:>\s?)+")
_STAMP = re.compile(
    r"^(?P<indent>\s*(?:[-*+•]\s+)?)(?:[\[(]?(?:[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{2,4},? "
    r"?)?[0-9]{1,2}[:.][0-9]{2}"
    r"(?::[0-9]{2})?(?: ?[ap]m)?[\])]?)\s*[-–—]?\s*(?P<rest>[^\W\d][^:\n]{0,40}:\s.*)$",
    re.IGNORECASE,
)
"""A time before a speaker ("[09:02] Omar: …"), as chats are copied."""
_CUE = re.compile(
    r"^\s*(?:WEBVTT\b.*|(?:[0-9]{1,2}:)?[0-9]{1,2}:[0-9]{2}[.,][0-9]{3} +--+> .*|[0-9]{1,5})\s*$"
)
"""The frame of subtitles, as talks are transcribed: when each is shown."""
_VOICE = re.compile(r"^\s*<v ([^>\n]{1,40})>\s*")
_FENCE = re.compile(r"^\s*(?:```|~~~)")


def read_lines(notes: str, known_speakers: Iterable[str] = ()) -> tuple[Line, ...]:
    """Return every line of `notes`, blank ones included, each with its section and speaker."""
    known = tuple(known_speakers)
    given = notes.splitlines()
    written = writers_of(given)
    classified = [
        _classified(number, *pair) for number, pair in enumerate(zip(given, written, strict=True), 1)
    ]
    lines = _sectioned(classified, known)
    return tuple(_speak(lines, (*known, *present_in(lines))))


def _classified(number: int, given: str, written: Written) -> Line:
    if not given.strip():
        return Line(number, given, "blank")
    short = given[:LONGEST_LINE].replace("\ufeff", "")
    if written.frame:
        return Line(number, given, "rule")
    if written.by:
        short = _QUOTED.sub("", short)
    if _CUE.match(short):
        return Line(number, given, "rule")
    short = _VOICE.sub(r"\1: ", short)
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
    people = (*known, *with_whom(opening))
    for index, line in enumerate(lines):
        after = following[index]
        title, level = heading_of(line, lines[index + 1] if index + 1 < len(lines) else None, after)
        beneath = lines[index + 1] if index + 1 < len(lines) else None
        early = line is opening or (line.number <= 4 and line.form == "text" and dated(line))
        if not title and early and title_of_all(line, beneath):
            title, level = plain(line.text), 1
        if not title and line.form == "text" and after is not None and is_person(line.text, people):
            title, level = line.text, 7
        if title:
            while len(stack) > 1 and stack[-1].level >= level:
                stack.pop()
            section = section_of(title, line.number, level, stack[-1])
            if is_person(title, people):
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
        inner = item_heading(line, after)
        if inner:
            opened = section_of(inner, line.number, section.level + 1, section)
            items.append((line.depth, opened))
            found.append(replace(line, form="heading", words=plain(inner), section=opened))
            continue
        found.append(replace(line, section=section))
    return found


def _next_filled(lines: list[Line]) -> list[Line | None]:
    """Return for each line the next one that is not blank, None at the end."""
    found: list[Line | None] = [None] * len(lines)
    for index in range(len(lines) - 2, -1, -1):
        found[index] = lines[index + 1] if lines[index + 1].form != "blank" else found[index + 1]
    return found


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
