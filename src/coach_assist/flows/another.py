"""Another version of a proposal, written by a model or by rules, for one person's eyes.

It lies in the drawer of whoever asked for it. It is no proposal and no decision: they may change it, counter
with it (flows/counter.py), leave it for later or drop it, and the other party sees none of that.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, cast

from pydantic import BaseModel, JsonValue, ValidationError

from coach_assist.agreement.fold import Proposal
from coach_assist.errors import CoachError, ModelError, UsageError
from coach_assist.flows.ai_record import CallKeeper
from coach_assist.flows.one_proposal import found
from coach_assist.flows.plan_privacy import admit
from coach_assist.flows.unit_fields import KIND_WORDS
from coach_assist.flows.unit_sentences import sentences_of, with_sentences
from coach_assist.plan.drafts import Draft, Provenance, Suggestion
from coach_assist.plan.ids import new_unit_id
from coach_assist.plan.units import PARTIES, Party, parse_value, value_json
from coach_assist.workspace.plan_file import PlanFile

if TYPE_CHECKING:
    from coach_assist.assistant.calls import CallRecord, Delta
    from coach_assist.assistant.provider import Provider
    from coach_assist.assistant.rewriting import Rewrite
    from coach_assist.flows.draft import DraftEvent

Value = dict[str, JsonValue]


@dataclass(frozen=True, slots=True)
class Another:
    """What came of asking. `draft` lies in the person's drawer; None where nothing else came."""

    draft: Draft | None
    by_rules: bool
    """Rules wrote it, without a model."""
    words: str = ""
    """What is to be said about it, for a person."""
    failed: ModelError | None = None
    """Why no model, or why it stopped."""


def kept_version(plan: PlanFile, party: Party, proposal_id: str) -> Draft | None:
    """Return the version of a proposal that lies in a party's drawer, or None."""
    return next((one for one in plan.drafts.all(party) if one.counters == proposal_id), None)


def edit_version(plan: PlanFile, party: Party, version: Draft, value: Mapping[str, JsonValue]) -> Draft:
    """Keep a version as the person changed it: from now on it is theirs.

    Raises UsageError where the value does not fit its kind, Refused.
    """
    try:
        fitting = cast("Value", value_json(parse_value(version.kind, dict(value))))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise UsageError(f"The text does not fit ({where}: {first['msg']}).") from None
    if fitting == version.value:
        return version
    by_hand = [Provenance(field=name, source="person") for name in fitting]
    changed = version.model_copy(update={"value": fitting, "origin": "person", "provenance": by_hand})
    plan.drafts.put(party, changed)
    return changed


def changed_by_hand(version: Draft) -> bool:
    """Say whether a person has changed a version: it is then their own text."""
    return all(one.source == "person" for one in version.provenance)


def drop_version(plan: PlanFile, version: Draft) -> None:
    """Delete a version. Nobody has seen it but who asked for it. Raises Refused."""
    plan.drafts.delete(version.id)


async def another_version(
    plan: PlanFile,
    party: Party,
    proposal_id: str,
    shown: str,
    *,
    provider: Provider | None,
    on_event: Callable[[DraftEvent], None] | None = None,
    today: date | None = None,
) -> Another:
    """Ask for another version of a proposal, and keep it in the drawer of `party`.

    A goal becomes a SMART one, or is said in other words where it is one; other units are said in other
    words, with the same numbers, dates and names. An earlier version is replaced once a new one is there,
    never before, and never one that the person has changed; asking anew gives a different one. `provider`
    None, and what a model fails to do, gives what the rules make of it: gaps marked, findings put right.
    `on_event` hears of the section "another". Calls are kept in the plan's AI record. Cancelling changes
    nothing. Raises UsageError where there is no text to word, or the earlier version was changed; Refused
    where nothing of this plan may go to that model.
    """
    proposal = found(plan.state, proposal_id, shown)
    if proposal.value is None or proposal.removal:
        raise UsageError("There is no text here that could be worded anew.", kept="Nothing was asked.")
    admit(provider, plan)
    earlier = kept_version(plan, party, proposal_id)
    if earlier is not None and changed_by_hand(earlier):
        raise UsageError(
            "You have changed the version that you have.",
            kept="It is as it was.",
            next_step="Counter with it, or drop it, before you ask for another.",
        )
    identity = earlier.id if earlier is not None else new_unit_id()
    work = _Work(plan, proposal, identity, provider, on_event, today or date.today())
    try:
        made = await work.made(again=earlier is not None)
    except CoachError:
        raise  # nothing was sent
    except BaseException:
        work.keep_stopped()
        raise
    value = made.value
    if value is None or value == dict(proposal.value) or (earlier is not None and value == earlier.value):
        return Another(earlier, made.by_rules, _nothing_else(made, earlier), made.failed)
    draft = Draft(
        id=identity,
        kind=proposal.kind,
        value=value,
        origin=proposal.origin if made.by_rules else "model",
        suggested=list(made.suggested),
        provenance=[Provenance(field=name, source="code" if made.by_rules else "model") for name in value],
        counters=proposal.id,
    )
    plan.drafts.put(party, draft)
    if not made.by_rules:
        work.keep_made(draft)
    return Another(draft, made.by_rules, _RULES if made.by_rules else "", made.failed)


