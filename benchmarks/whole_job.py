"""How long a pair needs from first screen to agreed plan: `python benchmarks/whole_job.py [--real-time]`.

A scripted pair drives the real app, key by key. Three times are added up and printed apart:

- typing: every key that was pressed, at 40 words a minute (200 keys a minute);
- reading: every question once, every draft once by the pair, every proposal once by each of the two, at
  230 words a minute (a common figure for silent reading of English prose);
- the model: wall time from asking for the draft to the whole draft. With COACH_ASSIST_MODEL (or weights at
  hand) it is the real model; without, the drafts are in own words and the model's time is none.

With --real-time the pair types and reads at that speed in earnest, so that drafting while they answer
counts; it also prints the seconds from the last answer to the complete draft.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from textual.message import Message
from textual.pilot import Pilot

from coach_assist.flows.show import plan_view
from coach_assist.tui.app import CoachApp
from coach_assist.tui.draft.messages import DraftFailed, DraftReady
from coach_assist.workspace.store import Workspace

KEYS_A_MINUTE = 40 * 5
WORDS_A_MINUTE = 230
LONGEST_WAIT = 900.0
"""Seconds to wait for anything before the run is given up."""
ANSWERS = {
    "team_member": "Leonie Adler",
    "manager": "Marek Novy",
    "role": "Night nurse on the surgical ward",
    "start": "",
    "end": "60 days",
    "aim": "Leonie wants to train new colleagues within two years.",
    "development_area": "Handing patients over to the morning team",
    "current_state": "Her notes are precise and the doctors trust them. Only 5 of 12 handovers end on time. "
    "Twice in October a drug change was told but not written down.",
    "goal": "Get better at handovers",
    "why": "Late handovers cost the morning team half an hour and open questions reach the ward round.",
    "obstacle": "Emergencies in the last hour leave no time to prepare.",
    "activities": "Shadow Birgit at two handovers, she always ends on time. Try a one-page handover sheet.",
    "support": "Marek takes the phone in the last half hour on three nights a week.",
    "cadence": "Every second Thursday, 30 minutes, with the handover sheets",
}


class Pair:
    """Two people at one keyboard."""

    def __init__(self, app: CoachApp, pilot: Pilot[Any], messages: list[Message], *, real_time: bool) -> None:
        self.app, self.pilot, self.messages, self.real_time = app, pilot, messages, real_time
        self.keys = self.words = self.decisions = 0
        self.waited = 0.0
        self.last_answer = 0.0

    @property
    def screen(self) -> Any:
        """The screen that is shown."""
        return self.app.screen

    @property
    def place(self) -> str:
        """The name of the shown screen's class."""
        return type(self.screen).__name__

    async def press(self, *keys: str) -> None:
        """Press keys."""
        self.keys += len(keys)
        if self.real_time:
            await asyncio.sleep(len(keys) * 60 / KEYS_A_MINUTE)
        await self.pilot.press(*keys)

    async def write(self, text: str) -> None:
        """Type a text."""
        for word in text.split(" "):
            await self.press(*(NAMES.get(letter, letter) for letter in word), "space")
        await self.press("backspace")
        self.keys -= 2  # the last space and its deletion are the script's, not a person's

    async def read(self, text: str) -> None:
        """Read a text once."""
        self.words += len(text.split())
        if self.real_time:
            await asyncio.sleep(len(text.split()) * 60 / WORDS_A_MINUTE)

    async def until(self, true: Callable[[], bool], what: str) -> None:
        """Wait until `true()`; give the run up after LONGEST_WAIT."""
        end = time.monotonic() + LONGEST_WAIT
        while not true():
            if time.monotonic() > end:
                raise SystemExit(f"waited in vain for {what}")
            await self.pilot.pause(0.05)

    # -- the job -------------------------------------------------------------------------------------

    async def interview(self) -> None:
        """Answer every question of the short path."""
        await self.press("n")
        await self.until(lambda: self.place == "QuestionCard", "the kinds of plan")
        await self.press("enter")
        await self.until(lambda: self.place == "JoiningScreen", "the page on joining")
        await self.press("end", "enter")  # who manages prepares alone
        await self.until(lambda: self.place in {"InterviewScreen", "QuestionCard"}, "the interview")
        await self.pilot.pause(1.0)
        if self.place == "QuestionCard":
            await self.press("down", "enter")  # without a model
        await self.until(lambda: self.place == "InterviewScreen", "the interview")
        await self.until(lambda: self.screen.interview is not None, "the first question")
        while (asked := self.screen.interview.session.question) is not None:
            await self.read(f"{asked.prompt} {asked.why} {asked.example}")
            if ANSWERS[asked.id]:
                await self.write(ANSWERS[asked.id])
            await self._finish(asked.type)
            if self.screen.interview.session.question == asked:  # a follow-up: it stays as it is
                await self.read(str(self.screen.query_one("#side").render()))
                await self._finish(asked.type)
        self.last_answer = time.monotonic()

    async def _finish(self, kind: str) -> None:
        await self.press(*(["enter"] if kind in {"name", "date", "length"} else ["enter", "enter"]))
        await self.pilot.pause(0.1)

    async def draft(self) -> None:
        """Ask for the draft, wait for it, and read it."""
        await self.press("enter")
        began = time.monotonic()
        done = (DraftReady, DraftFailed)
        await self.until(lambda: any(isinstance(one, done) for one in self.messages), "the draft")
        self.waited = time.monotonic() - began
        self.after_last = time.monotonic() - self.last_answer
        await self.pilot.pause(0.5)
        for place in range(len(self.screen.drafts)):
            await self.read(self.screen.text_of_screen())
            if place:
                await self.press("down")
                await self.pilot.pause(0.05)

    async def put_forward(self) -> None:
        """Put all drafts forward as the team member."""
        await self.press("p")
        await self.until(lambda: self.place == "QuestionCard", "the question")
        await self.press("enter")
        await self.until(lambda: self.place == "HandoverScreen", "the hand-over")

    async def decide(self) -> None:
        """Take the turn that the hand-over offers, and accept every proposal after reading it."""
        await self.pilot.pause(0.3)
        await self.press("enter")
        await self.until(lambda: self.place in {"ReviewScreen", "JoiningScreen"}, "the review")
        if self.place == "JoiningScreen":
            await self.pilot.pause(0.3)
            await self.read(self.screen.text_of_screen())
            while not self.screen.was_whole:
                await self.press("space")
                await self.pilot.pause(0.1)
            await self.press("enter")
            await self.until(lambda: self.place == "ReviewScreen", "the review")
        await self.pilot.pause(0.3)
        while self.place == "ReviewScreen":
            await self.read(self.screen.text_of_screen())
            for _ in range(20):
                await self.pilot.pause(0.15)
                if self.screen.was_whole:
                    break
                await self.press("space")
            before = self.screen._chosen
            await self.press("a")
            await self.pilot.pause(0.3)
            if self.place == "QuestionCard":
                await self.press("down", "enter")
            self.decisions += 1
            await self.until(
                lambda before=before: self.place != "ReviewScreen" or self.screen._chosen.id != before.id,
                "the next proposal",
            )
        await self.until(lambda: self.place == "HandoverScreen", "the hand-over")

    def figures(self) -> dict[str, Any]:
        """Return what is printed."""
        typing, reading = self.keys / KEYS_A_MINUTE, self.words / WORDS_A_MINUTE
        model = self.waited / 60
        return {
            "minutes": round(typing + reading + model, 1),
            "typing_minutes": round(typing, 1),
            "reading_minutes": round(reading, 1),
            "model_minutes": round(model, 1),
            "keys": self.keys,
            "words_read": self.words,
            "decisions": self.decisions,
            "seconds_from_last_answer_to_draft": round(self.after_last, 1) if self.real_time else None,
        }


