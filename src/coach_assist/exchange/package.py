"""What a sealed file holds: one line that says what it is, and the signed events as text.

The first line may hand a party's key over to its owner: the key that was made on the machine where the
plan opened. It travels only inside the seal.
"""

from __future__ import annotations

from dataclasses import dataclass

from coach_assist.agreement.canonical import NotCanonical, decode, encode
from coach_assist.agreement.faults import Damaged, Fault, NewerVersion
from coach_assist.plan.units import PARTIES, Party

PACKAGE_FORMAT = 1
FIELDS = frozenset({"hands_over", "key", "package", "v"})


@dataclass(frozen=True, slots=True)
class Package:
    """An opened file. `lines` is the history's text, not verified yet."""

    lines: bytes
    hands_over: Party | None
    key: bytes | None
    """The raw secret of the party that is handed over, else None."""

    def __repr__(self) -> str:
        return f"Package({len(self.lines)} bytes, hands over {self.hands_over})"


def pack(lines: bytes, hands_over: Party | None = None, key: bytes | None = None) -> bytes:
    """Return the content of a file that is then sealed."""
    first = encode(
        {
            "hands_over": hands_over,
            "key": None if key is None else key.hex(),
            "package": "coach-assist",
            "v": PACKAGE_FORMAT,
        }
    )
    return first + b"\n" + lines


def unpack(data: bytes) -> Package:
    """Read the content of an unsealed file. Raises Damaged where it is none, NewerVersion."""
    first, _, lines = data.partition(b"\n")
    try:
        head = decode(first)
    except NotCanonical as error:
        raise _no_package(str(error)) from None
    if not isinstance(head, dict) or head.get("package") != "coach-assist":
        raise _no_package("it holds no plan of coach-assist")
    version = head.get("v")
    if type(version) is int and version > PACKAGE_FORMAT:
        raise NewerVersion(f"the file has format {version}", "a version that reads that format")
    party, key = head.get("hands_over"), head.get("key")
    if head.keys() != FIELDS or version != PACKAGE_FORMAT or type(version) is not int:
        raise _no_package("its first line has other fields")
    if (party is None) != (key is None) or party not in (None, *PARTIES):
        raise _no_package("its first line contradicts itself")
    try:
        secret = bytes.fromhex(key) if isinstance(key, str) else None
    except ValueError:
        raise _no_package("its key is no key") from None
    if secret is not None and len(secret) != 32:
        raise _no_package("its key is no key")
    return Package(lines, next((one for one in PARTIES if one == party), None), secret)


def _no_package(words: str) -> Damaged:
    return Damaged((Fault("unreadable", words, None, "line 1"),), source="This file")
