"""A scripted server that answers the requests of drafting by the form that they ask for."""

from __future__ import annotations

import contextlib
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

from scripted_server import Naps, Received, Script, ScriptedServer, streamed, whole

from coach_assist.assistant.endpoint import Endpoint
from coach_assist.assistant.provider import Provider

Answer = Mapping[str, Any] | str | Script

MEASURED = {
    "fact": "4 of 10 tickets are passed on to the second line",
    "metric": "tickets passed on to the second line",
    "better": "less",
    "target": 2,
    "change": "reading the log before passing a ticket on",
    "evidence": "weekly report of the queue",
    "collector": "Tom",
    "obstacle": "the queue is long on Mondays",
    "response": "notes the question and asks Priya at noon",
}
OBSERVED = {
    "occasions": "design reviews",
    "action": "explain the reasons for a design",
    "times": 4,
    "evidence": "notes of the reviews",
    "collector": "Tom",
    "obstacle": "",
    "response": "",
}
IDEA = {
    "idea1": {
        "kind": "feedback",
        "what": "Ask Priya which tickets could have been closed",
        "helper": "nobody",
    }
}
LABELS = {"labels": ["gap"]}
PROBE = {"question": "Which tickets were hard last week, and how many were passed on?"}
ANSWERS: dict[str, Any] = {
    "team_member": "Ana Ruiz",
    "manager": "Tom Weller",
    "start": "2026-03-02",
    "end": "60 days",
    "development_area": "Solving harder tickets",
    "current_state": "Customers like her tone. 4 of 10 tickets are passed on to the second line.",
    "goal": "Get better at troubleshooting",
    "why": "The second line loses half a day a week.",
    "obstacle": "The queue is long on Mondays.",
    "activities": "Sit with Priya while she reads the log; try the guide on real tickets.",
    "support": "Tom frees Tuesday afternoons.",
    "cadence": "every week, 30 minutes on Thursday",
}


@contextlib.asynccontextmanager
async def drafting_server(
    **answers: Answer | Sequence[Answer],
) -> AsyncIterator[tuple[Provider, ScriptedServer]]:
    """Serve `answers` by form: MeasuredGoal, ObservedGoal, Activities, CurrentState; lists one after another.

    A form without an answer gets a good one. Yields a provider and the server with what it received.
    """
    good = {
        "MeasuredGoal": MEASURED, "ObservedGoal": OBSERVED, "Activities": IDEA, "CurrentState": LABELS,
        "FollowUp": PROBE,
    }  # fmt: skip
    queues = {
        name: list(own) if isinstance(own, list | tuple) else [own]
        for name, own in {**good, **answers}.items()
    }

    def behaviour(received: Received) -> Script:
        form = received.body.get("response_format")
        if form is None:  # the model reads what the next request begins with
            return Script(streamed("-"))
        name = form["json_schema"]["name"]
        queue = queues[name]
        answer = queue.pop(0) if len(queue) > 1 else queue[0]
        if isinstance(answer, Script):
            return answer
        text = answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False)
        return Script(streamed(text)) if received.body.get("stream") else whole(text)

    async with ScriptedServer([behaviour]) as server:
        provider = Provider(Endpoint(server.url, "key", "scripted"), sleep=Naps())
        try:
            yield provider, server
        finally:
            await provider.close()
