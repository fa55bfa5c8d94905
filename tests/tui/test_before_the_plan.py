"""Before the plan in the app: the kind, the manager's own questions, releasing, the member reading it."""

from __future__ import annotations

from coach_assist.flows.opportunity import opportunity
from coach_assist.flows.propose import put_forward
from coach_assist.plan.drafts import Draft
from coach_assist.workspace.store import Workspace

WARNING = "Failure to improve leads to a written warning and termination."


async def test_the_kind_sets_the_words_and_the_length(seat, root):
    async with seat() as hand:
        await hand.press("n")
        for words in ("Development", "Onboarding", "Career", "Ask myself first"):
            assert words in hand.seen()
        await hand.press("escape")
        assert hand.place == "HomeScreen"
        await hand.new_plan("Onboarding")
        await hand.choose("I am not the team member")
        await hand.choose("Without a model")
        for text in ("Ana\n", "Bo\n", "Clerk\n\n", "2027-01-04\n"):
            await hand.write(text)
            await hand.settle()
        assert hand.app.focused.placeholder == "90 days"
        await hand.press("enter")
        prompts = [asked.prompt for asked in hand.app.screen.interview.session.questions]
        assert any("new colleague" in prompt for prompt in prompts)
    assert len(Workspace(root).ids()) == 1


async def test_the_managers_questions_from_writing_to_the_members_reading(seat, root):
    async with seat() as hand:
        await hand.new_plan("Performance support")
        assert hand.place == "OpportunityScreen"
        await hand.press("escape")
        assert hand.place == "HomeScreen" and Workspace(root).ids() == (), "nothing written, nothing kept"

        await hand.new_plan("Performance support")
        for text in ("The sheet was empty.", "", "A second shift in June.", "", "Helen Marsh", "2027-01-11"):
            await hand.write(text)
            await hand.press("ctrl+n")
        await hand.write("Reports came late.")
        await hand.press("ctrl+n")
        await hand.write(WARNING)
        await hand.press("ctrl+n")
        await hand.press("ctrl+o")
        seen = hand.seen()
        assert "Nobody else sees it until you release it" in seen
        (identity,) = Workspace(root).ids()
        with Workspace(root).open(identity) as plan:
            view = opportunity(plan)
            assert view.missing == ("Use in a formal process",) and view.pip_signs and not view.released
        text = hand.app.screen.preview_content()[0].plain
        assert "This reads like a formal warning" in text and "The choice is yours" in text
        assert "Still to be written for performance support: Use in a formal process" in text
        await hand.press("pageup")
        await hand.write("No.")
        await hand.press("ctrl+n")
        await hand.press("r")
        assert hand.place == "JoiningScreen"
        await hand.press("escape")

        workspace = Workspace(root)
        with workspace.open(identity) as plan:
            assert opportunity(plan).released and not opportunity(plan).missing
            for party, name in (("team_member", "Ana"), ("manager", "Bo")):
                plan.answers.put("joint", party, name)
            value = {
                "title": "Reports", "purpose": "In time", "plan_kind": "performance_support",
                "prompted_by": "Reports came late.", "if_not_reached": "Nothing.", "formal_use": "No.",
            }  # fmt: skip
            plan.meta.put("opportunity.used", "yes")
            frame = Draft(id="frameframe", kind="frame", value=value, origin="person")
            put_forward(workspace, plan, "manager", [frame], accept_own=True)
            assert not plan.state.agreed

        hand.app.open_plan(identity, "handover")
        await hand.settle()
        await hand.choose("Ana")
        await hand.take_part()
        assert hand.place == "ReadingScreen"
        assert "this was written before the plan" in hand.seen() and "The sheet was empty." in hand.seen()
        await hand.press("tab", "enter")
        assert hand.place == "ReviewScreen"
        with Workspace(root).open(identity) as plan:
            assert opportunity(plan).shown
        await hand.press("b")
        assert hand.place == "ReadingScreen" and "I have read it" not in hand.seen()
        await hand.press("escape")
        assert hand.place == "ReviewScreen"
