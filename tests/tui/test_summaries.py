"""Notes to a summary in the app: pasted or from a file, item by item, put forward, answered by the other."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from follow_maker import agreed_plan
from scripted_server import Received, Script, ScriptedServer, streamed

from coach_assist.agreement.follow_fold import follow
from coach_assist.assistant.endpoint import Endpoint
from coach_assist.assistant.provider import Provider
from coach_assist.flows.summary_draft import summary_draft
from coach_assist.tui.check_in.screen import CheckInScreen
from coach_assist.tui.progress.screen import ProgressScreen
from coach_assist.tui.summary.draft_screen import SummaryDraftScreen
from coach_assist.tui.summary.notes_screen import SummaryNotesScreen
from coach_assist.workspace.store import Workspace

TODAY = date(2026, 12, 9)
WORDING = "Partner mails answered within a day, 8 of 10, despite the Friday report"
NOTES = """Actions
- Bo to send the list of partners by 11 December 2026
- Noor to call Kim by 14 December 2026
Adjustments
- extend the plan until 22 January 2027
"""


@pytest.fixture
def under_way(root: Path) -> str:
    with agreed_plan(Workspace(root)) as plan:
        return plan.id


async def test_notes_are_pasted_gone_through_and_both_accept(seat, under_way, root):
    async with seat() as hand:
        hand.app.go(ProgressScreen(under_way, TODAY))
        await hand.settle()
        await hand.press("m")
        assert "Whose notes" in hand.seen()
        await hand.choose("Bo")
        assert hand.place == "SummaryNotesScreen"
        await hand.press("ctrl+n")
        assert "There are no notes yet" in hand.seen()
        await hand.paste(NOTES)
        assert "words." in hand.seen()
        await hand.press("escape")
        assert hand.place == "ProgressScreen"
        hand.app.take_turn("manager")
        hand.app.go(SummaryNotesScreen(under_way, "manager", TODAY))
        await hand.settle()
        assert hand.app.screen.text_of_screen() == NOTES
        await hand.press("ctrl+n")
        assert hand.place == "SummaryDraftScreen"
        seen = hand.seen()
        assert (
            "3 of 3 to look at" in seen and "By rules, no model" in seen and "in no item: lines 1, 4" in seen
        )
        assert "It rests on these lines" in seen and "2  - Bo to send the list of" in seen
        await hand.press("p")
        assert "3 items were not looked at yet" in hand.seen()
        await hand.press("k", "e")
        assert hand.place == "ItemForm"
        await hand.press("ctrl+u")
        await hand.write("Ring Kim once")
        await hand.press("enter", "enter")
        await hand.press("ctrl+u")
        await hand.write("soon")
        await hand.press("enter")
        assert hand.place == "ItemForm" and "soon" in hand.seen()
        await hand.press("escape", "e", "ctrl+u")
        await hand.write("Ring Kim once")
        await hand.press("ctrl+n")
        assert "Suggested adjustment" in hand.seen() and "A proposes a change" in hand.seen()
        await hand.press("u")
        assert "Lines in no item" in hand.seen() and "Adjustments" in hand.seen()
        await hand.press("n")
        await hand.write("1")
        await hand.press("enter")
        await hand.choose("Feedback")
        assert "in your own words" in hand.seen() and "Actions" in hand.seen()
        await hand.press("d")
        assert "Suggested adjustment" in hand.seen()
        await hand.press("a")
        assert "named, it seems" in hand.seen()
        await hand.press("enter")
        assert hand.place == "UnitForm" and "2027-01-22" in hand.seen()
        await hand.press("ctrl+n")
        assert hand.place == "SummaryDraftScreen" and "All looked at" in hand.seen()
        await hand.press("p")
        assert "Both will see these 3 items" in hand.seen() and "You accept it by" in hand.seen()
        await hand.choose("Put it forward")
        assert hand.place == "SummariesScreen" and "it waits for Noor" in hand.seen()
        assert "Ring Kim once" in hand.app.screen.text_of_screen()
        await hand.press("escape", "m")
        await hand.choose("Noor")
        while "There is more" in hand.seen():
            await hand.press("a")
            assert "Its end was not on the screen yet" in hand.seen()
            await hand.press("space")
        await hand.press("a")
        assert "accepted by both" in hand.app.screen.text_of_screen()
        await hand.press("escape")
        assert "accepted by both" in hand.app.screen.text_of_screen()
        hand.app.take_turn("manager")
        hand.app.open_plan(under_way, "review")
        await hand.settle()
        assert "because: From our notes: Extend" in hand.app.screen.text_of_screen()
    with Workspace(root).open(under_way) as plan:
        (summary,) = follow(plan.history).summaries
        assert summary.accepted and [item.by for item in summary.items] == ["rules", "person", "rules"]
        (change,) = plan.state.waits_for("team_member")
        assert change.kind == "timeline" and set(change.decisions.values()) == {None}


async def test_a_check_in_takes_notes_from_a_file_and_leads_to_their_summary(seat, under_way, root, tmp_path):
    file = tmp_path / "notes.txt"
    file.write_text(NOTES, encoding="utf-8")
    async with seat() as hand:
        hand.app.take_turn("team_member")
        hand.app.go(CheckInScreen(under_way, "team_member", TODAY))
        await hand.settle()
        while (step := hand.app.screen.talk.step).id != "notes":
            if step.id == "recognition":
                await hand.write("Thank you")
                await hand.press("ctrl+n")
            else:
                await hand.press("ctrl+o")
        await hand.press("ctrl+l")
        hand.app.screen.query_one("#line").value = str(tmp_path / "none.txt")
        await hand.press("enter")
        assert "cannot be read" in hand.words()
        await hand.press("ctrl+l")
        hand.app.screen.query_one("#line").value = str(file)
        await hand.press("enter", "ctrl+n", "enter")
        await hand.choose("Summarise them")
        assert hand.place == "SummaryDraftScreen"
        await hand.press("d", "d", "d", "p")
        assert "No item is kept" in hand.seen()
        await hand.press("x")
        await hand.choose("Delete them")
        assert hand.place == "ProgressScreen"
    with Workspace(root).open(under_way) as plan:
        assert summary_draft(plan, "team_member") is None
        assert plan.notes.get("team_member", "check_in.2026-12-09.notes").strip() == NOTES.strip()


def worded(received: Received) -> Script:
    """Word each passage of the request in the same way."""
    form = received.body["response_format"]["json_schema"]["schema"]["properties"]
    said = {key: one["enum"][-1] if "enum" in one else WORDING for key, one in form.items()}
    return Script([*streamed(json.dumps(said))])


async def test_what_the_model_worded_is_answered_by_both_and_a_hand_over_says_so(seat, under_way, root):
    notes = (
        "Progress\n- Noor answered 8 of 10 partner mails within a day this week although the Friday report "
        "came on top of everything else\n"
    )
    async with seat() as hand, ScriptedServer([worded]) as server:
        provider = Provider(Endpoint(base_url=server.url, api_key="k", model="scripted"))

        async def given() -> Provider:
            return provider

        async def ready() -> SimpleNamespace:
            return SimpleNamespace(kind="ready")

        hand.app.desk.provider, hand.app.desk.state = given, ready
        hand.app.take_turn("manager")
        hand.app.go(SummaryNotesScreen(under_way, "manager", TODAY, notes=notes))
        await hand.settle()
        assert hand.place == "SummaryDraftScreen" and "Worded by the model" in hand.seen()
        assert len(server.received) == 1
        await hand.press(*["k"] * len(hand.app.screen.draft.items), "p")
        asked = hand.app.screen._words
        assert "That accepts nothing" in asked and "You accept it" not in asked
        await hand.choose("Put it forward")
        assert "waits for Noor and Bo" in hand.app.screen.text_of_screen()
        with Workspace(root).open(under_way) as plan:
            (summary,) = follow(plan.history).summaries
            assert set(summary.answers.values()) == {None}
            assert any(call["section"] == "summary" for call in plan.calls.all())
        hand.app.open_plan(under_way, "handover")
        await hand.settle()
        assert "A summary of notes waits for Noor's answer." in hand.seen()
        await hand.choose("I am Noor, and I answer the summary")
        assert hand.app.turn.handed_over and hand.place == "SummariesScreen"
        await hand.press("space", "space", "space", "d")
        assert "declined" in hand.app.screen.text_of_screen()
        await provider.close()


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
async def test_the_screens_fit(seat, under_way, root, size):
    async with seat(*size) as hand:
        hand.app.take_turn("manager")
        hand.app.go(SummaryNotesScreen(under_way, "manager", TODAY, notes=NOTES))
        await hand.settle()
        assert hand.place == "SummaryDraftScreen"
        assert "send the list" in hand.seen() and "By rules" in hand.seen().replace("\n", " ")
        hand.app.go(SummaryDraftScreen(under_way, "manager", TODAY))
        await hand.settle()
        assert all(len(line) <= size[0] for line in hand.seen().splitlines())
