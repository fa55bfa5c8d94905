"""Annotations of a GitHub workflow: one `::error …::message` line a finding."""

from __future__ import annotations

from typing import TextIO

from coach_assist.checker.assess import Checked
from coach_assist.checker.inputs.items import Unreadable
from coach_assist.checker.outputs.tally import Tally
from coach_assist.checker.outputs.text import shown_line

_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}


def escaped(text: str) -> str:
    """Return a message as a workflow command's data: percent signs and line ends encoded."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def escaped_property(text: str) -> str:
    """Return a property's value: as a message, and colons and commas encoded, which divide properties."""
    return escaped(text).replace(":", "%3A").replace(",", "%2C")


class GithubWriter:
    """Prints workflow commands. A text cannot begin a command of its own: line ends are encoded."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._name = ""

    def begin(self, name: str) -> None:
        self._name = "stdin" if name == "-" else name

    def pip(self, signs: tuple[str, ...]) -> None:
        said = ", ".join(f"“{shown_line(sign)}”" for sign in signs[:3])
        self._command("warning", 1, 1, "PIP", f"this reads as a performance improvement plan ({said})")

    def checked(self, checked: Checked) -> None:
        for finding in checked.findings:
            line, column = checked.item.place(finding.start)
            self._command(
                _COMMANDS[finding.level], line, column + 1, finding.code, shown_line(finding.message)
            )

    def unreadable(self, fault: Unreadable) -> None:
        self._command("error", fault.line, 1, "unreadable", f"cannot be read: {shown_line(fault.error)}")

    def end(self) -> None:
        """Nothing."""

    def finish(self, tally: Tally) -> None:
        """Nothing."""

    def _command(self, command: str, line: int, column: int, title: str, message: str) -> None:
        file = escaped_property(shown_line(self._name))
        self._out.write(
            f"::{command} file={file},line={line},col={column},title={escaped_property(title)}::"
            f"{escaped(f'{title} {message}')}\n"
        )
