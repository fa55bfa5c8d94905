"""The page before the first question, joining, leaving, the statement, and closing by one party."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from plan_maker import accept_everything_one_by_one, goal, named_plan, plan_with_goals
from two_machines import cheap_stretching, two_machines

from coach_assist.errors import Refused, UsageError
from coach_assist.flows import decide
from coach_assist.flows.erase import erase
from coach_assist.flows.export import ExportChoice, export_plan
from coach_assist.flows.history_words import history_words
from coach_assist.flows.joining import (
    answer,
    answered,
    end_plan,
    join_page,
    leave,
    put_statement,
    refuse_if_over,
    standing,
    wants_asking,
)
from coach_assist.flows.propose import put_forward
from coach_assist.flows.show import plan_view
from coach_assist.flows.sign import sign, sign_view
from coach_assist.workspace.store import Workspace

TEXT = "Answer 8 of 10 mails within a day by 31 March 2027"
STATEMENT = "I asked for this plan myself.\nIt is about mail only. \x1b[2J<script>"


@pytest.fixture
def workspace() -> Workspace:
    return Workspace()


def test_the_page_says_what_the_issue_asks_for(workspace: Workspace) -> None:
    with named_plan(workspace) as plan:
        page = join_page(plan)
    for words in (
        "not an evaluation",
        "voluntary",
        "Who can read",
        "language model",
        "have to be shown",
        "stop",
    ):
        assert words in page.text
    assert "Bo" in page.text and "{" not in page.text
    assert page.page == join_page().page  # one page, whoever reads it
    assert len(page.text.split()) < 330  # one page


def test_later_is_no_answer_and_is_asked_again(workspace: Workspace) -> None:
    with named_plan(workspace) as plan:
        assert wants_asking(plan, "team_member") and not wants_asking(plan, "manager")
        answer(workspace, plan, "later", join_page(plan))
        assert answered(plan) == "later" and wants_asking(plan, "team_member")
        assert standing(plan) is None
        refuse_if_over(plan)


def test_an_answer_before_the_first_event_becomes_one_with_the_members_first_own_act(
    workspace: Workspace,
) -> None:
    with named_plan(workspace) as plan:
        page = join_page(plan)
        answer(workspace, plan, "join", page)
        assert not wants_asking(plan, "team_member")
        put_forward(workspace, plan, "manager", [goal(TEXT)], accept_own=False)
        assert plan.state.joining.answer is None  # the manager's act joins for nobody
        view = decide.undecided(plan, "team_member")[0]
        decide.accept(
            workspace, plan, "team_member", view.id, view.shown, acknowledged=frozenset(view.to_acknowledge)
        )
        found = plan.state.joining
        assert found.answer == "joined" and found.page == page.page
        decide.withdraw(workspace, plan, "team_member", view.id, view.shown)
        assert sum(event.kind == "join" for event in plan.history.events.values()) == 1


def test_a_no_closes_the_plan_without_a_reason(workspace: Workspace) -> None:
    with plan_with_goals(workspace, TEXT) as plan:
        answer(workspace, plan, "no", join_page(plan))
        assert plan.state.joining.over
        view = decide.undecided(plan, "manager")[0]
        for act in (
            lambda: decide.accept(
                workspace, plan, "manager", view.id, view.shown,
                acknowledged=frozenset(view.to_acknowledge),
            ),
            lambda: put_forward(workspace, plan, "manager", [goal("More")], accept_own=False),
            lambda: refuse_if_over(plan),
        ):  # fmt: skip
            with pytest.raises(Refused, match="has said no"):
                act()
        assert "said no" in str(plan_view(plan).standing)
        answer(workspace, plan, "join", join_page(plan))  # nobody is bound to a no either
        put_forward(workspace, plan, "manager", [goal("More")], accept_own=False)


def test_a_no_before_anything_was_put_forward(workspace: Workspace) -> None:
    with named_plan(workspace) as plan:
        answer(workspace, plan, "no", join_page(plan))
        with pytest.raises(Refused, match="has said no"):
            refuse_if_over(plan)
        assert answered(plan) == "no" and not plan.has_opened


def test_leaving_is_as_easy_and_keeps_what_was_agreed(workspace: Workspace) -> None:
    with plan_with_goals(workspace, TEXT) as plan:
        accept_everything_one_by_one(workspace, plan)
        before = plan.state.agreed
        leave(workspace, plan)
        assert plan.state.agreed == before
        with pytest.raises(Refused, match="has left"):
            sign(workspace, plan, "manager", sign_view(plan).plan_hash)
        with pytest.raises(UsageError, match="no part"):
            leave(workspace, plan)
        view = decide.find_proposal(plan, next(iter(before.values())).id)
        decide.withdraw(workspace, plan, "team_member", view.id, view.shown)  # taking back stays possible
        words = [one.what for one in history_words(plan.history)]
        assert "left the plan" in words


def test_a_statement_travels_with_every_export_and_can_be_erased(
    workspace: Workspace, tmp_path: Path
) -> None:
    with plan_with_goals(workspace, TEXT) as plan:
        event = put_statement(workspace, plan, STATEMENT)
        assert json.loads(export_plan(plan, "json").content)["statement"] == STATEMENT
        for export_format in ("md", "agenda", "guide"):
            content = export_plan(plan, export_format, ExportChoice(today=date(2026, 11, 25))).content
            assert b"I asked for this plan myself" in content and b"\x1b" not in content
            assert b"<script>" not in content
        import docx

        path = tmp_path / "plan.docx"
        path.write_bytes(export_plan(plan, "docx").content)
        assert any("about mail only" in one.text for one in docx.Document(str(path)).paragraphs)
        assert b"about mail only" in export_plan(plan, "signed").content
        erase(workspace, plan, "team_member", event[:12])
        assert plan.state.joining.statement is None
        assert b"about mail only" not in export_plan(plan, "signed").content
        for wrong in ("", "  \n", "x" * 4001):
            with pytest.raises(UsageError):
                put_statement(workspace, plan, wrong)


def test_one_party_closes_alone_with_a_reason_and_un_agrees_nothing(workspace: Workspace) -> None:
    with plan_with_goals(workspace, TEXT) as plan:
        accept_everything_one_by_one(workspace, plan)
        before = plan.state
        with pytest.raises(UsageError, match="needs a reason"):
            end_plan(workspace, plan, "manager", "lost_key", " ")
        end_plan(workspace, plan, "manager", "lost_key", "Noor's machine was stolen")
        assert plan.state.agreed == before.agreed and plan.state.plan_hash == before.plan_hash
        with pytest.raises(Refused, match="closed by the manager"):
            put_forward(workspace, plan, "team_member", [goal("More")], accept_own=False)
        with pytest.raises(UsageError, match="closed already"):
            end_plan(workspace, plan, "team_member", "other", "Me too")
        assert "stolen" in str(plan_view(plan).standing)
        put_statement(workspace, plan, "I did not agree to the end.")  # saying something stays possible


def test_joining_reaches_the_other_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cheap_stretching(monkeypatch)
    bo, noor, plan = two_machines(tmp_path)
    with noor.workspace.open(plan) as opened:
        answer(noor.workspace, opened, "join", join_page(opened))
        put_statement(noor.workspace, opened, "Mine")
    with bo.workspace.open(plan) as opened, pytest.raises(Refused, match="locked, or not on this machine"):
        leave(bo.workspace, opened)
    state = bo.receive(noor.file_for(bo, plan))
    assert state.joining.answer == "joined" and state.joining.statement == "Mine"
