"""`coach-assist ai-record`: every call of a model for a plan, and what became of what it gave."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from coach_assist.shown import safe_text

if TYPE_CHECKING:
    from coach_assist.flows.ai_record import AiCall, AiRecord


@click.command("ai-record")
@click.argument("plan")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object (what -o writes).")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write the record to a file, as JSON.")
@click.option("--force", is_flag=True, help="Replace the file if it is there.")
@click.option("--content", is_flag=True, help="Add the texts of the units, as they are now.")
def command(plan: str, as_json: bool, output: Path | None, force: bool, content: bool) -> None:
    """Show the AI record of PLAN: when, where, which model and prompt, for what, and what became of it.

    It holds no text of yours unless you say --content. The team member may have the whole of it.
    """
    from coach_assist.flows.ai_record import ai_record, record_bytes, save_record
    from coach_assist.flows.open_plan import open_plan
    from coach_assist.workspace.store import Workspace

    with open_plan(Workspace(), plan) as opened:
        record = ai_record(opened, content=content)
    if output is not None:
        save_record(record, output, replace=force)
        where = safe_text(str(output), one_line=True)
        click.echo(f"{where}: {len(record.calls)} calls. {record.retention}", err=True)
        return
    if as_json:
        # Escaped beyond ASCII, so that no stored control character reaches a terminal.
        click.echo(json.dumps(json.loads(record_bytes(record)), ensure_ascii=True, indent=2))
        return
    for line in record_lines(record):
        click.echo(safe_text(line))


def record_lines(record: AiRecord) -> list[str]:
    """Return the record as lines for a terminal."""
    if not record.calls:
        return ["No model was asked about this plan on this machine.", record.retention]
    lines = []
    for number, call in enumerate(record.calls, start=1):
        lines += [f"{number}. {_head(call)}", f"   {_cost(call)}"]
        if call.failed:
            lines.append(f"   failed: {call.failed}")
        for unit in call.units:
            lines.append(f"   {unit.kind or 'unit'} {unit.unit}: {unit.words}")
            lines += [f"      {label}: {text}" for label, text in unit.content]
        if not call.units and not call.failed:
            lines.append("   nothing of it became a unit by itself")
        lines.append("")
    return [*lines, record.retention]


def _head(call: AiCall) -> str:
    when = (call.at or "time not kept").replace("T", " ").replace("+00:00", " UTC")
    prompt = f", prompt {call.prompt} version {call.version}" if call.prompt else ""
    where = f"{call.endpoint or 'place not kept'}, model {call.model or 'none'}"
    return f"{when} · {call.section or 'call'} · {where}{prompt}"


def _cost(call: AiCall) -> str:
    def tokens(count: int | None) -> str:
        return "unknown" if count is None else str(count)

    if call.seconds is None:
        return "no answer came"
    return (
        f"tokens in {tokens(call.prompt_tokens)} (from the cache {tokens(call.cached_tokens)}), "
        f"out {tokens(call.completion_tokens)}; {call.seconds:.1f} s; answers {call.attempts}; "
        f"ended: {call.finish_reason or 'unknown'}"
    )
