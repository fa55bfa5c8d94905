"""Confirming with one's own key, the question form, how long a plan is kept, the system's keyring."""

from __future__ import annotations

import sys
import types
from datetime import date
from pathlib import Path

import pytest
from plan_maker import accept_everything_one_by_one, named_plan, plan_with_goals
from two_machines import Machine, cheap_stretching

from coach_assist.errors import Refused, UsageError
from coach_assist.flows.blind import release_view
from coach_assist.flows.confirm import confirm, to_confirm
from coach_assist.flows.form import confirm_returned, make_form, returned, take_form
from coach_assist.flows.history_words import history_words
from coach_assist.flows.interview import Interview
from coach_assist.flows.plans import plans
from coach_assist.flows.retention import keep_until, reminder, set_keep_until
from coach_assist.flows.sign import sign, sign_view
from coach_assist.workspace import system_keyring
from coach_assist.workspace.store import Workspace

TODAY = date(2026, 11, 25)
SMART = "Answer 8 of 10 customer mails within one working day by 31 March 2027"


@pytest.mark.parametrize("signed", [False, True])
def test_an_acceptance_is_confirmed_with_ones_own_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, signed: bool
) -> None:
    cheap_stretching(monkeypatch)
    bo = Machine(tmp_path / "bo", "Bo", "manager")
    with plan_with_goals(bo.workspace, SMART, "Unsmart") as plan:
        accept_everything_one_by_one(bo.workspace, plan)
        if signed:
            for party in ("manager", "team_member"):
                sign(bo.workspace, plan, party, sign_view(plan).plan_hash)
        assert to_confirm(plan, "manager") == ()  # the same key would prove nothing
        identity = plan.id
    bo.use_own_key(identity)
    with bo.workspace.open(identity) as plan:
        before = plan.state
        first, second = to_confirm(plan, "manager")
        assert to_confirm(plan, "team_member") == ()
        with pytest.raises(UsageError, match="not the text"):
            confirm(bo.workspace, plan, "manager", first.id, second.shown)
        with pytest.raises(UsageError, match="nothing to confirm"):
            confirm(bo.workspace, plan, "team_member", first.id, first.shown)
        earlier = plan.state.proposals[first.id].decided["manager"]
        confirm(bo.workspace, plan, "manager", first.id, first.shown)
        after = plan.state.proposals[first.id]
        assert after.custody == {"manager": "own machine", "team_member": "this machine"}
        assert plan.history.events[after.decided["manager"]].body.confirms == earlier
        assert plan.state.plan_hash == before.plan_hash and plan.state.revision == before.revision
        assert [one.id for one in to_confirm(plan, "manager")] == [second.id]
        assert any("confirmed with another key" in one.what for one in history_words(plan.history))
        bo.workspace.unlocked.lock()
        with pytest.raises(Refused, match="locked"):
            confirm(bo.workspace, plan, "manager", second.id, second.shown)


def fill(form: str, **answers: str) -> bytes:
    """Type answers into a form, as somebody with a plain editor would."""
    for question, text in answers.items():
        before, after = form.split(f"<!-- question: {question} -->", 1)
        form = before + f"<!-- question: {question} -->" + after.replace("Answer:", f"Answer:\n{text}", 1)
    return form.encode("utf-8")


def test_a_form_goes_out_and_comes_back_and_counts_once_confirmed() -> None:
    workspace = Workspace()
    with named_plan(workspace) as plan:
        form = make_form(plan, "team_member", "short")
        assert "Questions for Noor" in form and "It is voluntary" in form and "question: manager" not in form
        text = "  First line.\n\nThird \x1b[2J <!-- x --> line."
        data = fill(
            form, why=text, goal="- Cut late calls to 2 by 2027-03-01\n- Write it down", obstacle="No time"
        )
        assert take_form(plan, "team_member", data).keys() == {"why", "goal", "obstacle"}
        assert (
            plan.answers.all("team_member") == () and not release_view(workspace, plan, "team_member").ready
        )
        assert returned(plan, "team_member")["why"] == text.strip()
        for question, keep in (("why", True), ("goal", True), ("obstacle", False)):
            confirm_returned(workspace, plan, "team_member", question, keep=keep)
        with pytest.raises(UsageError, match="No returned answer"):
            confirm_returned(workspace, plan, "team_member", "why", keep=True)
        assert returned(plan, "team_member") == {}
        own = Interview.resume(workspace, plan, path="short", today=TODAY, owner="team_member")
        assert own.session.answers["goal"] == ("Cut late calls to 2 by 2027-03-01", "Write it down")
        assert "obstacle" not in own.session.answers and own.session.answers["why"] == text.strip()


