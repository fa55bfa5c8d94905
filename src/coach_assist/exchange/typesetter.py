"""The typesetter (Typst, extra `pdf`): templates of ours and data in, PDF out. No network, no user's code."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from coach_assist.errors import Refused
from coach_assist.exchange.extras import needs_extra
from coach_assist.exchange.glyphs import not_shown, refused_text

FOLDER = Path(__file__).with_name("typeset")


@dataclass(frozen=True, slots=True)
class NotShown:
    """The text that no font can show; nothing was set."""

    text: str


class Typesetter:
    """Sets pages with the typesetter's own fonts, or with those of this machine too."""

    def __init__(self, moment: datetime, *, own_fonts_only: bool) -> None:
        """`moment` is the date that the PDFs bear. Raises UsageError without the extra `pdf`."""
        with needs_extra("pdf", "typst"):
            import typst
        self._compile: Any = typst.compile
        self._fonts: Any = typst.Fonts(include_system_fonts=not own_fonts_only)
        self._moment = moment

    def page(self, data: dict[str, Any], scale: float) -> bytes | NotShown:
        """Return the page as PDF/A-2b; NotShown where a character has no glyph. Raises Refused."""
        inputs = {"page": json.dumps(data), "scale": str(scale)}
        return self._set("page.typ", inputs, standard="a-2b")

    def without_glyph(self, characters: list[str]) -> frozenset[str]:
        """Return those of `characters` that no font shows, as far as one look can tell. Raises Refused."""
        probed = self._set("probe.typ", {"page": json.dumps(characters)}, standard=[])
        assert isinstance(probed, bytes)
        return not_shown(characters, "\n".join(_texts(probed)).split("\n"))

    def _set(self, template: str, inputs: dict[str, str], *, standard: str | list[str]) -> bytes | NotShown:
        try:
            made = self._compile(
                _source(template),
                format="pdf",
                root=str(FOLDER),
                sys_inputs=inputs,
                font_paths=self._fonts,
                pdf_standards=standard,
                timestamp=self._moment,
            )
        except RuntimeError as error:  # the typesetter's own errors are RuntimeErrors
            if found := refused_text(str(error)):
                return NotShown(found)
            raise Refused(
                "The page could not be set in type.",
                kept="The plan is as it was; nothing was written.",
                next_step="Save it as Markdown or Word, and report this.",
            ) from None
        assert isinstance(made, bytes)
        return made


def page_count(content: bytes) -> int:
    """Return how many pages a PDF has."""
    return len(_texts(content, count_only=True))


def _texts(content: bytes, *, count_only: bool = False) -> list[str]:
    with needs_extra("pdf", "pypdf"):
        from pypdf import PdfReader
    pages = PdfReader(io.BytesIO(content)).pages
    return ["" if count_only else page.extract_text() for page in pages]


@cache
def _source(template: str) -> bytes:
    return (FOLDER / template).read_bytes()
