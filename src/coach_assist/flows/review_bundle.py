"""Reviewing a plan that was shared: its signed text, or the file that was sealed to somebody's keys.

All of it is verified before a word is read, and nothing of it is taken in: no plan is made, and a party's
key that a sealed file may hand over is left unread.
"""

from __future__ import annotations

import hashlib

from coach_assist.agreement.fold import State
from coach_assist.agreement.lines import BUNDLE
from coach_assist.exchange.package import unpack
from coach_assist.exchange.readers.document import Document, ReadFault
from coach_assist.exchange.readers.own_json import MOST_UNITS, all_text
from coach_assist.exchange.sealing import unseal
from coach_assist.flows.verify_bundle import BundleReport, verify_bundle

MOST_EVENTS = 20_000
"""Lines of a bundle that is reviewed: some years of a plan, and a few seconds of checking signatures."""
_SEALED = (b"age-encryption.org/", b"-----BEGIN AGE")
_BUNDLE = f'{{"bundle":"{BUNDLE}"'.encode()
_PACKAGE = b'{"hands_over":'


def is_sealed(data: bytes) -> bool:
    """Say whether bytes (the first 64 are enough) are a file that is sealed to somebody's keys."""
    return data[:64].lstrip().startswith(_SEALED)


def is_bundle(data: bytes) -> bool:
    """Say whether bytes are the signed text of a plan, whatever is wrong with it."""
    return data.startswith((_BUNDLE, _PACKAGE))


def unsealed(data: bytes, identity: str) -> bytes:
    """Return the signed text that a sealed file holds, opened with a person's sealing key.

    Raises Refused where it is sealed to other keys or was changed, Damaged where no plan is in it,
    NewerVersion.
    """
    return unpack(unseal(data, identity)).lines


def bundle_document(data: bytes, name: str, *, digest: str = "") -> Document:
    """Verify a signed text and return what holds in it now as a document. `digest`: that of the sealed file.

    What waits for a decision is named by its kind, never quoted. Raises ReadFault, Damaged, NewerVersion.
    """
    if data.startswith(_PACKAGE):
        raise ReadFault(
            "this is the inside of a sealed file, lying open; it may hold a party's key",
            next_step="Delete it, and review the sealed file.",
        )
    if data.count(b"\n") > MOST_EVENTS:
        raise ReadFault(f"it has more than {MOST_EVENTS:,} events")
    report = verify_bundle(data)
    state = report.state
    standing = state.in_force
    if len(standing) > MOST_UNITS:
        raise ReadFault(f"it has more than {MOST_UNITS} units")
    units = tuple(
        {"id": unit, "kind": one.kind, "value": dict(one.value or {})} for unit, one in standing.items()
    )
    return Document(
        name,
        "bundle",
        digest or hashlib.sha256(data).hexdigest(),
        "\n".join(line for unit in units for line in all_text(unit["value"])),
        units=units,
        open_units=_open_kinds(state),
        place_word="unit",
        remarks=_remarks(report, len(units)),
        names={party: info.name for party, info in state.parties.items()},
    )


def _open_kinds(state: State) -> tuple[str, ...]:
    """Return the kinds of units that are put forward and of which nothing holds yet."""
    waiting = {
        one.unit: one.kind
        for one in state.proposals.values()
        if one.status in ("open", "conflict") and one.unit not in state.in_force
    }
    return tuple(waiting.values())


def _remarks(report: BundleReport, units: int) -> tuple[str, ...]:
    state = report.state
    said = [f"It verifies: {len(report.events)} signed events. Nothing of it was taken in."]
    if state.demo:
        said.append("DEMO: nobody agreed to it.")
    if report.withheld:
        said.append("It is a viewer's copy: it shows what holds now, and some texts are withheld.")
    if state.revision:
        said.append(f"Both have signed it, revision {state.revision}.")
    elif units:
        said.append("What both have accepted is reviewed; they have not signed it yet.")
    else:
        said.append("Nothing in it is agreed yet, so there is no text to review.")
    if any(info.contested for info in state.parties.values()):
        said.append("Two keys claim to follow one: somebody else may hold one of them.")
    if changes := sum(
        one.status == "open" and one.unit in state.in_force for one in state.proposals.values()
    ):
        said.append(f"{changes} changes wait for a decision; what holds until then is reviewed.")
    return tuple(said)
