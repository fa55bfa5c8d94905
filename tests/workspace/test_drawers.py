"""The drawers: private, durable, in order, and deletable without a trace in the file."""

from __future__ import annotations

from pathlib import Path

import pytest
from plan_maker import goal

from coach_assist.errors import UsageError
from coach_assist.workspace.drawers import MAX_VALUE
from coach_assist.workspace.plan_file import PlanFile
from coach_assist.workspace.store import Workspace


@pytest.fixture
def plan(tmp_path: Path) -> PlanFile:
    return Workspace(tmp_path / "home").create()


@pytest.mark.parametrize("name", ["answers", "notes", "partials"])
def test_texts_by_owner_and_question(plan: PlanFile, name: str) -> None:
    drawer = getattr(plan, name)
    assert drawer.get("joint", "aim") is None and drawer.all() == ()
    drawer.put("joint", "aim", "One")
    drawer.put("manager", "aim", "Two")
    drawer.put("joint", "goal", ["One goal", "Another"])
    drawer.put("joint", "aim", "Three")  # keeps its place
    assert drawer.get("joint", "aim") == "Three"
    assert drawer.get("joint", "goal") == ["One goal", "Another"]
    assert [(e.owner, e.question) for e in drawer.all()] == [
        ("joint", "aim"),
        ("manager", "aim"),
        ("joint", "goal"),
    ]
    assert [e.value for e in drawer.all("manager")] == ["Two"]
    drawer.delete("joint", "aim")
    assert drawer.get("joint", "aim") is None
    drawer.delete("joint")
    assert [e.owner for e in drawer.all()] == ["manager"]
    drawer.delete()
    assert drawer.all() == ()


def test_texts_are_kept_exactly(plan: PlanFile) -> None:
    for text in (
        "",
        " \n",
        "\x00\x1b[2J",
        "half \ud83d an emoji",
        "\u202eevil",
        "'; DROP TABLE answers; --",
        "😀" * 5000,
    ):
        plan.answers.put("joint", "aim", text)
        assert plan.answers.get("joint", "aim") == text


def test_too_long_is_refused_and_what_was_there_stays(plan: PlanFile) -> None:
    plan.answers.put("joint", "aim", "Before")
    with pytest.raises(UsageError, match="one megabyte"):
        plan.answers.put("joint", "aim", "x" * MAX_VALUE)
    assert plan.answers.get("joint", "aim") == "Before"


def test_drafts_keep_their_place_and_owner(plan: PlanFile) -> None:
    one, two, three = goal("One"), goal("Two"), goal("Three")
    plan.drafts.put_all("joint", [one, two])
    plan.drafts.put("manager", three)
    changed = one.model_copy(update={"value": {"statement": "One, changed"}, "origin": "person"})
    plan.drafts.put("joint", changed)
    assert plan.drafts.all() == (changed, two, three)
    assert plan.drafts.all("manager") == (three,)
    assert plan.drafts.get(two.id) == two and plan.drafts.get("nothing222") is None
    assert plan.drafts.owner(three.id) == "manager" and plan.drafts.owner("nothing222") is None
    plan.drafts.delete(two.id)
    plan.drafts.delete("nothing222")
    assert plan.drafts.all() == (changed, three)
    plan.drafts.delete_all("joint")
    assert plan.drafts.all() == (three,)


def test_the_record_of_calls(plan: PlanFile) -> None:
    records = [{"prompt": "goal", "completion_tokens": 70}, {"prompt": "rewrite", "completion_tokens": None}]
    for record in records:
        plan.calls.add(record)
    assert list(plan.calls.all()) == records
    plan.calls.delete()
    assert plan.calls.all() == ()


def test_marks(plan: PlanFile) -> None:
    assert plan.meta.get("interview.path") is None
    plan.meta.put("interview.path", "short")
    plan.meta.put("interview.path", "full")
    assert plan.meta.get("interview.path") == "full"


def test_what_is_deleted_is_gone_from_the_file(plan: PlanFile) -> None:
    secret = "the unlikely word wolkenkratzerpolka"
    plan.answers.put("team_member", "aim", secret)
    plan.drafts.put("team_member", goal(secret))
    plan.calls.add({"text": secret})
    assert secret.encode() in plan.path.read_bytes()
    plan.answers.delete("team_member")
    plan.drafts.delete_all()
    plan.calls.delete()
    assert secret.encode() not in plan.path.read_bytes()
