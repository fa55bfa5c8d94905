"""Signs before a line that say what it is: ✅ done, 🚧 in the way, 👉 to do, ❓ asked, 💡 an idea."""

from __future__ import annotations

import re

from coach_assist.assistant.notes.headings import Sense

_SIGNS: dict[str, Sense] = {
    "✅☑✔🏆🥇🎯🟢": "achievement",
    "🚧⛔❌🛑⚠🚫🔴🧱🐌": "obstacle",
    "👉➡▶📌🔜📝": "action",
    "❓❔⁉": "question",
    "💡🔄🔁": "adjustment",
    "💬🗣🙌👏": "feedback",
    "📈📊🟡⏳": "progress",
}
_BY_SIGN: dict[str, Sense] = {sign: sense for signs, sense in _SIGNS.items() for sign in signs}
_FIRST = re.compile(rf"^\s*(?:[-*+•]\s+)?(?P<sign>[{''.join(_BY_SIGN)}])\ufe0f?\s*(?=\S)")


def sign_of(given: str) -> Sense:
    """Return what the sign at the beginning of a line says of it, "" where there is none that is known."""
    match = _FIRST.match(given[:80])
    return _BY_SIGN[match["sign"]] if match else ""
