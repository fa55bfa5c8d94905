"""A party's own drawer of answers: sealed to that person's key as soon as they have one of their own.

Until then it lies in the plan's file as the joint answers do, and whoever can read the file can read it.
From then on each answer is sealed (age), and reading it back needs the keys unlocked for this turn.
"""

from __future__ import annotations

import base64
import binascii
import json
from typing import cast

from pydantic import JsonValue

from coach_assist.errors import Refused
from coach_assist.exchange.sealing import seal, unseal
from coach_assist.plan.units import Party
from coach_assist.workspace.people import Secrets
from coach_assist.workspace.plan_file import PlanFile
from coach_assist.workspace.store import Workspace

_SEALED = "sealed"


class OwnDrawer:
    """One party's answers. Writing needs no unlocked key; reading does, once answers are sealed."""

    def __init__(self, workspace: Workspace, plan: PlanFile, party: Party) -> None:
        self._workspace, self._plan, self._party = workspace, plan, party

    @property
    def sealed_to(self) -> str | None:
        """The age recipient to which new answers are sealed; None while the party has no own key."""
        if not self._plan.has_opened:
            return None
        current = self._plan.state.parties[self._party]
        if current.custody != "own machine":
            return None
        if current.seal is not None:
            return current.seal
        held = self._secrets()
        return None if held is None else _recipient(held)

    def put(self, question: str, value: JsonValue) -> None:
        """Write one answer, sealed where the party has an own key; durable on return. Raises Refused."""
        self._plan.answers.put(self._party, question, self.boxed(value))

    def boxed(self, value: JsonValue) -> JsonValue:
        """Return a value as it is kept: sealed where the party has a key of its own."""
        recipient = self.sealed_to
        if recipient is None:
            return value
        box = seal(json.dumps(value, ensure_ascii=True).encode("ascii"), [recipient])
        return {_SEALED: base64.b64encode(box).decode("ascii")}

    def all(self) -> dict[str, JsonValue]:
        """Return all answers by question, in the order of their first writing.

        Raises Refused where they are sealed and the keys are locked, or not on this machine.
        """
        return {entry.question: self.opened(entry.value) for entry in self._plan.answers.all(self._party)}

    def seal_all(self) -> int:
        """Seal what was written before the party had a key of its own; return how many answers that were."""
        if self.sealed_to is None:
            return 0
        open_yet = [one for one in self._plan.answers.all(self._party) if not _is_sealed(one.value)]
        for entry in open_yet:
            self.put(entry.question, entry.value)
        return len(open_yet)

    def opened(self, value: JsonValue) -> JsonValue:
        """Return a kept value as it was given. Raises Refused where it is sealed and the keys are locked."""
        if not _is_sealed(value):
            return value
        held = self._secrets()
        if held is None:
            raise Refused(
                "These answers are sealed to a key that is locked, or not on this machine.",
                kept="They are kept, and sealed.",
                next_step="Unlock the keys with the passphrase first.",
            )
        box = cast("dict[str, str]", value)[_SEALED]
        try:
            return cast("JsonValue", json.loads(unseal(base64.b64decode(box, validate=True), held.seal)))
        except (binascii.Error, ValueError):
            raise Refused("An answer in the drawer is damaged.", kept="It was left as it is.") from None

    def _secrets(self) -> Secrets | None:
        if not self._plan.has_opened:
            return None
        return self._workspace.unlocked.held(self._plan.state.parties[self._party].fingerprint)


def _is_sealed(value: JsonValue) -> bool:
    return isinstance(value, dict) and isinstance(value.get(_SEALED), str)


def _recipient(held: Secrets) -> str:
    import pyrage

    return str(pyrage.x25519.Identity.from_str(held.seal).to_public())
