"""Where the strings of a JSON text stand in it, which the standard library's parser does not tell."""

from __future__ import annotations

import re

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+', re.DOTALL)
_SURROGATES = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}")
Path = tuple[str | int, ...]


def string_places(text: str) -> dict[Path, int]:
    """Return, for each string value of a valid JSON text, the index of its opening quote.

    Keys are paths of member names and array indexes from the top. Of members with one name the last
    counts, as for the parser. Linear in the length; nesting is held in a list, not on the stack.
    """
    import json

    places: dict[Path, int] = {}
    path: list[str | int] = []
    in_object: list[bool] = []
    expect_key = False
    for match in _TOKEN.finditer(text):
        piece = match[0]
        if piece[0] == '"':
            if expect_key:
                path[-1] = json.loads(piece, strict=False)
                expect_key = False
            else:
                places[tuple(path)] = match.start()
        elif piece in "{[":
            in_object.append(piece == "{")
            path.append("" if piece == "{" else 0)
            expect_key = piece == "{"
        elif piece in "}]":
            in_object.pop()
            path.pop()
            expect_key = False
        elif piece == ",":
            last = path[-1]
            if in_object[-1]:
                expect_key = True
            elif isinstance(last, int):
                path[-1] = last + 1
    return places


def source_column(source: str, quote: int, offset: int) -> int:
    """Return the index in `source` of character `offset` of the JSON string whose quote is at `quote`.

    A `quote` of -1 stands for the member "text" of the object that `source` is.
    """
    if quote < 0:
        quote = string_places(source).get(("text",), 0)
    index = quote + 1
    for _ in range(offset):
        if index >= len(source) or source[index] == '"':
            break
        if source[index] != "\\":
            index += 1
        elif source[index + 1 : index + 2] != "u":
            index += 2
        else:
            # A pair of surrogate escapes is one character of the text.
            index += 12 if _SURROGATES.match(source, index) else 6
    return index
