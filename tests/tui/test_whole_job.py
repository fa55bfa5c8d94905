"""The main job with real keys: interview → own words → put forward → both decide → agreed → export."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from coach_assist.flows.decide import undecided
from coach_assist.flows.open_plan import open_plan
from coach_assist.flows.plans import plans
from coach_assist.tui.draft.messages import DraftReady, DraftRequested
from coach_assist.tui.review.messages import Decided
from coach_assist.workspace.store import Workspace

ANSWERS = {
    "aim": "Run the night desk one day",
    "development_area": "Handing over a shift in writing so that the morning crew can start",
    "current_state": "4 of 10 handovers have a written note, the rest is told on the phone",
    "goal": "Better handover notes",
    "why": "Nobody is called at night any more, and the crew starts on time",
    "obstacle": "Busy nights; then I write three key words at once",
    "activities": "Watch Lee write two notes; write my own at half past five",
    "support": "Tom frees half an hour every Thursday and reads the notes",
    "cadence": "Every Friday, 20 minutes",
}


async def answer_everything(hand) -> None:
    await hand.new_plan()
    assert hand.place == "JoiningScreen"
    await hand.take_part()
    assert hand.place == "QuestionCard" and "1.1 GB" in hand.seen()
    await hand.choose("Without a model")
    for text in ("Nadia Brandt", "Tom Okafor"):
        await hand.write(text)
        await hand.press("enter")
    await hand.write("Dispatcher\n\n")
    await hand.settle()
    assert "4 of 14" in hand.seen()
    await hand.write("soon")
    await hand.pilot.pause()
    assert "is not a date" in hand.seen()
    await hand.pilot.press(*["backspace"] * 4)
    await hand.write("2027-01-04")
    await hand.press("enter")
    await hand.write("60 days")
    await hand.press("enter")
    for text in ANSWERS.values():
        await hand.paste(text)
        await hand.press("ctrl+n")
        if "One more thought" in hand.seen():
            await hand.press("ctrl+n")
    assert "That is all that is asked" in hand.seen()


async def decide_everything(hand, count: int) -> None:
    """Accept each proposal once its end was on the screen; confirm where the checker has an error."""
    for _ in range(200):
        if hand.place != "ReviewScreen":
            break
        if not hand.app.screen.was_whole:
            await hand.press("space")
            continue
        await hand.press("a")
        if hand.place == "QuestionCard":
            await hand.choose("Accept it as it is")
    assert hand.place == "HandoverScreen"


@pytest.mark.parametrize(
    ("width", "height"),
    [
        pytest.param(80, 24, id="80x24"),
        pytest.param(120, 40, id="120x40", marks=pytest.mark.slow),
        pytest.param(60, 20, id="60x20", marks=pytest.mark.slow),
    ],
)
async def test_from_the_first_screen_to_an_agreed_plan(
    seat, root: Path, tmp_path, monkeypatch, width, height
):
    monkeypatch.chdir(tmp_path)
    async with seat(width, height) as hand:
        assert "A coaching plan" in hand.seen()
        await answer_everything(hand)
        await hand.press("enter")

        assert hand.place == "DraftScreen"
        assert [message.own_words for message in hand.got(DraftRequested)] == [True]
        (ready,) = hand.got(DraftReady)
        assert ready.result.failed is None and ready.result.calls == ()
        drafts = hand.app.screen.drafts
        assert {draft.origin for draft in drafts} <= {"own_words"}
        assert "Goal" in hand.seen() and "in your own words" in hand.seen()

        await hand.press("p")
        await hand.choose("All, as Nadia Brandt")
        assert hand.place == "HandoverScreen"
        assert "Tom Okafor, it is your turn." in hand.seen()
        assert "I will read this alone first" in hand.seen()

        await hand.choose("I am Tom Okafor, and I go on")
        await decide_everything(hand, len(drafts))
        assert "Nadia Brandt, it is your turn." in hand.seen()
        await hand.choose("I am Nadia Brandt, and I go on")
        await decide_everything(hand, len(drafts))
        assert "Nobody has anything left to decide." in hand.seen()

        decided = hand.got(Decided)
        assert len(decided) == 2 * len(drafts)
        assert {(one.party, one.decision) for one in decided} == {
            ("manager", "accept"),
            ("team_member", "accept"),
        }

        await hand.choose("Show the agreed plan")
        assert hand.place == "AgreedScreen" and "This is not an evaluation." in hand.seen()
        await hand.press("x", "enter", "enter", "enter")
        assert "It is meant for: Nadia Brandt, Tom Okafor" in hand.seen()
        await hand.press("x", "enter", "end", "enter", "enter")

    (summary,) = plans(Workspace(root))
    assert summary.state == "agreed" and sum(summary.waits.values()) == 0
    saved = {path.suffix: path for path in tmp_path.iterdir()}
    assert "Better handover notes" in saved[".md"].read_text(encoding="utf-8")
    agreed = json.loads(saved[".json"].read_text(encoding="utf-8"))
    assert len(agreed["units"]) == len(drafts) and agreed["open"] == []
    with open_plan(Workspace(root), summary.id) as plan:
        assert undecided(plan, "manager") == () and undecided(plan, "team_member") == ()


async def test_leaving_in_the_middle_and_coming_back(seat, root: Path):
    async with seat() as hand:
        await hand.new_plan()
        await hand.choose("I am not the team member")
        await hand.choose("Without a model")
        await hand.write("Nadia")
        await hand.press("enter")
        await hand.write("Tom")
        await hand.press("escape")  # left without Enter: what stood in the field is kept all the same
        assert hand.place == "HomeScreen" and "Plan of Nadia" in hand.seen()
    async with seat() as hand:
        await hand.press("o")
        await hand.choose("I am not the team member")
        if hand.asks:
            await hand.choose("Without a model")
        assert "3 of 14" in hand.seen()
        await hand.press("pageup")
        assert hand.app.screen.typed() == "Tom"


async def test_each_answer_is_on_disk_before_the_next_question_shows(seat, root: Path):
    async with seat() as hand:
        await hand.new_plan()
        await hand.choose("I am not the team member")
        await hand.choose("Without a model")
        await hand.write("Nadia")
        await hand.press("enter")
        assert "2 of 14" in hand.seen()
        workspace = Workspace(root)
        with workspace.open(workspace.ids()[0]) as plan:
            assert plan.answers.get("joint", "team_member") == "Nadia"


async def test_a_thin_answer_gets_one_question_and_may_stay(seat):
    async with seat() as hand:
        await hand.new_plan()
        await hand.choose("I am not the team member")
        await hand.choose("Without a model")
        for text in ("Nadia", "Tom"):
            await hand.write(text)
            await hand.press("enter")
        await hand.press("ctrl+o", "ctrl+o", "ctrl+o", "ctrl+o")
        await hand.write("Speak")
        await hand.press("ctrl+n")
        assert "One more thought" in hand.seen() and "7 of 14" in hand.seen()
        await hand.press("ctrl+n")
        assert "8 of 14" in hand.seen()
