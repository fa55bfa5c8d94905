"""Turns a text that cannot be signed into words for a person."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from pydantic import ValidationError

from coach_assist.errors import UsageError


@contextlib.contextmanager
def signable() -> Iterator[None]:
    """Run a block that makes bodies of events. Raises UsageError where a text has no exact form."""
    try:
        yield
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise UsageError(
            f"This text cannot be signed ({where}: {first['msg']}).",
            kept="Nothing was recorded; the text is kept.",
            next_step="Shorten it, or remove the broken characters.",
        ) from None
