"""Reading answers line by line: no cursor movement, no line editor, commands that begin with a colon.

Bytes are read as they come, so that a screen reader hears each line once and a pipe works as well as a
terminal.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field

import click

COMMANDS = {
    "back": "go back to the question before",
    "skip": "leave this question unanswered for now",
    "edit": "write the answer in your editor (EDITOR), good for long ones",
    "show": "show what is answered so far",
    "go": "go to a question by its name or number, such as :go goal or :go 9",
    "full": "ask the additional questions too; :short asks the shortest path",
    "short": "ask the shortest path only",
    "leave": "leave; everything is kept, and the interview can be taken up again",
    "help": "show this",
}
_COMMAND = re.compile(r"^:([A-Za-z]+)(?:\s+(\S.*?))?\s*$")
_TERMINAL_LINE = 4095
"""A terminal hands over at most this many bytes of one line, and drops the rest without a word."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What came in: a text, and the command that ended it ("" for a plain answer, "end" at the end)."""

    text: str
    command: str = ""
    argument: str = ""


@dataclass(slots=True)
class LineReader:
    """Reads answers from standard input. `unfinished` holds the lines of an answer not ended yet."""

    unfinished: list[str] = field(default_factory=list)
    commands: Mapping[str, str] = field(default_factory=lambda: COMMANDS)
    """Command → what it does; only these are known."""

    def read(self, *, many: bool) -> Typed:
        """Return the next answer: one line, or with `many` all lines up to an empty one.

        A line that begins with two colons is text that begins with one.
        """
        self.unfinished.clear()
        while True:
            line = self._line()
            if line is None:
                return self._typed("" if self.unfinished else "end")
            if (match := _COMMAND.match(line)) and not line.startswith("::"):
                name = match[1].lower()
                if name in self.commands:
                    return self._typed(name, match[2] or "")
                click.echo(
                    f"There is no command :{name}; :help lists them. (:: begins a text with “:”.)", err=True
                )
                continue
            if line.startswith("::"):
                line = line[1:]
            if many and line.strip():
                self.unfinished.append(line)
                continue
            if not many:
                self.unfinished.append(line)
            return self._typed("")

    def _typed(self, command: str, argument: str = "") -> Typed:
        text = "\n".join(self.unfinished)
        self.unfinished.clear()
        return Typed(text, command, argument)

    def _line(self) -> str | None:
        while True:
            click.echo("> ", nl=False, err=True)
            raw = sys.stdin.buffer.readline()
            if not raw:
                click.echo("", err=True)
                return None
            if sys.stdin.isatty() and len(raw) >= _TERMINAL_LINE:
                click.echo("That line may have been cut by the terminal: see :show, or use :edit.", err=True)
            try:
                return raw.decode("utf-8").removesuffix("\n").removesuffix("\r")
            except UnicodeDecodeError:
                click.echo("That line is not UTF-8 text and was not taken; type it again.", err=True)
