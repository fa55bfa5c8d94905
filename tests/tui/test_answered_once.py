"""A key typed twice answers once: neither a crash nor a second answer."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.app import App

from coach_assist.flows.plans import plans
from coach_assist.tui.app import CoachApp
from coach_assist.tui.joining.screen import JoiningScreen
from coach_assist.tui.widgets.question_card import QuestionCard


async def test_a_card_that_was_left_takes_no_second_answer() -> None:
    heard: list[str | None] = []
    app = App[None]()
    async with app.run_test() as pilot:
        card = QuestionCard("Which?", "", [("a", "A", ""), ("b", "B", "")])
        await app.push_screen(card, heard.append)
        await pilot.pause()
        card.dismiss("a")
        card.dismiss("b")
        await pilot.pause()
        assert heard == ["a"]
        assert len(app.screen_stack) == 1


@pytest.mark.parametrize("times", [2, 3, 6])
async def test_enter_held_down_on_new_plan_leads_to_the_page_on_joining_and_no_further(
    tmp_path: Path, times: int
) -> None:
    app = CoachApp(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n")
        await pilot.pause()
        await pilot.press(*["enter"] * times)
        for _ in range(200):
            await pilot.pause(0.02)
            if isinstance(app.screen, JoiningScreen):
                break
        assert isinstance(app.screen, JoiningScreen)
        assert not plans(app.workspace), "nothing was answered yet"
