"""`coach-assist sign`: sign the whole agreed plan, after it was shown."""

from __future__ import annotations

import sys

import click

from coach_assist.errors import UsageError


@click.command("sign")
@click.argument("plan_id", metavar="PLAN")
@click.option("--as", "who", type=click.Choice(["manager", "team-member"]), required=True, help="Who signs.")
def command(plan_id: str, who: str) -> None:
    """Sign the agreed plan as a whole.

    It is shown in full, with what has changed since the signed one. It is in force when both parties
    have signed the same plan; from then on nobody can take back alone what stands in it. Later changes
    are amendments, and need both signatures again.
    """
    from coach_assist.cli.numbered import PARTY_OPTIONS, ask_line, say, say_texts
    from coach_assist.cli.unlocking import unlock_for
    from coach_assist.flows.open_plan import open_plan
    from coach_assist.flows.show import PARTY_WORDS
    from coach_assist.flows.sign import sign, sign_view
    from coach_assist.workspace.store import Workspace

    if not sys.stdin.isatty():
        raise UsageError(
            "sign takes its answer from a person at a terminal, not from a pipe or a file.",
            kept="Nothing was signed.",
        )
    party = PARTY_OPTIONS[who]
    workspace = Workspace()
    with open_plan(workspace, plan_id) as plan:
        view = sign_view(plan)
        if plan.demo:
            say("DEMO: this is a sample plan.")
        if view.obstacle is not None:
            raise UsageError(view.obstacle, kept="Nothing was signed.")
        name = plan.state.parties[party].name
        say(f"This is what {name} ({PARTY_WORDS[party]}) signs:")
        say(f"revision {view.revision}, {len(view.units)} units.")
        for unit in view.units:
            mark = "new: " if unit.unit in view.added else "changed: " if unit.unit in view.changed else ""
            say(f"- {mark if view.in_force else ''}{unit.kind_words}")
            say_texts(unit.fields, "    ")
        for unit in view.removed:
            say(f"- no longer in the plan: {unit.kind_words}: {unit.headline}")
        for one in view.signed_by:
            say(f"The {PARTY_WORDS[one]} has signed exactly this plan.")
        say(f"Plan hash: {view.plan_hash}")
        if ask_line("Type sign to sign it, or press Enter to leave it").strip().lower() != "sign":
            say("Nothing was signed.")
            return
        unlock_for(workspace, plan, party)
        revision = sign(workspace, plan, party, view.plan_hash)
        if revision == view.revision:
            say(f"Signed. Revision {revision} is in force: both have signed it.")
        else:
            say("Signed. It is in force as soon as the other party has signed the same plan.")
