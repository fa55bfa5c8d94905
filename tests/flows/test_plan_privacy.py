"""Per plan: "local only", whose names are replaced, and what a remote endpoint gets of a plan."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from plan_maker import goal, named_plan
from scripted_server import Script, ScriptedServer, streamed

from coach_assist.assistant.endpoint import Endpoint
from coach_assist.assistant.provider import Outgoing, Provider
from coach_assist.cli.main import group
from coach_assist.errors import Refused, UsageError
from coach_assist.flows.consent import gate, outgoing_words
from coach_assist.flows.draft_plan import draft_plan
from coach_assist.flows.model_session import ModelSession
from coach_assist.flows.plan_privacy import (
    add_person,
    admit,
    known_names,
    local_only,
    looks_like_a_name,
    other_people,
    remove_person,
    set_local_only,
)
from coach_assist.flows.rewrite_draft import rewrite_draft
from coach_assist.plan.drafts import Draft
from coach_assist.plan.ids import new_unit_id
from coach_assist.workspace.plan_file import PlanFile
from coach_assist.workspace.settings import ModelSettings, Settings
from coach_assist.workspace.store import Workspace

ANSWERS = {
    "development_area": "Noor plans tours early",
    "current_state": "Last week 6 of 20 tours changed, Priya saw it",
    "goal": ["Noor should get better at planning"], "why": "Bo wants quiet evenings", "obstacle": "No time",
    "activities": "Sit beside Marta Weiß", "support": "Bo closes the desk", "cadence": "Fridays",
}  # fmt: skip


@pytest.fixture
def plan(tmp_path: Path) -> PlanFile:
    plan = named_plan(Workspace(tmp_path / "w"))
    for question, value in ANSWERS.items():
        plan.answers.put("joint", question, value)
    return plan


def far(server: ScriptedServer) -> Provider:
    async def every(outgoing: Outgoing) -> None:
        return

    return Provider(Endpoint(server.url, "k", "m", remote=True), gate=every)


async def test_a_plan_marked_local_only_never_leaves(plan: PlanFile) -> None:
    set_local_only(plan, True)
    plan.drafts.put("joint", goal("Get better"))
    async with ScriptedServer([Script(streamed("{}"))]) as server:
        with pytest.raises(Refused, match="local only"):
            await draft_plan(plan, provider=far(server), on_event=lambda event: None, today=date(2027, 1, 4))
        with pytest.raises(Refused, match="local only"):
            await rewrite_draft(plan, plan.drafts.all()[0].id, provider=far(server))
        assert server.received == []
        admit(Provider(Endpoint(server.url, "k", "embedded")), plan)
    set_local_only(plan, False)
    assert not local_only(plan)


async def test_drafting_from_a_plan_sends_no_name_of_anybody_listed(plan: PlanFile) -> None:
    for name in ("Priya", "Marta Weiß"):
        add_person(plan, name)
    async with ScriptedServer([Script(streamed("{}"))]) as server:
        provider = far(server)
        await draft_plan(plan, provider=provider, on_event=lambda event: None, today=date(2027, 1, 4))
        await provider.close()
        asked = [
            json.dumps(one.body, ensure_ascii=False) for one in server.received if "answers" in str(one.body)
        ]
    assert asked
    for name in ("Noor", "Priya", "Marta", "Weiß", " Bo "):
        assert not any(name in body for body in asked), name


def test_names_come_from_answers_the_list_and_the_fields_of_people(plan: PlanFile) -> None:
    add_person(plan, "  Priya   Shah ")
    add_person(plan, "Priya Shah")
    support = {"what": "An hour a week", "who": "Ravi Menon"}
    plan.drafts.put("joint", Draft(id=new_unit_id(), kind="support", value=support, origin="person"))
    task = {"what": "Read", "owner": "the whole team"}
    plan.drafts.put("joint", Draft(id=new_unit_id(), kind="activity", value=task, origin="person"))
    assert known_names(plan) == ("Noor", "Bo", "Priya Shah", "Ravi Menon")
    remove_person(plan, "Priya Shah")
    assert other_people(plan) == ()
    for wrong in ("", "  ", "123", "x" * 300):
        with pytest.raises(UsageError):
            add_person(plan, wrong)
    with pytest.raises(UsageError, match="Nobody"):
        remove_person(plan, "Priya Shah")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ravi Menon", True),
        ("Ana", True),
        ("Jan van Dyk", True),
        ("HR", False),
        ("the team", False),
        ("Manager", False),
    ],
)
def test_looks_like_a_name(text: str, name: bool) -> None:
    assert looks_like_a_name(text) is name


async def test_names_of_other_plans_and_of_the_command_line_are_replaced_too(
    plan: PlanFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with ScriptedServer([Script(streamed("PersonA and PersonC"))]) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        monkeypatch.setenv("OPENAI_MODEL", "m")
        host = server.url.removeprefix("http://").removesuffix("/v1")
        remote = Settings(model=ModelSettings(provider="remote"))
        async with ModelSession(tmp_path / "w", settings=remote, send_to=host, names=["Ida"]) as session:
            provider = await session.provider()
            provider.know(())
            reply = await provider.stream(
                [{"role": "user", "content": "Ida asks Noor and Bo"}], None, max_tokens=9
            )
        sent = json.dumps(server.received[-1].body)
    assert "PersonA asks PersonB and PersonC" in sent
    assert reply.text == "Ida and Bo"


SPECIAL = Outgoing(
    "far.example",
    "m",
    (
        {"role": "system", "content": "Depression is a word of ours."},
        {"role": "user", "content": "She is pregnant."},
    ),
)


async def test_protected_data_is_asked_about_before_it_goes_each_time_it_is_new(tmp_path: Path) -> None:
    asked: list[Outgoing] = []
    answer = True

    async def confirm(outgoing: Outgoing) -> bool:
        asked.append(outgoing)
        return answer

    endpoint = Endpoint("https://far.example/v1", "k", "m", remote=True)
    plain = Outgoing("far.example", "m", ({"role": "user", "content": "Fewer errors"},))
    passes = gate(tmp_path, endpoint, send_to=None, confirm=confirm)
    await passes(plain)
    await passes(SPECIAL)
    await passes(SPECIAL)
    await passes(plain)
    assert asked == [plain, SPECIAL], "once for the host, once for the words"
    answer = False
    with pytest.raises(Refused):
        await gate(tmp_path, endpoint, send_to=None, confirm=confirm)(SPECIAL)
    shown = outgoing_words(SPECIAL)
    assert "She is **pregnant**." in shown and "“pregnant” tells of health" in shown
    assert "**Depression" not in shown


async def test_where_nobody_can_be_asked_protected_data_stays_unless_told(tmp_path: Path) -> None:
    endpoint = Endpoint("https://far.example/v1", "k", "m", remote=True)
    with pytest.raises(Refused, match="pregnant") as caught:
        await gate(tmp_path, endpoint, send_to="far.example", confirm=None)(SPECIAL)
    assert "--send-special" in caught.value.next_step
    await gate(tmp_path, endpoint, send_to="far.example", confirm=None, send_special=True)(SPECIAL)


def test_the_command(plan: PlanFile) -> None:
    identity = plan.id
    where = {"COACH_ASSIST_HOME": str(plan.path.parent.parent)}
    plan.close()
    assert Workspace(Path(where["COACH_ASSIST_HOME"])).ids() == (identity,)
    run = CliRunner(env=where)
    shown = run.invoke(group, ["privacy", identity[:6], "--local-only", "--add-name", "Priya"])
    assert shown.exit_code == 0, shown.output
    assert "local only" in shown.output and "Priya  (listed by you)" in shown.output
    data = json.loads(run.invoke(group, ["privacy", identity[:6], "--any-model", "--json"]).stdout)
    assert data == {
        "local_only": False,
        "names": ["Noor", "Bo", "Priya"],
        "listed": ["Priya"],
        "guarded": [],
    }
