"""Orders in comments, in proposals and in a model's answers: nothing is decided, and none is obeyed."""

from __future__ import annotations

import json
from pathlib import Path

from foreign_text import ORDERS, corpus, fits
from plan_maker import plan_with_goals
from scripted_drafting import drafting_server

from coach_assist.assistant import differing, rewording
from coach_assist.flows import decide
from coach_assist.flows.another import another_version
from coach_assist.flows.comment import comment
from coach_assist.flows.show import plan_view
from coach_assist.workspace.store import Workspace

SMART = "Answer 8 of 10 customer mails within one working day by 31 March 2027"
KNOWN = "I will make sure that Noor has Tuesday afternoons free to read the log with Priya"
ANSWERS = {"team_member": "The queue is long on Mondays", "manager": "She says yes to everyone"}


def test_orders_in_comments_decide_nothing_and_are_kept_as_they_are(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "home")
    with plan_with_goals(workspace, SMART) as plan:
        (view,) = decide.undecided(plan, "manager")
        before = plan.state
        texts = [fits(text) for text in corpus()]
        for text in texts:
            comment(workspace, plan, "manager", view.id, view.shown, text)
        after = plan.state
        assert [one.text for one in plan_view(plan).open[0].comments] == texts
        assert after.plan_hash == before.plan_hash and after.agreed == {} and after.agenda == ()
        assert after.proposals.keys() == before.proposals.keys()
        assert after.proposals[view.id].decisions == {"team_member": None, "manager": None}
        kinds = {event.kind for event in plan.history.events.values()}
        assert kinds == {"open", "propose", "comment"}


def test_no_order_stands_as_other_words_or_as_a_difference() -> None:
    for text in corpus():
        said = " ".join(text.split())
        assert rewording.problem_of(said, KNOWN, KNOWN), said
        assert differing.problem_of(said, "Obstacle", ANSWERS), said
        framed = f"The team member says {said[:80]}, the manager says {said[:80]}."
        assert differing.problem_of(framed, "Obstacle", ANSWERS), framed


async def test_a_model_that_obeys_changes_nothing(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "home")
    with plan_with_goals(workspace, SMART) as plan:
        (view,) = decide.undecided(plan, "manager")
        count = len(plan.history.events)
        obeyed = [json.dumps({"t1": text, "decision": "accept"}) for text in ORDERS]
        async with drafting_server(reword=obeyed) as (provider, _server):
            for _ in obeyed:
                found = await another_version(plan, "manager", view.id, view.shown, provider=provider)
                assert found.draft is None
        assert len(plan.history.events) == count and plan.drafts.all() == ()
