"""Checking a signed export with nothing but the file itself, and the heads that this machine remembers."""

from __future__ import annotations

from dataclasses import dataclass

from coach_assist.agreement.faults import Damaged, Fault
from coach_assist.agreement.fold import State, fold
from coach_assist.flows.history_words import EventWords, history_words
from coach_assist.flows.receive import read_lines, remembered
from coach_assist.workspace.store import Workspace


@dataclass(frozen=True, slots=True)
class BundleReport:
    """What a valid bundle proves."""

    state: State
    events: tuple[EventWords, ...]
    withheld: int
    """How many bodies were withheld. Where there are any, only what both have signed is proved."""
    heads_checked: int
    """How many remembered heads were looked for and found; 0 where this machine never saw the plan."""


def verify_bundle(data: bytes, workspace: Workspace | None = None) -> BundleReport:
    """Verify a bundle as text. Raises Damaged (with every fault found) or NewerVersion.

    With a workspace that knows the plan, the events that were seen here before have to be in the file.
    """
    history, _ = read_lines(data)
    state = fold(history)
    seen = remembered(workspace, state.plan) if workspace is not None else frozenset()
    if lost := sorted(seen - history.events.keys()):
        faults = tuple(Fault("lost-tail", "it was seen here before and is gone", one) for one in lost)
        raise Damaged(faults, source="This file")
    withheld = sum(event.body is None for event in history.events.values())
    return BundleReport(state, history_words(history), withheld, len(seen))
