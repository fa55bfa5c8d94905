"""Keys behind a passphrase: nothing opens them but that, and no changed file passes."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from coach_assist.errors import Refused, UsageError
from coach_assist.flows.identity import back_up, change_passphrase, create_person, people, person, restore
from coach_assist.workspace.people import (
    PersonFile,
    WrongPassphrase,
    new_person,
    read_person,
    to_bytes,
    unlock,
)
from coach_assist.workspace.store import Workspace
from coach_assist.workspace.unlocked import Unlocked

PASSPHRASE = "tulip ladder copper"


@pytest.fixture(scope="module")
def noor() -> PersonFile:
    return new_person("Noor", PASSPHRASE)


def test_the_passphrase_opens_and_nothing_else(noor: PersonFile) -> None:
    found = unlock(noor, PASSPHRASE)
    assert found.sign.public == noor.sign
    assert found.sign.secret().hex() not in repr(found) and found.seal not in repr(found)
    for wrong in ("", "tulip ladder coppe", PASSPHRASE + " ", PASSPHRASE.upper()):
        with pytest.raises(WrongPassphrase):
            unlock(noor, wrong)
    assert found.sign.secret().hex().encode() not in to_bytes(noor)


def test_composed_and_decomposed_letters_are_one_passphrase() -> None:
    made = new_person("Bo", "grüne tür am see")
    assert unlock(made, "gru\u0308ne tu\u0308r am see").sign.public == made.sign


@pytest.mark.parametrize(
    "change",
    [
        {"name": "Bo"}, {"sign": "00" * 32},
        {"salt": "AAAAAAAAAAAAAAAAAAAAAA=="}, {"nonce": "AAAAAAAAAAAAAAAA"},
        {"box": "AAAA"}, {"box": "!"}, {"nonce": ""}, {"seal": "age1" + "q" * 58},
        {"kdf": {"alg": "argon2id", "m_kib": 19456, "t": 3, "p": 1}},
    ],
)  # fmt: skip
def test_a_changed_file_does_not_open(noor: PersonFile, change: dict[str, object], tmp_path: Path) -> None:
    path = tmp_path / "noor.person"
    path.write_text(json.dumps({**json.loads(to_bytes(noor)), **change}), encoding="utf-8")
    with pytest.raises(WrongPassphrase):
        unlock(read_person(path), PASSPHRASE)


@pytest.mark.parametrize(
    "content",
    [
        b"", b"{}", b"[" * 9000, b"\xff", b"x" * 20_000, b'{"v": 2}',
        *(
            json.dumps({"kdf": {"alg": "argon2id", "m_kib": memory, "t": passes, "p": lanes}}).encode()
            for memory, passes, lanes in (
                (2**30, 3, 1), (8, 3, 1), (65536, 0, 1), (65536, 999, 1), (65536, 3, 99),
            )
        ),
    ],
)  # fmt: skip
def test_no_key_file_or_one_that_asks_for_too_much(noor: PersonFile, content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "noor.person"
    if content.startswith(b'{"kdf"'):
        content = json.dumps({**json.loads(to_bytes(noor)), **json.loads(content)}).encode()
    path.write_bytes(content)
    with pytest.raises(Refused, match="no key file"):
        read_person(path)
    with pytest.raises(Refused, match="cannot be read"):
        read_person(tmp_path / "nothing")


def test_create_back_up_lose_and_restore(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "home")
    made = create_person(workspace, "Noor", PASSPHRASE)
    assert stat.S_IMODE(made.path.stat().st_mode) == 0o600 and not made.backed_up
    assert made.words.count("-") == 7 and people(workspace) == (made,)
    for name, passphrase in (("noor", PASSPHRASE), ("Bo", "short"), ("", PASSPHRASE)):
        with pytest.raises(UsageError):
            create_person(workspace, name, passphrase)
    copy = tmp_path / "stick" / "noor.backup"
    with pytest.raises(Refused):
        back_up(workspace, "", copy)
    copy.parent.mkdir()
    assert back_up(workspace, "", copy).backed_up
    with pytest.raises(UsageError, match="is there already"):
        back_up(workspace, "", copy)
    changed = change_passphrase(workspace, "Noor", PASSPHRASE, "another long one")
    assert changed.fingerprint == made.fingerprint
    with pytest.raises(WrongPassphrase):
        unlock(person(workspace, "Noor"), PASSPHRASE)
    changed.path.unlink()
    assert people(workspace) == ()
    with pytest.raises(WrongPassphrase):
        restore(workspace, copy, "another long one")  # the backup has the passphrase of its day
    assert restore(workspace, copy, PASSPHRASE).fingerprint == made.fingerprint
    assert unlock(person(workspace, made.fingerprint[:8]), PASSPHRASE)


def test_several_people_have_to_be_told_apart(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "home")
    with pytest.raises(UsageError, match="no keys"):
        person(workspace, "")
    create_person(workspace, "Noor", PASSPHRASE)
    create_person(workspace, "Bo", PASSPHRASE)
    with pytest.raises(UsageError, match="2 people"):
        person(workspace, "")
    assert person(workspace, "bo").name == "Bo"


def test_unlocked_for_one_turn_only(noor: PersonFile) -> None:
    now = [0.0]
    ring = Unlocked(idle_seconds=60, clock=lambda: now[0])
    assert ring.held(noor.fingerprint) is None
    ring.unlock(noor, PASSPHRASE)
    assert ring.held("ab" * 32) is None
    for _ in range(3):
        now[0] += 50
        assert ring.held(noor.fingerprint) is not None
    now[0] += 61
    assert ring.held(noor.fingerprint) is None
    ring.unlock(noor, PASSPHRASE)
    ring.lock()
    assert ring.held(noor.fingerprint) is None
    ring.unlock(noor, PASSPHRASE)
    with pytest.raises(WrongPassphrase):
        ring.unlock(noor, "wrong one")
    assert ring.held(noor.fingerprint) is None  # a failed hand-over leaves nobody's keys open