NAMES = {".": "full_stop", ",": "comma", "-": "minus", "'": "apostrophe", ":": "colon", ";": "semicolon"}


async def run(*, real_time: bool) -> dict[str, Any]:
    """Let the pair do the whole job in a throw-away workspace, and return the figures."""
    messages: list[Message] = []
    with tempfile.TemporaryDirectory() as folder:
        app = CoachApp(Path(folder))

        def hear(message: Message) -> None:
            if isinstance(message, DraftReady | DraftFailed):
                messages.append(message)

        async with app.run_test(size=(80, 24), message_hook=hear) as pilot:
            pair = Pair(app, pilot, messages, real_time=real_time)
            await pilot.pause(1.0)
            await pair.interview()
            await pair.draft()
            await pair.put_forward()
            await pair.decide()
            await pair.decide()
        (plan_id,) = Workspace(Path(folder)).ids()
        with Workspace(Path(folder)).open(plan_id) as plan:
            view = plan_view(plan)
            calls = [entry for entry in plan.calls.all() if "prompt" in entry]
        figures = pair.figures()
        return figures | {
            "state": view.state,
            "agreed": len(view.agreed),
            "open": len(view.open),
            "model_calls": len(calls),
            "goals": [unit.value["statement"] for unit in view.agreed if unit.kind == "goal"],
        }


def main() -> None:
    """Run it and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--real-time", action="store_true", help="type and read at that speed in earnest")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args()
    figures = asyncio.run(run(real_time=options.real_time))
    if options.json:
        print(json.dumps(figures, ensure_ascii=False, indent=2))
        return
    for name, value in figures.items():
        print(f"{name.replace('_', ' ')}: {value}")


if __name__ == "__main__":
    main()
