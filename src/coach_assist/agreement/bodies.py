"""What each kind of event says: one strict model a kind.

A body names in `needs` the first version of coach-assist that can read it, so that an older one can
say which version a plan asks for. Texts that somebody may later withhold or erase (a proposal, a
comment) stand in bodies of their own; a decision holds ids only and can therefore always be shown.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue, StringConstraints, model_validator

from coach_assist.agreement.blind_bodies import BLIND_MODELS, AnswersBody
from coach_assist.agreement.body import HEX_ID, Body, Custody, EventId, Name, PublicKey
from coach_assist.agreement.export_bodies import EXPORT_MODELS
from coach_assist.agreement.follow_bodies import FOLLOW_MODELS, follow_references
from coach_assist.agreement.joining_bodies import JOINING_MODELS
from coach_assist.agreement.opportunity_bodies import OPPORTUNITY_MODELS, opportunity_references
from coach_assist.agreement.summary_bodies import SUMMARY_MODELS, summary_references
from coach_assist.plan.drafts import Origin, Suggestion
from coach_assist.plan.ids import PLAN_ID_PATTERN
from coach_assist.plan.units import Party, Text, UnitId, UnitKind, parse_value

__all__ = [
    "BODY_MODELS", "HEX_ID", "NEEDED", "NEVER_WITHHELD", "Body", "CarriedFrom", "CommentBody", "Custody",
    "DecideBody", "Decision", "EraseBody", "EventId", "Name", "OpenBody", "PartyKey", "PartyKeys",
    "ProposeBody", "PublicKey", "RotateBody", "ShareBody", "SignOffBody", "references",
]  # fmt: skip

Decision = Literal["accept", "decline", "withdraw", "talk"]


class PartyKey(BaseModel):
    """One party as the opening event pins it."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    name: Name
    key: PublicKey
    """The raw Ed25519 public key, in hex."""
    custody: Custody
    """On whose machine the secret key lies: "this machine" is the one where the plan was opened."""


class PartyKeys(BaseModel):
    """Both parties."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    team_member: PartyKey
    manager: PartyKey


class CarriedFrom(BaseModel):
    """The older plan that this one goes on from."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    plan: Annotated[str, StringConstraints(pattern=PLAN_ID_PATTERN)]
    plan_hash: EventId


class OpenBody(Body):
    """The first event of a plan: who its two parties are, and with which keys they act."""

    parties: PartyKeys
    demo: bool = False
    carried_from: CarriedFrom | None = None

    @model_validator(mode="after")
    def _two_keys(self) -> OpenBody:
        if self.parties.team_member.key == self.parties.manager.key:
            raise ValueError("both parties have one and the same key")
        return self


class ProposeBody(Body):
    """One value (or the removal) of one unit, put forward. It accepts nothing."""

    unit: UnitId
    kind: UnitKind
    value: dict[str, JsonValue] | None
    removal: bool = False
    base: EventId | None = None
    """The agreed proposal that this one would replace."""
    settles: Annotated[list[EventId], Field(max_length=50)] = Field(default_factory=list)
    """Further agreed proposals that it would replace too: how a conflict is settled by a new text."""
    counters: EventId | None = None
    """The proposal that it answers."""
    origin: Origin
    suggested: Annotated[list[Suggestion], Field(max_length=100)] = Field(default_factory=list)

    @model_validator(mode="after")
    def _value_or_removal(self) -> ProposeBody:
        if self.removal:
            if self.value is not None or self.base is None:
                raise ValueError("a removal has a base and no value")
        elif self.value is None:
            raise ValueError("a proposal has a value")
        else:
            parse_value(self.kind, self.value)
        return self


class DecideBody(Body):
    """What one party says of exactly one proposal."""

    proposal: EventId
    shown: EventId
    """The body hash of the proposal as it was shown: what was decided is what was seen."""
    decision: Decision
    acknowledged: Annotated[list[Annotated[str, StringConstraints(max_length=60)]], Field(max_length=50)] = (
        Field(default_factory=list)
    )
    """Codes of open error findings, or "hidden-characters", that were accepted knowingly."""
    confirms: EventId | None = None
    """An earlier decision, made on the other's machine, that this one confirms."""


