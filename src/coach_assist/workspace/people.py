"""A person's own keys in one private file, locked with a passphrase.

The file is JSON: a public part (name, signing key, sealing key, how the passphrase is stretched) and a
box with both secrets. Argon2id turns the passphrase into the box's key, ChaCha20-Poly1305 seals it and
vouches for the public part as well, so that nobody can put another name or key beside the box. There is
no recovery: without passphrase and backup the keys are gone.
"""

from __future__ import annotations

import base64
import binascii
import json
import secrets
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import rfc8785
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from coach_assist.agreement.bodies import Name, PublicKey
from coach_assist.agreement.keys import SECRET_BYTES, SigningKey, fingerprint_of
from coach_assist.errors import Refused, UsageError

MEMORY_KIB, PASSES, LANES = 65_536, 3, 1
"""Cost of one guess at a passphrase: 64 MiB, three passes (about a quarter of a second)."""
LARGEST_FILE = 16 * 1024
SHORTEST_PASSPHRASE = 8
"""Characters; a longer one of several words is better."""
SUFFIX = ".person"


class Stretch(BaseModel):
    """How the passphrase is stretched. Bounded, so that a file from elsewhere cannot ask for 1 TiB."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    alg: str = Field(default="argon2id", pattern="^argon2id$")
    m_kib: int = Field(default=MEMORY_KIB, ge=19_456, le=1_048_576)
    t: int = Field(default=PASSES, ge=2, le=10)
    p: int = Field(default=LANES, ge=1, le=4)


class PersonFile(BaseModel):
    """The key file as it lies on disk."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    v: int = Field(default=1, ge=1, le=1)
    name: Name
    sign: PublicKey
    """The raw Ed25519 public key, in hex."""
    seal: str = Field(pattern=r"^age1[a-z0-9]{58}$")
    """The age recipient to which plans for this person are sealed."""
    kdf: Stretch
    salt: str
    nonce: str
    box: str

    @property
    def fingerprint(self) -> str:
        """Return the fingerprint of the signing key."""
        return fingerprint_of(self.sign)


@dataclass(frozen=True, slots=True)
class Secrets:
    """A person's unlocked keys. `seal` is an age identity."""

    sign: SigningKey
    seal: str

    def __repr__(self) -> str:
        return f"Secrets({self.sign.fingerprint[:12]}…)"


class WrongPassphrase(Refused):
    """The passphrase does not open the file, or the file was changed: nobody can tell which."""

    def __init__(self) -> None:
        super().__init__(
            "This passphrase does not open the keys, or the file was changed.",
            kept="The file was left as it is.",
            next_step="Try again; there is no other way in but a backup.",
        )


def new_person(name: str, passphrase: str) -> PersonFile:
    """Return the file of a person with fresh keys. Raises UsageError (empty name, short passphrase)."""
    import pyrage

    seal = pyrage.x25519.Identity.generate()
    return _locked(name, Secrets(SigningKey.generate(), str(seal)), str(seal.to_public()), passphrase)


def unlock(person: PersonFile, passphrase: str) -> Secrets:
    """Return a person's secrets. Raises WrongPassphrase."""
    try:
        salt, nonce, box = (
            base64.b64decode(one, validate=True) for one in (person.salt, person.nonce, person.box)
        )
        opened = json.loads(
            ChaCha20Poly1305(_stretched(passphrase, person.kdf, salt)).decrypt(nonce, box, _public(person))
        )
        found = Secrets(SigningKey(bytes.fromhex(opened["sign"])), opened["seal"])
    except (InvalidTag, ValueError, KeyError, TypeError, binascii.Error):
        raise WrongPassphrase from None
    if found.sign.public != person.sign:
        raise WrongPassphrase
    return found


def relocked(person: PersonFile, old: str, new: str) -> PersonFile:
    """Return the same keys under another passphrase. Raises WrongPassphrase, UsageError."""
    return _locked(person.name, unlock(person, old), person.seal, new)


def to_bytes(person: PersonFile) -> bytes:
    """Return a person's file as it is written."""
    return (json.dumps(person.model_dump(mode="json"), ensure_ascii=True, indent=1) + "\n").encode("ascii")


def read_person(path: Path) -> PersonFile:
    """Read a person's file, their own or a backup. Raises Refused where it is none, or damaged."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
        if len(data) <= LARGEST_FILE:
            return PersonFile.model_validate(json.loads(data))
    except OSError as error:
        raise Refused(f"{path.name} cannot be read ({error.strerror}).") from error
    except (ValueError, ValidationError, RecursionError):
        pass
    raise Refused(
        f"{path.name} is no key file of coach-assist, or damaged.",
        kept="It was left as it is.",
        next_step="Restore it from a backup.",
    )


def _locked(name: str, found: Secrets, seal: str, passphrase: str) -> PersonFile:
    if len(unicodedata.normalize("NFKC", passphrase)) < SHORTEST_PASSPHRASE:
        raise UsageError(
            f"The passphrase is shorter than {SHORTEST_PASSPHRASE} characters.",
            kept="Nothing was changed.",
            next_step="Take a few words that nobody would guess together.",
        )
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    try:
        person = PersonFile(
            name=name.strip(),
            sign=found.sign.public,
            seal=seal,
            kdf=Stretch(),
            salt=_text(salt),
            nonce=_text(nonce),
            box="",
        )
    except ValidationError:
        raise UsageError("A name has between 1 and 200 characters.", kept="Nothing was changed.") from None
    inner = json.dumps({"sign": found.sign.secret().hex(), "seal": found.seal}).encode("ascii")
    box = ChaCha20Poly1305(_stretched(passphrase, person.kdf, salt)).encrypt(nonce, inner, _public(person))
    return person.model_copy(update={"box": _text(box)})


def _stretched(passphrase: str, kdf: Stretch, salt: bytes) -> bytes:
    stretch = Argon2id(salt=salt, length=SECRET_BYTES, iterations=kdf.t, lanes=kdf.p, memory_cost=kdf.m_kib)
    return stretch.derive(unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass"))


def _public(person: PersonFile) -> bytes:
    return rfc8785.dumps(person.model_dump(mode="json", exclude={"box"}))


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
