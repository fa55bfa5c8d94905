"""SARIF 2.1.0 (OASIS), for code-scanning pages. One run; results stream, the tool's rules come after."""

from __future__ import annotations

import json
import os
from typing import TextIO
from urllib.parse import quote

from coach_assist import __version__
from coach_assist.checker.assess import Checked
from coach_assist.checker.inputs.items import Item, Unreadable
from coach_assist.checker.outputs.tally import Tally
from coach_assist.checker.outputs.text import shown_line
from coach_assist.checker.reports import Finding, Fix

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
NOTIFICATIONS = 1000
"""Unreadable lines reported one by one; the rest are counted in a last notification."""
_dumps = json.JSONEncoder(ensure_ascii=True).encode


class SarifWriter:
    """Prints one SARIF log. Columns count Unicode code points, from 1; a region's end is exclusive."""

    def __init__(self, out: TextIO) -> None:
        from coach_assist.checker.registry import rules

        self._out = out
        self._rules = rules()
        self._index = {rule.code: index for index, rule in enumerate(self._rules)}
        self._uri = ""
        self._results = 0
        self._notifications: list[dict[str, object]] = []
        self._more = 0
        out.write(f'{{"$schema": {_dumps(SCHEMA)}, "version": "2.1.0", "runs": [{{')
        out.write('"columnKind": "unicodeCodePoints", "results": [')

    def begin(self, name: str) -> None:
        self._uri = "stdin" if name == "-" else file_uri(name)

    def pip(self, signs: tuple[str, ...]) -> None:
        said = ", ".join(f"“{shown_line(sign)}”" for sign in signs[:3])
        self._notify("warning", 1, f"this reads as a performance improvement plan ({said})")

    def checked(self, checked: Checked) -> None:
        for finding in checked.findings:
            self._out.write((",\n" if self._results else "\n") + _dumps(self._result(checked.item, finding)))
            self._results += 1

    def unreadable(self, fault: Unreadable) -> None:
        self._notify("error", fault.line, f"cannot be read: {shown_line(fault.error)}")

    def end(self) -> None:
        """Nothing."""

    def finish(self, tally: Tally) -> None:
        if self._more:
            text = f"{self._more} more lines cannot be read"
            self._notifications.append({"level": "error", "message": {"text": text}})
        invocation = {
            "executionSuccessful": not tally.unreadable,
            "toolExecutionNotifications": self._notifications,
        }
        driver = {
            "name": "coach-assist",
            "semanticVersion": __version__,
            "version": __version__,
            "rules": [
                {
                    "id": rule.code,
                    "name": "".join(part.capitalize() for part in rule.name.replace("_", "-").split("-")),
                    "shortDescription": {"text": shown_line(rule.what)},
                    "fullDescription": {"text": shown_line(rule.why)},
                    "help": {"text": f"coach-assist rules {rule.code}"},
                    "defaultConfiguration": {"level": rule.level, "enabled": rule.on_by_default},
                }
                for rule in self._rules
            ],
        }
        self._out.write(f'], "invocations": [{_dumps(invocation)}], ')
        self._out.write(f'"tool": {{"driver": {_dumps(driver)}}}}}]}}\n')

    def _notify(self, level: str, line: int, text: str) -> None:
        if len(self._notifications) >= NOTIFICATIONS:
            self._more += 1
            return
        place = {"artifactLocation": {"uri": self._uri}, "region": {"startLine": line}}
        self._notifications.append(
            {"level": level, "message": {"text": text}, "locations": [{"physicalLocation": place}]}
        )

    def _result(self, item: Item, finding: Finding) -> dict[str, object]:
        result: dict[str, object] = {
            "ruleId": finding.code,
            "level": finding.level,
            "message": {"text": shown_line(finding.message)},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": self._uri},
                        "region": region(item, finding.start, finding.end),
                    },
                    "logicalLocations": [{"name": shown_line(str(item.id))}],
                }
            ],
        }
        if finding.code in self._index:
            result["ruleIndex"] = self._index[finding.code]
        if finding.fix and finding.fix.edits:
            result["fixes"] = [self._fix(item, finding.fix)]
        return result

    def _fix(self, item: Item, fix: Fix) -> dict[str, object]:
        replacements = []
        for edit in fix.edits:
            text = edit.text
            if item.segment(edit.start).escaped:
                text = json.dumps(text, ensure_ascii=False)[1:-1]
            replacements.append(
                {"deletedRegion": region(item, edit.start, edit.end), "insertedContent": {"text": text}}
            )
        return {
            "description": {"text": shown_line(fix.message)},
            "artifactChanges": [{"artifactLocation": {"uri": self._uri}, "replacements": replacements}],
        }


def region(item: Item, start: int, end: int) -> dict[str, int]:
    """Return the SARIF region of code points `start` to `end` of the item's text, in its source."""
    line, column = item.place(start)
    last_line, last_column = item.end_place(start, end)
    return {"startLine": line, "startColumn": column + 1, "endLine": last_line, "endColumn": last_column + 1}


def file_uri(name: str) -> str:
    """Return a path as a URI reference: relative paths stay relative, other characters are encoded."""
    path = name.replace(os.sep, "/")
    encoded = quote(path, safe="/~", errors="surrogateescape")
    return f"file://{encoded}" if path.startswith("/") else encoded
