"""Canonical JSON (RFC 8785): one value, one sequence of bytes, so that a hash means one text.

Signed content holds no floats at all (numbers are decimal strings), so that no two readers can
disagree about rounding. Reading is strict: bytes that are not their own canonical form are refused.
"""

from __future__ import annotations

import json
from typing import Never

import rfc8785
from pydantic import JsonValue

MAX_BYTES = 256 * 1024
"""The largest core or body, in bytes. A longer text is refused with an error, never cut."""


LARGEST_INTEGER = 2**53 - 1


class NotCanonical(ValueError):
    """The bytes are no canonical JSON: the message says in a few words what is wrong."""


def encode(value: JsonValue, *, limit: int = MAX_BYTES) -> bytes:
    """Return the canonical bytes of `value`.

    Raises NotCanonical for what has no canonical form here: floats, integers beyond 2^53, lone
    surrogates, keys that are no strings, or more than `limit` bytes.
    """
    _refuse_floats(value)
    try:
        data = rfc8785.dumps(value)
    except (ValueError, RecursionError) as error:
        raise NotCanonical(f"no canonical form: {type(error).__name__}") from None
    return _within(data, limit)


def decode(data: bytes, *, limit: int = MAX_BYTES) -> JsonValue:
    """Read canonical JSON bytes. Raises NotCanonical unless `data` is its own canonical form.

    Duplicate keys, NaN and infinities, floats, other spellings of the same value (spaces, escapes,
    key order), invalid UTF-8, too deep nesting and more than `limit` bytes are all refused.
    """
    _within(data, limit)
    try:
        text = data.decode("utf-8")
        value: JsonValue = _READER.decode(text)
        same = _WRITER.encode(value) == text
    except NotCanonical:
        raise
    except (ValueError, RecursionError) as error:
        raise NotCanonical(f"not readable as JSON: {type(error).__name__}") from None
    if not same:
        raise NotCanonical("not in its canonical form")
    return value


def written_again(value: JsonValue, *, limit: int = MAX_BYTES) -> bytes:
    """Return the canonical bytes of a value that `decode` has read, or of a part of it.

    The same as `encode`, many times quicker: what was read is known to have a canonical form, and its
    keys stand in order. Raises NotCanonical for more than `limit` bytes.
    """
    return _within(_WRITER.encode(value).encode("utf-8"), limit)


def _within(data: bytes, limit: int) -> bytes:
    if len(data) > limit:
        raise NotCanonical(f"{len(data)} bytes, at most {limit} are allowed")
    return data


def _in_order(pairs: list[tuple[str, JsonValue]]) -> dict[str, JsonValue]:
    """Take the members of an object: each key once, in the order of their UTF-16 code units."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise NotCanonical("a key stands twice in one object")
    keys = list(found)
    plain = "".join(keys).isascii()  # then code points and code units have one order
    if keys != (sorted(keys) if plain else sorted(keys, key=lambda key: key.encode("utf-16-be"))):
        raise NotCanonical("not in its canonical form")
    return found


def _integer(literal: str) -> int:
    number = int(literal)
    if abs(number) > LARGEST_INTEGER:
        raise NotCanonical("an integer beyond 2^53")
    return number


def _refuse(literal: str) -> Never:
    raise NotCanonical("a number that is no plain integer")


_READER = json.JSONDecoder(
    object_pairs_hook=_in_order, parse_int=_integer, parse_constant=_refuse, parse_float=_refuse
)
_WRITER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False)
"""Writes what was read as RFC 8785 does: integers and strings have one spelling, and the order is kept."""


def _refuse_floats(value: JsonValue) -> None:
    match value:
        case float():
            raise NotCanonical("a floating-point number; use a decimal string")
        case dict():
            for inner in value.values():
                _refuse_floats(inner)
        case list():
            for inner in value:
                _refuse_floats(inner)
