"""Another version: private, by a model or by rules, changed or dropped or put forward as a counter."""

from __future__ import annotations

import asyncio
import json
from datetime import date
from pathlib import Path

import pytest
from plan_maker import named_plan, plan_with_goals
from scripted_drafting import OBSERVED, drafting_server
from scripted_server import Script, problem, streamed

from coach_assist.assistant.rewording import problem_of
from coach_assist.errors import Refused, UsageError
from coach_assist.flows import decide
from coach_assist.flows.ai_record import ai_record
from coach_assist.flows.another import another_version, drop_version, edit_version, kept_version
from coach_assist.flows.counter import changes, counter
from coach_assist.flows.plan_drafts import drafts_of
from coach_assist.flows.propose import put_forward
from coach_assist.flows.show import plan_view
from coach_assist.plan.drafts import Draft
from coach_assist.plan.ids import new_unit_id
from coach_assist.workspace.plan_file import PlanFile
from coach_assist.workspace.store import Workspace

TODAY = date(2026, 11, 25)
SMART = "Answer 8 of 10 customer mails within one working day by 31 March 2027"
IDEA = {**{name: OBSERVED[name] for name in ("occasions", "action", "times", "evidence")},
        "occasions": "standups", "action": "let the others finish before answering"}  # fmt: skip
SUPPORT = "I will try to make sure that Noor has Tuesday afternoons free to read the log with Priya"
PLAINER = "I keep Tuesday afternoons free, so that Noor reads the log with Priya"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "home")


def support_plan(workspace: Workspace, text: str = SUPPORT) -> PlanFile:
    plan = named_plan(workspace)
    draft = Draft(id=new_unit_id(), kind="support", value={"what": text, "who": "Bo"}, origin="own_words")
    put_forward(workspace, plan, "manager", [draft], accept_own=True)
    return plan


def waiting(plan: PlanFile, party: str = "manager") -> decide.ProposalView:
    return decide.undecided(plan, party)[0]


async def test_a_version_is_private_and_becomes_a_counter_nobody_accepted(workspace: Workspace) -> None:
    with plan_with_goals(workspace, "Listen better") as plan:
        view, count = waiting(plan), len(plan.history.events)
        async with drafting_server(ObservedGoal=IDEA) as (provider, _server):
            found = await another_version(
                plan, "manager", view.id, view.shown, provider=provider, today=TODAY
            )
        version = found.draft
        assert version is not None and not found.by_rules and found.failed is None
        assert "let the others finish" in str(version.value["statement"]).lower()
        assert version.origin == "model" and version.suggested and version.counters == view.id
        # private: no event, no draft of the plan, nothing for the other
        assert len(plan.history.events) == count
        assert plan.drafts.owner(version.id) == "manager"
        assert kept_version(plan, "manager", view.id) == version
        assert kept_version(plan, "team_member", view.id) is None
        assert drafts_of(plan) == () and plan_view(plan).drafts == 0
        (call,) = ai_record(plan).calls
        assert call.section == f"another:{version.id}" and [one.fate for one in call.units] == ["draft"]
        new = counter(workspace, plan, "manager", view.id, view.shown, version.value, version=version)
        made = plan.state.proposals[new]
        assert (made.origin, made.counters, made.unit) == ("model", view.id, view.unit)
        assert made.decisions == {"team_member": None, "manager": None}  # a model's text is only proposed
        assert [one.text for one in made.suggested] == [one.text for one in version.suggested]
        assert plan.state.proposals[view.id].decisions["manager"] == "decline"
        assert plan.drafts.all() == ()
        assert [one.fate for one in ai_record(plan).calls[0].units] == ["open"]


async def test_what_a_person_changed_is_theirs(workspace: Workspace) -> None:
    with plan_with_goals(workspace, "Listen better") as plan:
        view = waiting(plan)
        async with drafting_server(ObservedGoal=IDEA) as (provider, _server):
            found = await another_version(
                plan, "manager", view.id, view.shown, provider=provider, today=TODAY
            )
        assert found.draft is not None
        value = {**found.draft.value, "statement": "Let others finish in 4 of 5 standups by 31 March 2027"}
        with pytest.raises(UsageError, match="does not fit"):
            edit_version(plan, "manager", found.draft, {**value, "statement": ""})
        changed = edit_version(plan, "manager", found.draft, value)
        assert changed.origin == "person" and kept_version(plan, "manager", view.id) == changed
        assert [one.fate for one in ai_record(plan).calls[0].units] == ["edited"]
        with pytest.raises(UsageError, match="You have changed"):  # what a person typed is never lost
            await another_version(plan, "manager", view.id, view.shown, provider=None)
        new = counter(workspace, plan, "manager", view.id, view.shown, changed.value, version=changed)
        assert plan.state.proposals[new].origin == "person"
        assert plan.state.proposals[new].decisions == {"team_member": None, "manager": "accept"}


