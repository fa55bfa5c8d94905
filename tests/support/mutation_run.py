"""A pytest plugin that runs the collected tests against mutants, each in a process of its own.

First every test runs once and must pass; it is noted how long it takes and which functions it calls. Then
for each mutant a child process takes the mutant in (the modules are imported already, so that costs
nothing) and runs the tests that call the function, the shortest first, until one fails. What happened is
written to a file, one JSON line a mutant. It is started by tests/agreement/test_mutants.py.
"""

from __future__ import annotations

import builtins
import contextlib
import json
import os
import resource
import signal
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FunctionType
from typing import Never

import pytest
from _pytest.runner import runtestprotocol
from mutants import Mutant, apply, functions, mutants, watched

HANGS = 300
"""Processor seconds after which a mutant's tests count as hanging; four times as many by the clock."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Take the modules to mutate, the names that are known as equivalent, and where to write.

    Of what is known as equivalent only the tests up to `--short` seconds run.
    """
    parser.addoption("--mutate", action="append", default=[])
    parser.addoption("--equivalents", default="")
    parser.addoption("--outcomes", default="")
    parser.addoption("--short", type=float, default=1.0)


@dataclass
class Seen:
    """One test: how long it took, and which of the functions it called."""

    item: pytest.Item
    seconds: float
    called: frozenset[str]


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool:
    """Run everything once, then against each mutant."""
    config = session.config
    made = [one for module in config.getoption("--mutate") for one in mutants(module)]
    config._tmp_path_factory.getbasetemp()  # type: ignore[attr-defined]  # made here, or each child empties it
    seen = _seen_apart(session, sorted({one.module for one in made}))
    equivalent = set(Path(config.getoption("--equivalents")).read_text(encoding="utf-8").splitlines())
    with Path(config.getoption("--outcomes")).open("w", encoding="utf-8") as file:
        for mutant, outcome in _against(made, seen, equivalent, config.getoption("--short")):
            said = {"name": mutant.name, "line": mutant.line, "outcome": outcome}
            file.write(json.dumps(said) + "\n")
            file.flush()
    return True


@contextlib.contextmanager
def watching(modules: list[str]) -> Iterator[set[str]]:
    """Let every function of the modules note its name in the yielded set when it is called."""
    called: set[str] = set()
    kept: list[tuple[FunctionType, CodeType]] = []
    vars(builtins)["called_"] = called.add
    for module in modules:
        for name, code in watched(module).items():
            for one in functions(module, name):
                kept.append((one, one.__code__))
                one.__code__ = code
    try:
        yield called
    finally:
        for one, code in kept:
            one.__code__ = code


def _seen_apart(session: pytest.Session, modules: list[str]) -> list[Seen]:
    """Run everything once in a child: threads that a library starts there are in no later child's way."""
    notes = Path(session.config.getoption("--outcomes")).with_suffix(".once")
    child = os.fork()
    if child == 0:
        try:
            with watching(modules) as called:
                seen = [(one.seconds, sorted(one.called)) for one in _once(session, called)]
            notes.write_text(json.dumps([session.shouldfail, seen]), encoding="utf-8")
        finally:
            sys.stdout.flush()
            os._exit(0)
    os.waitpid(child, 0)
    failed, seen = json.loads(notes.read_text(encoding="utf-8"))
    if failed:
        raise session.Failed(failed)
    return [
        Seen(item, seconds, frozenset(called))
        for item, (seconds, called) in zip(session.items, seen, strict=True)
    ]


def _once(session: pytest.Session, called: set[str]) -> Iterator[Seen]:
    for place, item in enumerate(session.items):
        called.clear()
        started = time.monotonic()
        following = session.items[place + 1] if place + 1 < len(session.items) else None
        if any(report.failed for report in runtestprotocol(item, log=True, nextitem=following)):
            session.shouldfail = f"{item.nodeid} fails without any mutant"
        yield Seen(item, time.monotonic() - started, frozenset(called))


def _against(
    made: list[Mutant],
    seen: list[Seen],
    equivalent: set[str],
    short: float,
) -> Iterator[tuple[Mutant, str]]:
    """Yield each mutant with "killed", "hangs", "alive" or "no test"; as many at once as there are cores."""
    places = len(os.sched_getaffinity(0))
    running: dict[int, tuple[Mutant, float]] = {}
    waiting = list(made)
    while waiting or running:
        while waiting and len(running) < places:
            mutant = waiting.pop(0)
            function = f"{mutant.module}.{mutant.function}"
            tests = sorted((one for one in seen if function in one.called), key=lambda one: one.seconds)
            if mutant.name in equivalent:
                tests = [one for one in tests if one.seconds <= short]
            if not tests:
                yield mutant, "no test"
                continue
            child = os.fork()
            if child == 0:
                _child(mutant, [one.item for one in tests])
            running[child] = mutant, time.monotonic()
        for child, (mutant, begun) in list(running.items()):
            done, status = os.waitpid(child, os.WNOHANG)
            if done == child:
                del running[child]
                yield mutant, _outcome(os.waitstatus_to_exitcode(status))
            elif time.monotonic() - begun > 4 * HANGS:
                os.killpg(child, signal.SIGKILL)
                os.waitpid(child, 0)
                del running[child]
                yield mutant, "hangs"
        time.sleep(0.005)


def _outcome(code: int) -> str:
    if code == -signal.SIGXCPU:
        return "hangs"
    return "alive" if code == 0 else "killed"


def _child(mutant: Mutant, items: list[pytest.Item]) -> Never:
    """Run tests against a mutant and leave at the first that fails; never return to the parent's loop."""
    code = 1
    try:
        os.setsid()
        resource.setrlimit(resource.RLIMIT_CPU, (HANGS, HANGS + 10))
        nothing = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nothing, stream)
        apply(mutant)
        for item, following in zip(items, [*items[1:], None], strict=True):
            if any(report.failed for report in runtestprotocol(item, log=False, nextitem=following)):
                os._exit(1)
        code = 0
    finally:
        os._exit(code)
