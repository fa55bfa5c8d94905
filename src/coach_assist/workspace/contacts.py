"""People on other machines: their public keys, taken in after the words of the fingerprint were compared."""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from coach_assist.agreement.bodies import Name, PublicKey
from coach_assist.agreement.keys import fingerprint_of
from coach_assist.errors import Refused, UsageError
from coach_assist.platform_calls import private_folder, replace_private

LARGEST_CARD = 8 * 1024


class Card(BaseModel):
    """A contact card: what a person gives to others. It holds nothing secret."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    card: str = Field(default="coach-assist", pattern="^coach-assist$")
    v: int = Field(default=1, ge=1, le=1)
    name: Name
    sign: PublicKey
    seal: str = Field(pattern=r"^age1[a-z0-9]{58}$")

    @property
    def fingerprint(self) -> str:
        """Return the fingerprint of the signing key."""
        return fingerprint_of(self.sign)


def card_bytes(card: Card) -> bytes:
    """Return a card as it is written."""
    return (json.dumps(card.model_dump(mode="json"), ensure_ascii=True) + "\n").encode("ascii")


def read_card(path: Path) -> Card:
    """Read a card. Raises UsageError where the file is none."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_CARD + 1)
        if len(data) <= LARGEST_CARD:
            return Card.model_validate(json.loads(data))
    except (OSError, ValueError, ValidationError, RecursionError):
        pass
    raise UsageError(f"{path.name} is no contact card.", next_step="Ask for: coach-assist identity card")


def contacts(folder: Path) -> tuple[Card, ...]:
    """Return everybody whose card was taken in, by name."""
    return tuple(
        sorted((read_card(path) for path in folder.glob("*.card")), key=lambda one: (one.name, one.sign))
    )


def keep_card(folder: Path, card: Card) -> None:
    """Take a card in. Raises Refused where it cannot be written."""
    try:
        private_folder(folder)
        replace_private(folder / f"{card.fingerprint[:32]}.card", card_bytes(card))
    except OSError as error:
        raise Refused(f"The card cannot be written ({error.strerror}).") from error
