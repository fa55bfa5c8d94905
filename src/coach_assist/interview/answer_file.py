"""From the bytes of an answer file to data: size, encoding, JSON or TOML, doubled keys."""

from __future__ import annotations

import codecs
import json
import re
import sys
import tomllib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from coach_assist.errors import UsageError
from coach_assist.shown import shortened

LARGEST_BYTES = 1024 * 1024
"""The largest answer file that is read: 1 MiB."""

_LONG_KEY = re.compile(r"(?<![\w\"'.-])(?:[\w\"'-]++[ \t]*+\.[ \t]*+){200}")
Failure = Callable[[str, Iterable[str]], UsageError]


def name_of(source: Path | str | bytes) -> str:
    """Return how a source is called in messages."""
    if isinstance(source, bytes):
        return "answers"
    return "standard input" if source == "-" else str(source)


def read_bytes(source: Path | str | bytes, name: str) -> bytes:
    """Return at most one byte more than is taken, of a file, standard input ("-") or bytes.

    Raises UsageError where the file cannot be read.
    """
    if isinstance(source, bytes):
        return source
    if source == "-":
        return sys.stdin.buffer.read(LARGEST_BYTES + 1)
    try:
        with Path(source).open("rb") as file:
            return file.read(LARGEST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UsageError(
            f"{shortened(name, 200)} cannot be read: {reason}", next_step="Check the name of the file."
        ) from None


def parse_text(content: bytes, name: str, failure: Failure) -> tuple[object, list[str]]:
    """Return the data of a JSON or TOML file, and the faults found on the way that do not stop reading.

    A name that ends in .json or .toml says which it is; else a leading `{` means JSON. Raises `failure`
    (built from the name and the faults) where there is no data at all.
    """
    text, problem = _decoded(content)
    if problem:
        raise failure(name, [problem])
    ending = Path(name).suffix.lower()
    is_json = ending == ".json" or (ending != ".toml" and text.lstrip().startswith("{"))
    try:
        return _from_json(text) if is_json else (_from_toml(text), [])
    except RecursionError:
        raise failure(name, ["is nested too deeply; answers are one table of texts"]) from None
    except ValueError as error:
        kind = "JSON" if is_json else "TOML"
        said = str(error)
        if "integer string conversion" in said:
            said = "it holds a number with thousands of digits"
        raise failure(name, [f"is not valid {kind}: {shortened(said, 300)}"]) from None


def _decoded(content: bytes) -> tuple[str, str]:
    if len(content) > LARGEST_BYTES:
        return "", "is larger than 1 MiB (1,048,576 bytes); an interview is a few thousand"
    if content.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "", "begins with a byte order mark; save it as plain UTF-8, without one"
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return "", f"is not UTF-8 text: line {line}, byte {error.start + 1} of the file"
    return text, "" if text.strip() else "is empty"


def _from_json(text: str) -> tuple[object, list[str]]:
    problems: list[str] = []

    def pairs(entries: list[tuple[str, Any]]) -> dict[str, Any]:
        seen: set[str] = set()
        for key, _ in entries:
            if key in seen:
                problems.append(f"{shortened(key, 60)}: stands there twice; say it once")
            seen.add(key)
        return dict(entries)

    data: object = json.loads(text, object_pairs_hook=pairs)
    return data, list(dict.fromkeys(problems))


def _from_toml(text: str) -> dict[str, Any]:
    # tomllib takes time that grows with the square of a key's length in parts.
    if _LONG_KEY.search(text):
        raise RecursionError
    return tomllib.loads(text)
