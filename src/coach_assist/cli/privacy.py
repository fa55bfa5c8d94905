"""`coach-assist privacy`: what of a plan may go where, and whose names are replaced on the way out."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from coach_assist.shown import safe_text

if TYPE_CHECKING:
    from coach_assist.flows.privacy_preview import SendingPreview
    from coach_assist.flows.privacy_view import PrivacyView


@click.command("privacy")
@click.argument("plan")
@click.option(
    "--local-only/--any-model",
    "local",
    default=None,
    help="Never let this plan go to a remote model, or allow it again (you are still asked).",
)
@click.option("--add-name", "added", multiple=True, metavar="NAME", help="One more person to replace.")
@click.option("--remove-name", "removed", multiple=True, metavar="NAME", help="Take a person off the list.")
@click.option("--preview", is_flag=True, help="Show the requests that drafting would send, byte for byte.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(
    plan: str,
    local: bool | None,
    added: tuple[str, ...],
    removed: tuple[str, ...],
    preview: bool,
    as_json: bool,
) -> None:
    """Show or change what of PLAN may go to a remote model.

    Both parties' names, and those that you list here, are replaced by words such as PersonA before anything
    goes out, and put back into the answer. Names of other people in free text are not known: list them.
    Words that tell specially protected things of a person are named with the place where they stand.
    """
    from coach_assist.flows.open_plan import open_plan
    from coach_assist.flows.plan_privacy import add_person, remove_person, set_local_only
    from coach_assist.flows.privacy_preview import would_be_sent
    from coach_assist.flows.privacy_view import privacy_view
    from coach_assist.workspace.store import Workspace

    workspace = Workspace()
    with open_plan(workspace, plan) as opened:
        for name in added:
            add_person(opened, name)
        for name in removed:
            remove_person(opened, name)
        if local is not None:
            set_local_only(opened, local)
        view = privacy_view(opened)
        sending = asyncio.run(would_be_sent(workspace, opened)) if preview else None
    only, names, listed = view.local_only, view.names, view.listed
    if as_json:
        told: dict[str, object] = {"local_only": only, "names": names, "listed": listed}
        told["guarded"] = [
            {"where": one.where, "words": [span.words for span in one.spans]} for one in view.guarded
        ]
        if sending is not None:
            told["would_be_sent"] = {
                "host": sending.host,
                "model": sending.model,
                "is_set": sending.is_set,
                "bodies": [one.body.decode() for one in sending.requests],
            }
        click.echo(json.dumps(told, ensure_ascii=True, indent=2))
        return
    if only:
        click.echo("local only: nothing of this plan goes to a remote model.")
    else:
        click.echo("any model: a remote one only where you chose it, and after you saw what goes.")
    click.echo("Replaced before anything goes out:")
    for name in names:
        click.echo(f"  {safe_text(name, one_line=True)}{'  (listed by you)' if name in listed else ''}")
    if not names:
        click.echo("  nobody yet: the names come with the answers.")
    for line in _guard_lines(view):
        click.echo(safe_text(line, one_line=True))
    if sending is not None:
        for line in _sending_lines(sending):
            click.echo(safe_text(line))


def _guard_lines(view: PrivacyView) -> Iterator[str]:
    if view.guarded:
        yield "Words that tell specially protected things of a person:"
    for one in view.guarded:
        yield f"  {one.where}: {', '.join(span.words for span in one.spans)}"


def _sending_lines(sending: SendingPreview) -> Iterator[str]:
    from coach_assist.flows.privacy_preview import FIRST_ONLY

    if sending.is_set:
        yield f"This would go to {sending.host}, model {sending.model}; nothing was sent now."
    else:
        yield "No remote model is set, so nothing goes anywhere. If one were, this would go to it."
    yield FIRST_ONLY
    for number, one in enumerate(sending.requests, start=1):
        yield f"--- {number} of {len(sending.requests)}: {one.words}, {len(one.body)} bytes ---"
        yield one.body.decode()
