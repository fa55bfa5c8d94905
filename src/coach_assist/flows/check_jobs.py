"""Checking in several processes: items go out in batches, results come back in order."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context

from coach_assist.checker.inputs.items import Event
from coach_assist.checker.settings import Settings
from coach_assist.flows.check import Assessed, assessed_event

BATCH = 256
"""Items in one batch: enough to outweigh sending them, few enough to keep memory flat."""


def assess_batch(events: list[Event], settings: Settings) -> list[Assessed]:
    """Check one batch (in a worker process)."""
    return [assessed_event(event, settings) for event in events]


def assessed_in_parallel(events: Iterator[Event], settings: Settings, jobs: int) -> Iterator[Assessed]:
    """Yield what `assessed_event` says of each event, in order, worked out by `jobs` processes.

    At most two batches a process are under way, so memory does not grow with the input. A single
    batch is checked here: starting a process costs more.
    """
    first = list(islice(events, BATCH))
    if len(first) < BATCH:
        yield from assess_batch(first, settings)
        return
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        waiting: deque[Future[list[Assessed]]] = deque([pool.submit(assess_batch, first, settings)])
        while waiting:
            while len(waiting) < 2 * jobs and (batch := list(islice(events, BATCH))):
                waiting.append(pool.submit(assess_batch, batch, settings))
            yield from waiting.popleft().result()