def test_an_untouched_or_broken_form_takes_nothing_over() -> None:
    with named_plan(Workspace()) as plan:
        form = make_form(plan, "team_member", "full")
        marker = "<!-- question: why -->"
        for wrong, words in (
            (form.encode(), "no answer"),
            (b"", "no answer"),
            (b"\xff\xfe", "UTF-8"),
            (b"x" * (1024 * 1024 + 1), "megabyte"),
            (fill(form, why="Yes").replace(b"question: why", b"question: wyh"), "no question"),
            (fill(form, why="x" * 4001), "characters long"),
            (fill(form, why="A") + f"\n{marker}\nAnswer: B\n".encode(), "twice"),
            (fill(form, why="A") + b"<!-- question: manager -->\nAnswer: Me\n", "no question"),
        ):
            with pytest.raises(UsageError, match=words):
                take_form(plan, "team_member", wrong)
            assert returned(plan, "team_member") == {}


def test_a_day_up_to_which_a_plan_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = Workspace()
    with plan_with_goals(workspace, SMART) as plan:
        assert keep_until(plan) is None
        with pytest.raises(UsageError, match="passed already"):
            set_keep_until(plan, date(2026, 11, 24), TODAY)
        set_keep_until(plan, date(2026, 12, 31), TODAY)
        assert keep_until(plan) == date(2026, 12, 31)
    (row,) = plans(workspace)
    assert row.keep_until == date(2026, 12, 31)
    assert reminder(row.keep_until, date(2026, 12, 31), row.short) is None
    assert "coach-assist delete" in str(reminder(row.keep_until, date(2027, 1, 1), row.short))
    with workspace.open(row.id) as plan:
        set_keep_until(plan, None, TODAY)
    assert plans(workspace)[0].keep_until is None


class FakeKeyring(types.ModuleType):
    """The four calls of a system keyring that are used, in memory."""

    def __init__(self, *, broken: bool = False) -> None:
        super().__init__("keyring")
        self.kept: dict[tuple[str, str], str] = {}
        self.broken = broken
        self.errors = types.ModuleType("keyring.errors")
        self.errors.KeyringError = type("KeyringError", (Exception,), {})

    def _look(self) -> None:
        if self.broken:
            raise self.errors.KeyringError("no backend")

    def set_password(self, service: str, name: str, secret: str) -> None:
        self._look()
        self.kept[service, name] = secret

    def get_password(self, service: str, name: str) -> str | None:
        self._look()
        return self.kept.get((service, name))

    def delete_password(self, service: str, name: str) -> None:
        self._look()
        del self.kept[service, name]


def use(monkeypatch: pytest.MonkeyPatch, keyring: FakeKeyring | None) -> None:
    monkeypatch.setitem(sys.modules, "keyring", keyring)
    monkeypatch.setitem(sys.modules, "keyring.errors", keyring.errors if keyring else None)


def test_the_systems_keyring_and_both_ways_of_not_having_one(monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, FakeKeyring())
    assert system_keyring.remembered("f" * 64) is None
    system_keyring.remember("f" * 64, "tulip ladder copper")
    assert system_keyring.remembered("f" * 64) == "tulip ladder copper"
    assert system_keyring.forget("f" * 64) and not system_keyring.forget("f" * 64)
    use(monkeypatch, FakeKeyring(broken=True))
    assert system_keyring.remembered("f" * 64) is None and not system_keyring.forget("f" * 64)
    with pytest.raises(Refused, match="no keyring that can be used"):
        system_keyring.remember("f" * 64, "x")
    use(monkeypatch, None)
    assert system_keyring.remembered("f" * 64) is None
    with pytest.raises(UsageError, match="one more package"):
        system_keyring.remember("f" * 64, "x")
