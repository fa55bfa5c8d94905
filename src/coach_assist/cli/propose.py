"""`coach-assist propose`: put drafts forward, one at a time or all at once. That accepts nothing."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from coach_assist.errors import UsageError

if TYPE_CHECKING:
    from coach_assist.plan.drafts import Draft
    from coach_assist.plan.units import Party
    from coach_assist.workspace.plan_file import PlanFile
    from coach_assist.workspace.store import Workspace


@click.command("propose")
@click.argument("plan_id", metavar="PLAN")
@click.option(
    "--as", "who", type=click.Choice(["manager", "team-member"]), default="team-member", show_default=True,
    help="Who puts them forward.",
)  # fmt: skip
@click.option("--all", "everything", is_flag=True, help="Put all drafts forward without asking for each.")
def command(plan_id: str, who: str, everything: bool) -> None:
    """Put the drafts of PLAN forward as proposals, which both parties then decide on.

    Each draft is shown whole first. Text that you wrote yourself can be accepted by you in the same
    act; text of the model is only proposed, and with --all nothing is accepted.
    """
    from coach_assist.cli.numbered import PARTY_OPTIONS, say
    from coach_assist.cli.unlocking import unlock_for
    from coach_assist.flows.open_plan import open_plan
    from coach_assist.flows.propose import put_forward
    from coach_assist.plan.units import VALUE_MODELS
    from coach_assist.workspace.store import Workspace

    party = PARTY_OPTIONS[who]
    workspace = Workspace()
    with open_plan(workspace, plan_id) as plan:
        order = list(VALUE_MODELS)
        owned = [*plan.drafts.of_plan("joint"), *plan.drafts.of_plan(party)]
        drafts = sorted(owned, key=lambda draft: order.index(draft.kind))
        if not drafts:
            say("There are no drafts to put forward.")
            return
        unlock_for(workspace, plan, party)
        if everything:
            done = put_forward(workspace, plan, party, drafts, accept_own=False)
            say(f"Put forward: {len(done.proposals)}. Nothing was accepted.")
        elif sys.stdin.isatty():
            _one_by_one(workspace, plan, party, drafts)
        else:
            raise UsageError(
                "propose asks for each draft, and there is no terminal to ask at.",
                kept="The drafts are kept.",
                next_step="Run it in a terminal, or use --all, which accepts nothing.",
            )
        say(f"To decide: coach-assist decide {plan.id[:6]} --as manager|team-member")


def _one_by_one(workspace: Workspace, plan: PlanFile, party: Party, drafts: list[Draft]) -> None:
    from coach_assist.cli.numbered import ask_choice, say, say_texts
    from coach_assist.flows.propose import PERSONS_OWN, put_forward
    from coach_assist.flows.show import ORIGIN_WORDS
    from coach_assist.flows.unit_fields import KIND_WORDS, fields_of

    count = 0
    for number, draft in enumerate(drafts, start=1):
        say()
        what = "removal of this " if draft.removal else ""
        say(f"{number} of {len(drafts)}: {what}{KIND_WORDS[draft.kind]}, {ORIGIN_WORDS[draft.origin]}")
        say_texts(fields_of(draft.kind, draft.value))
        for one in draft.suggested:
            say(f"  Suggested, in no answer: {one.text} ({one.field}). {one.question}")
        choices = [("forward", "put forward"), ("skip", "skip"), ("quit", "quit")]
        if draft.origin in PERSONS_OWN:
            choices.insert(0, ("accept", "put forward and accept it yourself, in one act"))
        while True:
            answer = ask_choice(choices)
            if answer in ("skip", "quit"):
                break
            try:
                put_forward(workspace, plan, party, [draft], accept_own=answer == "accept")
            except UsageError as error:
                say(str(error))
                continue
            count += 1
            break
        if answer == "quit":
            break
    say()
    say(f"Put forward: {count}. Drafts left: {len(plan.drafts.of_plan())}.")
