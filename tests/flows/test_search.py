"""Searching over one's plans: titles, names and agreed texts; what nobody agreed to is not found."""

from __future__ import annotations

import pytest
from click.testing import CliRunner
from follow_maker import agreed_plan
from plan_maker import goal, plan_with_goals

from coach_assist.cli.plans import command
from coach_assist.flows import note
from coach_assist.flows.delete_plan import delete_plan, deletion
from coach_assist.flows.plans import plans
from coach_assist.flows.search import search
from coach_assist.workspace.index import Index
from coach_assist.workspace.store import Workspace


@pytest.fixture
def workspace(own_home):
    workspace = Workspace()
    with agreed_plan(workspace) as plan:
        note.keep_note(plan, "manager", "a zebra in a private note", plan_day())
        plan.drafts.put("team_member", goal("Draw a giraffe by 1 May 2027"))
        plan.answers.put("manager", "reality", "an elephant in an answer")
    plan_with_goals(workspace, "Feed the ostrich by 1 May 2027").close()
    return workspace


def plan_day():
    from datetime import date

    return date(2026, 12, 1)


def test_all_words_are_found_in_titles_names_and_agreed_texts(workspace):
    (hit,) = search(workspace, "ANSWERING noor")
    assert hit.plan.title == "Answering in time" and hit.where == ""
    (hit,) = search(workspace, "bo inbox shadow")
    assert "Shadow Bo's inbox" in hit.where
    assert search(workspace, "shadow rhinoceros") == () == search(workspace, "  ")


def test_drafts_notes_answers_and_undecided_proposals_are_not_searched(workspace):
    assert [search(workspace, word) for word in ("zebra", "giraffe", "elephant")] == [(), (), ()]
    plans(workspace)
    texts = "\n".join(Index(workspace.index_path).texts().values()).lower()
    assert "shadow" in texts
    assert not any(word in texts for word in ("zebra", "giraffe", "elephant", "ostrich"))


def test_no_plan_is_opened_once_the_index_is_made(workspace, monkeypatch):
    plans(workspace)
    monkeypatch.setattr(Workspace, "open", lambda *_: pytest.fail("a plan was opened"))
    assert len(search(Workspace(), "shadow")) == 1


def test_a_deleted_plan_leaves_nothing_to_be_found(workspace):
    (hit,) = search(workspace, "shadow")
    delete_plan(workspace, deletion(workspace, hit.plan.id))
    assert search(workspace, "shadow") == ()
    assert b"inbox" not in workspace.index_path.read_bytes()


def test_the_command_says_where_it_was_found(workspace):
    result = CliRunner().invoke(command, ["--search", "shadow"])
    assert "Answering in time" in result.stdout and "Shadow Bo's inbox" in result.stdout
    result = CliRunner().invoke(command, ["--search", "zebra"])
    assert result.stdout == "" and "No plan has all these words" in result.stderr
    assert '"found": "Activity' in CliRunner().invoke(command, ["--search", "shadow", "--json"]).stdout
