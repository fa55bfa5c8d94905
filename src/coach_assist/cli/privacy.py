"""`coach-assist privacy`: what of a plan may go where, and whose names are replaced on the way out."""

from __future__ import annotations

import json

import click

from coach_assist.shown import safe_text


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
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(
    plan: str, local: bool | None, added: tuple[str, ...], removed: tuple[str, ...], as_json: bool
) -> None:
    """Show or change what of PLAN may go to a remote model.

    Both parties' names, and those that you list here, are replaced by words such as PersonA before anything
    goes out, and put back into the answer. Names of other people in free text are not known: list them.
    """
    from coach_assist.flows.open_plan import open_plan
    from coach_assist.flows.plan_privacy import (
        add_person,
        known_names,
        local_only,
        other_people,
        remove_person,
        set_local_only,
    )
    from coach_assist.workspace.store import Workspace

    with open_plan(Workspace(), plan) as opened:
        for name in added:
            add_person(opened, name)
        for name in removed:
            remove_person(opened, name)
        if local is not None:
            set_local_only(opened, local)
        only, names, listed = local_only(opened), known_names(opened), other_people(opened)
    if as_json:
        click.echo(
            json.dumps({"local_only": only, "names": names, "listed": listed}, ensure_ascii=True, indent=2)
        )
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
