"""Drafting while answers come: asked once they exist, anew only if they change, cancelled when stale."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import date

from scripted_drafting import ANSWERS, MEASURED, drafting_server
from scripted_server import Script, ScriptedServer, chunk, streamed

from coach_assist.assistant.calls import CallRecord
from coach_assist.assistant.endpoint import Endpoint
from coach_assist.assistant.provider import Provider
from coach_assist.flows.draft import draft_answers
from coach_assist.flows.draft_plan import draft_plan
from coach_assist.flows.live_draft import LiveCalls, LiveDraft, answers_so_far
from coach_assist.interview.questions import all_questions, questions_of
from coach_assist.workspace.store import Workspace

TODAY = date(2026, 3, 2)
SHORT = [question.id for question in questions_of("short")]
ELSEWHERE = {question.id for question in all_questions()} - set(SHORT)
HELD = Script(parts=[chunk('{"metric": "tickets'), 30.0])


def asked(server: ScriptedServer) -> list[str]:
    """Return the forms that were asked for, warming left out."""
    forms = [received.body.get("response_format") for received in server.received]
    return [form["json_schema"]["name"] for form in forms if form is not None]


async def until(true: Callable[[], bool]) -> None:
    end = asyncio.get_running_loop().time() + 30
    while not true():
        assert asyncio.get_running_loop().time() < end, "waited in vain"
        await asyncio.sleep(0.005)


class Person:
    """Answers the questions of the short path one after another."""

    def __init__(self, live: LiveDraft) -> None:
        self.live = live
        self.answers: dict[str, str] = {}
        self.passed = set(ELSEWHERE)

    def answer(self, *questions: str, **changed: str) -> None:
        for question in questions:
            self.answers[question] = ANSWERS.get(question, "")
            self.passed.add(question)
        self.answers |= changed
        self.live.take(answers_so_far(self.answers, TODAY), self.passed)

    def up_to(self, last: str) -> None:
        for question in SHORT[: SHORT.index(last) + 1]:
            self.answer(question)


@asynccontextmanager
async def drafted_live(
    calls: list[tuple[str, CallRecord]] | None = None, **script: object
) -> AsyncIterator[tuple[LiveDraft, Person, ScriptedServer]]:
    async with drafting_server(**script) as (provider, server):  # type: ignore[arg-type]
        kept = calls if calls is not None else []
        live = LiveDraft(provider, on_call=lambda section, call: kept.append((section, call)))
        try:
            yield live, Person(live), server
        finally:
            await live.close()


async def test_each_section_is_asked_for_once_its_answers_exist():
    async with drafted_live() as (_, person, server):
        person.up_to("obstacle")
        await asyncio.sleep(0.2)
        assert asked(server) == [], "activities belong to a goal's answers"
        person.answer("activities")
        await until(lambda: asked(server) == ["MeasuredGoal"])
        person.answer("support")
        person.answer("cadence")
        await until(lambda: asked(server) == ["MeasuredGoal", "Activities"])


async def test_at_the_end_the_draft_is_there_and_is_what_drafting_at_once_gives():
    calls: list[tuple[str, CallRecord]] = []
    async with drafted_live(calls) as (live, person, server):
        person.up_to("cadence")
        await until(lambda: len(calls) == 2)
        before = len(server.received)
        answers = answers_so_far(person.answers, TODAY)
        result = await draft_answers(answers, provider=live.provider, today=TODAY)
        assert len(server.received) == before
        assert list(result.calls) == [call for _, call in calls]
        assert [section for section, _ in calls] == ["goal:0", "activities"]
        at_once = await draft_answers(answers, provider=live.inner, today=TODAY)
    values = [
        [unit.draft.value.get("statement") or unit.draft.value.get("what") for unit in one.units]
        for one in (result, at_once)
    ]
    assert values[0] == values[1] and any(values[0])


async def test_what_the_model_will_read_next_is_read_before_it_is_asked():
    async with drafted_live() as (_, person, server):
        person.up_to("why")
        await until(lambda: len(server.received) > 0)
        first = server.received[0].body
        assert "response_format" not in first and first["max_tokens"] == 1
        assert "tickets are passed on" in first["messages"][-1]["content"]


async def test_a_later_answer_that_a_finished_section_rests_on_drafts_it_anew():
    async with drafted_live() as (_, person, server):
        person.up_to("activities")
        await until(lambda: asked(server) == ["MeasuredGoal"])
        await asyncio.sleep(0.1)
        person.answer(role="Service desk agent")
        await asyncio.sleep(0.1)
        assert asked(server) == ["MeasuredGoal"], "no section rests on the role"
        person.answer(current_state="7 of 10 tickets are passed on to the second line.")
        await until(lambda: asked(server) == ["MeasuredGoal", "MeasuredGoal"])
        assert "7 of 10" in str(server.received[-1].body)


async def test_a_stale_request_is_cancelled_at_once():
    async with drafted_live(MeasuredGoal=[HELD, MEASURED]) as (_, person, server):
        person.up_to("activities")
        await until(lambda: asked(server) == ["MeasuredGoal"])
        held = server.received[-1]
        person.answer(why="Nights are quiet.")
        await until(lambda: asked(server) == ["MeasuredGoal"] * 2)
        await until(held.gone.is_set)


async def test_the_draft_joins_the_request_that_is_under_way():
    parts = streamed(json.dumps(MEASURED))
    slow = Script(parts=[*parts[:9], 0.4, *parts[9:]])
    async with drafted_live(MeasuredGoal=[slow, MEASURED]) as (live, person, server):
        person.up_to("cadence")
        await until(lambda: asked(server) == ["MeasuredGoal"])
        heard: list[object] = []
        await draft_answers(
            answers_so_far(person.answers, TODAY),
            provider=live.provider,
            today=TODAY,
            on_event=lambda event: heard.append((event.kind, event.section)),
        )
        streams = [one for one in server.received if one.body.get("stream") and "response_format" in one.body]
        forms = [one.body["response_format"]["json_schema"]["name"] for one in streams]
        assert forms.count("MeasuredGoal") == 1
        assert ("delta", "goal:0") in heard


async def test_escape_gives_the_joined_request_up():
    async with drafted_live(MeasuredGoal=HELD) as (live, person, server):
        person.up_to("cadence")
        await until(lambda: asked(server) == ["MeasuredGoal"])
        draft = asyncio.create_task(
            draft_answers(answers_so_far(person.answers, TODAY), provider=live.provider, today=TODAY)
        )
        await asyncio.sleep(0.1)
        draft.cancel()
        await until(server.received[-1].gone.is_set)


async def test_a_failure_is_silent_and_not_repeated_until_the_answers_change():
    broken = Script(parts=[b"broken"], status=400)
    async with drafted_live(MeasuredGoal=broken) as (live, person, server):
        person.up_to("activities")
        await until(lambda: asked(server) == ["MeasuredGoal"])
        await asyncio.sleep(0.1)
        person.answer("support")
        await asyncio.sleep(0.1)
        assert asked(server) == ["MeasuredGoal"]
        result = await draft_answers(
            answers_so_far(person.answers, TODAY), provider=live.provider, today=TODAY
        )
        assert result.failed is not None


async def test_calls_are_kept_once_and_the_stale_ones_too(tmp_path):
    with Workspace(tmp_path).create() as plan:
        async with drafting_server() as (provider, server):
            calls = LiveCalls(plan, "this machine")
            live = LiveDraft(provider, on_call=calls.called)
            person = Person(live)
            person.up_to("cadence")
            await until(lambda: len(plan.calls.all()) == 2)
            person.answer(why="Nights are quiet.")
            await until(lambda: asked(server) == ["MeasuredGoal", "Activities", "MeasuredGoal"])
            for question, answer in person.answers.items():
                plan.answers.put("joint", question, answer)
            await draft_plan(
                plan, provider=live.provider, on_event=lambda event: None, today=TODAY, calls=calls
            )
            await live.close()
        entries = [entry for entry in plan.calls.all() if "prompt" in entry]
        made = {entry["call"] for entry in plan.calls.all() if "unit" in entry}
        sections = [entry["section"] for entry in entries]
        assert sections == ["goal:0", "activities", "goal:0"]
        assert made == {entry["id"] for entry in entries[1:]}


async def test_nothing_leaves_the_machine_ahead():
    async def gate(_: object) -> None:
        raise AssertionError("asked ahead")

    provider = Provider(Endpoint("https://model.test/v1", "k", "far", remote=True), gate=gate)
    live = LiveDraft(provider)
    Person(live).up_to("cadence")
    await asyncio.sleep(0.05)
    await live.close()
    await provider.close()


async def test_a_second_round_replaces_kind_by_kind_and_a_cancelled_one_loses_nothing(tmp_path):
    with Workspace(tmp_path).create() as plan:
        for question, answer in ANSWERS.items():
            plan.answers.put("joint", question, answer)
        async with drafting_server(MeasuredGoal=[MEASURED, HELD]) as (provider, server):
            await draft_plan(plan, provider=provider, on_event=lambda event: None, today=TODAY)
            first = [(draft.kind, draft.id) for draft in plan.drafts.all()]
            again = asyncio.create_task(
                draft_plan(plan, provider=provider, on_event=lambda event: None, today=TODAY)
            )
            await until(lambda: asked(server).count("MeasuredGoal") == 2)
            kinds = sorted(draft.kind for draft in plan.drafts.all())
            assert kinds == sorted(kind for kind, _ in first)
            again.cancel()
            await asyncio.wait([again])
        left = [(draft.kind, draft.id) for draft in plan.drafts.all()]
        assert sorted(kind for kind, _ in left) == kinds
        assert [one for one in left if one[0] == "goal"] == [one for one in first if one[0] == "goal"]
