"""From bytes to lines: UTF-8 read strictly, one line at a time, with words for what is not text."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from coach_assist.checker.inputs.items import LONGEST_ITEM, Line, Unreadable

_BOM = b"\xef\xbb\xbf"
_OTHER_ENCODINGS = ((b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16"))


def read_lines(readline: Callable[[int], bytes]) -> Iterator[Line | Unreadable]:
    """Yield the lines of a source, or an `Unreadable` for each line that is not UTF-8 text.

    `readline(limit)` returns at most `limit` bytes up to and including the next newline, b"" at the
    end. Lines end at LF or CRLF; a byte order mark is dropped. After bytes of UTF-16 nothing more is
    read, because no line of it could be.
    """
    number = 0
    while raw := readline(LONGEST_ITEM + 1):
        number += 1
        if number == 1:
            for mark, name in _OTHER_ENCODINGS:
                if raw.startswith(mark):
                    yield Unreadable(1, f"this is {name}, not UTF-8; save it as UTF-8")
                    return
            raw = raw.removeprefix(_BOM)
        if len(raw) > LONGEST_ITEM and not raw.endswith(b"\n"):
            while raw and not raw.endswith(b"\n"):
                raw = readline(LONGEST_ITEM + 1)
            yield Unreadable(number, f"the line is longer than {LONGEST_ITEM // 1024} KiB")
            continue
        yield decoded(number, raw)


def decoded(number: int, raw: bytes) -> Line | Unreadable:
    """Return one line of bytes as text, without its line end, or why it is not text."""
    raw = raw.removesuffix(b"\n").removesuffix(b"\r")
    if b"\0" in raw:
        return Unreadable(number, "the line holds NUL bytes: this looks like a binary file, not text")
    try:
        return Line(number, raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        byte = raw[error.start]
        return Unreadable(number, f"byte {error.start + 1} of the line (0x{byte:02x}) is not UTF-8")
