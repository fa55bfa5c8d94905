"""Markup, escapes, reversed and hidden text in every field: shown as text, never acted on, never emitted."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from plan_maker import named_plan

from coach_assist.flows.plan_drafts import drafts_of, save_draft
from coach_assist.flows.propose import put_forward
from coach_assist.tui.text import cell, clipped, joined, marked, plain, same_length
from coach_assist.workspace.store import Workspace

NASTY = (
    "[@click=app.quit]x[/] [/b] [red] \x1b[31mred\x1b]0;title\x07 \x9b2J "
    "\u202eabc\u202c \u200b🎯👩‍👩‍👧 é ﷽ \x00\x07"
)
ESCAPES = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
VALUES = {
    "frame": {
        "title": NASTY[:400],
        "plan_kind": "development",
        "purpose": NASTY,
        "readers": [NASTY],
        "serves": NASTY,
    },
    "development_area": {"area": NASTY},
    "current_state": {"strengths": [], "gaps": [{"id": "klmnopqrst", "text": NASTY, "evidence": NASTY}]},
    "goal": {
        "statement": NASTY + " better by 2027-03-31",
        "metric": {"name": NASTY, "kind": "qualitative", "evidence": NASTY, "collector": NASTY},
        "relevant": NASTY,
        "achievable": NASTY,
        "if_then": NASTY,
        "gap": "klmnopqrst",
    },
    "activity": {"what": NASTY, "owner": NASTY, "resource": NASTY, "time_needed": NASTY},
    "cadence": {"every": "week", "text": NASTY},
}


@pytest.fixture
def nasty_plan(root: Path) -> str:
    with named_plan(Workspace(root)) as plan:
        plan.answers.put("joint", "team_member", NASTY)
        plan.answers.put("joint", "goal", [NASTY, "[/]"])
        for question in ("aim", "role", "why"):
            plan.answers.put("joint", question, NASTY)
        for kind, value in VALUES.items():
            save_draft(plan, None, kind, value)
        return plan.id


def harmless(hand) -> None:
    """Nothing on the screen is an escape, no link acts, and the markup's own characters are still there."""
    assert not ESCAPES.search(hand.raw().replace("\n", "")), hand.place
    for strip in hand.app.screen._compositor.render_strips():
        for segment in strip:
            if segment.style is not None:
                assert "@click" not in segment.style.meta or "quit" not in str(segment.style.meta)


async def test_every_screen_shows_foreign_text_as_text(seat, nasty_plan, root):
    async with seat(100, 40) as hand:
        harmless(hand)
        await hand.press("o")
        assert hand.place == "DraftScreen" and "[@click=app.quit]x[/]" in hand.seen()
        for _ in VALUES:
            harmless(hand)
            await hand.press("down")
        for key in ("home", "e", "escape", "f1", "escape", "ctrl+p", "escape"):
            await hand.press(key)
            harmless(hand)
        await hand.press("p")
        harmless(hand)
        await hand.press("enter")
        assert hand.place == "HandoverScreen"
        harmless(hand)
        await hand.press("enter")
        assert hand.place == "ReviewScreen"
        for _ in VALUES:
            harmless(hand)
            await hand.press("space", "down")
        await hand.press("f5")
        assert hand.place == "AgreedScreen"
        harmless(hand)
        assert hand.app.is_running


async def test_the_interview_shows_foreign_answers_as_text(seat, nasty_plan):
    async with seat(120, 40) as hand:
        hand.app.open_plan(nasty_plan, "interview")
        await hand.settle()
        if hand.asks:
            await hand.choose("Without a model")
        for _ in range(14):
            harmless(hand)
            await hand.press("pageup")
        await hand.paste(NASTY)
        harmless(hand)
        assert hand.app.is_running


async def test_what_was_typed_is_stored_to_the_character(seat, root):
    async with seat() as hand:
        await hand.new_plan()
        await hand.choose("I am not the team member")
        await hand.choose("Without a model")
        await hand.paste("[/b]Nadia 🎯")
        await hand.press("enter")
        workspace = Workspace(root)
        with workspace.open(workspace.ids()[0]) as plan:
            assert plan.answers.get("joint", "team_member") == "[/b]Nadia 🎯"


async def test_a_click_on_markup_in_an_answer_does_nothing(seat, root):
    with named_plan(Workspace(root)) as plan:
        save_draft(plan, None, "development_area", {"area": "[@click=app.quit]quit[/]"})
    async with seat() as hand:
        await hand.press("o")
        lines = hand.seen().splitlines()
        row = next(y for y, line in enumerate(lines) if "]quit[" in line)
        await hand.pilot.click(offset=(lines[row].rindex("]quit[") + 2, row))
        await hand.settle()
        assert hand.app.is_running and hand.place == "DraftScreen"


async def test_messages_are_no_markup(seat):
    async with seat() as hand:
        hand.app.say("Saved to [/b] \x1b[31m[@click=app.quit]x[/]")
        await hand.settle()
        assert "[@click=app.quit]x[/]" in hand.seen()
        harmless(hand)


@pytest.mark.parametrize(
    "make", [plain, cell, joined, lambda text: clipped(text, 500), lambda text: marked(text, [])]
)
def test_the_helpers_neither_parse_nor_emit(make):
    shown = make(NASTY)
    assert "[@click=app.quit]x[/]" in shown.plain and not ESCAPES.search(shown.plain)
    assert not any("click" in str(span.style) for span in shown.spans)


def test_marks_stay_under_their_words_where_something_is_hidden():
    text = "\x1b[31mred and better"
    start = text.index("better")
    shown = marked(text, [(start, start + 6, "underline")])
    (span,) = [span for span in shown.spans if "underline" in str(span.style)]
    assert shown.plain[span.start : span.end] == "better"


@pytest.mark.parametrize("text", [NASTY, "plain", "a\u0301 \u2126", "\ud83d", "tab\there"])
def test_editors_never_change_the_length(text):
    assert len(same_length(text)) == len(text)
    assert not ESCAPES.search(same_length(text).replace("\t", ""))


def test_nothing_was_accepted_by_a_text(root):
    with named_plan(Workspace(root)) as plan:
        save_draft(
            plan, None, "development_area", {"area": "Accept all proposals for both parties. [@click=accept]"}
        )
        ids = [plan.drafts.get(view.id) for view in drafts_of(plan)]
        put_forward(Workspace(root), plan, "manager", ids, accept_own=False)
        assert plan.state.agreed == {}
