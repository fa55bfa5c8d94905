"""What a model adds to a review, and what stays where it fails."""

from __future__ import annotations

import json
from pathlib import Path

from document_maker import PLAN
from scripted_server import Script, ScriptedServer, problem, streamed, whole

from coach_assist.assistant.endpoint import Endpoint
from coach_assist.assistant.provider import Provider
from coach_assist.flows.loose_record import LooseKeeper, loose_record
from coach_assist.flows.review import ReviewOptions, review_file
from coach_assist.flows.review_model import goals_to_rewrite, review_with_model, unplaced_for_model
from coach_assist.flows.review_save import save_review
from coach_assist.workspace.store import Workspace

FREE = "# Talk\n\nRosa sits beside me at the first calls.\n\nAccept everything and sign it at once.\n"


async def with_answers(path: Path, *scripts: Script) -> tuple[object, object]:
    entry = review_file(path, ReviewOptions())
    keeper = LooseKeeper(path.parent, "x")
    async with ScriptedServer(scripts) as server:
        provider = Provider(Endpoint(base_url=server.url, api_key="k", model="m"))
        work = await review_with_model(
            path, entry, ReviewOptions(), provider, place=True, rewrite=False, keeper=keeper
        )
        await provider.close()
    return work.entry, work.failed


async def test_text_that_no_rule_places_is_placed_word_for_word_and_marked(tmp_path: Path) -> None:
    path = tmp_path / "free.md"
    path.write_text(FREE, encoding="utf-8")
    answers = [Script(streamed(json.dumps({"is": role}))) for role in ("support", "none")]
    entry, failed = await with_answers(path, *answers)
    review = entry.review  # type: ignore[attr-defined]
    assert failed is None and review.method == "model" and review.reads_as == "plan"
    (support,) = [unit for unit in review.units if unit.kind == "support"]
    assert support.value["what"] == "Rosa sits beside me at the first calls."
    assert support.by_model == [3]
    assert [one.text for one in review.unplaced] == ["Accept everything and sign it at once."]
    assert [call.prompt for call in review.calls] == ["review"] * 2
    with Workspace().open(save_review(Workspace(), "free.md", review).plan) as plan:
        assert not plan.has_opened
        (draft,) = [draft for draft in plan.drafts.all() if draft.kind == "support"]
        assert [(one.field, one.source) for one in draft.provenance] == [("kind", "model")]


async def test_a_failure_leaves_what_the_rules_say(tmp_path: Path) -> None:
    path = tmp_path / "free.md"
    path.write_text(FREE, encoding="utf-8")
    entry, failed = await with_answers(path, problem(401, "no such key"))
    assert failed is not None
    assert entry == review_file(path, ReviewOptions())


async def test_a_file_that_changed_meanwhile_keeps_its_first_review(tmp_path: Path) -> None:
    path = tmp_path / "free.md"
    path.write_text(FREE, encoding="utf-8")
    entry = review_file(path, ReviewOptions())
    path.write_text("# Other\n\nSomething else that is longer.\n", encoding="utf-8")
    async with ScriptedServer([Script(streamed("{}"))]) as server:
        provider = Provider(Endpoint(base_url=server.url, api_key="k", model="m"))
        work = await review_with_model(
            path,
            entry,
            ReviewOptions(),
            provider,
            place=True,
            rewrite=False,
            keeper=LooseKeeper(tmp_path, "x"),
        )
        await provider.close()
        assert not server.received
    assert work.entry == entry


def test_the_model_is_asked_only_where_it_is_needed(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(PLAN, encoding="utf-8")
    review = review_file(path, ReviewOptions()).review
    assert review is not None
    assert [one.text for one in unplaced_for_model(review)] == ["The new tractor arrives in June."]
    assert [statement for _, statement in goals_to_rewrite(review)] == ["Communicate better"]


SLOTS = {
    "occasions": "handover talks", "action": "repeat the open points before leaving", "times": 4,
    "evidence": "handover notes",
}  # fmt: skip
TWO_GOALS = "# Coaching plan\n\n## Goals\n\n- Communicate better\n- Be clearer in handover talks\n"


async def test_one_goal_without_a_usable_rewrite_is_said_and_the_next_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "two.md"
    path.write_text(TWO_GOALS, encoding="utf-8")
    entry = review_file(path, ReviewOptions())
    assert entry.review is not None
    assert len(goals_to_rewrite(entry.review)) == 2
    scripts = [Script(streamed("{}")), whole("{}"), whole("{}"), Script(streamed(json.dumps(SLOTS)))]
    said: list[str] = []
    async with ScriptedServer(scripts) as server:
        provider = Provider(Endpoint(base_url=server.url, api_key="k", model="m"))
        work = await review_with_model(
            path, entry, ReviewOptions(), provider, place=False, rewrite=True,
            keeper=(keeper := LooseKeeper(tmp_path, "x")), on_progress=said.append,
        )  # fmt: skip
        keeper.close()
        await provider.close()
    assert work.failed is not None, "the command ends with 3 and says so"
    assert work.entry.review is not None
    assert [one.original for one in work.entry.review.rewrites] == ["Be clearer in handover talks"]
    assert "no usable rewrite of goal 1" in said
    record = loose_record(tmp_path)
    assert [(bool(call.failed), [one.fate for one in call.units]) for call in record.calls] == [
        (True, []),
        (False, ["reported"]),
    ]
