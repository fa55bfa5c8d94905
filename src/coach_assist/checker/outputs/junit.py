"""JUnit XML for build servers: a test suite a file, a test case an item, a failure for its findings."""

from __future__ import annotations

import io
import re
import tempfile
from typing import IO, TextIO
from xml.sax.saxutils import escape, quoteattr

from coach_assist.checker.assess import Checked
from coach_assist.checker.inputs.items import Unreadable
from coach_assist.checker.outputs.tally import Tally
from coach_assist.checker.outputs.text import shown_line

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
SPOOLED = 1024 * 1024


def xml_text(text: str) -> str:
    """Return `text` safe to show and without characters that XML 1.0 forbids."""
    return _NOT_XML.sub("\ufffd", shown_line(text))


class JunitWriter:
    """Prints one document. Cases wait in a temporary file, because a suite begins with its counts.

    Findings below error level are told in the case's output and fail nothing.
    """

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._begun = False
        self._name = ""
        self._cases = self._failures = self._errors = 0
        self._spool: IO[str] = io.StringIO()

    def begin(self, name: str) -> None:
        if not self._begun:
            self._out.write('<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="coach-assist">\n')
            self._begun = True
        self._name = "stdin" if name == "-" else xml_text(name)
        self._cases = self._failures = self._errors = 0
        self._spool = tempfile.SpooledTemporaryFile(SPOOLED, "w+", encoding="utf-8")  # noqa: SIM115 - end() closes it

    def pip(self, signs: tuple[str, ...]) -> None:
        """Nothing: L701 findings carry it."""

    def checked(self, checked: Checked) -> None:
        item = checked.item
        name = quoteattr(f"line {item.line}" if isinstance(item.id, int) else xml_text(item.id))
        file = quoteattr(self._name)
        place = f'classname={file} name={name} file={file} line="{item.line}"'
        self._cases += 1
        if not checked.findings:
            self._spool.write(f"    <testcase {place}/>\n")
            return
        failing = [finding for finding in checked.findings if finding.level == "error"]
        lines = []
        for finding in checked.findings:
            line, column = item.place(finding.start)
            lines.append(f"{line}:{column + 1}: {finding.level} {finding.code} {xml_text(finding.message)}")
        body = escape("\n".join(lines))
        self._spool.write(f"    <testcase {place}>\n")
        if failing:
            self._failures += 1
            first = failing[0]
            message = quoteattr(f"{first.code} {xml_text(first.message)}")
            self._spool.write(
                f"      <failure type={quoteattr(first.code)} message={message}>{body}</failure>\n"
            )
        else:
            self._spool.write(f"      <system-out>{body}</system-out>\n")
        self._spool.write("    </testcase>\n")

    def unreadable(self, fault: Unreadable) -> None:
        self._cases += 1
        self._errors += 1
        name = quoteattr(f"line {fault.line}")
        self._spool.write(
            f"    <testcase classname={quoteattr(self._name)} name={name}>\n"
            f'      <error type="unreadable" message={quoteattr(xml_text(fault.error))}/>\n    </testcase>\n'
        )

    def end(self) -> None:
        self._out.write(
            f'  <testsuite name={quoteattr(self._name)} tests="{self._cases}" '
            f'failures="{self._failures}" errors="{self._errors}" skipped="0">\n'
        )
        self._spool.seek(0)
        while piece := self._spool.read(65536):
            self._out.write(piece)
        self._spool.close()
        self._out.write("  </testsuite>\n")

    def finish(self, tally: Tally) -> None:
        if not self._begun:
            self._out.write('<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="coach-assist">\n')
        self._out.write("</testsuites>\n")
