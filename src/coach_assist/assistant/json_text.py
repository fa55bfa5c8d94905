"""Finding the JSON in an answer that has more than JSON: thoughts before it, fences, a second object."""

from __future__ import annotations

import json
import re

_THOUGHTS = re.compile(r"<think(?:ing)?>.*?</think(?:ing)?>", re.DOTALL | re.IGNORECASE)
MOST_STARTS = 500
"""Brackets looked at: an answer that is nothing but brackets must not cost seconds."""

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
    tries = MOST_STARTS
    while tries and (match := _START.search(text, position)):
        tries -= 1
        try:
            _, end = decoder.raw_decode(text, match.start())
        except (ValueError, RecursionError):
            position = match.end()
            continue
        found, position = text[match.start() : end], end
    return found
