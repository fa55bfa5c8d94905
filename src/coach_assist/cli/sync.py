"""`coach-assist sync`: share a plan through a folder, said once."""

from __future__ import annotations

from pathlib import Path

import click

from coach_assist.errors import UsageError


@click.command("sync")
@click.argument("plan_id", metavar="PLAN")
@click.argument("folder", type=click.Path(path_type=Path), required=False)
@click.option("--as", "who", type=click.Choice(["manager", "team-member"]), help="Who you are; with FOLDER.")
@click.option("--stop", is_flag=True, help="Sync no longer; the files in the folder stay.")
def command(plan_id: str, folder: Path | None, who: str | None, stop: bool) -> None:
    """Share PLAN with the other party through FOLDER, from now on.

    Said once: sealed files are read there whenever your keys are unlocked for the plan, and written
    whenever it is closed after a change. The folder may be a network share, a stick, git or a cloud: what
    lies in it can be opened by the two of you alone. Without FOLDER, sync now.
    """
    from coach_assist.cli.numbered import PARTY_OPTIONS, say
    from coach_assist.cli.unlocking import say_synced, unlock_for
    from coach_assist.flows.open_plan import open_plan
    from coach_assist.flows.sync import set_sync, stop_sync, sync_in, sync_out, sync_place
    from coach_assist.workspace.store import Workspace

    workspace = Workspace()
    with open_plan(workspace, plan_id) as plan:
        if stop:
            stop_sync(plan)
            say("The plan is synced no longer.")
            return
        if folder is not None:
            if who is None:
                raise UsageError("Say who you are: --as manager or --as team-member.")
            unlock_for(workspace, plan, PARTY_OPTIONS[who])
            set_sync(workspace, plan, PARTY_OPTIONS[who], folder)
        place = sync_place(plan)
        if place is None:
            raise UsageError(
                "This plan is not synced yet.", next_step="Name a folder: coach-assist sync PLAN FOLDER"
            )
        unlock_for(workspace, plan, place.party)
        came = sync_in(workspace, plan)
        say_synced(came)
        if not came.came and not came.problems:
            say("Nothing new is in the folder.")
        wrote = sync_out(workspace, plan)
        say_synced(wrote)
        say("Your newest file is in the folder." if not wrote.problems else "Your file was not written.")
