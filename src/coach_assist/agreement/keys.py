"""Keys and signatures: raw Ed25519, with what is signed kept apart by context strings.

A fingerprint is SHA-256 of a context string and the raw public key, as 64 hex digits: it is what an
event's `by` holds. A signature is over a context string and the 32 bytes of the event's id, so that
a signature made for anything else can never pass as one of an event.
"""

from __future__ import annotations

import hashlib

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

FINGERPRINT_CONTEXT = b"coach-assist/key/v1\x00"
SIGNATURE_CONTEXT = b"coach-assist/signature/v1\x00"
ROTATION_CONTEXT = b"coach-assist/rotation/v1\x00"

SECRET_BYTES = 32
SIGNATURE_BYTES = 64


class SigningKey:
    """One party's key: it can sign and tell its public half. Its text form shows no secret."""

    __slots__ = ("_key", "fingerprint", "public")

    def __init__(self, secret: bytes) -> None:
        """Take a raw Ed25519 secret of 32 bytes. Raises ValueError on any other length."""
        self._key = Ed25519PrivateKey.from_private_bytes(secret)
        self.public: str = self._key.public_key().public_bytes_raw().hex()
        self.fingerprint: str = fingerprint_of(self.public)

    @classmethod
    def generate(cls) -> SigningKey:
        """Return a fresh random key."""
        return cls(Ed25519PrivateKey.generate().private_bytes_raw())

    def secret(self) -> bytes:
        """Return the raw secret, for writing it to its private file and nothing else."""
        return self._key.private_bytes_raw()

    def sign(self, event_id: str) -> bytes:
        """Return the signature (64 bytes) over an event's id (64 hex digits)."""
        return self._key.sign(SIGNATURE_CONTEXT + bytes.fromhex(event_id))

    def prove_rotation(self, plan: str, old_fingerprint: str) -> bytes:
        """Return this (new) key's proof that it takes over from the key with `old_fingerprint` in a plan."""
        return self._key.sign(_rotation(plan, old_fingerprint, self.public))

    def __repr__(self) -> str:
        return f"SigningKey({self.fingerprint[:12]}…)"


def fingerprint_of(public: str) -> str:
    """Return the fingerprint (64 hex digits) of a raw public key in hex."""
    return hashlib.sha256(FINGERPRINT_CONTEXT + bytes.fromhex(public)).hexdigest()


def signature_holds(public: str, event_id: str, signature: bytes) -> bool:
    """Say whether `signature` is the key's (raw public key in hex) over this event id."""
    return _holds(public, SIGNATURE_CONTEXT + bytes.fromhex(event_id), signature)


def rotation_proved(public: str, plan: str, old_fingerprint: str, proof: bytes) -> bool:
    """Say whether `proof` is the new key's (raw public key in hex), for this plan and this old key."""
    return _holds(public, _rotation(plan, old_fingerprint, public), proof)


def _rotation(plan: str, old_fingerprint: str, public: str) -> bytes:
    return ROTATION_CONTEXT + plan.encode("ascii") + bytes.fromhex(old_fingerprint) + bytes.fromhex(public)


def _holds(public: str, message: bytes, signature: bytes) -> bool:
    if len(signature) != SIGNATURE_BYTES:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True