class CommentBody(Body):
    """Words about another event: a reason for a decision, or a remark on a proposal."""

    about: EventId
    role: Literal["reason", "comment"]
    text: Text


class RotateBody(Body):
    """A party goes on with another key: signed by the old one, proved by the new one."""

    party: Party
    key: PublicKey
    custody: Custody
    seal: Annotated[str, StringConstraints(pattern=r"^age1[a-z0-9]{58}$")] | None = None
    """The age recipient to which copies for this party are sealed."""
    proof: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{128}$")]
    """The new key's signature over plan, old fingerprint and new key (see keys.py)."""


class SignOffBody(Body):
    """One party signs the whole agreed plan, as it stands at heads that it names."""

    plan_hash: EventId
    heads: Annotated[list[EventId], Field(min_length=1, max_length=256)]
    revision: Annotated[int, Field(ge=1, le=1_000_000)]

    @model_validator(mode="after")
    def _sorted(self) -> SignOffBody:
        if self.heads != sorted(set(self.heads)):
            raise ValueError("the heads are not sorted, or one stands twice")
        return self


class ShareBody(Body):
    """A copy of the plan was made for somebody: both parties see that."""

    to: Name
    fingerprint: EventId
    """The fingerprint of the keys to which the copy was sealed."""
    handed_over: Party | None = None
    """The party whose key of the opening machine went with it."""
    viewer: bool = False
    """It was a viewer's copy: what holds now, and nothing else."""
    folder: bool = False
    """Copies go to them through a folder from now on, without another event for each."""


class EraseBody(Body):
    """The author of a proposal, a comment, a note or a statement erases its text, while it is not agreed."""

    event: EventId


BODY_MODELS: dict[str, type[Body]] = {
    "open": OpenBody,
    "propose": ProposeBody,
    "decide": DecideBody,
    "comment": CommentBody,
    "rotate": RotateBody,
    "sign_off": SignOffBody,
    "share": ShareBody,
    "erase": EraseBody,
    **FOLLOW_MODELS,
    **JOINING_MODELS,
    **BLIND_MODELS,
    **SUMMARY_MODELS,
    **OPPORTUNITY_MODELS,
    **EXPORT_MODELS,
}
"""Kind of event → the model of its body. A kind that is not here asks for a newer version."""

NEVER_WITHHELD = frozenset({"open", "rotate", "sign_off", "join", "leave", "end"})
"""Kinds whose bodies are in every copy: without them a reader could be misled about who acts for whom,
who signed what, and whether the plan goes on."""

NEEDED: dict[str, str] = {
    "open": "0.1", "propose": "0.1", "decide": "0.1", "comment": "0.1", "rotate": "0.1",
    "sign_off": "0.1",
    "share": "0.1",
    "erase": "0.1",
    **dict.fromkeys((*FOLLOW_MODELS, *JOINING_MODELS, *BLIND_MODELS), "0.1"),
    **dict.fromkeys((*SUMMARY_MODELS, *OPPORTUNITY_MODELS, *EXPORT_MODELS), "0.2"),
}  # fmt: skip
"""Kind → the first version that reads its body as it is written today."""


def references(body: Body) -> tuple[str, ...]:
    """Return the ids of the events that a body speaks of; its author must have known them all."""
    match body:
        case ProposeBody():
            single = (body.base, body.counters)
            return tuple(one for one in (*single, *body.settles) if one is not None)
        case DecideBody():
            return (body.proposal,) if body.confirms is None else (body.proposal, body.confirms)
        case CommentBody():
            return (body.about,)
        case EraseBody():
            return (body.event,)
        case SignOffBody():
            return tuple(body.heads)
        case AnswersBody():
            return (body.release,)
    return follow_references(body) or summary_references(body) or opportunity_references(body)
