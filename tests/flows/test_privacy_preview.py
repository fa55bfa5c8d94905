"""What would be sent, byte for byte: it is what a real request carries, and holds no known name."""

from __future__ import annotations

import asyncio
import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plan_maker import named_plan
from scripted_server import ScriptedServer, problem

from coach_assist.assistant.endpoint import Endpoint
from coach_assist.assistant.privacy.names import forms_of
from coach_assist.assistant.profile import Profile
from coach_assist.assistant.provider import Provider
from coach_assist.cli.main import group
from coach_assist.flows.draft_plan import draft_plan
from coach_assist.flows.plan_privacy import add_person
from coach_assist.flows.privacy_preview import NOWHERE, would_be_sent
from coach_assist.flows.privacy_view import policy_view, privacy_view
from coach_assist.flows.rewrite import rewrite_goal
from coach_assist.interview.answers import AnswersError
from coach_assist.workspace.plan_file import PlanFile
from coach_assist.workspace.store import Workspace

TODAY = date(2027, 1, 4)
ANSWERS = {
    "development_area": "Nadia plans tours early", "current_state": "Last week 6 of 20 tours changed; Marta",
    "goal": ["Nadia gets better at planning"], "why": "Trucks", "obstacle": "No time",
    "support": "Tom closes the desk", "cadence": "Fridays",
}  # fmt: skip


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "w")


def filled(workspace: Workspace) -> PlanFile:
    plan = named_plan(workspace)
    for question, value in {**ANSWERS, "team_member": "Nadia Brandt", "manager": "Tom Okafor"}.items():
        plan.answers.put("joint", question, value)
    return plan


async def test_the_bytes_are_those_of_the_real_requests(workspace: Workspace) -> None:
    plan = filled(workspace)
    add_person(plan, "Marta")
    async with ScriptedServer([problem(400, "no")]) as server:

        async def gate(outgoing: object) -> None: ...

        provider = Provider(
            Endpoint(server.url, "k", NOWHERE.model, remote=True), gate=gate, profile=Profile()
        )
        await draft_plan(plan, provider=provider, on_event=lambda event: None, today=TODAY)
        await provider.close()
        real = [one.body for one in server.received]
    shown = await would_be_sent(workspace, plan, today=TODAY)
    assert [json.loads(one.body) for one in shown.requests] == real
    assert [one.words for one in shown.requests][:2] == ["current state", "goal 1"]
    assert not shown.is_set and shown.host == "remote.model"
    text = b"".join(one.body for one in shown.requests).decode()
    assert "PersonA" in text and not any(name in text for name in ("Nadia", "Brandt", "Okafor", "Marta"))
    calls_before = len(plan.calls.all())
    await would_be_sent(workspace, plan, today=TODAY)
    assert len(plan.calls.all()) == calls_before, "no model was asked, so none is recorded"


async def test_missing_answers_are_named(workspace: Workspace) -> None:
    with pytest.raises(AnswersError):
        await would_be_sent(workspace, named_plan(workspace), today=TODAY)


NAMES = st.lists(
    st.text("abcdefghijklmnopqrstuvwxyzäöüéß", min_size=3, max_size=9), min_size=2, max_size=2, unique=True
).map(lambda parts: " ".join(part[:1].upper() + part[1:] for part in parts))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(member=NAMES, manager=NAMES)
def test_no_known_form_of_a_name_is_in_any_request(tmp_path_factory, member: str, manager: str) -> None:
    with filled(Workspace(tmp_path_factory.mktemp("w"))) as plan:
        for party, name in (("team_member", member), ("manager", manager)):
            plan.answers.put("joint", party, name)
        plan.answers.put("joint", "support", f"{manager} sits beside {member.split()[0]}")
        plan.answers.put("joint", "goal", [f"{member} plans ahead"])
        workspace = Workspace(plan.path.parent.parent)
        shown = asyncio.run(would_be_sent(workspace, plan, today=TODAY))
        texts = [text for one in shown.requests for role, text in one.messages if role != "system"]
        answers = "\n".join(texts)
        for name in (member, manager):
            assert not any(form in answers for form in (name, *name.split())), (name, answers)
            assert forms_of(name)


async def test_rewriting_without_a_plan_replaces_the_names_it_knows() -> None:
    async with ScriptedServer([problem(400, "no")]) as server:

        async def gate(outgoing: object) -> None: ...

        provider = Provider(Endpoint(server.url, "k", "m", remote=True), gate=gate, profile=Profile())
        await rewrite_goal(
            "Nadia plans tours with Tom Okafor", provider=provider, today=TODAY, names=("Nadia", "Tom Okafor")
        )
        await provider.close()
        sent = "\n".join(one["content"] for one in server.received[0].body["messages"])
    assert "Nadia" not in sent and "Okafor" not in sent and "PersonA" in sent


def test_the_view_and_the_command_say_what_is_there(workspace: Workspace, tmp_path: Path) -> None:
    with filled(Workspace()) as plan:
        plan.answers.put("joint", "obstacle", "She is pregnant until June")
        view = privacy_view(plan)
        identity = plan.id
    assert (view.local_only, view.by_policy) == (False, False) and "Nadia Brandt" in view.names
    (guarded,) = view.guarded
    assert guarded.where == "answer: obstacle" and [span.words for span in guarded.spans] == ["pregnant"]
    assert policy_view().path == ""
    run = CliRunner().invoke(group, ["privacy", identity, "--preview", "--add-name", "Marta"])
    assert run.exit_code == 0, run.output
    assert "answer: obstacle: pregnant" in run.stdout and "nothing goes anywhere" in run.stdout
    sent = run.stdout.partition("---")[2]
    assert "PersonA" in sent and "Nadia" not in sent and "Marta" not in sent
