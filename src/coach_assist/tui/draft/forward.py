"""Putting drafts forward: by whom, which, and what that does and does not do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, cast

from coach_assist.shown import shortened

if TYPE_CHECKING:
    from coach_assist.flows.plan_drafts import DraftView
    from coach_assist.plan.units import Party
    from coach_assist.workspace.store import PlanFile, Workspace

_BY_HAND = {"own_words", "person"}


def answers_for(
    names: Mapping[Party, str], drafts: Sequence[DraftView], chosen: DraftView | None, turn: Party | None
) -> list[tuple[str, str, str]]:
    """Return the choices of the question: whose proposals they become, all of them or the shown one.

    Only the one that is shown whole can be accepted in the same act, and only where a person wrote it.
    """
    parties: list[Party] = [turn] if turn else ["team_member", "manager"]
    answers = [(f"all:{party}", f"All, as {names[party]}", "") for party in parties]
    if chosen is not None and len(drafts) > 1:
        answers += [(f"one:{party}", f"Only the shown one, as {names[party]}", "") for party in parties]
    if chosen is not None and chosen.origin in _BY_HAND and not chosen.removal:
        words = shortened(chosen.headline, 30)
        answers += [
            (
                f"accept:{party}",
                f"Only “{words}”, as {names[party]}",
                f"and {names[party]} accepts it with that",
            )
            for party in parties
        ]
    return answers


def put_forward_as(
    workspace: Workspace, plan: PlanFile, choice: str, drafts: Sequence[DraftView], chosen: DraftView | None
) -> tuple[Party, int]:
    """Carry the choice out; return by whom and how many proposals it made. Raises CoachError."""
    from coach_assist.flows.propose import put_forward

    what, _colon, party_name = choice.partition(":")
    party = cast("Party", party_name)
    wanted = [view.id for view in drafts] if what == "all" or chosen is None else [chosen.id]
    ready = [draft for draft_id in wanted if (draft := plan.drafts.get(draft_id)) is not None]
    made = put_forward(workspace, plan, party, ready, accept_own=what == "accept")
    return party, len(made.proposals)
