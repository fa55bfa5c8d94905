"""`coach-assist another`: another version of a proposal, for one person's eyes."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from coach_assist.cli.model_options import model_options
from coach_assist.errors import ModelError
from coach_assist.shown import safe_text

if TYPE_CHECKING:
    from coach_assist.flows.another import Another
    from coach_assist.flows.show import ProposalView
    from coach_assist.plan.units import Party
    from coach_assist.workspace.plan_file import PlanFile
    from coach_assist.workspace.store import Workspace


@click.command("another")
@click.argument("plan_id", metavar="PLAN")
@click.argument("proposal", metavar="PROPOSAL")
@click.option(
    "--as", "who", type=click.Choice(["manager", "team-member"]), required=True, help="Who asks for it."
)
@click.option("--no-model", is_flag=True, help="Let rules write it, and ask no model.")
@click.option("--drop", is_flag=True, help="Delete the version that you have.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@model_options
def command(
    plan_id: str, proposal: str, who: str, no_model: bool, drop: bool, as_json: bool, remote: bool,
    send_to: str | None,
) -> None:  # fmt: skip
    """Ask for another version of PROPOSAL in PLAN, and keep it in your own drawer.

    Nobody else sees it, and nothing is decided by it. Asking once more gives a different one. Counter with
    it, changed or not, in `coach-assist decide`, under “another version”.
    """
    from coach_assist.cli.numbered import PARTY_OPTIONS
    from coach_assist.flows.another import drop_version, kept_version
    from coach_assist.flows.decide import find_proposal
    from coach_assist.flows.open_plan import open_plan
    from coach_assist.workspace.store import Workspace

    workspace, party = Workspace(), PARTY_OPTIONS[who]
    with open_plan(workspace, plan_id) as plan:
        view = find_proposal(plan, proposal)
        if drop:
            version = kept_version(plan, party, view.id)
            if version is not None:
                drop_version(plan, version)
            click.echo("Dropped." if version else "There is no version of yours.", err=True)
            return
        found = ask_for_another(
            workspace, plan, party, view, no_model=no_model, remote=remote, send_to=send_to
        )
    if as_json:
        click.echo(json.dumps(_json(view, found), ensure_ascii=True, indent=2))
    elif found.draft is not None:
        for line in _lines(view, found):
            click.echo(line)
    if found.failed is not None:
        raise found.failed


def ask_for_another(
    workspace: Workspace, plan: PlanFile, party: Party, view: ProposalView, *, no_model: bool, remote: bool,
    send_to: str | None,
) -> Another:  # fmt: skip
    """Ask for another version and say on stderr how it went; without a model, rules write it."""
    found = asyncio.run(
        _another(workspace, plan, party, view, no_model=no_model, remote=remote, send_to=send_to)
    )
    if found.failed is not None:
        click.echo(safe_text(f"{found.failed.what} What follows is by rules."), err=True)
    if found.words:
        click.echo(found.words, err=True)
    return found


async def _another(
    workspace: Workspace, plan: PlanFile, party: Party, view: ProposalView, *, no_model: bool, remote: bool,
    send_to: str | None,
) -> Another:  # fmt: skip
    from coach_assist.cli.model_options import open_session
    from coach_assist.flows.another import another_version

    if no_model:
        return await another_version(plan, party, view.id, view.shown, provider=None)
    async with open_session(workspace.root, remote=remote, send_to=send_to) as session:
        try:
            provider = await session.provider()
        except ModelError as error:
            found = await another_version(plan, party, view.id, view.shown, provider=None)
            return replace(found, failed=error)
        click.echo("The model writes another version …", err=True)
        return await another_version(plan, party, view.id, view.shown, provider=provider)


def _lines(view: ProposalView, found: Another) -> list[str]:
    from coach_assist.cli.change_lines import change_lines
    from coach_assist.flows.counter import changes

    assert found.draft is not None
    lines = list(change_lines(changes(view.kind, view.value, found.draft.value)))
    lines += [
        safe_text(f"Suggested, in no answer: {one.text} ({one.field}). {one.question}", one_line=True)
        for one in found.draft.suggested
    ]
    return lines


def _json(view: ProposalView, found: Another) -> dict[str, object]:
    draft = found.draft
    return {
        "proposal": view.id,
        "by_rules": found.by_rules,
        "words": found.words,
        "version": None
        if draft is None
        else {
            "id": draft.id,
            "kind": draft.kind,
            "value": draft.value,
            "origin": draft.origin,
            "suggested": [one.model_dump() for one in draft.suggested],
        },
    }
