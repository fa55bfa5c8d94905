"""One look at what of a plan may go where: the mark, the names, the guarded words, the policy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from coach_assist.errors import CoachError
from coach_assist.flows.guard import SpecialSpan, special_spans
from coach_assist.flows.plan_privacy import known_names, local_only, other_people
from coach_assist.flows.policy import policy, policy_path, policy_shown
from coach_assist.flows.unit_fields import KIND_WORDS, fields_of
from coach_assist.workspace.plan_file import PlanFile


@dataclass(frozen=True, slots=True)
class GuardedText:
    """A text of the plan that tells specially protected things. `text` is as stored."""

    where: str
    text: str
    spans: tuple[SpecialSpan, ...]


@dataclass(frozen=True, slots=True)
class PrivacyView:
    """What a screen shows of a plan's privacy. Names are as stored."""

    local_only: bool
    by_policy: bool
    """Whether the organisation's policy says so, so that the mark changes nothing."""
    names: tuple[str, ...]
    listed: tuple[str, ...]
    """Those of the names that the pair listed, and can take off again."""
    guarded: tuple[GuardedText, ...]


@dataclass(frozen=True, slots=True)
class PolicyView:
    """The organisation's policy: (key, value, meaning) of each rule; `problem` where it cannot be read."""

    path: str
    rows: tuple[tuple[str, str, str], ...]
    problem: str = ""


def privacy_view(plan: PlanFile) -> PrivacyView:
    """Return the view of a plan. Raises UsageError where the organisation's policy cannot be read."""
    return PrivacyView(
        local_only=local_only(plan),
        by_policy=policy().local_only,
        names=known_names(plan),
        listed=other_people(plan),
        guarded=tuple(_guarded(plan)),
    )


def policy_view() -> PolicyView:
    """Return the policy in force, as far as it can be read; `path` is "" where there is none."""
    path = policy_path()
    if path is None:
        return PolicyView("", ())
    try:
        return PolicyView(str(path), policy_shown())
    except CoachError as error:
        return PolicyView(str(path), (), error.what)


def _guarded(plan: PlanFile) -> Iterator[GuardedText]:
    for where, text in _texts(plan):
        spans = special_spans(text)
        if spans:
            yield GuardedText(where, text, tuple(spans))


def _texts(plan: PlanFile) -> Iterator[tuple[str, str]]:
    """Yield (where, text) of what both of this plan may see: joint answers, joint drafts, what is agreed.

    A drawer of one party alone is looked into by nobody else.
    """
    for entry in plan.answers.all("joint"):
        value = entry.value if isinstance(entry.value, list) else [entry.value]
        yield f"answer: {entry.question.replace('_', ' ')}", "\n".join(str(one) for one in value)
    for draft in plan.drafts.all("joint"):
        for label, text in fields_of(draft.kind, draft.value):
            yield f"draft: {KIND_WORDS[draft.kind].lower()}, {label.lower()}", text
    if plan.has_opened:
        for one in plan.state.in_force.values():
            for label, text in fields_of(one.kind, one.value or {}):
                yield f"agreed: {KIND_WORDS[one.kind].lower()}, {label.lower()}", text
