"""Sealing a file to the people who may open it (age format; the `age` tool opens it too)."""

from __future__ import annotations

from collections.abc import Sequence

from coach_assist.errors import Refused, UsageError


def seal(data: bytes, recipients: Sequence[str]) -> bytes:
    """Return `data` sealed to age recipients. Raises UsageError where one of them is no recipient."""
    import pyrage

    try:
        keys = [pyrage.x25519.Recipient.from_str(one) for one in recipients]
    except pyrage.RecipientError:
        raise UsageError("A sealing key is not readable.", next_step="Ask for a new contact card.") from None
    return bytes(pyrage.encrypt(data, keys))


def unseal(data: bytes, identity: str) -> bytes:
    """Return what was sealed. Raises Refused where this identity cannot open it, or it was changed."""
    import pyrage

    try:
        return bytes(pyrage.decrypt(data, [pyrage.x25519.Identity.from_str(identity)]))
    except (pyrage.DecryptError, pyrage.IdentityError):
        raise Refused(
            "This file is not sealed to these keys, or it was changed on the way.",
            kept="Nothing of it was applied.",
            next_step="Ask for it once more, sealed to your contact card.",
        ) from None
