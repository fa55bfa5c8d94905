"""Receiving a sealed file: open it, verify all of it, say what is new, and only then take it in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from coach_assist.agreement.faults import Damaged
from coach_assist.agreement.fold import State, fold
from coach_assist.agreement.history import History
from coach_assist.agreement.keys import SigningKey
from coach_assist.agreement.lines import from_lines
from coach_assist.errors import Refused, UsageError
from coach_assist.exchange.package import Package, unpack
from coach_assist.exchange.sealing import unseal
from coach_assist.flows.history_words import EventWords, history_words
from coach_assist.plan.units import Party
from coach_assist.workspace.memory import remembered_heads
from coach_assist.workspace.people import Secrets
from coach_assist.workspace.plan_file import COPY
from coach_assist.workspace.store import Workspace

LARGEST_FILE = 300 * 1024 * 1024


def read_sealed(path: Path) -> bytes:
    """Return the bytes of a sealed file. Raises UsageError where it is none or too large to be a plan."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise UsageError(
            f"{path.name} cannot be read: {error.strerror or error}.", kept="Nothing was applied."
        ) from None
    if len(data) > LARGEST_FILE:
        raise UsageError("This file is larger than any plan.", kept="Nothing of it was applied.")
    return data


@dataclass(frozen=True, slots=True)
class Received:
    """A verified file that has not been taken in yet."""

    history: History
    package: Package
    state: State
    known: bool
    """Whether this machine has the plan already."""
    new: tuple[EventWords, ...]
    """The events that this machine does not have yet, in words."""
    unsent: int
    """How many events this machine has that the file does not."""
    viewer: bool = False
    """It is a viewer's copy: some bodies are withheld, and nobody decides in it."""

    @property
    def plan(self) -> str:
        """Return the plan's id."""
        return self.state.plan

    @property
    def hands_over(self) -> Party | None:
        """Return the party whose key the file hands over."""
        return self.package.hands_over


def open_file(workspace: Workspace, data: bytes, secrets: Secrets) -> Received:
    """Open and verify a sealed file, and compare it with what is here; nothing is applied.

    Raises Refused (not sealed to these keys, changed on the way), Damaged, NewerVersion.
    """
    package = unpack(unseal(data, secrets.seal))
    history, viewer = read_lines(package.lines)
    state = fold(history)
    if package.hands_over is not None and package.key is not None:
        handed = SigningKey(package.key).fingerprint
        if state.parties[package.hands_over].fingerprint != handed:
            raise Refused("The file hands over a key that is not that party's.", kept="Nothing was applied.")
    here: dict[str, object] = {}
    known = state.plan in workspace.ids()
    if known:
        with workspace.open(state.plan) as plan:
            if viewer and not plan.viewer:
                raise Refused(
                    "This is a viewer's copy, and a whole one is on this machine.",
                    kept="Nothing was applied.",
                    next_step="Ask for a party's copy.",
                )
            plan.history.extended(history.records(), partial=viewer or plan.viewer)
            here = dict.fromkeys(plan.history.events)
    new = tuple(one for one in history_words(history) if one.id not in here)
    unsent = len(here.keys() - history.events.keys())
    return Received(history, package, state, known, new, unsent, viewer)


def read_lines(data: bytes) -> tuple[History, bool]:
    """Read a history's text; True with it where bodies are withheld (a viewer's copy).

    Raises Damaged, NewerVersion.
    """
    try:
        return from_lines(data), False
    except Damaged as error:
        if all(fault.code == "withheld" for fault in error.faults):
            return from_lines(data, partial=True), True
        raise


def take_in(workspace: Workspace, received: Received) -> State:
    """Merge a verified file into this machine's plan, made now where it is new; return the state after it.

    All of it is applied or nothing. Raises Damaged, Refused.
    """
    path = workspace.path_of(received.plan)
    plan = (
        workspace.open(received.plan)
        if received.known
        else workspace.create_received(received.plan, viewer=received.viewer)
    )
    try:
        with plan:
            plan.record(lambda history: received.history.records())
            if plan.viewer and not plan.history.withheld:
                plan.meta.put(COPY, "whole")
            if received.hands_over is not None and received.package.key is not None:
                workspace.keep_key(received.plan, received.hands_over, received.package.key)
            if received.state.demo:
                plan.meta.put("demo", "yes")
            return plan.state
    except BaseException:
        if not received.known:
            path.unlink(missing_ok=True)
        raise


def received_words(received: Received) -> tuple[str, ...]:
    """Return what is to be known of a verified file before it is taken in (names as stored)."""
    known = "This plan is known here." if received.known else "It is new on this machine."
    rows = [f"It verifies. {known}"]
    if received.viewer:
        rows.append("It is a viewer's copy: it shows what holds now, and nobody decides in it.")
    if not received.new:
        rows.append("Nothing in it is new.")
    if received.unsent:
        rows.append(f"{received.unsent} events here are not in that file: share the plan back.")
    if received.hands_over is not None:
        rows.append(f"It hands over the key of the {received.hands_over.replace('_', ' ')}.")
    return tuple(rows)


def remembered(workspace: Workspace, plan: str) -> frozenset[str]:
    """Return the newest events of a plan that this machine remembers; none where it never saw it."""
    return remembered_heads(workspace.heads_folder / f"{plan}.heads")
