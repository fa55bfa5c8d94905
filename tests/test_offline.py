"""Offline with real sockets: nothing but this machine is reached, in this process and in its children."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from coach_assist.offline import is_local, offline_wanted

TRIES = """
import asyncio, socket, sys, tempfile
from coach_assist import offline
said = []

def tried(name, call):
    try:
        call()
        said.append(f"{name}: went")
    except offline.OfflineRefused:
        said.append(f"{name}: refused")
    except Exception as error:
        said.append(f"{name}: {type(error).__name__}")

def udp():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        one.sendto(b"x", ("192.0.2.1", 9))

def udp_message():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        one.sendmsg([b"x"], [], 0, ("192.0.2.1", 9))

def six():
    with socket.socket(socket.AF_INET6) as one:
        one.connect(("2001:db8::1", 9))

def connect_ex():
    with socket.socket() as one:
        one.connect_ex(("192.0.2.1", 9))

def here():
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()

def unix():
    with tempfile.TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX) as server:
        server.bind(f"{folder}/s")
        server.listen()
        with socket.socket(socket.AF_UNIX) as one:
            one.connect(f"{folder}/s")

async def stream():
    await asyncio.open_connection("192.0.2.1", 9)

def client():
    import httpx2
    with httpx2.Client(trust_env=False) as http:
        try:
            http.get("http://192.0.2.1:9/")
        except httpx2.ConnectError as error:
            if "offline" in str(error):
                raise offline.OfflineRefused("x") from None
            raise

if sys.argv[1] == "go":
    offline.go_offline()
for name, call in (
    ("tcp", lambda: socket.create_connection(("192.0.2.1", 9), 1)), ("connect_ex", connect_ex), ("udp", udp),
    ("sendmsg", udp_message), ("six", six), ("asyncio", lambda: asyncio.run(stream())), ("httpx", client),
    ("name", lambda: socket.getaddrinfo("example.invalid", 80)),
    ("old name", lambda: socket.gethostbyname("example.invalid")),
    ("localhost", lambda: socket.getaddrinfo("localhost", 80)), ("here", here),
    ("unix", unix),
):
    if len(sys.argv) == 2 or name in sys.argv[2:]:
        tried(name, call)
print("\\n".join(said))
"""
REFUSED = ("tcp", "connect_ex", "udp", "sendmsg", "six", "asyncio", "httpx", "name", "old name")


def outcome(how: str, *only: str, **environment: str) -> dict[str, str]:
    ran = subprocess.run(
        [sys.executable, "-c", TRIES, how, *only],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return dict(line.split(": ") for line in ran.stdout.splitlines())


@pytest.mark.parametrize(("how", "environment"), [("go", {}), ("inherit", {"COACH_ASSIST_OFFLINE": "yes"})])
def test_only_this_machine_is_reached(how: str, environment: dict[str, str]) -> None:
    found = outcome(how, **environment)
    assert {name: found[name] for name in REFUSED} == dict.fromkeys(REFUSED, "refused")
    assert found["here"] == found["localhost"] == found["unix"] == "went"


def test_without_it_nothing_is_refused() -> None:
    found = outcome("no", "udp", "sendmsg", "here")
    assert found["here"] == "went" and "refused" not in found.values()


def test_the_global_option_holds_for_a_command_and_for_its_children(tmp_path: Path) -> None:
    script = """
import subprocess, sys
from coach_assist.cli import main as cli
from coach_assist.cli.main import group
import click

@click.command()
def command():
    child = "import socket, coach_assist; socket.create_connection(('192.0.2.1', 9), 1)"
    ran = subprocess.run([sys.executable, "-c", child], capture_output=True, text=True)
    print("child", "OfflineRefused" in ran.stderr)
    import socket
    try:
        socket.create_connection(("192.0.2.1", 9), 1)
    except OSError as error:
        print("parent", type(error).__name__)

group.add_command(command, "try")
type(group).get_command = lambda self, ctx, name: command
cli(sys.argv[1:])
"""
    for args in (["--offline", "try"], ["try"]):
        settings = tmp_path / "settings.toml"
        settings.write_text('offline = "yes"\n' if args == ["try"] else "", encoding="utf-8")
        ran = subprocess.run(
            [sys.executable, "-c", script, *args],
            env={**os.environ, "COACH_ASSIST_HOME": str(tmp_path)},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert ran.stdout.split("\n")[:2] == ["child True", "parent OfflineRefused"], ran.stderr


@pytest.mark.parametrize(
    ("host", "local"),
    [
        ("127.0.0.1", True), ("127.8.8.8", True), ("::1", True), ("::ffff:127.0.0.1", True),
        ("localhost", True), ("LOCALHOST", True), (b"127.0.0.1", True), ("10.0.0.1", False),
        ("::ffff:10.0.0.1", False),
        ("localhost.example", False), ("", False), (None, False), ("fe80::1%eth0", False), ("0.0.0.0", False),
    ],
)  # fmt: skip
def test_what_is_this_machine(host: object, local: bool) -> None:
    assert is_local(host) is local


@pytest.mark.parametrize(
    ("value", "wanted"), [("", False), ("no", False), ("0", False), ("yes", True), ("perhaps", True)]
)
def test_the_variable(value: str, wanted: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_ASSIST_OFFLINE", value)
    assert offline_wanted() is wanted
