"""Keys that are unlocked in this process: for one person's turn, and not for ever."""

from __future__ import annotations

import time
from collections.abc import Callable

from coach_assist.workspace.people import PersonFile, Secrets, unlock

IDLE_SECONDS = 15 * 60.0


class Unlocked:
    """One person's keys at a time. A hand-over locks them, and so does idling."""

    def __init__(
        self, idle_seconds: float = IDLE_SECONDS, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._idle_seconds, self._clock = idle_seconds, clock
        self._held: Secrets | None = None
        self._used = 0.0

    def unlock(self, person: PersonFile, passphrase: str) -> None:
        """Unlock a person's keys; whoever's were unlocked before are locked. Raises WrongPassphrase."""
        self.lock()
        self._held = unlock(person, passphrase)
        self._used = self._clock()

    def lock(self) -> None:
        """Forget the unlocked keys."""
        self._held = None

    def held(self, fingerprint: str) -> Secrets | None:
        """Return the unlocked keys with this fingerprint; None where they are locked, or idled too long."""
        if self._held is None or self._held.sign.fingerprint != fingerprint:
            return None
        now = self._clock()
        if now - self._used > self._idle_seconds:
            self.lock()
            return None
        self._used = now
        return self._held
