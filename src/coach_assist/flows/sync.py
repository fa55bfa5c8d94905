"""Syncing a plan through a folder: sealed files, read and written whenever the plan is opened and closed.

Each party writes one file of its own, the whole signed history sealed to both, and reads the other's.
Whatever carries the folder (a share, a stick, git, a cloud) sees sealed bytes only, and may bring files
late, twice or in any order. A file that does not verify is named and left alone.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

from coach_assist.agreement.bodies import ShareBody
from coach_assist.agreement.events import Record
from coach_assist.agreement.history import History
from coach_assist.agreement.lines import to_lines
from coach_assist.errors import CoachError, Refused, UsageError
from coach_assist.exchange.package import pack
from coach_assist.exchange.sealing import seal
from coach_assist.flows.acts import Act, acting_key
from coach_assist.flows.receive import LARGEST_FILE, open_file
from coach_assist.flows.show import PARTY_WORDS
from coach_assist.plan.units import PARTIES, Party
from coach_assist.platform_calls import replace_private
from coach_assist.workspace.contacts import contacts
from coach_assist.workspace.people import Secrets
from coach_assist.workspace.plan_file import PlanFile
from coach_assist.workspace.store import Workspace

_PLACE, _READ, _WRITTEN = "sync.place", "sync.read", "sync.written"
SUFFIX = ".sealed"
READABLE = 0o644


@dataclass(frozen=True, slots=True)
class SyncPlace:
    """Where a plan is synced, and for whom of the two on this machine."""

    folder: Path
    party: Party


@dataclass(slots=True)
class Synced:
    """What one look into the folder came to."""

    came: int = 0
    """Events that were new here."""
    problems: list[str] = field(default_factory=list)
    """Files that could not be taken in, each in one sentence (names as stored)."""
    wrote: bool = False


def synced_words(result: Synced) -> tuple[str, ...]:
    """Return what came through the folder and what could not be taken in or written (names as stored)."""
    came = f"{result.came} events came through the folder, and verify."
    if result.came == 1:
        came = "One event came through the folder, and verifies."
    rows = [came] if result.came else []
    return (*rows, *(f"In the folder: {problem}" for problem in result.problems))


def sync_place(plan: PlanFile) -> SyncPlace | None:
    """Return where a plan is synced; None where nobody said so."""
    try:
        found = json.loads(plan.meta.get(_PLACE) or "null")
        return None if found is None else SyncPlace(Path(found["folder"]), found["party"])
    except (ValueError, KeyError, TypeError):
        return None


def set_sync(workspace: Workspace, plan: PlanFile, party: Party, folder: Path) -> None:
    """Sync a plan through `folder` from now on; both parties see in the history that copies go there.

    Raises UsageError where there is no such folder, or a party has no key of its own yet; Refused.
    """
    if not folder.is_dir():
        raise UsageError(f"{folder} is no folder.", kept="Nothing was changed.")
    if not plan.has_opened:
        raise UsageError("Nothing of this plan was put forward yet, so there is nothing to share.")
    _recipients(workspace, plan)
    other = plan.state.parties[_other(party)]
    if not plan.meta.get(_PLACE):

        def compose(history: History) -> list[Record]:
            act = Act(plan.id, history, acting_key(workspace, plan, party))
            act.add("share", ShareBody(to=other.name, fingerprint=other.fingerprint, folder=True))
            return act.records

        plan.record(compose)
    plan.meta.put(_PLACE, json.dumps({"folder": str(folder.resolve()), "party": party}))


def stop_sync(plan: PlanFile) -> None:
    """Sync a plan no longer. The files in the folder stay: they are not only yours to delete."""
    plan.meta.put(_PLACE, "")


def sync_in(workspace: Workspace, plan: PlanFile) -> Synced:
    """Take in what came to the folder, as far as this person's keys are unlocked. Never raises for a file.

    A file that was looked at already is not opened again until it changes.
    """
    result = Synced()
    place = sync_place(plan)
    secrets = None if place is None else _secrets(workspace, plan, place.party)
    if place is None or secrets is None:
        return result
    seen = _seen(plan)
    own = _own_file(plan, place)
    looked = dict(seen)
    for path in _files(plan, place, result):
        try:
            found = path.stat()
            stamp = [found.st_size, found.st_mtime_ns]
            if path.name == own.name or seen.get(path.name) == stamp:
                continue
            result.came += _take(workspace, plan, path, secrets)
        except OSError as error:
            result.problems.append(f"{path.name} cannot be read ({error.strerror}).")
        except CoachError as error:
            result.problems.append(f"{path.name}: {error.what}")
            looked[path.name] = stamp
        else:
            looked[path.name] = stamp
    if looked != seen:
        plan.meta.put(_READ, json.dumps(looked))
    return result


def sync_out(workspace: Workspace, plan: PlanFile) -> Synced:
    """Write this party's file, where the folder does not hold the newest events yet. No keys are needed.

    Never raises for the folder: what could not be written is said, and tried again at the next closing.
    """
    result = Synced()
    place = sync_place(plan)
    if place is None or not plan.has_opened:
        return result
    path = _own_file(plan, place)
    heads = " ".join(sorted(plan.history.heads))
    if plan.meta.get(_WRITTEN) == heads and path.exists():
        return result
    try:
        data = seal(pack(to_lines(plan.history)), _recipients(workspace, plan))
        replace_private(path, data)
        path.chmod(READABLE)  # sealed: the other party may be another user of the same folder
    except OSError as error:
        result.problems.append(f"{place.folder} cannot be written ({error.strerror}).")
    except CoachError as error:
        result.problems.append(error.what)
    else:
        result.wrote = True
        plan.meta.put(_WRITTEN, heads)
    return result


def _take(workspace: Workspace, plan: PlanFile, path: Path, secrets: Secrets) -> int:
    """Verify one file and merge it; return how many events were new. Raises CoachError, OSError."""
    with path.open("rb") as file:
        data = file.read(LARGEST_FILE + 1)
    if len(data) > LARGEST_FILE:
        raise Refused("it is larger than any plan.")
    received = open_file(workspace, data, secrets)
    if received.plan != plan.id:
        raise Refused("it holds another plan.")
    if received.viewer:
        raise Refused("it is a viewer's copy.")
    if received.new:
        plan.record(lambda history: received.history.records())
    return len(received.new)


def _files(plan: PlanFile, place: SyncPlace, result: Synced) -> list[Path]:
    try:
        return sorted(place.folder.glob(f"{plan.id}.*{SUFFIX}"))
    except OSError as error:
        result.problems.append(f"{place.folder} cannot be read ({error.strerror}).")
        return []


def _own_file(plan: PlanFile, place: SyncPlace) -> Path:
    return place.folder / f"{plan.id}.{place.party}{SUFFIX}"


def _secrets(workspace: Workspace, plan: PlanFile, party: Party) -> Secrets | None:
    return workspace.unlocked.held(plan.state.parties[party].fingerprint) if plan.has_opened else None


def _recipients(workspace: Workspace, plan: PlanFile) -> list[str]:
    """Return both parties' sealing keys. Raises UsageError where one is not known yet."""
    known = {card.fingerprint: card.seal for card in contacts(workspace.contacts_folder)}
    seals = []
    for party in PARTIES:
        info = plan.state.parties[party]
        found = info.seal or known.get(info.fingerprint) or _own_seal(workspace, info.fingerprint)
        if found is None:
            raise UsageError(
                f"The {PARTY_WORDS[party]} has no keys of their own in this plan yet.",
                kept="Nothing was changed.",
                next_step="Share the plan once by a file, so that both go on with keys of their own.",
            )
        seals.append(found)
    return seals


def _own_seal(workspace: Workspace, fingerprint: str) -> str | None:
    from coach_assist.flows.identity import people

    return next((one.sealing_key for one in people(workspace) if one.fingerprint == fingerprint), None)


def _other(party: Party) -> Party:
    return next(one for one in PARTIES if one != party)


def _seen(plan: PlanFile) -> dict[str, list[int]]:
    try:
        found = json.loads(plan.meta.get(_READ) or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
