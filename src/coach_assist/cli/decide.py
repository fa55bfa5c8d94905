"""`coach-assist decide`: one proposal at a time, each shown whole, each with an answer of its own."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from coach_assist.errors import UsageError

if TYPE_CHECKING:
    from coach_assist.flows.show import ProposalView
    from coach_assist.plan.units import Party
    from coach_assist.workspace.plan_file import PlanFile
    from coach_assist.workspace.store import Workspace

CHOICES = (
    ("accept", "accept"),
    ("counter", "counter with another text"),
    ("decline", "decline"),
    ("talk", "let us talk"),
    ("skip", "skip"),
    ("quit", "quit"),
)


@click.command("decide")
@click.argument("plan_id", metavar="PLAN")
@click.option(
    "--as", "who", type=click.Choice(["manager", "team-member"]), required=True, help="Whose turn it is."
)
@click.option(
    "--proposal", metavar="ID", help="Only this proposal (its id, or the beginning), decided or not."
)
def command(plan_id: str, who: str, proposal: str | None) -> None:
    """Decide on the proposals of PLAN that wait for you, one at a time.

    Each is shown whole and wants an answer of its own: there is no way to accept several at once, and
    no answer can come from a file or a pipe. Nobody decides for the other party.
    """
    from coach_assist.cli.joining_lines import join_first
    from coach_assist.cli.numbered import PARTY_OPTIONS
    from coach_assist.cli.unlocking import unlock_for
    from coach_assist.flows.open_plan import open_plan
    from coach_assist.workspace.store import Workspace

    if not sys.stdin.isatty():
        raise UsageError(
            "decide takes its answers from a person at a terminal, not from a pipe or a file.",
            kept="Nothing was decided.",
            next_step="Run it in a terminal; ssh and pseudo-terminals count.",
        )
    workspace = Workspace()
    with open_plan(workspace, plan_id) as plan:
        unlock_for(workspace, plan, PARTY_OPTIONS[who])
        if not join_first(workspace, plan, PARTY_OPTIONS[who]):
            return
        if proposal is None:
            _turn(workspace, plan, PARTY_OPTIONS[who])
        else:
            _one(workspace, plan, PARTY_OPTIONS[who], proposal)


def _turn(workspace: Workspace, plan: PlanFile, party: Party) -> None:
    """Go through what waits for one party; each decision is on disk before the next is shown."""
    from coach_assist.cli.numbered import say
    from coach_assist.cli.proposal_lines import say_proposal
    from coach_assist.flows.decide import undecided
    from coach_assist.flows.open_plan import names
    from coach_assist.flows.show import PARTY_WORDS

    if plan.demo:
        say("DEMO: this is a sample plan.")
    name = names(plan)[party] or PARTY_WORDS[party]
    waiting = undecided(plan, party)
    if not waiting:
        say(f"Nothing waits for {name} ({PARTY_WORDS[party]}).")
        return
    say(f"This is the turn of {name} ({PARTY_WORDS[party]}): {len(waiting)} to decide.")
    say("Only this person answers now. Accepting counts once both have accepted the same text.")
    seen: set[str] = set()
    decided = 0
    while True:
        # Read anew each time: the other party may be deciding on another keyboard.
        left = [one for one in undecided(plan, party) if one.id not in seen]
        if not left:
            break
        view = left[0]
        seen.add(view.id)
        say()
        say_proposal(view, f"{len(seen)} of {len(seen) + len(left) - 1}")
        answer = _answer(workspace, plan, party, view)
        if answer == "quit":
            break
        decided += answer != "skip"
    _say_end(plan, party, decided)


def _one(workspace: Workspace, plan: PlanFile, party: Party, wanted: str) -> None:
    """Show one proposal, whatever has been decided on it, and ask what to do with it."""
    from coach_assist.cli.proposal_lines import say_proposal
    from coach_assist.flows.decide import find_proposal

    view = find_proposal(plan, wanted)
    say_proposal(view, view.status_words.capitalize())
    choices = list(CHOICES)
    if view.by == party or view.decisions[party] == "accept":
        choices.insert(-2, ("withdraw", "withdraw it" if view.by == party else "withdraw your acceptance"))
    answer = _answer(workspace, plan, party, view, tuple(choices))
    _say_end(plan, party, int(answer not in ("skip", "quit")))


def _answer(
    workspace: Workspace,
    plan: PlanFile,
    party: Party,
    view: ProposalView,
    choices: tuple[tuple[str, str], ...] = CHOICES,
) -> str:
    """Ask until one answer has been carried out; return its key."""
    from coach_assist.cli.numbered import ask_choice, ask_line, ask_yes, say
    from coach_assist.cli.proposal_lines import acknowledgement_words
    from coach_assist.flows import decide

    while True:
        answer = ask_choice(choices)
        try:
            match answer:
                case "accept":
                    needed = view.to_acknowledge
                    if needed and not ask_yes(acknowledgement_words(needed)):
                        continue
                    decide.accept(workspace, plan, party, view.id, view.shown, acknowledged=frozenset(needed))
                    say("Accepted.")
                case "decline":
                    reason = ask_line("Reason, if you want to give one (Enter for none)")
                    decide.decline(workspace, plan, party, view.id, view.shown, reason=reason)
                    say("Declined.")
                case "withdraw":
                    reason = ask_line("Reason, if you want to give one (Enter for none)")
                    decide.withdraw(workspace, plan, party, view.id, view.shown, reason=reason)
                    say("Withdrawn.")
                case "talk":
                    decide.talk(workspace, plan, party, view.id, view.shown)
                    say("It is on the agenda of your next talk, and stays open.")
                case "counter":
                    if not _counter(workspace, plan, party, view):
                        continue
        except UsageError as error:
            say(str(error))
            continue
        return answer


def _counter(workspace: Workspace, plan: PlanFile, party: Party, view: ProposalView) -> bool:
    from coach_assist.cli.edit_value import edit_value
    from coach_assist.cli.numbered import ask_yes, say, say_texts
    from coach_assist.flows.counter import counter
    from coach_assist.flows.settings import settings
    from coach_assist.flows.unit_fields import fields_of

    if view.removal:
        say("There is no text here to counter: decline it, or put another text forward.")
        return False
    value = edit_value(view.kind, view.value, settings().editor)
    if value is None:
        return False
    say("Your text:")
    say_texts(fields_of(view.kind, value))
    if not ask_yes("Put it forward instead? That declines the other text, and you accept yours."):
        return False
    counter(workspace, plan, party, view.id, view.shown, value)
    say("Your text was put forward and accepted by you; the other party decides on it.")
    return True


def _say_end(plan: PlanFile, party: Party, decided: int) -> None:
    from coach_assist.cli.numbered import say
    from coach_assist.flows.show import PARTY_WORDS
    from coach_assist.plan.units import PARTIES

    state = plan.state
    say()
    say(f"Answered: {decided}. Agreed by both so far: {len(state.agreed)} units.")
    for one in PARTIES:
        if count := len(state.waits_for(one)):
            say(f"{count} still to decide for {state.parties[one].name} ({PARTY_WORDS[one]}).")