_RULES = "By rules, without a model: what is not stated yet is marked for you to fill in."


def _nothing_else(made: _Made, earlier: Draft | None) -> str:
    if earlier is not None:
        return "No other version came; the one you have is as it was."
    if made.by_rules:
        return "The rules have nothing to change in this text."
    return "The model found no other words that say the same."


@dataclass(frozen=True, slots=True)
class _Made:
    """A value that was made of a proposal's; None where nothing was."""

    value: Value | None
    by_rules: bool
    suggested: Sequence[Suggestion] = ()
    failed: ModelError | None = None


class _Work:
    """One round of asking about one proposal."""

    def __init__(
        self, plan: PlanFile, proposal: Proposal, identity: str, provider: Provider | None,
        tell: Callable[[DraftEvent], None] | None, today: date,
    ) -> None:  # fmt: skip
        assert proposal.value is not None
        self._plan, self._kind, self._value = plan, proposal.kind, cast("Value", dict(proposal.value))
        self._given = proposal.suggested
        self._provider, self._tell, self._today = provider, tell, today
        self._section = f"another:{identity}"
        self._keeper = CallKeeper(plan, provider.endpoint.place if provider else "")
        self._open = False

    async def made(self, *, again: bool) -> _Made:
        """Return another value for the proposal's unit."""
        if self._kind == "goal":
            rewritten = await self._goal(again=again)
            if rewritten is not None:
                return rewritten
        if self._provider is None:
            return _Made(self._by_rules(), by_rules=True, suggested=self._given)
        return await self._reworded(self._provider, again=again)

    async def _goal(self, *, again: bool) -> _Made | None:
        """Return the goal as a SMART one; None where it is one already."""
        from coach_assist.flows.rewrite import rewrite_goal

        self._open = self._provider is not None
        statement = str(self._value["statement"])
        due = self._value.get("due")
        names = tuple(self._plan.state.parties[party].name for party in PARTIES)
        result = await rewrite_goal(
            statement,
            provider=self._provider,
            today=self._today,
            due=date.fromisoformat(due) if isinstance(due, str) else None,
            names=(names[0], names[1]),
            alternatives=2 if again else 1,
            on_event=self._hear,
        )
        self._open = False
        self._keep(result.calls, result.failed)
        if result.already_smart:
            return None
        one = result.rewrites[-1]
        return _Made(
            _with_rewrite(self._value, one),
            by_rules=one.by_rules,
            suggested=[
                *(old for old in self._given if old.field.split(".")[0] not in _REWRITTEN),
                *one.suggested,
            ],
            failed=result.failed,
        )

    async def _reworded(self, provider: Provider, *, again: bool) -> _Made:
        from coach_assist.assistant.rewording import reword
        from coach_assist.flows.draft import DraftEvent

        sentences = sentences_of(self._kind, self._value)

        def heard(delta: Delta) -> None:
            self._hear(DraftEvent("usage", "another", {"tokens": delta.tokens, "seconds": delta.seconds}))

        self._open = bool(sentences)
        done = await reword(
            [text for _, text in sentences],
            about=KIND_WORDS[self._kind].lower(),
            provider=provider,
            again=again,
            on_delta=heard,
        )
        self._open = False
        self._keep((done.call,) if done.call is not None else (), done.failed)
        if done.failed is not None:
            return _Made(self._by_rules(), by_rules=True, suggested=self._given, failed=done.failed)
        worded = [(path, new) for (path, _), new in zip(sentences, done.texts, strict=True)]
        value = with_sentences(self._kind, self._value, worded)
        return _Made(value, by_rules=False, suggested=self._given)

    def _by_rules(self) -> Value:
        """Return the value with what the checker can put right in its sentences."""
        from coach_assist.checker import apply_fixes, check_text

        fixed = [
            (path, apply_fixes(text, check_text(text), unsafe=True))
            for path, text in sentences_of(self._kind, self._value)
        ]
        return with_sentences(self._kind, self._value, fixed)

    # -- the record of calls ---------------------------------------------------------------------------

    def _hear(self, event: DraftEvent) -> None:
        if self._tell is not None:
            self._tell(event)

    def _keep(self, calls: Sequence[CallRecord], failed: ModelError | None) -> None:
        for call in calls:
            self._keeper.called(self._section, call)
        if failed is not None and not calls:
            self._keeper.called(self._section, None, failed=failed.what)

    def keep_stopped(self) -> None:
        """Note a call that was stopped before its answer was whole."""
        if self._open and self._provider is not None:
            self._keeper.called(self._section, None, failed="Stopped before the answer was whole.")

    def keep_made(self, draft: Draft) -> None:
        """Note which draft came of the call."""
        self._keeper.made(self._section, draft.id, draft.kind, draft.origin)


_REWRITTEN = {"statement", "metric", "due"}


def _with_rewrite(value: Value, one: Rewrite) -> Value:
    metric = one.metric.model_dump(mode="json") if isinstance(one.metric, BaseModel) else one.metric
    changed: Value = {**value, "statement": one.statement}
    if metric is not None:
        changed["metric"] = cast("JsonValue", metric)
    if one.due is not None:
        changed["due"] = one.due.isoformat()
    return cast("Value", value_json(parse_value("goal", changed)))
