"""The AI record: every call with what became of it, no text unless asked, kept at least six months."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from plan_maker import goal, named_plan
from scripted_drafting import OBSERVED
from scripted_server import Received, Script, ScriptedServer, problem, streamed

from coach_assist.assistant.calls import CallRecord
from coach_assist.assistant.client import Limits
from coach_assist.assistant.endpoint import Endpoint
from coach_assist.assistant.provider import Outgoing, Provider
from coach_assist.cli.main import group
from coach_assist.flows import policy as policies
from coach_assist.flows.ai_record import CallKeeper, ai_record
from coach_assist.flows.decide import accept, decline, undecided
from coach_assist.flows.draft_plan import draft_plan
from coach_assist.flows.keep_summary import keep_summary
from coach_assist.flows.plan_drafts import save_draft
from coach_assist.flows.propose import put_forward
from coach_assist.flows.rewrite_draft import rewrite_draft, save_rewrite
from coach_assist.flows.summarise import summarise_notes
from coach_assist.plan.drafts import Draft
from coach_assist.plan.units import Party
from coach_assist.workspace.plan_file import PlanFile
from coach_assist.workspace.store import Workspace

CALL = CallRecord("goal_measured", "3", "embedded", 812, 640, 96, 4.21, 1, "stop")
NOW = date(2027, 1, 4)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "w")


@pytest.fixture
def plan(workspace: Workspace) -> PlanFile:
    return named_plan(workspace)


def drafted(plan: PlanFile, text: str = "Cut changed stops to 2 a week by 1 March 2027") -> Draft:
    """Keep a draft of the model and the call that it came of."""
    draft = goal(text)
    keeper = CallKeeper(plan, "llm.example")
    keeper.called(f"goal:{draft.id}", CALL)
    plan.drafts.put("joint", draft)
    keeper.made(f"goal:{draft.id}", draft.id, "goal", "model")
    return draft


def fates(plan: PlanFile) -> list[str]:
    return [unit.fate for call in ai_record(plan).calls for unit in call.units]


def test_an_entry_says_when_where_what_and_how_much_and_holds_no_text(plan: PlanFile) -> None:
    before = datetime.now(UTC).replace(microsecond=0)
    drafted(plan)
    (call,) = ai_record(plan).calls
    assert call.at and before <= datetime.fromisoformat(call.at) <= datetime.now(UTC)
    assert (call.endpoint, call.model, call.prompt, call.version) == (
        "llm.example",
        "embedded",
        "goal_measured",
        "3",
    )
    assert (call.prompt_tokens, call.cached_tokens, call.completion_tokens, call.attempts) == (
        812,
        640,
        96,
        1,
    )
    assert "stops" not in json.dumps(ai_record(plan).to_json())
    assert "stops" in json.dumps(ai_record(plan, content=True).to_json())


def decide(workspace: Workspace, plan: PlanFile, party: Party, *, yes: bool) -> None:
    for view in undecided(plan, party):
        if yes:
            accept(workspace, plan, party, view.id, view.shown, acknowledged=frozenset(view.to_acknowledge))
        else:
            decline(workspace, plan, party, view.id, view.shown)


def test_what_became_of_it(workspace: Workspace, plan: PlanFile) -> None:
    draft = drafted(plan)
    assert fates(plan) == ["draft"]
    edited = save_draft(plan, draft.id, "goal", {**draft.value, "statement": "Cut changed stops to 3"})
    assert fates(plan) == ["edited"]
    put_forward(workspace, plan, "team_member", [edited], accept_own=False)
    assert fates(plan) == ["open_edited"]
    decide(workspace, plan, "manager", yes=False)
    assert fates(plan) == ["declined"]

    again = drafted(plan, "Cut waiting lorries from 9 to 3 a day by 1 March 2027")
    put_forward(workspace, plan, "team_member", [again], accept_own=False)
    for party in ("team_member", "manager"):
        decide(workspace, plan, party, yes=True)
    gone = drafted(plan)
    plan.drafts.delete(gone.id)
    assert fates(plan) == ["declined", "agreed", "not_kept"]


async def test_drafting_writes_calls_failures_and_stops(plan: PlanFile) -> None:
    for question, value in {
        "development_area": "Tours", "current_state": "Last week 6 of 20 tours changed",
        "goal": ["Plan better"],
        "why": "Trucks", "obstacle": "No time", "support": "Bo closes the desk", "cadence": "Fridays",
    }.items():  # fmt: skip
        plan.answers.put("joint", question, value)

    async def run(*scripts: object, stop: float | None = None) -> None:
        async with ScriptedServer(scripts) as server:  # type: ignore[arg-type]
            provider = Provider(Endpoint(server.url, "k", "scripted"), limits=Limits(tries=1))
            work = draft_plan(plan, provider=provider, on_event=lambda event: None, today=NOW)
            if stop is None:
                await work
            else:
                with pytest.raises(TimeoutError):
                    await asyncio.wait_for(work, stop)
            await provider.close()

    await run(problem(401, {"message": "no"}))
    record = ai_record(plan)
    assert record.calls and record.calls[0].failed and record.calls[0].endpoint == "this machine"
    assert record.calls[0].completion_tokens is None and record.calls[0].units[0].fate == "own_words"
    started = asyncio.Event()

    def slow(received: Received) -> Script:
        started.set()
        return Script([5.0])

    await run(slow, stop=3.0)
    assert started.is_set()
    assert ai_record(plan).calls[-1].failed == "Stopped before the answer was whole."
    count = len(ai_record(plan).calls)
    await run(Script(streamed("{}")))
    assert len(ai_record(plan).calls) > count
    assert ai_record(plan).calls[-1].model == "scripted"


async def test_a_summary_s_calls_are_in_it(plan: PlanFile) -> None:
    async def every(outgoing: Outgoing) -> None:
        return

    async with ScriptedServer([Script(streamed("{}"))]) as server:
        provider = Provider(Endpoint(server.url, "k", "m", remote=True), gate=every, limits=Limits(tries=1))
        result = await summarise_notes("Noor will call the depot by Friday.", provider=provider, today=NOW)
        await provider.close()
    keep_summary(plan, "Noor will call the depot by Friday.", result)
    call = ai_record(plan).calls[0]
    assert call.endpoint.startswith("127.0.0.1:") and call.section.startswith("summary.")
    assert call.prompt and [unit.kind for unit in call.units] == ["Activity"]


def test_a_bare_entry_of_an_older_version_is_shown_as_it_is(plan: PlanFile) -> None:
    plan.calls.add(CALL.to_json())
    (call,) = ai_record(plan).calls
    assert call.at is None and call.prompt_tokens == 812


def test_a_policy_deletes_what_is_older_and_nothing_else(
    plan: PlanFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drafted(plan)
    plan.calls.add(CALL.to_json())
    soon, late = datetime(2099, 1, 1, tzinfo=UTC), datetime.now(UTC)
    assert len(ai_record(plan, now=soon).calls) == 2, "without a policy nothing goes by itself"
    path = tmp_path / "policy.toml"
    path.write_text("[retention]\nai_record_months = 6\n", encoding="utf-8")
    monkeypatch.setattr(policies, "POLICY_FILE", path)
    assert len(ai_record(plan, now=late).calls) == 2
    assert "6 months" in ai_record(plan, now=late).retention
    (left,) = ai_record(plan, now=soon).calls
    assert left.at is None, "an entry without a time stays"
    assert len(plan.calls.all()) == 1, "what was noted of a call goes with it"


def test_the_command(workspace: Workspace, plan: PlanFile, tmp_path: Path) -> None:
    drafted(plan, "Cut \x1b]0;x\x07changed stops")
    keeper = CallKeeper(plan, "llm.example")
    keeper.called("goal:1", None, failed="The key was not accepted.")
    identity = plan.id
    plan.close()
    run = CliRunner(env={"COACH_ASSIST_HOME": str(workspace.root)})
    shown = run.invoke(group, ["ai-record", identity[:6], "--content"])
    assert shown.exit_code == 0, shown.output
    for words in (
        "llm.example, model embedded, prompt goal_measured version 3",
        "tokens in 812 (from the cache 640), out 96",
        "kept as a draft",
        "failed: The key was not accepted.",
        "Kept as long as the plan",
    ):
        assert words in shown.output
    assert "\x1b" not in shown.output
    target = tmp_path / "record.json"
    assert run.invoke(group, ["ai-record", identity, "-o", str(target)]).exit_code == 0
    assert target.stat().st_mode & 0o777 == 0o600
    data = json.loads(target.read_text(encoding="utf-8"))
    assert data == json.loads(run.invoke(group, ["ai-record", identity, "--json"]).stdout)
    assert len(data["calls"]) == 2 and data["calls"][0]["units"][0]["became"] == "draft"
    again = run.invoke(group, ["ai-record", identity, "-o", str(target)])
    assert again.exit_code != 0


def test_a_plan_that_no_model_was_asked_about(workspace: Workspace, plan: PlanFile) -> None:
    identity = plan.id
    plan.close()
    shown = CliRunner(env={"COACH_ASSIST_HOME": str(workspace.root)}).invoke(group, ["ai-record", identity])
    assert "No model was asked" in shown.output


async def test_rewriting_a_draft_writes_calls_failures_and_stops_and_what_was_taken(plan: PlanFile) -> None:
    plan.drafts.put("joint", draft := goal("Explain design decisions better"))
    good = Script(streamed(json.dumps(OBSERVED)))
    asked = asyncio.Event()

    def held(received: Received) -> Script:
        asked.set()
        return Script([*streamed("{")[:1], 30.0])

    async with ScriptedServer([good, problem(401, "no"), held]) as server:
        provider = Provider(Endpoint(server.url, "k", "scripted"), limits=Limits(tries=1))
        result = await rewrite_draft(plan, draft.id, provider=provider, today=NOW)
        await rewrite_draft(plan, draft.id, provider=provider, today=NOW)
        work = asyncio.create_task(rewrite_draft(plan, draft.id, provider=provider, today=NOW))
        await asked.wait()
        work.cancel()
        with pytest.raises(asyncio.CancelledError):
            await work
        await provider.close()
    save_rewrite(plan, draft.id, result.rewrites[0])
    calls = ai_record(plan).calls
    assert [(call.failed[:7], [one.fate for one in call.units]) for call in calls] == [
        ("", ["taken"]),
        (calls[1].failed[:7], []),
        ("Stopped", []),
    ]
    assert "key" in calls[1].failed
