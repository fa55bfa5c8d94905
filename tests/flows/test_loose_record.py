"""Calls without a plan are recorded too: kept, shown, exported, deleted with words."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from coach_assist.assistant.calls import CallRecord
from coach_assist.cli.main import group
from coach_assist.errors import Refused, UsageError
from coach_assist.flows import policy as policies
from coach_assist.flows.loose_record import (
    BEGUN,
    PRINTED,
    LooseKeeper,
    delete_record,
    deletion_words,
    loose_record,
    record_deletion,
)
from coach_assist.flows.record_words import record_lines, record_rows
from coach_assist.workspace.loose_calls import FILE, LooseCalls
from coach_assist.workspace.store import Workspace

CALL = CallRecord("rewrite", "4", "embedded", 700, 640, 60, 3.2, 1, "stop")


def asked(root: Path, *, days_ago: int = 0) -> None:
    with LooseKeeper(root, "this machine") as keeper:
        keeper.called("rewrite", CALL)
        keeper.became("rewrite", "goal", PRINTED, "one")
    if days_ago:
        at = (datetime.now(UTC) - timedelta(days=days_ago)).isoformat(timespec="seconds")
        with LooseCalls(root) as record, record.calls._database.writing() as connection:
            connection.execute(
                """UPDATE calls SET record = json_set(record, '$.at', ?)
                   WHERE number = (SELECT max(number) FROM calls WHERE record ->> '$.at' IS NOT NULL)""",
                (at,),
            )


def test_a_call_is_kept_privately_with_what_became_of_it_last(tmp_path: Path) -> None:
    assert record_lines(loose_record(tmp_path))[0].startswith("No model was asked without a plan")
    assert not (tmp_path / FILE).exists(), "looking makes no file"
    with LooseKeeper(tmp_path, "llm.example") as keeper:
        keeper.called("rewrite", CALL)
        keeper.became("rewrite", "goal", PRINTED, "one")
        keeper.became("rewrite", "goal", BEGUN, "one")
    assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600
    record = loose_record(tmp_path)
    (call,) = record.calls
    assert (record.plan, call.endpoint, call.prompt) == (None, "llm.example", "rewrite")
    assert [one.fate for one in call.units] == ["begun"]
    (row,) = record_rows(record)
    assert row.what == "rewrite of a goal" and "taken into a new plan" in row.became


def test_what_was_stopped_is_kept_as_stopped(tmp_path: Path) -> None:
    from coach_assist.assistant.drafting import DraftEvent

    keeper = LooseKeeper(tmp_path, "x")
    with keeper:
        keeper.hear(DraftEvent("section_started", "rewrite"))
    (call,) = loose_record(tmp_path).calls
    assert call.failed.startswith("Stopped") and call.model is None


def test_where_it_cannot_be_kept_no_model_is_asked(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(Refused) as caught:
        LooseKeeper(tmp_path / "file" / "x", "x").ready()
    assert "No model was asked" in caught.value.kept
    with LooseCalls(tmp_path) as record, record.calls._database.writing() as connection:
        connection.execute("PRAGMA user_version=9")
    with pytest.raises(Refused, match="newer"):
        loose_record(tmp_path)


def test_it_is_deleted_with_words_and_a_policy_holds_the_newer_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked(tmp_path, days_ago=300)
    asked(tmp_path)
    assert any("2 calls" in line for line in deletion_words(record_deletion(tmp_path)))
    policy = tmp_path / "policy.toml"
    policy.write_text("[retention]\nai_record_months = 12\n", encoding="utf-8")
    monkeypatch.setenv(policies.POLICY_VARIABLE, str(policy))
    held = record_deletion(tmp_path)
    assert (held.calls, held.held) == (0, 2)
    assert any("policy keeps them 12 months" in line for line in deletion_words(held))
    policy.write_text("[retention]\nai_record_months = 6\n", encoding="utf-8")
    assert len(loose_record(tmp_path).calls) == 1, "what is older than the policy allows goes by itself"
    delete_record(tmp_path)
    assert len(loose_record(tmp_path).calls) == 1
    monkeypatch.delenv(policies.POLICY_VARIABLE)
    assert len(loose_record(tmp_path).calls) == 1, "never by itself without a policy"
    delete_record(tmp_path)
    assert loose_record(tmp_path).calls == ()


def test_the_command_shows_exports_and_deletes(tmp_path: Path) -> None:
    run, root = CliRunner(), Workspace().root
    asked(root)
    shown = run.invoke(group, ["ai-record"])
    assert "this machine, model embedded, prompt rewrite version 4" in shown.stdout
    assert "Goal: shown, and not kept" in shown.stdout and "until you delete it" in shown.stdout
    out = tmp_path / "record.json"
    assert run.invoke(group, ["ai-record", "-o", str(out)]).exit_code == 0
    assert json.loads(out.read_text(encoding="utf-8"))["plan"] is None
    refused = run.invoke(group, ["ai-record", "--delete"], standalone_mode=False)
    assert isinstance(refused.exception, UsageError) and len(loose_record(root).calls) == 1
    for wrong in (["ai-record", "x", "--delete"], ["ai-record", "--content"]):
        assert isinstance(run.invoke(group, wrong, standalone_mode=False).exception, UsageError)
    assert "Deleted." in run.invoke(group, ["ai-record", "--delete", "--yes"]).stderr
    assert "nothing to delete" in run.invoke(group, ["ai-record", "--delete", "--yes"]).stderr
