"""The parties' keys on this machine: raw Ed25519 secrets, one private file a party and plan."""

from __future__ import annotations

from pathlib import Path

from coach_assist.agreement.keys import SECRET_BYTES, SigningKey
from coach_assist.errors import Refused
from coach_assist.plan.units import Party
from coach_assist.platform_calls import create_private, private_folder, replace_private


def key_path(folder: Path, plan: str, party: Party) -> Path:
    """Return where a party's key for a plan lies."""
    return folder / f"{plan}.{party}.key"


def make_key(folder: Path, plan: str, party: Party) -> SigningKey:
    """Return the party's key for this plan, made now (0600) where there is none yet. Raises Refused."""
    path = key_path(folder, plan, party)
    if path.exists():
        return read_key(folder, plan, party)
    key = SigningKey.generate()
    try:
        private_folder(folder)
        create_private(path, key.secret())
    except FileExistsError:
        return read_key(folder, plan, party)  # another process made it a moment ago
    except OSError as error:
        raise Refused(
            f"The key for this plan cannot be written ({error.strerror}).",
            kept="Nothing was put forward; the drafts are kept.",
            next_step=f"Make {folder} writable and free some space, then try again.",
        ) from error
    return key


def keep_key(folder: Path, plan: str, party: Party, secret: bytes) -> None:
    """Keep a party's key that came from the machine where the plan opened. Raises Refused."""
    try:
        private_folder(folder)
        replace_private(key_path(folder, plan, party), SigningKey(secret).secret())
    except OSError as error:
        raise Refused(f"The key cannot be written ({error.strerror}).") from error


def read_key(folder: Path, plan: str, party: Party) -> SigningKey:
    """Return the party's key. Raises Refused where it is missing or damaged."""
    path = key_path(folder, plan, party)
    try:
        secret = path.read_bytes()
    except OSError:
        secret = b""
    if len(secret) != SECRET_BYTES:
        raise Refused(
            f"The key of the {party.replace('_', ' ')} for this plan is missing or damaged on this machine.",
            kept="The plan is kept and can be read.",
            next_step=f"Restore {path} from a backup: without it nothing can be decided for this party here.",
        )
    return SigningKey(secret)
