"""Asking in a terminal before something leaves, and Ctrl-C while the model is fetched or asked about."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from scripted_server import Script, ScriptedServer, streamed

ASK = """
import asyncio, sys
from pathlib import Path
from coach_assist.cli.main import say_error
from coach_assist.cli.model_options import open_session
from coach_assist.errors import CoachError
import click

async def main():
    async with open_session(Path(sys.argv[1]), remote=True) as session:
        provider = await session.provider()
        provider.know(())
        said = {"role": "user", "content": "Anna \\x1b]0;x\\x07writes"}
        reply = await provider.stream([said], None, max_tokens=9)
        print("REPLY", reply.text)

try:
    asyncio.run(main())
except click.Abort:
    sys.exit(130)
except CoachError as error:
    say_error(error)
    sys.exit(error.exit_code)
"""


class Terminal:
    """A program in a pseudo-terminal."""

    def __init__(self, command: list[str]) -> None:
        ours, theirs = pty.openpty()
        self.fd = ours
        self.process = subprocess.Popen(
            command, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True
        )
        os.close(theirs)
        self.seen = ""

    def read_until(self, text: str, seconds: float = 20.0) -> None:
        until = time.monotonic() + seconds
        while text not in self.seen:
            assert time.monotonic() < until, f"never saw {text!r} in {self.seen!r}"
            try:
                self.seen += os.read(self.fd, 4096).decode("utf-8", "replace")
            except OSError:  # the program has ended
                break
        assert text in self.seen, self.seen

    def type(self, text: str) -> None:
        os.write(self.fd, text.encode())

    def end(self) -> int:
        code = self.process.wait(20)
        os.close(self.fd)
        return code


async def conversation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: str | None
) -> tuple[int, str, int]:
    """Run ASK in a terminal, answer its question (None: Ctrl-C); return exit code, screen, requests sent."""
    async with ScriptedServer([Script(streamed("far answer"))]) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        monkeypatch.setenv("OPENAI_MODEL", "far-model")
        terminal = Terminal([sys.executable, "-c", ASK, str(tmp_path)])

        def talk() -> int:
            terminal.read_until("Type yes to agree")
            if answer is None:
                for _ in range(12):  # one that comes before the prompt is ready is lost
                    time.sleep(0.2)
                    terminal.process.send_signal(signal.SIGINT)
                    with contextlib.suppress(subprocess.TimeoutExpired):
                        terminal.process.wait(5)
                        break
            else:
                terminal.type(answer + "\n")
                terminal.read_until("far answer" if answer == "yes" else "next:")
            return terminal.end()

        code = await asyncio.to_thread(talk)
        sent = [received for received in server.received if "Anna" in json.dumps(received.body)]
        return code, terminal.seen, len(sent)


async def test_yes_sends_after_all_was_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code, seen, sent = await conversation(tmp_path, monkeypatch, "yes")
    assert code == 0 and sent == 1 and "REPLY far answer" in seen
    before = seen.partition("Type yes")[0]
    assert "127.0.0.1:" in before and "far-model" in before and "Anna" in before
    assert "are replaced by words such as PersonA" in before
    assert "\x1b" not in before, "what is shown passes the display function"


@pytest.mark.parametrize("answer", ["", "y", "no", "yes please"])
async def test_anything_but_yes_sends_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    code, seen, sent = await conversation(tmp_path, monkeypatch, answer)
    assert code == 4 and sent == 0 and "Nothing was sent" in seen


async def test_ctrl_c_at_the_question_sends_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code, _, sent = await conversation(tmp_path, monkeypatch, None)
    assert code == 130 and sent == 0


def test_ctrl_c_during_a_download_ends_it_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted = tmp_path / "pid"
    python = tmp_path / "python3"
    python.write_text(
        f'#!/bin/sh\ncase "$*" in *--version*) exit 0;; esac\necho $$ > {noted}\nexec sleep 60\n',
        encoding="utf-8",
    )
    python.chmod(0o755)
    code = (
        "import coach_assist.local_model.pip as pip; from coach_assist.cli.main import main\n"
        f"pip.candidates = lambda: iter([[{str(python)!r}]])\n"
        "main(['model', 'pull'])"
    )
    monkeypatch.delenv("COACH_ASSIST_MODEL", raising=False)
    process = subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.PIPE, text=True)
    until = time.monotonic() + 20
    while not (noted.exists() and noted.read_text(encoding="utf-8").strip()):
        assert time.monotonic() < until and process.poll() is None
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=20)
    assert process.returncode == 130 and "stopped" in said and "Traceback" not in said
    with pytest.raises(ProcessLookupError):
        os.kill(int(noted.read_text(encoding="utf-8")), 0)
