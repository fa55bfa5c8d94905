"""An organisation's policy: read where it is there, held to, shown, and its faults named."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from scripted_server import Script, ScriptedServer, streamed

from coach_assist.cli.main import group
from coach_assist.errors import Refused, UsageError
from coach_assist.flows import policy as policies
from coach_assist.flows.draft import draft_answers
from coach_assist.flows.model_session import ModelSession
from coach_assist.flows.plan_privacy import local_only
from coach_assist.flows.policy import policy, policy_path
from coach_assist.interview.answers import parse_answers_data
from coach_assist.workspace.settings import ModelSettings, Settings
from coach_assist.workspace.store import Workspace

WHOLE = """
organisation = "Northwind Depots"
[model]
allowed_endpoints = ["llm.example", "127.0.0.1:4000"]
[retention]
ai_record_months = 24
[plans]
company_values = ["On time", "Nobody works alone"]
default_readers = ["HR partner"]
"""
ANSWERS = {
    "team_member": "Nadia", "manager": "Tom", "development_area": "Tours", "current_state": "6 of 20 changed",
    "goal": ["Cut changed stops from 6 to 2 a week by 2027-03-01"], "why": "More trucks", "obstacle": "Time",
    "activities": "Sit beside Marta", "support": "Tom closes the desk at eight", "cadence": "Fridays",
}  # fmt: skip


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "policy.toml"
    monkeypatch.setattr(policies, "POLICY_FILE", tmp_path / "machine.toml")
    monkeypatch.setenv("COACH_ASSIST_POLICY", str(path))
    path.write_text(WHOLE, encoding="utf-8")
    return path


def test_without_a_file_nothing_is_narrowed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policies, "POLICY_FILE", tmp_path / "none")
    assert policy_path() is None
    policy().refuse_endpoint("anywhere.example")
    assert policy().retention.ai_record_months is None


def test_the_machine_s_own_file_has_the_last_word(written: Path) -> None:
    assert policy_path() == written
    policies.POLICY_FILE.write_text("[model]\nallowed_endpoints = []\n", encoding="utf-8")
    assert policy_path() == policies.POLICY_FILE
    with pytest.raises(Refused, match="Allowed are: none"):
        policy().refuse_endpoint("llm.example")


async def test_an_endpoint_that_is_not_allowed_is_never_asked(
    written: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with ScriptedServer([Script(streamed("far"))]) as server:
        host = server.url.removeprefix("http://").removesuffix("/v1")
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        monkeypatch.setenv("OPENAI_MODEL", "m")
        remote = Settings(model=ModelSettings(provider="remote"))
        async with ModelSession(tmp_path, settings=remote, send_to=host) as session:
            with pytest.raises(Refused, match="The policy of Northwind Depots does not allow"):
                await session.provider()
        assert server.received == []
        allowed = WHOLE.replace("127.0.0.1:4000", host)
        written.write_text(allowed, encoding="utf-8")  # noqa: ASYNC240 - a test may wait
        async with ModelSession(tmp_path, settings=remote, send_to=host) as session:
            provider = await session.provider()
            provider.know(())
            await provider.stream([{"role": "user", "content": "x"}], None, max_tokens=1)
        assert server.received


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[model]\nallowed_endpoint = []", "no key model.allowed_endpoint; did you mean model.allowed"),
        ("company_values = []", "did you mean plans.company_values?"),
        ("[retention]\nai_record_months = 5", "retention.ai_record_months: input should be greater than"),
        ("model = 3", "model must be a table"),
        ("[plans]\ndefault_readers = 'HR'", "plans.default_readers: input should be a valid list"),
        ("= nonsense", "is not valid TOML"),
    ],
)  # fmt: skip
def test_faults_name_file_key_and_the_nearest_key(written: Path, text: str, words: str) -> None:
    written.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        policy()
    assert words in str(caught.value) and str(written) in str(caught.value)


def test_a_named_file_that_is_not_there_is_an_error_not_no_policy(written: Path) -> None:
    written.unlink()
    with pytest.raises(UsageError, match="cannot be read"):
        policy()


def test_config_shows_it(written: Path) -> None:
    shown = CliRunner().invoke(group, ["config"])
    assert shown.exit_code == 0, shown.output
    assert (
        str(written) in shown.output and "plans.company_values = On time, Nobody works alone" in shown.output
    )
    data = json.loads(CliRunner().invoke(group, ["config", "--json"]).stdout)["policy"]
    assert data["file"] == str(written) and data["rules"]["retention.ai_record_months"] == "24"


def test_a_policy_can_keep_every_plan_local(written: Path, tmp_path: Path) -> None:
    plan = Workspace(tmp_path / "w").create()
    assert not local_only(plan)
    written.write_text("[model]\nlocal_only = true\n", encoding="utf-8")
    assert local_only(plan)


async def test_default_readers_are_a_suggestion_in_a_new_frame(written: Path) -> None:
    answers = parse_answers_data(ANSWERS, today=date(2027, 1, 4), name="t")
    events = []
    result = await draft_answers(answers, provider=None, on_event=events.append)
    (frame,) = [unit.draft for unit in result.units if unit.draft.kind == "frame"]
    assert frame.value["readers"] == ["HR partner"]
    assert [(one.field, one.text) for one in frame.suggested] == [("readers", "HR partner")]
    told = next(event for event in events if event.kind == "unit_ready" and event.section == "frame")
    assert told.data["value"]["readers"] == ["HR partner"] and told.unit.draft == frame


def test_the_policy_of_the_page_is_taken(written: Path) -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "privacy.md").read_text(encoding="utf-8")
    written.write_text(page.partition("```toml\n")[2].partition("```")[0], encoding="utf-8")
    found = policy()
    assert found.organisation and found.model.allowed_endpoints and found.plans.default_readers
    names = [name for part in (found.model, found.retention, found.plans) for name in part.model_dump()]
    assert len(names) == 5 and all(f"{name} =" in page for name in names)
