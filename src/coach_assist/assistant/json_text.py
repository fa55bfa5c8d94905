"""Finding the JSON in an answer that has more than JSON: thoughts before it, fences, a second object."""

from __future__ import annotations

import json
import re

_THOUGHTS = re.compile(r"<think(?:ing)?>.*?</think(?:ing)?>", re.DOTALL | re.IGNORECASE)
_START = re.compile(r"[{\[]")


def json_text(text: str) -> str:
    """Return the last whole JSON object or array in `text`, as it stands there; "" if there is none.

    The last, since a model that thinks aloud, or repeats what it was given, does so before it answers.
    Objects inside the one returned do not count.
    """
    text = _THOUGHTS.sub("", text)
    decoder = json.JSONDecoder()
    found = ""
    position = 0
    while match := _START.search(text, position):
        try:
            _, end = decoder.raw_decode(text, match.start())
        except (ValueError, RecursionError):
            position = match.end()
            continue
        found, position = text[match.start() : end], end
    return found
