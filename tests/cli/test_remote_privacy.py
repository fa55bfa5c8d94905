"""`draft`, `rewrite` and `summarise` with --remote, as commands: what the endpoint got."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from pathlib import Path

import pytest
from scripted_drafting import OBSERVED
from scripted_server import Received, Script, ScriptedServer, streamed

from coach_assist.flows.loose_record import loose_record
from coach_assist.workspace.store import Workspace

ANSWERS = {
    "team_member": "Nadia Brandt", "manager": "Tom Okafor", "development_area": "Nadia plans tours early",
    "current_state": "Last week 6 of 20 tours changed; Marta noticed",
    "goal": ["Nadia gets better at planning"],
    "why": "Brandt's crew drives more trucks", "obstacle": "No time", "activities": "Sit beside Marta",
    "support": "TOM closes the desk at eight", "cadence": "Fridays",
}  # fmt: skip
NAMES = ("nadia", "brandt", "okafor", "marta", '"tom', " tom ")


async def run(
    server: ScriptedServer, *args: str, typed: str = "", **environment: str
) -> tuple[int, str, str]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "coach_assist", *args,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        env={**os.environ, "OPENAI_BASE_URL": server.url, "OPENAI_MODEL": "far", **environment},
    )  # fmt: skip
    out, err = await asyncio.wait_for(process.communicate(typed.encode()), 60)
    return process.returncode or 0, out.decode(), err.decode()


def host_of(server: ScriptedServer) -> str:
    return server.url.removeprefix("http://").removesuffix("/v1")


def asked(server: ScriptedServer) -> list[str]:
    """Return the requests that hold the person's text (not the probe)."""
    bodies = [json.dumps(one.body, ensure_ascii=False) for one in server.received if one.body]
    return [body for body in bodies if "apple" not in body]


async def test_no_name_is_in_any_request_of_the_commands(tmp_path: Path) -> None:
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps(ANSWERS), encoding="utf-8")
    async with ScriptedServer([Script(streamed('{"x": "PersonA"}'))]) as server:
        to = ["--remote", "--send-to", host_of(server), "--hide-name", "Marta", "--hide-name", "Nadia Brandt"]
        await run(server, "draft", str(answers), "--json", "--today", "2027-01-04", *to)
        await run(server, "rewrite", "Nadia should get better at planning", "--json", *to)
        notes = "Nadia will call Marta by Friday. Agreed: the desk closes at eight."
        await run(server, "summarise", "-", "--json", *to, typed=notes)
        bodies = asked(server)
    assert len(bodies) >= 3
    for body in bodies:
        assert not any(name in body.casefold() for name in NAMES), body
    assert any("PersonA" in body for body in bodies)


@pytest.mark.parametrize("command", ["draft", "rewrite", "summarise"])
async def test_protected_data_does_not_go_without_a_word(command: str, tmp_path: Path) -> None:
    answers = tmp_path / "answers.json"
    told = {
        **ANSWERS,
        "current_state": "6 of 20 tours changed. She is pregnant.",
        "goal": ["Plan better. She is pregnant."],
    }
    answers.write_text(json.dumps(told), encoding="utf-8")
    args = {
        "draft": ["draft", str(answers), "--json", "--today", "2027-01-04"],
        "rewrite": ["rewrite", "Plan better. She is pregnant.", "--json"],
        "summarise": ["summarise", "-", "--json"],
    }[command]
    typed = "Actions: call the depot by Friday, as she is pregnant." if command == "summarise" else ""
    async with ScriptedServer([Script(streamed("{}"))]) as server:
        to = ["--remote", "--send-to", host_of(server)]
        code, _, err = await run(server, *args, *to, typed=typed)
        assert not any("pregnant" in body for body in asked(server))
        if command != "summarise":  # a summary leaves such lines out before anything is asked
            assert code == 4 and "“pregnant” tells of health" in err and "--send-special" in err
            await run(server, *args, *to, "--send-special", typed=typed)
            assert any("pregnant" in body for body in asked(server))


async def test_offline_asks_no_endpoint_elsewhere(tmp_path: Path) -> None:
    async with ScriptedServer([]) as server:
        code, _, err = await run(
            server, "--offline", "rewrite", "Plan better", "--remote", "--send-to", "far.example",
            OPENAI_BASE_URL="https://far.example/v1", OPENAI_API_KEY="k",
        )  # fmt: skip
    assert code == 4 and "offline" in err and "Nothing was sent" in err


async def test_several_goals_are_asked_about_together_and_come_in_their_order(tmp_path: Path) -> None:
    file = tmp_path / "goals.txt"
    file.write_text("Explain design decisions better\nListen better in handovers\n", encoding="utf-8")
    second_came = asyncio.Event()

    def answer(received: Received) -> Script:
        told = json.dumps(received.body)
        if "apple" in told:
            return Script(streamed('{"fruit": "pear"}'))
        if "Listen" in told:
            second_came.set()
        slow = [0.5] if "Explain design decisions" in told else []
        return Script([*slow, *streamed(json.dumps(OBSERVED))])

    async with ScriptedServer([answer]) as server:
        args = ["rewrite", "--file", str(file), "--jobs", "2", "--json"]
        code, out, err = await run(server, *args, "--remote", "--send-to", host_of(server))
    assert code == 0, err
    assert second_came.is_set()
    originals = [json.loads(line)["original"] for line in out.splitlines()]
    assert originals == ["Explain design decisions better", "Listen better in handovers"]
    assert len(loose_record(Workspace().root).calls) == 2
