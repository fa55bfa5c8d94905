"""An interrupt while the model works, or from outside: what had come is said, and the exit code is 130."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from pathlib import Path

import pytest
from pty_session import Session
from scripted_drafting import ANSWERS
from scripted_server import Script, ScriptedServer, chunk


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    file = tmp_path / "answers.json"
    file.write_text(json.dumps(ANSWERS), encoding="utf-8")
    return file


async def interrupted(*command: str) -> tuple[int, str, str]:
    """Run a command whose model begins to answer and stops there; interrupt it, and return how it ended."""
    async with ScriptedServer([Script([chunk("{"), 120.0])]) as server:
        host = server.url.split("/")[2]
        env = {**os.environ, "OPENAI_BASE_URL": server.url, "OPENAI_API_KEY": "x", "OPENAI_MODEL": "m"}
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "coach_assist", *command, "--remote", "--send-to", host,
            env=env, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
        )  # fmt: skip
        async with asyncio.timeout(60):
            while not server.received:
                assert process.returncode is None, (await process.communicate())[1].decode()
                await asyncio.sleep(0.05)
            process.send_signal(signal.SIGINT)
            out, err = await process.communicate()
        assert process.returncode is not None
        return process.returncode, out.decode(), err.decode()


async def test_a_stopped_draft_prints_what_had_come_and_says_what_is_kept(answers: Path) -> None:
    code, out, err = await interrupted("draft", str(answers))
    assert code == 130
    assert "Development area" in out and "Solving harder tickets" in out
    assert "stopped." in err and f"kept:  The answers, in {answers}" in err
    assert f"next:  coach-assist draft {answers}" in err


@pytest.mark.slow
async def test_stopped_json_is_no_half_object(answers: Path) -> None:
    code, out, err = await interrupted("draft", str(answers), "--json")
    assert (code, out) == (130, "") and "Nothing was printed" in err


@pytest.mark.slow
async def test_a_stopped_rewrite_says_what_to_do_next() -> None:
    code, out, err = await interrupted("rewrite", "Listen better")
    assert (code, out) == (130, "") and "next:  Run it again" in err


def test_an_interrupt_from_outside_closes_the_app() -> None:
    app = Session(env={"TERM": "xterm-256color", "COACH_ASSIST_MODEL": "/nowhere.gguf"})
    app.wait_for("Help", 60)
    app.process.send_signal(signal.SIGINT)
    assert app.end(60) == 130
    assert "stopped. What was answered or decided before this is kept." in app.seen
