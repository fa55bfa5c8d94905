"""A follow-up from the model: checked, given up after its time, and never in the way of anything else."""

from __future__ import annotations

import asyncio
import json

import pytest
from scripted_drafting import PROBE, drafting_server
from scripted_server import Naps, Script, ScriptedServer, chunk, streamed

from coach_assist.assistant.endpoint import Endpoint
from coach_assist.assistant.probing import ask_probe, probe_problem
from coach_assist.assistant.prompts import load_prompt
from coach_assist.assistant.provider import Provider
from coach_assist.flows.probe import Prober
from coach_assist.interview.probes import Probe
from coach_assist.interview.questions import all_questions

ASKED = "What do you want to reach?"
ANSWER = "better tickets"
GOAL = next(one for one in all_questions() if one.id == "goal")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("Which tickets were hard last week, and how many were passed on?", ""),
        ("Tell me about the tickets", "not one question"),
        ("Which tickets? And why?", "not one question"),
        ("Tickets matter. Which ones were hard?", "more than a question"),
        ("Which tickets of the" + " very" * 20 + " many were hard?", "too long"),
        ("Tickets, how?", "too short"),
        ("What happened on a recent day?", "not about the answer"),
        ("Have you considered reading the tickets first?", "advice"),
        ("Why are you so lazy about tickets?", "justify"),
        ("How many tickets did Priya pass on?", "no answer holds"),
        ("How many of the 12 tickets were hard?", "no answer holds"),
    ],
)  # fmt: skip
def test_what_a_follow_up_may_not_be(text: str, problem: str) -> None:
    found = probe_problem(text, ASKED, ANSWER)
    assert problem in found if problem else found == ""


def test_a_follow_up_stays_in_the_language_of_the_answer() -> None:
    answer, asked = "bessere Tickets für die Kunden und das Team", ASKED
    assert probe_problem("Which of the Tickets was hard for you?", "Was soll besser werden?", answer)
    assert probe_problem("Wie viele Tickets waren in der letzten Woche schwer?", asked, answer) == ""


def test_no_worked_example_is_asked_as_if_it_were_meant() -> None:
    for line in load_prompt("probe").template.splitlines():
        if line.startswith('{"question"'):
            text = json.loads(line)["question"]
            assert "copied" in probe_problem(text, ASKED, "handovers, invoices and what happened")


async def test_a_good_one_is_taken_and_recorded() -> None:
    async with drafting_server() as (provider, server):
        found = await ask_probe(provider, ASKED, ANSWER, seconds=60)
    assert found is not None and found.question == PROBE["question"] and found.why_not == ""
    assert found.record is not None and found.record.prompt == "probe"
    said = server.received[0].body
    assert said["max_tokens"] <= 48 and ANSWER in said["messages"][-1]["content"]


async def test_a_refused_one_is_not_asked_and_not_asked_for_again() -> None:
    async with drafting_server(FollowUp={"question": "You should read the tickets?"}) as (provider, server):
        found = await ask_probe(provider, ASKED, ANSWER, seconds=60)
        assert found is not None and found.question == "" and "advice" in found.why_not
        assert len(server.received) == 1


async def test_it_is_given_up_after_its_time_and_the_slot_is_free() -> None:
    async with ScriptedServer([Script([chunk("{"), 600.0]), Script(streamed("free"))]) as server:
        provider = await _warm(server)
        found = await ask_probe(provider, ASKED, ANSWER, seconds=0.3)
        assert found is not None and found.question == "" and "Given up" in found.why_not
        assert not provider.busy
        async with asyncio.timeout(60):
            await server.received[0].gone.wait()
            said = {"role": "user", "content": "x"}
            assert (await provider.stream([said], None, max_tokens=4)).text == "free"
        await provider.close()


async def test_it_gives_way_to_drafting_and_does_not_ask_while_the_model_works() -> None:
    async with ScriptedServer([Script([chunk("{"), 600.0]), Script(streamed("drafted"))]) as server:
        provider = await _warm(server)
        asking = asyncio.create_task(ask_probe(provider, ASKED, ANSWER, seconds=600))
        async with asyncio.timeout(60):
            await _asked(server)
            said = {"role": "user", "content": "x"}
            reply = await provider.stream([said], None, max_tokens=4)
            assert reply.text == "drafted"
            found = await asking
        assert found is not None and found.question == ""
        async with provider._turn:
            assert await ask_probe(provider, ASKED, ANSWER, seconds=60) is None
        assert len(server.received) == 2
        await provider.close()


async def _warm(server: ScriptedServer) -> Provider:
    """A provider that is ready to ask, as after the first request: making its client takes seconds."""
    provider = Provider(Endpoint(server.url, "key", "scripted"), sleep=Naps())
    await provider.client()
    return provider


async def _asked(server: ScriptedServer) -> None:
    while not server.received:  # noqa: ASYNC110 - the server tells nobody
        await asyncio.sleep(0.01)


async def test_a_machine_that_is_too_slow_is_not_asked_a_third_time() -> None:
    async with ScriptedServer([Script([chunk("{"), 600.0])]) as server:
        provider = await _warm(server)
        prober, kept = Prober(seconds=0.2), []

        def keep(call: object, why: str) -> None:
            kept.append(why)

        for _ in range(3):
            rules = Probe("Say more?", 0)
            assert await prober.better(provider, GOAL, ("better tickets",), rules, keep=keep) == ""
        assert prober.gave_up and len(server.received) == 2 and len(kept) == 2
        await provider.close()
