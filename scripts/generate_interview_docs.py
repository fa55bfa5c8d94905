"""Write the tables of docs/answers.md and docs/settings.md that come from the code.

Each table stands between its heading row and the next blank line. A test holds them current.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from coach_assist.interview.questions import all_questions
from coach_assist.workspace.settings import Settings, known_settings, load_settings, variable_of

DOCS = Path(__file__).resolve().parent.parent / "docs"
TYPES = {
    "name": "a name",
    "text": "a text",
    "date": "a date",
    "length": "a date or a length",
    "list": "a text, or a list of texts",
}


def question_rows() -> list[str]:
    """Return the rows of the table of questions."""
    return [
        f"| `{asked.id}` | {'yes' if asked.required else ''} | {asked.max_length:,} | "
        f"{'both paths' if asked.path == 'short' else 'the full path'} | {TYPES[asked.type]} |"
        for asked in all_questions()
    ]


def setting_rows() -> list[str]:
    """Return the rows of the table of settings."""
    defaults = load_settings({"COACH_ASSIST_HOME": "/nonexistent"})
    rows = []
    for key, doc, _ in known_settings():
        value: object = defaults
        for part in key.split("."):
            value = getattr(value, part)
        rows.append(f"| `{key}` | {'' if value is None else f'`{value}`'} | `{variable_of(key)}` | {doc} |")
    keymap = " ".join((Settings.model_fields["keymap"].description or "").split())
    return [*rows, f"| `keymap` | | | {keymap} |"]


def documents() -> dict[Path, str]:
    """Return what each page must hold."""
    return {
        DOCS / "answers.md": _with_rows(DOCS / "answers.md", question_rows()),
        DOCS / "settings.md": _with_rows(DOCS / "settings.md", setting_rows()),
    }


def _with_rows(path: Path, rows: list[str]) -> str:
    text = path.read_text(encoding="utf-8")
    return re.sub(
        r"(?<=\n\|---)(.*\n)(?:\|.*\n)*", lambda match: match[1] + "\n".join(rows) + "\n", text, count=1
    )


def main() -> int:
    """Write the pages; with --check only say which are not current, and return 1 if any is not."""
    old = {page: text for page, text in documents().items() if page.read_text(encoding="utf-8") != text}
    if "--check" not in sys.argv:
        for page, text in old.items():
            page.write_text(text, encoding="utf-8")
    print(*(page.name for page in old), "changed" if old else "current")
    return int("--check" in sys.argv and bool(old))


if __name__ == "__main__":
    sys.exit(main())
