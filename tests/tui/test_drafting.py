"""The model at work in the draft screen: streamed, failing, cancelled; nothing is lost and all is said."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from plan_maker import named_plan
from scripted_server import Script, ScriptedServer, chunk

from coach_assist.assistant.endpoint import Endpoint
from coach_assist.assistant.provider import Provider
from coach_assist.errors import ModelError
from coach_assist.tui.draft.messages import (
    DraftCancelled,
    DraftDelta,
    DraftFailed,
    DraftReady,
    DraftRequested,
)
from coach_assist.workspace.store import Workspace

HELD = Script(parts=[chunk('{"metric": "handovers with'), chunk(" a written no"), 30.0])


@pytest.fixture
def answered(root: Path) -> str:
    with named_plan(Workspace(root)) as plan:
        for question, answer in {
            "start": "2027-01-04",
            "end": "60 days",
            "development_area": "Handing over a shift in writing",
            "current_state": "Only 4 of 10 handovers have a written note",
            "goal": ["Better handover notes"],
        }.items():
            plan.answers.put("joint", question, answer)
        return plan.id


@asynccontextmanager
async def model(hand, *scripts: Script) -> AsyncIterator[ScriptedServer]:
    """Let the app's desk hand out a scripted server."""

    async def no_wait(seconds: float) -> None:
        return None

    async with ScriptedServer(list(scripts)) as server:
        provider = Provider(Endpoint(base_url=server.url, api_key="k", model="scripted"), sleep=no_wait)

        async def given() -> Provider:
            return provider

        async def ready(**_options: object) -> None:
            return None

        hand.app.desk.provider, hand.app.desk.prepare = given, ready
        try:
            yield server
        finally:
            await provider.close()


async def test_escape_stops_the_model_and_keeps_what_came(seat, answered, root):
    async with seat() as hand, model(hand, HELD) as server:
        hand.app.open_plan(answered, "draft")
        await hand.until(lambda: "handovers with" in hand.seen(), "the first words of the stream")
        assert "Drafting goal 1" in hand.seen() and "Esc stops it" in hand.seen()
        assert [message.own_words for message in hand.got(DraftRequested)] == [False]
        wanted = {"section_started", "delta", "usage"}
        await hand.until(
            lambda: wanted <= {message.event.kind for message in hand.got(DraftDelta)}, "the stream's events"
        )
        await hand.press("escape")
        await hand.until(lambda: bool(hand.got(DraftCancelled)), "the cancellation")
        assert "Stopped. What had come is kept." in hand.seen()
        assert hand.got(DraftReady) == [] and hand.place == "DraftScreen"
        await hand.until(lambda: server.received[0].gone.is_set(), "the request to be given up")
        with Workspace(root).open(answered) as plan:
            assert {draft.kind for draft in plan.drafts.all()} >= {"frame", "timeline"}
            assert plan.partials.get("joint", "goal:0") is not None
            assert plan.answers.get("joint", "goal") == ["Better handover notes"]


async def test_a_failing_server_is_told_in_words_and_own_words_take_its_place(seat, answered, root):
    async with seat() as hand, model(hand, Script(parts=[b"broken"], status=500)):
        hand.app.open_plan(answered, "draft")
        await hand.until(lambda: bool(hand.got(DraftReady)), "the draft")
        await hand.settle()
        assert hand.got(DraftReady)[0].result.failed is not None
        assert "Your answers are kept" in hand.seen()
        with Workspace(root).open(answered) as plan:
            (goal,) = [draft for draft in plan.drafts.all() if draft.kind == "goal"]
            assert goal.value["statement"] == "Better handover notes" and goal.origin == "own_words"


