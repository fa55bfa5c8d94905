"""Inline suppression: `<!-- coach: ignore[M201] reason -->`, and the findings about it, X901 and X902.

Four forms, all with codes or prefixes of codes in brackets:

- `ignore[…]` beside a text silences that text (in a table: its row); alone on a line, the next text;
- `ignore-start[…]` … `ignore-end` silence the texts between them;
- `ignore-file[…]` silences every text from there to the end of the file.

There is no form without codes: a comment that silences everything also hides what comes later.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Literal, NamedTuple

from coach_assist.checker.reports import Edit, Finding, Fix, Level

Form = Literal["ignore", "ignore-start", "ignore-end", "ignore-file", "unknown"]
_FORMS: dict[str, Form] = {
    "ignore": "ignore",
    "ignore-start": "ignore-start",
    "ignore-end": "ignore-end",
    "ignore-file": "ignore-file",
}
COMMENT = re.compile(
    r"<!--[ \t]*coach:[ \t]*(?P<form>[A-Za-z-]*)[ \t]*(?:\[(?P<codes>[^\]\n]*)\])?(?P<reason>[^\n]*?)-->"
)
_CODE = re.compile(r"[^\s,]+")


class Code(NamedTuple):
    """One code of a comment, and where it stands in the same text as the comment."""

    name: str
    start: int
    end: int


class Comment(NamedTuple):
    """One suppression comment. Offsets count code points of the text that was searched for it."""

    form: Form
    codes: tuple[Code, ...]
    start: int
    end: int
    line: int
    source: str
    """The text that was searched; for a comment on a line of its own, that line."""


def find_comments(text: str, line: int) -> tuple[Comment, ...]:
    """Return the suppression comments in `text`, which begins on source line `line`."""
    if "<!--" not in text:
        return ()
    found = []
    for match in COMMENT.finditer(text):
        start = match.start("codes")
        codes = tuple(
            Code(code[0].upper(), start + code.start(), start + code.end())
            for code in _CODE.finditer(match["codes"] or "")
        )
        form = _FORMS.get(match["form"].lower(), "unknown")
        found.append(Comment(form, codes, match.start(), match.end(), line, text))
    return tuple(found)


def blanked(text: str, comments: Iterable[Comment]) -> str:
    """Return `text` with each comment replaced by as many blanks, so that no offset moves."""
    for comment in comments:
        text = text[: comment.start] + " " * (comment.end - comment.start) + text[comment.end :]
    return text


class _Active:
    """A comment in force, and which of its codes have silenced something."""

    def __init__(self, comment: Comment) -> None:
        self.comment = comment
        self.used: set[str] = set()
        self.line: int | None = None
        """For a comment before a text: the line of that text, all of whose items it silences."""


class Suppressor:
    """Applies the comments of one source, in the order in which items and comments come.

    `known(code)` says whether a code or prefix names a rule, `speaks(code)` whether any of those rules
    is on (a comment for a rule that is off is not called unused), `level(code)` the level of an X rule.
    """

    def __init__(
        self, known: Callable[[str], bool], speaks: Callable[[str], bool], level: Callable[[str], Level]
    ) -> None:
        self.known = known
        self.speaks = speaks
        self.level = level
        self._file: list[_Active] = []
        self._blocks: list[_Active] = []
        self._next: list[_Active] = []

    def comment(self, comment: Comment) -> Iterator[tuple[Comment, Finding]]:
        """Take a comment that stands on a line of its own; yield the findings that are ripe."""
        for finding in self._faults(comment):
            yield comment, finding
        if comment.form == "ignore-end":
            if self._blocks:
                yield from self._unused([self._blocks.pop()])
            elif self.speaks("X901"):
                yield (
                    comment,
                    self._finding("X901", comment, "ignore-end ends nothing: no ignore-start is open"),
                )
        elif comment.form != "unknown":
            place = {"ignore": self._next, "ignore-start": self._blocks, "ignore-file": self._file}[
                comment.form
            ]
            place.append(_Active(comment))

    def item(
        self, line: int, comments: Iterable[Comment], ignored: Iterable[str], findings: Iterable[Finding]
    ) -> tuple[list[tuple[Comment, Finding]], list[Finding]]:
        """Take an item on `line`, with its comments, "ignore" field and findings.

        Returns the findings about earlier comments that are ripe now, and what is left of the item's
        findings, with those about its own comments.
        """
        for active in self._next:
            active.line = line if active.line is None else active.line
        ripe = list(self._unused(active for active in self._next if active.line != line))
        self._next = [active for active in self._next if active.line == line]
        own = [_Active(comment) for comment in comments if comment.form == "ignore"]
        field_codes = dict.fromkeys(ignored, False)
        left = []
        for finding in findings:
            silenced = False
            for active in (*own, *self._next, *self._blocks, *self._file):
                for code in active.comment.codes:
                    if finding.code.startswith(code.name):
                        active.used.add(code.name)
                        silenced = True
            for code_name in field_codes:
                if finding.code.startswith(code_name):
                    field_codes[code_name] = silenced = True
            if not silenced:
                left.append(finding)
        for comment in comments:
            left += self._faults(comment)
            if comment.form not in {"ignore", "unknown"} and self.speaks("X902"):
                left.append(self._finding("X902", comment, f"{comment.form} must stand on a line of its own"))
        left += [finding for _, finding in self._unused(own)]
        for code_name, used in field_codes.items():
            if not self.known(code_name):
                message, x_code = f"the ignore field names {code_name}, which is no rule", "X902"
            elif not used and self.speaks(code_name):
                message, x_code = f"the ignore field names {code_name}, which finds nothing here", "X901"
            else:
                continue
            if self.speaks(x_code):
                left.append(Finding(x_code, self.level(x_code), 0, 0, message))
        return ripe, left

    def end(self) -> Iterator[tuple[Comment, Finding]]:
        """Yield the findings about the comments that are still in force at the end of the source."""
        waiting = [*self._next, *self._blocks, *self._file]
        yield from self._unused(sorted(waiting, key=lambda active: active.comment.line))

    def _faults(self, comment: Comment) -> Iterator[Finding]:
        if not self.speaks("X902"):
            return
        if comment.form == "unknown":
            yield self._finding(
                "X902", comment, "not a suppression: write ignore, ignore-start, ignore-end or ignore-file"
            )
        elif not comment.codes and comment.form != "ignore-end":
            yield self._finding("X902", comment, f"{comment.form} names no code: write {comment.form}[M201]")
        for code in comment.codes:
            if not self.known(code.name):
                level = self.level("X902")
                yield Finding(
                    "X902", level, code.start, code.end, f"{code.name} is no rule; `rules` lists them"
                )

    def _unused(self, actives: Iterable[_Active]) -> Iterator[tuple[Comment, Finding]]:
        if not self.speaks("X901"):
            return
        for active in actives:
            comment = active.comment
            judged = [code for code in comment.codes if self.known(code.name) and self.speaks(code.name)]
            unused = [code for code in judged if code.name not in active.used]
            if not unused:
                continue
            names = ", ".join(code.name for code in unused)
            message = f"unused suppression: {names} finds nothing here"
            kept = [code.name for code in comment.codes if code not in unused]
            yield (
                comment,
                Finding(
                    "X901", self.level("X901"), comment.start, comment.end, message, _removal(comment, kept)
                ),
            )

    def _finding(self, code: str, comment: Comment, message: str) -> Finding:
        return Finding(code, self.level(code), comment.start, comment.end, message)


def _removal(comment: Comment, kept: list[str]) -> Fix:
    """Return the safe fix that drops the unused codes, or the whole comment with the blanks before it."""
    if kept:
        first, last = comment.codes[0], comment.codes[-1]
        return Fix("drop the unused codes", (Edit(first.start, last.end, ", ".join(kept)),), safe=True)
    start = len(comment.source[: comment.start].rstrip(" \t"))
    return Fix("remove the comment", (Edit(start, comment.end, ""),), safe=True)
