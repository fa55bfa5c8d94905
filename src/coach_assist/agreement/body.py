"""What all bodies of events share: the closed base model and the smallest parts."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints

HEX_ID = r"^[0-9a-f]{64}$"
EventId = Annotated[str, StringConstraints(pattern=HEX_ID)]
PublicKey = Annotated[str, StringConstraints(pattern=HEX_ID)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Custody = Literal["this machine", "own machine"]


class Body(BaseModel):
    """The base of all bodies: closed, immutable, no silent conversion."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    needs: Annotated[str, StringConstraints(pattern=r"^[0-9]{1,4}\.[0-9]{1,4}$")] = "0.1"
    """The first version (major.minor) of coach-assist that can read this body."""
