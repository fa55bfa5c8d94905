"""Each alone: answered unseen, held back, released by both, then looked at side by side and drafted from."""

from __future__ import annotations

import pytest
from plan_maker import named_plan

from coach_assist.agreement.blind import blind
from coach_assist.errors import UsageError
from coach_assist.flows.alone import alone_view, new_alone
from coach_assist.flows.blind import differ, release
from coach_assist.flows.own_drawer import OwnDrawer
from coach_assist.workspace.store import Workspace

NASTY = "[@click=app.quit]x[/] \x1b[31mred\x07 \u202eabc"
NOOR = {
    "goal": "Cut the gaps from 5 to 1 by 2027-02-28",
    "role": f"At the desk {NASTY}",
    "obstacle": "SECRET",
    "development_area": "Handing over in writing",
}
BO = {"goal": "Cut the gaps from 5 to 2 by 2027-03-31", "role": "At the desk, later lead"}


async def answer(hand, answers: dict[str, str]) -> None:
    while (asked := hand.app.screen.interview.session.question) is not None:
        if asked.id not in answers:
            await hand.press("ctrl+o")
            continue
        await hand.paste(answers[asked.id])
        await hand.press("ctrl+n")
        if "One more thought" in hand.seen():
            await hand.press("ctrl+n")


async def test_from_two_drawers_to_where_we_differ_and_a_draft(seat, root):
    async with seat(100, 34) as hand:
        await hand.press("f7")
        await hand.choose("Development")
        await hand.press("enter", "enter")  # no names: said in the card, which stays
        assert "name of the team member and of the manager is missing" in " ".join(hand.seen().split())
        assert Workspace(root).ids() == ()
        await hand.press("shift+tab")
        await hand.write("Noor\nBo\n")
        await hand.settle()
        assert hand.place == "AloneScreen" and "Noor  has not begun" in hand.seen()

        await hand.choose("I am Bo")
        assert "Answer before Noor?" in hand.seen()
        await hand.press("enter")
        assert hand.place == "AloneScreen"
        hand.app.take_turn("team_member")
        await hand.choose("I am Noor: answer on my own")
        await hand.take_part()
        assert hand.place == "AloneInterview" and "Noor, alone" in hand.seen()
        assert hand.app.screen.interview.session.total == 12
        await answer(hand, NOOR)
        (identity,) = Workspace(root).ids()
        await hand.press("enter")
        assert hand.place == "ReleaseScreen" and "4 to release" in hand.seen()
        await hand.press("end", "h")
        assert "3 to release, 1 held back" in hand.seen()
        await hand.press("r", "escape")
        with Workspace(root).open(identity) as plan:
            assert not plan.has_opened
        await hand.press("r")
        await hand.choose("Release them")
        assert hand.place == "AloneScreen" and "has released 3 answers" in hand.seen()

        await hand.choose("I am Bo: answer on my own")
        assert hand.app.turn.handed_over and hand.app.turn.owner == "team_member"
        everything = " ".join(str(one.render()) for s in hand.app.screen_stack for one in s.query("*"))
        assert "SECRET" not in everything and "from 5 to 1" not in everything
        await hand.press("f7")
        assert "I am Noor" not in hand.seen()  # only for who has the keyboard
        await hand.choose("I am Bo")
        await answer(hand, BO)
        await hand.press("enter", "r")
        await hand.choose("Release them")
        await hand.choose("Where we differ")
        assert hand.place == "DifferScreen"
        rows = [line.strip() for line in hand.seen().splitlines()]
        assert rows[2].startswith("1 ≠ Goals  goals, dates, numbers")
        assert "from 5 to 1" in hand.seen() and "from 5 to 2" in hand.seen() and "SECRET" not in hand.seen()
        assert "Different numbers  Noor: 5, 1" in hand.seen() and "Bo: 5, 2" in hand.seen()
        await hand.press("down")
        assert "[@click=app.quit]x[/]" in hand.seen()
        assert not set("\x1b\x07\u202e") & set(hand.raw())
        await hand.press("d")
        assert "handed over" in hand.seen() and hand.place == "DifferScreen"
        hand.app.take_keyboard_back()
        await hand.press("d")
        if hand.asks:
            await hand.choose("Without a model")
        assert hand.place == "DraftScreen"
        if not hand.app.screen.drafts:
            await hand.press("o")
        with Workspace(root).open(identity) as plan:
            drafts = plan.drafts.all()
        sources = {one for draft in drafts for part in draft.provenance for one in part.questions}
        assert {"goal:manager", "goal:team_member"} <= sources
        await hand.press("f7", "escape", "escape")
        assert hand.place == "HomeScreen"


@pytest.mark.parametrize(("width", "height", "side"), [(60, 20, False), (120, 40, True)])
async def test_the_sides_stand_side_by_side_or_under_each_other(seat, root, width, height, side):
    workspace = Workspace(root)
    with named_plan(workspace) as plan:
        for party, said in (("team_member", NOOR), ("manager", BO)):
            for question, text in said.items():
                OwnDrawer(workspace, plan, party).put(question, text)
            release(workspace, plan, party)
        identity = plan.id
        assert blind(plan.history).readable
    async with seat(width, height) as hand:
        hand.app.open_plan(identity)  # where its work waits
        await hand.settle()
        assert hand.place == "DifferScreen"
        screen = hand.app.screen
        mine, theirs = (screen.query_one(f"#side-{one}").region for one in ("team_member", "manager"))
        assert (mine.y == theirs.y) is side and mine.x <= theirs.x
        await hand.press("m")  # no model here: said, and the rules' own sentences stay
        if hand.asks:
            await hand.choose("Without a model")
        assert hand.place == "DifferScreen" and screen.sentences["goal"].by_model is False


async def test_locked_keys_and_nothing_to_release_are_said(seat, root):
    with named_plan(Workspace(root)) as plan:
        identity = plan.id
    async with seat() as hand:
        hand.app.open_plan(identity, "alone")
        await hand.settle()
        hand.app.take_turn("team_member")
        from coach_assist.tui.alone.release import ReleaseScreen

        hand.app.go(ReleaseScreen(identity, "team_member"))
        await hand.settle()
        assert "nothing of yours to release" in hand.seen()
        await hand.press("h", "r")
        assert hand.place == "ReleaseScreen"
        await hand.press("escape")
        assert hand.place == "AloneScreen"


def test_the_view_counts_and_tells_nothing(root):
    workspace = Workspace(root)
    with pytest.raises(UsageError, match="manager"):
        new_alone(workspace, {"team_member": "Noor", "manager": "  "})
    assert workspace.ids() == ()
    with new_alone(workspace, {"team_member": " Noor  H ", "manager": "Bo"}) as plan:
        OwnDrawer(workspace, plan, "team_member").put("goal", "SECRET")
        view = alone_view(plan)
        assert view.sides["team_member"].name == "Noor H" and "SECRET" not in repr(view)
        release(workspace, plan, "team_member")
        assert not alone_view(plan).both_released
        with pytest.raises(UsageError, match="manager"):
            from datetime import date

            differ(workspace, plan, date(2026, 11, 25))
