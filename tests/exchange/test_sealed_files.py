"""What travels sealed: each part of its first line is checked, and who cannot open it is told so."""

from __future__ import annotations

from pathlib import Path

import pyrage
import pytest
from history_maker import small_history

from coach_assist.agreement.canonical import encode
from coach_assist.agreement.faults import Damaged, NewerVersion
from coach_assist.agreement.fold import fold
from coach_assist.agreement.history import History
from coach_assist.agreement.lines import to_lines
from coach_assist.errors import Refused, UsageError
from coach_assist.exchange.package import Package, pack, unpack
from coach_assist.exchange.sealing import seal, unseal
from coach_assist.flows import receive
from coach_assist.flows.verify_bundle import verify_bundle
from coach_assist.workspace.memory import remember_heads
from coach_assist.workspace.plan_file import PlanFile
from coach_assist.workspace.store import Workspace

GOOD = {"hands_over": "manager", "key": "05" * 32, "package": "coach-assist", "v": 1}


def first_line(**changes: object) -> bytes:
    return encode({**GOOD, **changes}) + b"\nlines"


def test_what_is_packed_comes_back() -> None:
    assert unpack(first_line()) == Package(b"lines", "manager", b"\x05" * 32)
    assert unpack(pack(b"a\nb\n")) == Package(b"a\nb\n", None, None)
    assert "05" * 8 not in repr(unpack(first_line()))


@pytest.mark.parametrize(
    "changes",
    [
        {"package": "other"}, {"package": None}, {"more": 1}, {"v": 0}, {"v": True}, {"v": "1"}, {"v": None},
        {"key": None}, {"hands_over": None}, {"hands_over": "hr"}, {"hands_over": 1}, {"key": "zz" * 32},
        {"key": "05" * 31}, {"key": "05" * 33}, {"key": ""},
    ],
)  # fmt: skip
def test_a_first_line_that_says_something_else_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(Damaged, match="line 1"):
        unpack(first_line(**changes))


@pytest.mark.parametrize("data", [b"", b"\n", b"[]\nlines", b"1\nlines", b"{\nlines", first_line()[1:]])
def test_what_is_no_package_is_refused(data: bytes) -> None:
    with pytest.raises(Damaged, match="line 1"):
        unpack(data)


def test_a_newer_package_says_so() -> None:
    with pytest.raises(NewerVersion, match="format 2"):
        unpack(first_line(v=2, more=1))


def test_only_its_recipient_opens_it() -> None:
    one, other = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
    sealed = seal(b"lines", [str(one.to_public())])
    assert unseal(sealed, str(one)) == b"lines" and b"lines" not in sealed
    for data, identity in (
        (sealed, str(other)),
        (sealed[:-1], str(one)),
        (b"x", str(one)),
        (sealed, "no key"),
    ):
        with pytest.raises(Refused, match="not sealed to these keys"):
            unseal(data, identity)
    with pytest.raises(UsageError, match="not readable"):
        seal(b"lines", ["age1" + "q" * 58])


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError, match=r"gone\.sealed cannot be read"):
        receive.read_sealed(tmp_path / "gone.sealed")
    (tmp_path / "a.sealed").write_bytes(b"12345")
    assert receive.read_sealed(tmp_path / "a.sealed") == b"12345"
    monkeypatch.setattr(receive, "LARGEST_FILE", 4)
    with pytest.raises(UsageError, match="larger than any plan"):
        receive.read_sealed(tmp_path / "a.sealed")


def test_what_cannot_be_taken_in_is_said_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    history = small_history().history
    received = receive.Received(history, Package(b"", None, None), fold(history), False, (), 0)

    def full(self: PlanFile, *given: object, **named: object) -> None:
        raise Refused("The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(PlanFile, "record", full)
        with pytest.raises(Refused, match="disk is full"):
            receive.take_in(Workspace(tmp_path), received)
    assert Workspace(tmp_path).ids() == ()
    assert receive.take_in(Workspace(tmp_path), received) == fold(history)


def test_a_cut_bundle_is_seen_by_who_remembers_its_heads(tmp_path: Path) -> None:
    history = small_history().history
    workspace = Workspace(tmp_path)
    remember_heads(workspace.heads_folder / f"{history.plan}.heads", history.heads)
    assert verify_bundle(to_lines(history), workspace).heads_checked == 1
    cut = to_lines(History().extended(history.records()[:-1]))
    assert verify_bundle(cut).state  # by itself it verifies
    with pytest.raises(Damaged, match="seen here before and is gone"):
        verify_bundle(cut, workspace)
