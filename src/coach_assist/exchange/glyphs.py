"""Characters that no font at hand can show: found, and written as their code, so that none vanishes.

The fonts within the typesetter cover Latin, Greek, Cyrillic, Hebrew, Arabic and the usual signs. Where a
text needs more, the fonts of this machine are asked; what they cannot show either stands as [U+4E2D].
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from coach_assist.shown import safe_text

_REFUSED = re.compile(r"the text `(.*?)` could not be displayed", re.DOTALL)
_ESCAPE = re.compile(r"\\u\{([0-9a-fA-F]{1,6})\}|\\(.)", re.DOTALL)
_COMMON = re.compile(r"[\x20-\x7e\n\xa0-\u024f\u200b-\u200d\ufe0e\ufe0f]")
"""What the typesetter's own fonts show, or what is not seen anyway."""


def refused_text(message: str) -> str:
    """Return the text that an error of the typesetter says no font can show; "" for any other error."""
    found = _REFUSED.search(message)
    if found is None:
        return ""
    quoted = found[1].strip('"')
    return _ESCAPE.sub(lambda one: chr(int(one[1], 16)) if one[1] else one[2], quoted)


def unusual(texts: Iterable[str]) -> list[str]:
    """Return the characters in `texts` that a font may lack, each once, sorted."""
    return sorted({one for text in texts for one in _COMMON.sub("", text)})


def not_shown(characters: Sequence[str], lines: Sequence[str]) -> frozenset[str]:
    """Return the characters whose line in a page set from probe.typ has a glyph that stands for no text."""
    pairs = zip(characters, lines, strict=False)
    return frozenset(one for one, line in pairs if "\x00" in line and one not in line)


def code_of(character: str) -> str:
    """Return a character as its code: [U+4E2D]."""
    return f"[U+{ord(character):04X}]"


def remark_on(missing: frozenset[str]) -> str:
    """Return what somebody who passes a PDF on should know of the characters that it cannot show."""
    few = ", ".join(f"{safe_text(one, one_line=True)} {code_of(one)}" for one in sorted(missing)[:5])
    more = f" and {len(missing) - 5} more" if len(missing) > 5 else ""
    return (
        f"No font on this machine shows {len(missing)} of its characters ({few}{more}); in the PDF they "
        "stand as their codes. Install a font that has them, or save as Word or Markdown."
    )
