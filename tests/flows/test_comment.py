"""Comments: words beside a proposal that both read in order, and that decide nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from plan_maker import accept_everything_one_by_one, plan_with_goals
from two_machines import cheap_stretching, two_machines

from coach_assist.agreement.lines import from_lines, to_lines
from coach_assist.agreement.viewers import withheld_from_viewers
from coach_assist.errors import Refused, UsageError
from coach_assist.flows import decide
from coach_assist.flows.comment import comment
from coach_assist.flows.erase import erase
from coach_assist.flows.history_words import history_words
from coach_assist.flows.joining import leave
from coach_assist.flows.show import plan_view
from coach_assist.flows.show_json import plan_view_json
from coach_assist.workspace.plan_file import PlanFile
from coach_assist.workspace.store import Workspace

SMART = "Answer 8 of 10 customer mails within one working day by 31 March 2027"
SECRET = "the unlikely word wolkenkratzerpolka"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "home")


@pytest.fixture
def plan(workspace: Workspace) -> PlanFile:
    return plan_with_goals(workspace, SMART)


def test_both_comment_and_nothing_is_decided(workspace: Workspace, plan: PlanFile) -> None:
    (view,) = decide.undecided(plan, "manager")
    before = plan.state
    first = comment(workspace, plan, "manager", view.id, view.shown, "Why 8 of 10?")
    comment(workspace, plan, "team_member", view.id, view.shown, "Two of ten need the\nsecond line")
    (shown,) = plan_view(plan).open
    assert [(one.by_name, one.text) for one in shown.comments] == [
        ("Bo", "Why 8 of 10?"),
        ("Noor", "Two of ten need the\nsecond line"),
    ]
    assert shown.decisions == {"team_member": None, "manager": None} and shown.status == "open"
    assert plan.state.plan_hash == before.plan_hash and plan.state.agenda == ()
    said = plan_view_json(plan_view(plan))["open"][0]["comments"]
    assert said[0] == {
        "id": first, "by": "manager", "at": shown.comments[0].at, "text": "Why 8 of 10?",
    }  # fmt: skip
    told = [one for one in history_words(plan.history) if "remarked on goal" in one.what]
    assert [one.unit for one in told] == [view.unit, view.unit] and "Why 8 of 10?" in told[0].what
    assert first in withheld_from_viewers(plan.history)  # between the two parties
    again = from_lines(to_lines(plan.history))  # it travels with the history
    assert [one.what for one in history_words(again)] == [one.what for one in history_words(plan.history)]


def test_a_comment_has_a_text_a_shown_proposal_and_a_living_one(workspace: Workspace, plan: PlanFile) -> None:
    (view,) = decide.undecided(plan, "manager")
    count = len(plan.history.events)
    for proposal, shown, text in (
        (view.id, view.shown, " \n"),
        (view.id, view.shown, "x" * 4001),
        (view.id, "0" * 64, "Good"),
        ("0" * 64, view.shown, "Good"),
    ):
        with pytest.raises(UsageError):
            comment(workspace, plan, "manager", proposal, shown, text)
    accept_everything_one_by_one(workspace, plan)
    with pytest.raises(UsageError, match="settled"):
        comment(workspace, plan, "manager", view.id, view.shown, "Too late")
    assert len(plan.history.events) == count + 2


def test_its_author_erases_it_and_nobody_else(workspace: Workspace, plan: PlanFile) -> None:
    (view,) = decide.undecided(plan, "manager")
    said = comment(workspace, plan, "manager", view.id, view.shown, SECRET)
    with pytest.raises(UsageError, match="Only its author"):
        erase(workspace, plan, "team_member", said)
    erase(workspace, plan, "manager", said[:10])
    assert plan_view(plan).open[0].comments == ()
    assert SECRET.encode() not in plan.path.read_bytes()
    assert "comment, text erased by Bo on" in {one.id: one.what for one in history_words(plan.history)}[said]


def test_comments_of_two_machines_come_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cheap_stretching(monkeypatch)
    bo, noor, identity = two_machines(tmp_path)
    for machine, text in ((bo, "From here"), (noor, "From there")):
        with machine.workspace.open(identity) as plan:
            (view,) = plan_view(plan).open
            comment(machine.workspace, plan, machine.party, view.id, view.shown, text)
    noor.receive(bo.file_for(noor, identity))
    bo.receive(noor.file_for(bo, identity))
    (left,), (right,) = bo.state(identity).proposals.values(), noor.state(identity).proposals.values()
    assert sorted(one.text for one in left.comments) == ["From here", "From there"]
    assert left.comments == right.comments
    assert {one.custody for one in left.comments} == {"own machine"}


def test_a_plan_that_was_left_can_still_be_spoken_of(workspace: Workspace, plan: PlanFile) -> None:
    (view,) = decide.undecided(plan, "manager")
    leave(workspace, plan)
    comment(workspace, plan, "manager", view.id, view.shown, "I see.")
    with pytest.raises(Refused):
        decide.accept(workspace, plan, "manager", view.id, view.shown)
