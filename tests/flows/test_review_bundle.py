"""Shared plans are reviewed: signed text, sealed files, every format ever written; hostile ones are not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from two_machines import Machine, cheap_stretching, two_machines

from coach_assist.agreement.lines import to_lines
from coach_assist.exchange.package import pack
from coach_assist.exchange.sealing import seal
from coach_assist.flows.decide import accept, undecided
from coach_assist.flows.review import ReviewOptions, review_file
from coach_assist.flows.review_batch import ReviewState, review_files, sealed_files
from coach_assist.flows.review_bundle import MOST_EVENTS, unsealed
from coach_assist.flows.review_output import FileReview
from coach_assist.workspace.store import Workspace

FORMATS = Path(__file__).resolve().parents[1] / "data" / "formats"
OPTIONS = ReviewOptions()


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    cheap_stretching(monkeypatch)


def kept(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def review_of(path: Path) -> FileReview:
    entry = review_file(path, OPTIONS)
    assert entry.review is not None, entry.fault
    return entry.review


def fault_of(path: Path) -> str:
    entry = review_file(path, OPTIONS)
    assert entry.fault is not None
    return f"{entry.fault.what}. {entry.fault.next_step}"


@pytest.mark.parametrize("version", sorted(path.name for path in FORMATS.iterdir()))
def test_exports_of_every_version_are_reviewed_and_say_the_same(version: str) -> None:
    signed = review_of(FORMATS / version / "export.signed")
    plain = review_of(FORMATS / version / "export.json")
    assert (signed.format, plain.format) == ("bundle", "plan")
    assert [unit.model_dump() for unit in signed.units] == [unit.model_dump() for unit in plain.units]
    assert signed.missing == plain.missing and signed.findings == plain.findings
    assert signed.names.keys() == {"team_member", "manager"}
    assert any("Both have signed it, revision 1" in one for one in signed.remarks)
    (stored,) = (FORMATS / version).glob("*.plan")
    assert "in which a plan is kept" in fault_of(stored)
    for name in ("export.md", "export.agenda", "export.guide"):
        assert review_file(FORMATS / version / name, OPTIONS).review is not None


def shared(folder: Path) -> tuple[Machine, Machine, bytes, bytes]:
    """Return both machines, a file sealed to the team member, and the signed text in it."""
    bo, noor, identity = two_machines(folder)
    data = bo.file_for(noor, identity)
    return bo, noor, data, unsealed(data, noor.secrets.seal)


def test_a_sealed_file_is_opened_verified_and_never_taken_in(tmp_path: Path) -> None:
    _bo, noor, data, _lines = shared(tmp_path)
    path = kept(tmp_path, "for-noor.coach", data)
    assert sealed_files([path, tmp_path / "none", tmp_path]) == (path,)
    assert "sealed to somebody's keys" in fault_of(path)
    state = ReviewState(tmp_path / "state", OPTIONS.mark)
    plain = kept(tmp_path, "a.md", b"# Plan\n\n## Goals\n- Run the till alone by 30 June 2027\n")

    def opened(data: bytes) -> bytes:
        return unsealed(data, noor.secrets.seal)

    for jobs in (1, 2):
        first, second = review_files([path, plain], OPTIONS, jobs=jobs, open_sealed=opened)
        assert (first.file, second.file) == (str(path), str(plain))
        assert first.review is not None and first.review.format == "bundle"
        assert first.review.not_agreed == ["goal"] and first.review.units == []
        assert "goal" not in first.review.missing
        assert any("Nothing in it is agreed yet" in one for one in first.review.remarks)
    empty = Workspace(tmp_path / "other")
    assert empty.ids() == ()
    list(review_files([path], OPTIONS, state=state, open_sealed=opened))
    (again,) = review_files([path], OPTIONS, state=ReviewState(tmp_path / "state", OPTIONS.mark))
    assert again.review is not None, "taken up from the state without the passphrase"


def test_a_wrong_recipient_is_said_and_a_key_that_is_handed_over_is_left_alone(tmp_path: Path) -> None:
    bo, noor, data, lines = shared(tmp_path)
    path = kept(tmp_path, "for-noor.coach", data)
    (entry,) = review_files([path], OPTIONS, open_sealed=lambda data: unsealed(data, bo.secrets.seal))
    assert entry.fault is not None and "not sealed to these keys" in entry.fault.what
    handing = pack(lines, "manager", bytes(32))
    sealed = kept(tmp_path, "handing.coach", seal(handing, [noor.person.seal]))
    (entry,) = review_files([sealed], OPTIONS, open_sealed=lambda data: unsealed(data, noor.secrets.seal))
    assert entry.review is not None and "00000000" not in entry.model_dump_json()
    assert "may hold a party's key" in fault_of(kept(tmp_path, "inside.txt", handing))


def test_what_holds_is_reviewed_and_what_waits_is_only_named(tmp_path: Path) -> None:
    bo, noor, identity = two_machines(tmp_path)
    for machine in (bo, noor):
        with machine.workspace.open(identity) as plan:
            for view in undecided(plan, machine.party):
                accept(
                    machine.workspace, plan, machine.party, view.id, view.shown,
                    acknowledged=frozenset(view.to_acknowledge),
                )  # fmt: skip
        other = noor if machine is bo else bo
        other.receive(machine.file_for(other, identity))
    with noor.workspace.open(identity) as plan:
        review = review_of(kept(tmp_path, "signed", to_lines(plan.history)))
    (goal,) = review.units
    assert goal.kind == "goal" and goal.verdicts is not None and goal.verdicts.T == "met"
    assert any("accepted is reviewed" in one for one in review.remarks)


def test_hostile_bundles_are_refused_with_words(tmp_path: Path) -> None:
    good = (FORMATS / "0.1.0" / "export.signed").read_bytes()
    lines = good.split(b"\n")
    header = json.loads(lines[0])

    def with_header(**changes: object) -> bytes:
        text = json.dumps({**header, **changes}, sort_keys=True, separators=(",", ":"))
        return b"\n".join([text.encode(), *lines[1:]])

    hostile = {
        "cut off": good[:-40],
        "a lost tail": b"\n".join([*lines[:-2], b""]),
        "a changed byte": good.replace(b'"core"', b'"cores"', 1),
        "a line twice": b"\n".join([*lines[:3], lines[2], *lines[3:]]),
        "a newer format": with_header(v=99),
        "another plan": with_header(plan="a" * len(header["plan"])),
        "too deep": lines[0] + b"\n" + b"[" * 100_000 + b"\n",
        "a long number": lines[0] + b"\n" + b'{"core":' + b"9" * 100_000 + b"}\n",
        "only a header": lines[0] + b"\n",
        "no text": lines[0] + b"\n\xff\xfe\x00\n",
        "too many": lines[0] + b"\n{}" * (MOST_EVENTS + 1) + b"\n",
    }
    paths = [kept(tmp_path, f"{name}.coach", data) for name, data in hostile.items()]
    for entry in review_files(paths, OPTIONS):
        assert entry.review is None and entry.fault is not None, entry.file
        assert len(entry.fault.what) > 10 and "Traceback" not in entry.fault.what
    assert "newer" in fault_of(paths[4])