async def test_no_model_keeps_the_answers_and_says_what_to_do(seat, answered, root):
    async with seat() as hand:

        async def none() -> Provider:
            raise ModelError("There is no model [/b] here.", next_step="Fetch it.")

        async def ready(**_options: object) -> None:
            return None

        hand.app.desk.provider, hand.app.desk.prepare = none, ready
        hand.app.open_plan(answered, "draft")
        await hand.until(lambda: bool(hand.got(DraftFailed)), "the failure")
        await hand.settle()
        assert (
            "There is no model [/b] here." in hand.seen() and "your own words become the draft" in hand.seen()
        )
        await hand.press("o")
        await hand.until(lambda: bool(hand.got(DraftReady)), "the draft in own words")
        await hand.settle()
        assert "Better handover notes" in [draft.headline for draft in hand.app.screen.drafts]


async def test_drafting_again_replaces_the_models_but_not_what_a_person_wrote(seat, answered, root):
    async with seat(120, 40) as hand:
        hand.app.desk._asked = True
        hand.app.open_plan(answered, "draft")
        await hand.settle()
        before = {draft.id for draft in hand.app.screen.drafts}
        while hand.app.screen.chosen.kind != "goal":
            await hand.press("down")
        await hand.press("e", "end")
        await hand.write(" for the night desk")
        await hand.press("ctrl+n")
        await hand.press("o")
        await hand.until(lambda: len(hand.got(DraftReady)) == 2, "the second draft")
        await hand.settle()
        goals = [draft.headline for draft in hand.app.screen.drafts if draft.kind == "goal"]
        assert "Better handover notes for the night desk" in goals
        by_hand = {draft.id for draft in hand.app.screen.drafts if draft.origin == "person"}
        assert by_hand <= before and not (before - by_hand) & {draft.id for draft in hand.app.screen.drafts}


async def goal_under_the_bar(hand, plan_id: str) -> None:
    hand.app.desk._asked = True
    hand.app.open_plan(plan_id, "draft")
    await hand.settle()
    while hand.app.screen.chosen.kind != "goal":
        await hand.press("down")


async def test_a_rewrite_stands_beside_the_old_text_until_it_is_taken(seat, answered, root, monkeypatch):
    from coach_assist.checker import check_goal
    from coach_assist.flows import rewrite as flow
    from coach_assist.plan.drafts import Suggestion

    new = "By 2027-03-05, 9 of 10 handover notes are written, up from 4 of 10."
    report = check_goal(new)

    async def rewritten(text: str, **_options: object) -> flow.RewriteResult:
        one = Suggestion(field="metric.target", text="9", question="Is 9 of 10 within reach?")
        made = flow.Rewrite(new, None, None, (one,), report.verdicts, report.findings, report.reasons)
        return flow.RewriteResult(text, (made,), ())

    monkeypatch.setattr(flow, "rewrite_goal", rewritten)
    async with seat(100, 40) as hand, model(hand, HELD):
        await goal_under_the_bar(hand, answered)
        await hand.press("w")
        await hand.settle()
        seen = hand.seen()
        assert "[+" in seen and "[−Better" in seen and "Is 9 of 10 within reach?" in seen and "met" in seen
        with Workspace(root).open(answered) as plan:
            assert "Better handover notes" in [draft.value.get("statement") for draft in plan.drafts.all()]
        await hand.press("escape")
        assert hand.app.screen.chosen.headline == "Better handover notes"
        await hand.press("w")
        await hand.settle()
        await hand.press("t")
        assert hand.app.screen.chosen.headline == new
        assert hand.app.screen.chosen.origin == "model" and len(hand.app.screen.chosen.suggested) >= 1


async def test_without_a_model_a_rewrite_marks_the_gaps(seat, answered):
    async with seat(100, 40) as hand:
        await goal_under_the_bar(hand, answered)

        async def none() -> Provider:
            raise ModelError("There is no model here.", next_step="Fetch it.")

        async def ready(**_options: object) -> None:
            return None

        hand.app.desk.provider, hand.app.desk.prepare = none, ready
        await hand.press("w")
        await hand.settle()
        assert (
            hand.place == "RewriteScreen"
            and "There is no model here." in hand.seen()
            and "Better handover" in hand.seen()
        )
