"""Keys that are unlocked in this process: for one person's turn, and not for ever."""

from __future__ import annotations

import time
from collections.abc import Callable

from coach_assist.workspace.people import PersonFile, Secrets, unlock

IDLE_SECONDS = 10 * 60.0
"""How long unlocked keys stay so without use, where the settings say nothing else."""


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

    def lock(self) -> bool:
        """Forget the unlocked keys; return whether there were any."""
        had, self._held = self._held is not None, None
        return had

    def is_open(self, fingerprint: str) -> bool:
        """Say whether these keys are unlocked now. Looking is no use of them."""
        self.lock_if_idle()
        return self._held is not None and self._held.sign.fingerprint == fingerprint

    def touch(self) -> None:
        """Somebody is there: begin to count the idle time anew. What idled too long is locked before."""
        if not self.lock_if_idle():
            self._used = self._clock()

    def lock_if_idle(self) -> bool:
        """Lock keys that were not used for too long; return whether that happened now."""
        if self._held is None or self._clock() - self._used <= self._idle_seconds:
            return False
        self.lock()
        return True

    def held(self, fingerprint: str) -> Secrets | None:
        """Return the unlocked keys with this fingerprint; None where they are locked, or idled too long."""
        if self._held is None or self._held.sign.fingerprint != fingerprint:
            return None
        if self.lock_if_idle():
            return None
        self._used = self._clock()
        return self._held