async def test_other_units_are_worded_anew_and_their_facts_stay(workspace: Workspace) -> None:
    with support_plan(workspace) as plan:
        view = waiting(plan, "team_member")
        answers = [json.dumps({"t1": PLAINER}), json.dumps({"t1": "I keep the log of Priya free"})]
        async with drafting_server(reword=answers) as (provider, server):
            asked = (plan, "team_member", view.id, view.shown)
            first = await another_version(*asked, provider=provider)
            assert first.draft is not None and first.draft.value["what"] == PLAINER
            assert first.draft.value["who"] == "Bo"
            again = await another_version(*asked, provider=provider)
        assert again.draft == first.draft and "No other version" in again.words  # Noor and Tuesday were gone
        assert "who" not in server.received[0].body["messages"][-1]["content"]
        (change,) = changes("support", view.value, first.draft.value)
        assert (change.label, change.old, change.new) == ("What", SUPPORT, PLAINER)
        drop_version(plan, first.draft)
        assert kept_version(plan, "team_member", view.id) is None
        assert ai_record(plan).calls[0].units[0].fate == "not_kept"


async def test_without_a_model_the_rules_say_what_they_can(workspace: Workspace) -> None:
    with plan_with_goals(workspace, "Improve the weekly report", SMART) as plan:
        vague, smart = decide.undecided(plan, "manager")
        found = await another_version(plan, "manager", vague.id, vague.shown, provider=None, today=TODAY)
        assert found.by_rules and found.draft is not None and "By rules" in found.words
        assert "[target]" in str(found.draft.value["statement"]) and ai_record(plan).calls == ()
        nothing = await another_version(plan, "manager", smart.id, smart.shown, provider=None, today=TODAY)
        assert nothing.draft is None and nothing.by_rules and "nothing to change" in nothing.words
        new = counter(
            workspace, plan, "manager", vague.id, vague.shown, found.draft.value, version=found.draft
        )
        assert plan.state.proposals[new].decisions["manager"] is None  # rules are no person


async def test_a_model_that_fails_or_is_stopped_loses_nothing(workspace: Workspace) -> None:
    with support_plan(workspace) as plan:
        view = waiting(plan, "team_member")
        asked = (plan, "team_member", view.id, view.shown)
        never = Script([*streamed(json.dumps({"t1": PLAINER}))[:2], 60.0])
        answers = [json.dumps({"t1": PLAINER}), never, problem(401, {"message": "no"})]
        async with drafting_server(reword=answers) as (provider, server):
            first = await another_version(*asked, provider=provider)
            work = asyncio.create_task(another_version(*asked, provider=provider))
            async with asyncio.timeout(60):
                while len(server.received) < 2:  # noqa: ASYNC110  (what is awaited lies in the server)
                    await asyncio.sleep(0.01)
            work.cancel()
            with pytest.raises(asyncio.CancelledError):
                await work
            assert kept_version(plan, "team_member", view.id) == first.draft
            failed = await another_version(*asked, provider=provider)
        assert failed.failed is not None and failed.draft == first.draft
        said = [call.failed for call in ai_record(plan).calls]
        assert said[0] == "" and "Stopped" in said[1] and said[2] != ""


async def test_a_plan_that_stays_here_and_a_removal_are_not_sent(workspace: Workspace) -> None:
    from coach_assist.assistant.endpoint import Endpoint
    from coach_assist.assistant.provider import Provider
    from coach_assist.flows.plan_privacy import set_local_only

    async def gate(_outgoing: object) -> None:
        raise AssertionError("nothing may be shown for sending")

    with support_plan(workspace) as plan:
        view = waiting(plan, "team_member")
        set_local_only(plan, True)
        remote = Provider(Endpoint("https://model.example/v1", "k", "m", remote=True), gate=gate)
        with pytest.raises(Refused, match="local only"):
            await another_version(plan, "team_member", view.id, view.shown, provider=remote)
        assert ai_record(plan).calls == () and plan.drafts.all() == ()
        with pytest.raises(UsageError, match="not the text"):
            await another_version(plan, "team_member", view.id, "0" * 64, provider=None)


@pytest.mark.parametrize(
    ("new", "why"),
    [
        (PLAINER, ""),
        (SUPPORT.upper(), "same text"),
        ("I keep Tuesday afternoons free for the log", "is gone"),
        (PLAINER + " at 9", "no answer holds"),
        ("Accepted by both: Noor, Tuesday, Priya, sign everything at once and pay Bo", "something else"),
        (PLAINER + " <b>", "no plain text"),
        ("I keep 'Tuesday afternoons free, so that Noor reads the log with Priya", "no plain text"),
        (PLAINER + ", because Noor is lazy", "judge"),
        ("", "same text"),
        (PLAINER + " " + "really " * 40, "longer"),
    ],
)
def test_a_text_that_says_something_else_does_not_stand(new: str, why: str) -> None:
    problem_found = problem_of(new, SUPPORT, SUPPORT)
    assert why in problem_found and bool(why) == bool(problem_found)
