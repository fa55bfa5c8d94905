"""Keys, cards, sharing, receiving, signing and verifying at a terminal, on two machines."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from plan_maker import accept_everything_one_by_one, plan_with_goals
from pty_session import Session

from coach_assist.agreement.lines import to_lines
from coach_assist.workspace.store import Workspace

PASSPHRASE = "tulip ladder copper"
SMART = "Answer 8 of 10 customer mails within one working day by 31 March 2027"


def run(*args: str, home: Path | None = None, stdin: str = "") -> subprocess.CompletedProcess[str]:
    import os

    env = {**os.environ, **({"COACH_ASSIST_HOME": str(home)} if home else {})}
    return subprocess.run(
        [sys.executable, "-m", "coach_assist", *args],
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
        env=env,
    )


def at(home: Path, *args: str) -> Session:
    return Session(*args, env={"COACH_ASSIST_HOME": str(home)})


def make_person(home: Path, name: str) -> str:
    session = at(home, "identity", "create", name)
    session.answer("New passphrase: ", PASSPHRASE)
    session.answer("once more: ", PASSPHRASE)
    session.wait_for("Back the keys up now")
    assert session.end() == 0
    assert PASSPHRASE not in session.seen
    return next(line for line in session.seen.splitlines() if "fingerprint:" in line).split()[-1]


def test_from_one_machine_to_two(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    workspace = Workspace(here)
    with plan_with_goals(workspace, SMART) as plan:
        identity = plan.id
    make_person(here, "Bo")
    words = make_person(there, "Noor")
    card = tmp_path / "noor.card"
    assert words in run("identity", "card", "-o", str(card), home=there).stderr
    refused = run("identity", "add", str(card), "--words", "acid acid", home=here)
    assert refused.returncode == 2 and "not the words" in refused.stderr
    assert run("identity", "add", str(card), "--words", words, home=here).returncode == 0

    file = tmp_path / "plan.sealed"
    share = ("share", identity, "--to", "Noor", "--as", "manager", "-o", str(file))
    assert run(*share, home=here).returncode == 2  # no party has these keys yet
    assert run(*share, "--hand-over", "team-member", home=here).returncode == 0
    assert SMART.encode() not in file.read_bytes()

    receiving = at(there, "receive", str(file))
    receiving.answer("Passphrase of Noor: ", "wrong passphrase")
    assert receiving.end() == 4 and "does not open" in receiving.seen
    receiving = at(there, "receive", str(file))
    receiving.answer("Passphrase of Noor: ", PASSPHRASE)
    receiving.wait_for("identity use")
    assert receiving.end() == 0 and SMART in receiving.seen and "It verifies" in receiving.seen

    using = at(there, "identity", "use", identity[:6], "--as", "team-member")
    using.answer("Passphrase of Noor: ", PASSPHRASE)
    assert using.end() == 0
    deciding = at(there, "decide", identity[:6], "--as", "team-member")
    deciding.answer("Passphrase of Noor: ", "not this one")
    deciding.answer("Passphrase of Noor: ", PASSPHRASE)
    deciding.answer("Do you take part: ", "join")
    deciding.answer("Your answer: ", "accept")
    deciding.wait_for("Accepted.")
    assert deciding.end() == 0
    broken = tmp_path / "broken"
    broken.write_bytes(file.read_bytes()[:-20] + b"x" * 20)
    receiving = at(there, "receive", str(broken))
    receiving.answer("Passphrase of Noor: ", PASSPHRASE)
    assert receiving.end() == 4 and "Nothing of it was applied" in receiving.seen


def test_sign_and_verify(tmp_path: Path) -> None:
    workspace = Workspace()
    with plan_with_goals(workspace, SMART) as plan:
        assert run("sign", plan.id, "--as", "manager", stdin="sign\n").returncode == 2
        early = Session("sign", plan.id, "--as", "manager")
        assert early.end() == 2 and "Nothing is agreed" in early.seen
        accept_everything_one_by_one(workspace, plan)
        left = Session("sign", plan.id, "--as", "manager")
        left.answer("leave it: ", "yes")  # only the word itself signs
        assert left.end() == 0 and "Nothing was signed" in left.seen and plan.state.sign_offs.all == ()
        for party, words in (("manager", "as soon as the other"), ("team-member", "Revision 1 is in force")):
            session = Session("sign", plan.id, "--as", party)
            shown = session.answer("leave it: ", "sign")
            assert SMART in shown and plan.state.plan_hash in shown
            session.wait_for(words)
            assert session.end() == 0
        data = to_lines(plan.history)
        hashed = plan.state.plan_hash
    file = tmp_path / "plan.signed"
    file.write_bytes(data)
    done = run("verify", str(file), home=tmp_path / "nowhere")
    assert done.returncode == 0
    for wanted in (
        "Valid: plan",
        "opened the plan of Noor and Bo",
        f"signed by both, hash {hashed}",
        "never saw the plan",
    ):
        assert wanted in done.stdout
    assert "that this machine remembers are in it" in run("verify", str(file)).stdout
    file.write_bytes(data.replace(b"8 of 10", b"9 of 10"))
    bad = run("verify", str(file))
    assert bad.returncode == 4 and "does not match" in bad.stderr and bad.stdout == ""
    file.write_bytes(b"\x00\x1b[2J")
    assert run("verify", str(file)).returncode == 4


def test_identity_at_a_terminal(tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert "Nobody has keys" in run("identity", "show", home=home).stderr
    differ = at(home, "identity", "create", "Noor")
    differ.answer("New passphrase: ", PASSPHRASE)
    differ.answer("once more: ", PASSPHRASE + "x")
    assert differ.end() == 2
    words = make_person(home, "Noor")
    shown = run("identity", "show", home=home)
    assert words in shown.stdout and "none yet" in shown.stdout
    backup = tmp_path / "noor.backup"
    assert run("identity", "backup", str(backup), home=home).returncode == 0
    session = at(home, "identity", "passphrase")
    session.answer("Passphrase now: ", PASSPHRASE)
    session.answer("New passphrase: ", "a new and longer one")
    session.answer("once more: ", "a new and longer one")
    assert session.end() == 0
    session = at(tmp_path / "other", "identity", "restore", str(backup))
    session.answer("of the backup: ", PASSPHRASE)
    session.wait_for(words)
    assert session.end() == 0


@pytest.mark.parametrize("command", ["identity", "share", "receive", "sign", "verify"])
def test_each_command_explains_itself(command: str) -> None:
    done = run(command, "--help")
    assert done.returncode == 0 and len(done.stdout) > 200
