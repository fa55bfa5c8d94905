"""Limits for what comes from outside, checked while reading, before anything large is built.

An archive is measured by the bytes that really come out of it, never by what its directory says.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from pathlib import Path

from coach_assist.exchange.readers.document import ReadFault

MIB = 1024 * 1024
MOST_BYTES = 20 * MIB
"""The largest file that is opened at all (Word and PDF hold pictures)."""
MOST_TEXT = 2 * MIB
"""The largest text: a plan of a thousand pages."""
MOST_MEMBERS = 2000
MOST_UNPACKED = 64 * MIB
MOST_PART = 24 * MIB
"""Bytes of the one part that is read, unpacked."""
WORST_RATIO = 150
"""Unpacked to packed bytes; word processors reach about 20, bombs a thousand."""
MOST_BLOCKS = 20_000
MOST_LINES = 20_000
MOST_COLUMNS = 500
MOST_DEPTH = 100
"""Nesting of XML elements that a word processor writes stays far below."""
_BAD_NAME = re.compile(r"^[/\\]|^[A-Za-z]:|\\|(?:^|/)\.\.(?:/|$)|[\x00-\x1f\x7f]")


def read_bytes(path: Path) -> bytes:
    """Return what a file holds. Raises ReadFault where it cannot be read, is no file, or is too large."""
    try:
        if not path.is_file():
            # A pipe or a device may never end.
            raise ReadFault("this is no file" if path.exists() else "there is no such file")
        with path.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise ReadFault(f"cannot be read: {error.strerror or error}") from None
    if len(data) > MOST_BYTES:
        raise ReadFault(
            f"larger than {MOST_BYTES // MIB} MiB",
            next_step="Save it without pictures, or as text.",
        )
    return data


def decoded(data: bytes) -> str:
    """Return `data` as text. Raises ReadFault for what is too large, not UTF-8, or no text at all."""
    if len(data) > MOST_TEXT:
        raise ReadFault(f"larger than {MOST_TEXT // MIB} MiB of text", next_step="Split it.")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise ReadFault("this is UTF-16 text", next_step="Save it as UTF-8.")
    if b"\0" in data:
        raise ReadFault("it holds NUL bytes: this is no text", next_step="Save it as .docx, .md or .txt.")
    try:
        text = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
    except UnicodeDecodeError as error:
        raise ReadFault(f"byte {error.start + 1} is not UTF-8 text", next_step="Save it as UTF-8.") from None
    if not text.strip():
        raise ReadFault("it is empty")
    if text.count("\n") > MOST_LINES:
        raise ReadFault(f"it has more than {MOST_LINES} lines", next_step="Split it.")
    if text.count("|") > MOST_COLUMNS and any(line.count("|") > MOST_COLUMNS for line in text.split("\n")):
        raise ReadFault(f"it has a table of more than {MOST_COLUMNS} columns")
    return text


def part_of_archive(data: bytes, wanted: tuple[str, ...]) -> dict[str, bytes]:
    """Return the wanted members of a zip archive that are there; all of it is measured first.

    Raises ReadFault for an archive that is damaged, encrypted, too large unpacked, has too many members,
    or members with names that lead out of it.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if len(members) > MOST_MEMBERS:
                raise ReadFault(f"the archive has more than {MOST_MEMBERS} parts")
            names = [member.filename for member in members]
            if len(set(names)) < len(names):
                raise ReadFault("the archive holds two parts of one name")
            found: dict[str, bytes] = {}
            total = 0
            for member in members:
                if _BAD_NAME.search(member.filename):
                    raise ReadFault("the archive names a part outside itself")
                if member.flag_bits & 0x1:
                    raise ReadFault("it is encrypted", next_step="Save it without a password.")
                keep = member.filename in wanted
                size, content = _measured(archive, member, MOST_UNPACKED - total, keep=keep)
                total += size
                if keep:
                    found[member.filename] = content
            return found
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError) as error:
        raise ReadFault(f"the archive is damaged ({type(error).__name__})") from None


def _measured(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, left: int, *, keep: bool
) -> tuple[int, bytes]:
    """Unpack a member in pieces, counting. Raises ReadFault as soon as it is too much."""
    most_by_ratio = max(WORST_RATIO * max(member.compress_size, 1), MIB)
    size = 0
    pieces: list[bytes] = []
    with archive.open(member) as stream:
        while piece := stream.read(64 * 1024):
            size += len(piece)
            if size > left or size > most_by_ratio or (keep and size > MOST_PART):
                raise ReadFault(
                    "it unpacks to far more than a document holds (a zip bomb?)",
                    next_step="Open it in a word processor that you trust to be isolated, and save it anew.",
                )
            if keep:
                pieces.append(piece)
    return size, b"".join(pieces)
