"""Making and opening a plan, and the opening event that pins both parties."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from pydantic import ValidationError

from coach_assist.agreement.bodies import OpenBody, PartyKey, PartyKeys
from coach_assist.agreement.events import Record
from coach_assist.agreement.history import History
from coach_assist.errors import UsageError
from coach_assist.flows.acts import Act
from coach_assist.plan.units import PARTIES, Party
from coach_assist.workspace.plan_file import PlanFile
from coach_assist.workspace.store import Workspace

if TYPE_CHECKING:
    from coach_assist.flows.sync import Synced

CUSTODY: Final = "this machine"
SYNC_MARK = "sync.place"


def new_plan(workspace: Workspace, *, demo: bool = False) -> PlanFile:
    """Make a new plan: empty drawers, no events yet. Raises Refused."""
    return workspace.create(demo=demo)


def open_plan(
    workspace: Workspace, id_or_prefix: str, on_synced: Callable[[Synced], None] | None = None
) -> PlanFile:
    """Open and verify a plan by its id or a unique beginning of it. Raises UsageError, Refused.

    A plan that is synced takes in what came to its folder, as far as its person's keys are unlocked, and
    its file in the folder is brought up to date when it is closed. `on_synced` hears what either came to.
    """
    plan = workspace.open(id_or_prefix)
    if plan.meta.get(SYNC_MARK):
        from coach_assist.flows.sync import sync_in

        result = sync_in(workspace, plan)
        if on_synced is not None:
            on_synced(result)
        write_at_close(workspace, plan, on_synced)
    return plan


def write_at_close(
    workspace: Workspace, plan: PlanFile, on_synced: Callable[[Synced], None] | None = None
) -> None:
    """Bring an open plan's file in its folder up to date when it is closed; `on_synced` hears of it."""
    from coach_assist.flows.sync import sync_out

    def write() -> None:
        result = sync_out(workspace, plan)
        if on_synced is not None:
            on_synced(result)

    plan.before_close = write


def names(plan: PlanFile) -> dict[Party, str]:
    """Return both parties' names: as the plan pins them, or as far as they have been answered."""
    if plan.has_opened:
        return {party: plan.state.parties[party].name for party in PARTIES}
    answers = {party: plan.answers.get("joint", party) for party in PARTIES}
    return {party: answer.strip() if isinstance(answer, str) else "" for party, answer in answers.items()}


def opening_records(workspace: Workspace, plan: PlanFile, by: Party, history: History) -> list[Record]:
    """Return the opening event, signed by `by`, where the plan has none yet; else nothing.

    Both parties' keys are made here, on this machine, and the event says so. Raises UsageError where a
    name is missing, Refused where the keys cannot be written.
    """
    if history.root is not None:
        return []
    known = names(plan)
    missing = [party.replace("_", " ") for party in PARTIES if not known[party]]
    if missing:
        raise UsageError(
            f"The name of the {' and of the '.join(missing)} is not known yet.",
            kept="The drafts are kept.",
            next_step="Answer that question first, then put the drafts forward.",
        )
    keys = {party: workspace.make_key(plan.id, party) for party in PARTIES}
    try:
        pinned = {
            party: PartyKey(name=known[party], key=keys[party].public, custody=CUSTODY) for party in PARTIES
        }
    except ValidationError as error:
        raise UsageError("A name is longer than 200 characters.", kept="The drafts are kept.") from error
    act = Act(plan.id, history, keys[by])
    act.add("open", OpenBody(parties=PartyKeys(**pinned), demo=plan.demo))
    return act.records
