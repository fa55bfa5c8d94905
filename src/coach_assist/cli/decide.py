"""`coach-assist decide`: one proposal at a time, each shown whole, each with an answer of its own."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import click

from coach_assist.cli.filter_option import FILTER_OPTIONS
from coach_assist.cli.model_options import model_options
from coach_assist.errors import UsageError

if TYPE_CHECKING:
    from coach_assist.cli.decide_answers import Turn
    from coach_assist.flows.review_filter import ProposalFilter
    from coach_assist.plan.units import Party
    from coach_assist.workspace.plan_file import PlanFile
    from coach_assist.workspace.store import Workspace


@click.command("decide")
@click.argument("plan_id", metavar="PLAN")
@click.option(
    "--as", "who", type=click.Choice(["manager", "team-member"]), required=True, help="Whose turn it is."
)
@click.option(
    "--proposal", metavar="ID", help="Only this proposal (its id, or the beginning), decided or not."
)
@click.option(
    "--filter",
    "wanted",
    type=click.Choice(FILTER_OPTIONS),
    default="for-me",
    show_default=True,
    help="Which proposals to go through.",
)
@click.option(
    "--comment",
    metavar="TEXT",
    help="Put TEXT (- for standard input) beside --proposal; that decides nothing.",
)
@click.option("--json", "as_json", is_flag=True, help="With --comment: print its id as JSON.")
@click.option("--no-model", is_flag=True, help="Let rules write another version, and ask no model.")
@model_options
def command(
    plan_id: str, who: str, proposal: str | None, wanted: str, comment: str | None, as_json: bool,
    no_model: bool, remote: bool, send_to: str | None,
) -> None:  # fmt: skip
    """Decide on the proposals of PLAN that wait for you, one at a time.

    Each is shown whole and wants an answer of its own: there is no way to accept several at once, and
    no answer can come from a file or a pipe. Nobody decides for the other party. You can also comment,
    take back what is yours, and ask for another version, which only you see until you counter with it.
    """
    from coach_assist.cli.decide_answers import Turn
    from coach_assist.cli.filter_option import filter_named
    from coach_assist.cli.joining_lines import join_first
    from coach_assist.cli.numbered import PARTY_OPTIONS
    from coach_assist.cli.unlocking import unlock_for
    from coach_assist.flows.open_plan import open_plan
    from coach_assist.workspace.store import Workspace

    party = PARTY_OPTIONS[who]
    if comment is not None and proposal is None:
        raise UsageError("--comment needs --proposal: what it is about.", kept="Nothing was said.")
    if comment is None and (as_json or not sys.stdin.isatty()):
        raise UsageError(
            "decide takes its answers from a person at a terminal, not from a pipe or a file.",
            kept="Nothing was decided.",
            next_step="Run it in a terminal; ssh and pseudo-terminals count.",
        )
    workspace = Workspace()
    with open_plan(workspace, plan_id) as plan:
        unlock_for(workspace, plan, party)
        if comment is not None and proposal is not None:
            _comment(workspace, plan, party, proposal, comment, as_json)
            return
        if not join_first(workspace, plan, party):
            return
        turn = Turn(workspace, plan, party, no_model=no_model, remote=remote, send_to=send_to)
        if proposal is None:
            _turn(turn, filter_named(wanted))
        else:
            _one(turn, proposal)


def _comment(
    workspace: Workspace, plan: PlanFile, party: Party, wanted: str, text: str, as_json: bool
) -> None:
    """Put a comment beside one proposal; it comes from anywhere, since it decides nothing."""
    from coach_assist.flows.comment import comment
    from coach_assist.flows.decide import find_proposal

    view = find_proposal(plan, wanted)
    said = sys.stdin.read(1 << 20) if text == "-" else text
    made = comment(workspace, plan, party, view.id, view.shown, said.strip("\n"))
    if as_json:
        click.echo(json.dumps({"comment": made, "proposal": view.id, "by": party}, indent=2))
    else:
        click.echo(f"Your comment stands beside {view.short}. Nothing was decided.", err=True)


def _turn(turn: Turn, wanted: ProposalFilter) -> None:
    """Go through the proposals of one sort; each decision is on disk before the next is shown."""
    from coach_assist.cli.numbered import say
    from coach_assist.cli.proposal_lines import say_proposal
    from coach_assist.flows.open_plan import names
    from coach_assist.flows.review_filter import EMPTY_WORDS, FILTER_WORDS, matching
    from coach_assist.flows.show import PARTY_WORDS, plan_view

    plan, party = turn.plan, turn.party
    if plan.demo:
        say("DEMO: this is a sample plan.")
    name = names(plan)[party] or PARTY_WORDS[party]
    found = matching(plan_view(plan), wanted, party)
    if not found:
        say(
            EMPTY_WORDS[wanted] if wanted != "for_me" else f"Nothing waits for {name} ({PARTY_WORDS[party]})."
        )
        return
    say(
        f"This is the turn of {name} ({PARTY_WORDS[party]}): "
        + (f"{len(found)} to decide." if wanted == "for_me" else f"{FILTER_WORDS[wanted]}, {len(found)}.")
    )
    say("Only this person answers now. Accepting counts once both have accepted the same text.")
    seen: set[str] = set()
    decided = 0
    while True:
        # Read anew each time: the other party may be deciding on another keyboard.
        left = [one for one in matching(plan_view(plan), wanted, party) if one.id not in seen]
        if not left:
            break
        view = left[0]
        seen.add(view.id)
        say()
        say_proposal(view, f"{len(seen)} of {len(seen) + len(left) - 1}")
        answer = turn.answer(view)
        if answer == "quit":
            break
        decided += answer != "skip"
    _say_end(plan, decided)


def _one(turn: Turn, wanted: str) -> None:
    """Show one proposal, whatever has been decided on it, and ask what to do with it."""
    from coach_assist.cli.proposal_lines import say_proposal
    from coach_assist.flows.decide import find_proposal

    view = find_proposal(turn.plan, wanted)
    say_proposal(view, view.status_words.capitalize())
    answer = turn.answer(view)
    _say_end(turn.plan, int(answer not in ("skip", "quit")))


def _say_end(plan: PlanFile, decided: int) -> None:
    from coach_assist.cli.numbered import say
    from coach_assist.flows.show import PARTY_WORDS
    from coach_assist.plan.units import PARTIES

    state = plan.state
    say()
    say(f"Answered: {decided}. Agreed by both so far: {len(state.agreed)} units.")
    for one in PARTIES:
        if count := len(state.waits_for(one)):
            say(f"{count} still to decide for {state.parties[one].name} ({PARTY_WORDS[one]}).")
