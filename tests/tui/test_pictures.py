"""A few pictures, as text: what a person sees must not change by accident.

They lie in tests/tui/pictures/. After a change that is meant, write them anew with
COACH_ASSIST_NEW_PICTURES=1 and look at the difference before committing it.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from plan_maker import accept_everything_one_by_one, named_plan

from coach_assist.flows.plan_drafts import save_draft
from coach_assist.flows.propose import put_forward
from coach_assist.plan.drafts import Draft
from coach_assist.workspace.store import Workspace

PICTURES = Path(__file__).with_name("pictures")
WANTED = "COACH_ASSIST_NEW_PICTURES"
NEW = os.environ.get(WANTED) == "1"
WHAT = "Watch Ida count the till at one early shift, then do it with her beside you"


def compare(name: str, seen: str) -> None:
    path = PICTURES / f"{name}.txt"
    if NEW:
        path.write_text(seen + "\n", encoding="utf-8")
    assert path.read_text(encoding="utf-8") == seen + "\n", f"{path.name} has changed; see {__file__}"


@pytest.fixture
def amended(root: Path) -> str:
    """A plan with one agreed activity, an amendment of it that waits, and a draft.

    No goal: its verdicts' words are the checker's, which has pictures of its own.
    """
    workspace = Workspace(root)
    with named_plan(workspace) as plan:
        value = {"what": WHAT, "owner": "Noor", "due": "2027-02-01", "time_needed": "2 hours"}
        first = Draft(id="abcdefghij", kind="activity", value=value, origin="model")
        put_forward(workspace, plan, "team_member", [first], accept_own=False)
        accept_everything_one_by_one(workspace, plan)
        better = {**value, "what": WHAT.replace("one early shift", "two late shifts"), "owner": "Bo"}
        put_forward(
            workspace, plan, "manager", [first.model_copy(update={"value": better})], accept_own=False
        )
        save_draft(plan, None, "support", {"what": "Free an hour each Thursday", "who": "Bo"})
        return plan.id


async def test_the_welcome(seat):
    async with seat() as hand:
        compare("welcome", hand.seen())


async def test_the_first_question(seat):
    async with seat() as hand:
        await hand.new_plan()
        await hand.choose("I am not the team member")
        await hand.choose("Without a model")
        compare("first_question", hand.seen())


async def test_a_draft(seat, amended):
    async with seat() as hand:
        hand.app.open_plan(amended, "draft")
        await hand.settle()
        compare("draft", hand.seen())


@pytest.mark.parametrize(("width", "height"), [(80, 24), (120, 40), (60, 20)])
async def test_a_change_to_what_is_agreed(seat, amended, width, height):
    async with seat(width, height) as hand:
        hand.app.open_plan(amended, "handover")
        await hand.settle()
        await hand.choose("I am Noor, and I go on")
        await hand.take_part()
        compare(f"change_{width}x{height}", hand.seen())


async def test_the_agreed_plan(seat, amended):
    async with seat() as hand:
        hand.app.open_plan(amended, "agreed")
        await hand.settle()
        compare("agreed", hand.seen())
