"""Signatures that were checked before, so that opening a plan need not check them all again.

A list of digests, one for each (event id, signature, public key) that held, with a MAC by a key of this
machine in front. Nothing else is taken from it: ids are recomputed from the stored bytes, bodies, parents
and remembered heads are checked at every opening. A list that is missing, damaged or not by this machine's
key counts as empty, and all signatures are checked again.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import secrets
from pathlib import Path

from coach_assist.agreement.authors import checked_digest
from coach_assist.agreement.history import History
from coach_assist.platform_calls import create_private, private_folder, replace_private

MAC_CONTEXT = b"coach-assist/checked-list/v1\x00"
DIGEST = 32
KEY_BYTES = 32
WORTH_WRITING = 32
"""So many signatures that are not in the list yet are worth writing it anew."""
LARGEST = 64 * 1024 * 1024


class CheckedSignatures:
    """One plan's list."""

    def __init__(self, path: Path, key_path: Path) -> None:
        """Take the list's file and the file of this machine's key; neither has to be there."""
        self._path, self._key_path = path, key_path
        self._listed = 0

    def read(self) -> frozenset[bytes]:
        """Return the digests in the list; none where it cannot be trusted. Never raises for a bad file."""
        try:
            data, key = self._path.read_bytes(), self._key_path.read_bytes()
        except OSError:
            return frozenset()
        mac, body = data[:DIGEST], data[DIGEST:]
        if len(key) != KEY_BYTES or len(body) % DIGEST or len(data) > LARGEST:
            return frozenset()
        if not hmac.compare_digest(mac, self._mac(key, body)):
            return frozenset()
        found = frozenset(body[place : place + DIGEST] for place in range(0, len(body), DIGEST))
        self._listed = len(found)
        return found

    def keep(self, history: History) -> None:
        """Write the list anew where enough signatures of a verified history are not in it yet.

        A disk that is full or read-only is no error: the next opening checks them once more.
        """
        if len(history.events) - self._listed < WORTH_WRITING:
            return
        digests = sorted(
            checked_digest(event.id, event.record.sig, history.authors[event.by].key)
            for event in history.events.values()
        )
        body = b"".join(digests)
        with contextlib.suppress(OSError):
            private_folder(self._path.parent)
            replace_private(self._path, self._mac(self._key(), body) + body)
            self._listed = len(digests)

    def _mac(self, key: bytes, body: bytes) -> bytes:
        # The plan's name is in it, so that no list passes for another plan's.
        name = hashlib.sha256(self._path.name.encode("utf-8")).digest()
        return hmac.new(key, MAC_CONTEXT + name + body, hashlib.sha256).digest()

    def _key(self) -> bytes:
        """Return this machine's key, made now where there is none. Raises OSError."""
        with contextlib.suppress(FileNotFoundError):
            key = self._key_path.read_bytes()
            if len(key) == KEY_BYTES:
                return key
        fresh = secrets.token_bytes(KEY_BYTES)
        private_folder(self._key_path.parent)
        try:
            create_private(self._key_path, fresh)
        except FileExistsError:
            replace_private(self._key_path, fresh)  # a damaged one: older lists count as empty
        return fresh
