"""A passphrase in the operating system's keyring: optional, said by its owner, and easy to take back.

It needs the extra `keyring` and a keyring that is unlocked with the session. Without either the
passphrase is asked for, as always. The keys themselves never go there.
"""

from __future__ import annotations

from typing import Any

from coach_assist.errors import Refused, UsageError

SERVICE = "coach-assist"


def remember(fingerprint: str, passphrase: str) -> None:
    """Keep a passphrase in the system's keyring.

    Raises UsageError without the extra, Refused without a keyring.
    """
    keyring = _keyring()
    try:
        keyring.set_password(SERVICE, fingerprint, passphrase)
    except keyring.errors.KeyringError as error:
        raise Refused(
            f"This system has no keyring that can be used ({type(error).__name__}).",
            kept="The passphrase is asked for, as before.",
        ) from None


def remembered(fingerprint: str) -> str | None:
    """Return a kept passphrase; None without one, without the extra or without a usable keyring."""
    try:
        keyring = _keyring()
    except UsageError:
        return None
    try:
        found = keyring.get_password(SERVICE, fingerprint)
    except keyring.errors.KeyringError:
        return None
    return found if isinstance(found, str) else None


def forget(fingerprint: str) -> bool:
    """Take a passphrase out of the keyring; return whether there was one. Raises Refused."""
    if remembered(fingerprint) is None:
        return False
    keyring = _keyring()
    try:
        keyring.delete_password(SERVICE, fingerprint)
    except keyring.errors.KeyringError as error:
        raise Refused(f"The keyring does not give it up ({type(error).__name__}).") from None
    return True


def _keyring() -> Any:
    try:
        import keyring
    except ImportError:
        raise UsageError(
            "The system's keyring needs one more package.",
            kept="The passphrase is asked for, as before.",
            next_step="Install it: pip install 'coach-assist[keyring]'",
        ) from None
    return keyring
