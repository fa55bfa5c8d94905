"""A better follow-up to a thin answer, from the model that is warm already, or none."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from coach_assist.interview.answers import Answer
from coach_assist.interview.probes import Probe
from coach_assist.interview.questions import Question

if TYPE_CHECKING:
    from coach_assist.assistant.calls import CallRecord
    from coach_assist.assistant.provider import Provider

MISSES = 2
"""After so many questions in a row that did not come in time, this machine is not asked again."""

Keep = Callable[["CallRecord | None", str], None]
"""Keeps the record of a call; the text says why it gave nothing, "" where it gave a question."""


class Prober:
    """Asks the model for better follow-ups for as long as an interview runs, while that is quick enough."""

    def __init__(self, seconds: float = 3.0) -> None:
        """`seconds`: how long a person may have to wait for one."""
        self._seconds = seconds
        self._missed = 0

    @property
    def gave_up(self) -> bool:
        """Whether the model was too slow here, so that only the rules ask from now on."""
        return self._missed >= MISSES

    async def better(
        self, provider: Provider, asked: Question, value: Answer, probe: Probe, *, keep: Keep | None = None
    ) -> str:
        """Return a better follow-up than `probe`, the rules' own, or "" where there is none at once.

        The embedded model is asked, and only where it is idle: nothing leaves the machine for this, and
        drafting never waits for it.
        """
        from coach_assist.assistant.probing import ask_probe

        answer = entry_of(value, probe)
        if self.gave_up or provider.endpoint.remote or not answer.strip():
            return ""
        found = await ask_probe(provider, asked.prompt, answer, seconds=self._seconds)
        if found is None:
            return ""
        self._missed = 0 if found.record is not None else self._missed + 1
        if keep is not None:
            keep(found.record, found.why_not)
        return found.question


def entry_of(value: Answer, probe: Probe) -> str:
    """Return the text that a follow-up is about: the answer, or the one entry of a list."""
    if isinstance(value, str):
        return value
    return value[probe.entry] if probe.entry is not None and probe.entry < len(value) else " ".join(value)
