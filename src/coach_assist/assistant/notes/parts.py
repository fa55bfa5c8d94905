"""Cutting a passage of prose into what is read on its own: its sentences, or the clauses of run-on speech."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from coach_assist.assistant.notes.blocks import Block
from coach_assist.assistant.notes.line import Line

RUN_ON = 32
"""Words from which a sentence counts as dictated, and is cut where a new thought begins."""
ONE_LINE = 10
"""Words from which a list of thoughts on one line, set apart by commas, is cut."""

SHORTEST = 8
"""Characters below which a clause is not cut off."""
TAIL = re.compile(
    r"[(\[]?\s*(?:ACTION|Action|Owner|AP)S?s?\s*[:–-]?\s*(?P<owner>[A-Z][\w' "
    r"-]{0,24})\s*[)\]]?[.,;]?$"
)
"""Who is to do what stands before: "(Action: TB)"."""
_END = re.compile(r"(?<=[.!?])[\"')\]]?\s+(?=[\"'(\[]?[A-ZÄÖÜ0-9])")
_ABBREVIATION = re.compile(
    r"\b(?:dr|mr|mrs|ms|prof|st|e\.g|i\.e|z\.b|u\.a|ca|approx|no|nr|vs|inc|d\.h|etc|fr|hr|jan|feb|mar|apr|"
    r"jun|jul|"
    r"aug|sept?|oct|nov|dec|[0-9]{1,2}|[A-Z])\.$",
    re.IGNORECASE,
)
_NEW_THOUGHT = re.compile(
    r"\s(?:(?:and|but|so|then|also|und|aber|dann)\s)*(?=(?:"
    r"(?:i|we|she|he|they) (?:said|say|also|told|think|will|would|have to|need to|wants?|decided|agreed|am|"
    r"is going|"
    r"are going|don't|still)\b|(?:i|we|she|he)'ll\b|what (?:we|i) (?:don't|do not|need)\b|(?:the )?next "
    r"(?:step|thing)\b|"
    r"the (?:other|second|last) (?:thing|point)\b|(?:ich|wir) (?:werde|haben|müssen)\b))",
    re.IGNORECASE,
)
_PROMISED = re.compile(
    r"\s(?:and|und) (?=(?:(?:I|we|she|he|[A-Z][\w'-]+)(?: (?:also|then))? "
    r"(?:offered|agreed|promised|undertook|volunteered)|I will|I'll)\b)"
)
"""Where a second person takes something on in the same sentence."""
_COMMA = re.compile(r"(?:,|;|\s[–—/|])\s+(?:and\s+)?")
_OWN_THOUGHT = re.compile(
    r"(?:open|offen|next|agreed|decided|action|todo|question|blocker|q)\s*:|(?:i|we)(?:'ll| will| need to| "
    r"check| ask|"
    r" send)?\s+[a-z]|[A-Z][\w'-]+ (?:to|will|needs? to|should) [a-z]|(?:still|no|waiting|not) ",
    re.IGNORECASE,
)


def parts_of(block: Block) -> tuple[Block, ...]:
    """Return the sentences of a passage of prose as passages of their own, each with the lines it stands on.

    A list item stays whole, and so does a passage of one sentence; the order is that of the notes.
    """
    if not block.words:
        return (block,)
    spans = _spans(block.words)
    if len(spans) < 2:
        return (block,)
    places = _places(block)
    spans = _with_tails(block.words, spans)
    found: list[Block] = []
    for start, end in spans:
        lines = tuple(line for line, (first, last) in places if first < end and start < last)
        words = block.words[start:end].strip(" ,;")
        if words and lines:
            found.append(replace(block, lines=_led(lines, block.first), words=words, part=bool(found)))
    return tuple(found) or (block,)


def _with_tails(words: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join "(Action: TB)" after a sentence with that sentence."""
    found: list[tuple[int, int]] = []
    for start, end in spans:
        if found and TAIL.match(words[start:end].strip()):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def is_prose(block: Block) -> bool:
    """Say whether a passage is running text or speech, and no list item."""
    return block.first.form == "text"


def _led(lines: tuple[Line, ...], first: Line) -> tuple[Line, ...]:
    """Give the first line of a part the speaker and label of the passage that it is cut from."""
    lead = replace(lines[0], speaker=first.speaker, label=first.label, section=first.section)
    return (lead, *lines[1:])


def _spans(words: str) -> list[tuple[int, int]]:
    """Return where each sentence, or clause of run-on speech, begins and ends."""
    borders = [0]
    ends = (match for match in _END.finditer(words) if not _ABBREVIATION.search(words[: match.start()]))
    borders.extend(match.end() for match in ends)
    borders.append(len(words))
    spans: list[tuple[int, int]] = []
    for start, end in pairwise(borders):
        spans.extend(_clauses(words, start, end, alone=len(borders) == 2))
    return spans


def _clauses(words: str, start: int, end: int, *, alone: bool) -> list[tuple[int, int]]:
    text = words[start:end]
    count = len(text.split())
    promised = [match.start() + 1 for match in _PROMISED.finditer(text)]
    if count >= RUN_ON and text.count("; ") < 2:
        cuts = [match.end() for match in _NEW_THOUGHT.finditer(text)]
    elif text.count("; ") >= 2:
        cuts = [match.end() for match in re.finditer(r";\s+", text)]
    elif alone and count >= ONE_LINE:
        cuts = [match.end() for match in _COMMA.finditer(text) if _OWN_THOUGHT.match(text[match.end() :])]
        cuts = cuts if len(cuts) >= 2 else []
    else:
        cuts = []
    cuts = sorted({*cuts, *promised})
    kept = [0]
    for cut in cuts:
        if cut - kept[-1] >= SHORTEST:
            kept.append(cut)
    kept.append(len(text))
    return [(start + first, start + last) for first, last in pairwise(kept)]


def _places(block: Block) -> list[tuple[Line, tuple[int, int]]]:
    """Return the lines of a passage with the stretch of its words that each one holds."""
    found, at = [], 0
    for line in block.lines:
        if line.words:
            found.append((line, (at, at + len(line.words))))
            at += len(line.words) + 1
        else:
            found.append((line, (at, at)))
    return found
