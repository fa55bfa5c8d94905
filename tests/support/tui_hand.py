"""A hand at the keyboard: types, waits (and fails if what it waits for never comes), reads the screen."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable
from typing import Any

from textual import events
from textual.message import Message
from textual.pilot import Pilot

from coach_assist.tui.app import CoachApp

KEYS = {
    " ": "space",
    "\n": "enter",
    ".": "full_stop",
    ",": "comma",
    "-": "minus",
    ":": "colon",
    ";": "semicolon",
}


class Hand:
    """Drives one app. Every wait has an end."""

    PATIENCE = 60.0

    def __init__(self, app: CoachApp, pilot: Pilot[Any], messages: list[Message]) -> None:
        self.app = app
        self.pilot = pilot
        self.messages = messages

    async def settle(self) -> None:
        """Wait until no worker runs, nothing waits in a queue and the screen stays the same."""
        calm = 0
        while calm < 3:
            await self.until(lambda: self.asks or not self._busy(), "the workers to end")
            before = self.app.screen
            await asyncio.sleep(0.01)
            await self.pilot.pause()
            calm = calm + 1 if before is self.app.screen and (self.asks or not self._busy()) else 0

    def _busy(self) -> bool:
        return any(worker.is_running for worker in self.app.workers) or bool(
            self.app.screen._callbacks
            or self.app._message_queue.qsize()
            or self.app.screen._message_queue.qsize()
        )

    @property
    def asks(self) -> bool:
        """Whether a question card is on the screen (its worker waits for the answer)."""
        return self.place == "QuestionCard"

    async def until(self, true: Callable[[], bool], what: str) -> None:
        """Wait until `true()`; fail after `PATIENCE` seconds."""
        end = time.monotonic() + self.PATIENCE
        while not true():
            assert time.monotonic() < end, f"waited in vain for {what}; the screen shows:\n{self.seen()}"
            await self.pilot.pause(0.02)

    async def press(self, *keys: str) -> None:
        """Press keys one by one, the way somebody does who looks at the screen before the next one."""
        for key in keys:
            await self.pilot.press(key)
            await self.settle()

    async def write(self, text: str) -> None:
        """Type a text, key by key."""
        await self.pilot.press(*(KEYS.get(character, character) for character in text))

    async def paste(self, text: str) -> None:
        """Paste a text into the focused field, the way a terminal does."""
        assert self.app.focused is not None
        self.app.post_message(events.Paste(text))
        await self.pilot.pause()

    async def choose(self, words: str) -> None:
        """Choose the entry that holds `words` in the focused list, with the arrow keys and Enter."""
        listing: Any = self.app.focused
        prompts = [str(option.prompt) for option in listing.options]
        wanted = next((place for place, prompt in enumerate(prompts) if words in prompt), None)
        assert wanted is not None, f"{words!r} is not among {prompts}"
        while listing.highlighted != wanted:
            await self.pilot.press("down" if (listing.highlighted or 0) < wanted else "up")
        await self.press("enter")

    async def new_plan(self, kind: str = "Development") -> None:
        """Begin a new plan on home, of this kind."""
        await self.press("n")
        await self.choose(kind)

    async def take_part(self) -> None:
        """Where the page on joining is shown, read it to its end and take part."""
        if self.place != "JoiningScreen":
            return
        while not self.app.screen.was_whole:  # type: ignore[attr-defined]
            await self.press("space")
        await self.choose("I take part")

    @property
    def place(self) -> str:
        """The name of the screen's class."""
        return type(self.app.screen).__name__

    def seen(self) -> str:
        """Return the text on the screen, line by line, as a person sees it."""
        strips = self.app.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)

    def words(self) -> str:
        """Return the text on the screen without its lay-out, which long paths change."""
        return " ".join(re.sub("[█▌▐│▔▁]", " ", self.seen()).split())

    def raw(self) -> str:
        """Return every text that is drawn, piece by piece, as it would be sent to the terminal."""
        strips = self.app.screen._compositor.render_strips()
        return "\n".join(segment.text for strip in strips for segment in strip)

    def got(self, kind: type[Message]) -> list[Any]:
        """Return the messages of one kind that were handled so far, each once."""
        found: list[Any] = []
        for message in self.messages:
            if isinstance(message, kind) and message not in found:
                found.append(message)
        return found
