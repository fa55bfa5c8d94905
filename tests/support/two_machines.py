"""Two machines with a workspace each, a person on each, and files that go between them."""

from __future__ import annotations

from pathlib import Path

from plan_maker import goal, named_plan

from coach_assist.agreement.fold import State
from coach_assist.flows.identity import card_of, create_person, person, take_card_in
from coach_assist.flows.own_key import move_to_own_key
from coach_assist.flows.propose import put_forward
from coach_assist.flows.receive import open_file, take_in
from coach_assist.flows.share import recipient, share
from coach_assist.plan.units import Party
from coach_assist.workspace.contacts import Card
from coach_assist.workspace.people import Secrets, Stretch
from coach_assist.workspace.store import Workspace

PASSPHRASE = "tulip ladder copper"


def cheap_stretching(monkeypatch) -> None:
    """Let passphrases cost little in tests that are about something else (still within the bounds)."""
    monkeypatch.setattr("coach_assist.workspace.people.Stretch", lambda: Stretch(m_kib=19_456, t=2))


class Machine:
    """One machine: its workspace, and the person who sits at it."""

    def __init__(self, root: Path, name: str, party: Party) -> None:
        self.workspace, self.name, self.party = Workspace(root), name, party
        create_person(self.workspace, name, PASSPHRASE)
        self.person = person(self.workspace, name)
        self.unlock()

    def unlock(self) -> None:
        self.workspace.unlocked.unlock(self.person, PASSPHRASE)

    @property
    def secrets(self) -> Secrets:
        held = self.workspace.unlocked.held(self.person.fingerprint)
        assert held is not None
        return held

    def meet(self, other: Machine) -> None:
        """Take the other's card in, the words read out."""
        words, data = card_of(other.workspace, other.name)
        take_card_in(self.workspace, Card.model_validate_json(data), words)

    def file_for(self, other: Machine, plan: str, *, hand_over: Party | None = None) -> bytes:
        with self.workspace.open(plan) as opened:
            to = recipient(self.workspace, other.name)
            return share(self.workspace, opened, self.party, to, hand_over=hand_over)

    def receive(self, data: bytes) -> State:
        return take_in(self.workspace, open_file(self.workspace, data, self.secrets))

    def use_own_key(self, plan: str) -> None:
        with self.workspace.open(plan) as opened:
            move_to_own_key(self.workspace, opened, self.party, self.person)

    def state(self, plan: str) -> State:
        with self.workspace.open(plan) as opened:
            return opened.state


def two_machines(folder: Path, *goals: str) -> tuple[Machine, Machine, str]:
    """The manager's machine, on which the plan opened, the team member's, and the plan's id. Both act with
    keys of their own."""
    bo = Machine(folder / "bo", "Bo", "manager")
    noor = Machine(folder / "noor", "Noor", "team_member")
    bo.meet(noor)
    noor.meet(bo)
    with named_plan(bo.workspace) as plan:
        drafts = [goal(text) for text in goals or ("Answer 8 of 10 mails within a day by 31 March 2027",)]
        put_forward(bo.workspace, plan, "manager", drafts, accept_own=False)
        identity = plan.id
    bo.use_own_key(identity)
    noor.receive(bo.file_for(noor, identity, hand_over="team_member"))
    noor.use_own_key(identity)
    bo.receive(noor.file_for(bo, identity))
    return bo, noor, identity
