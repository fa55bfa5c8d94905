"""What a person answers on one proposal in plain lines, and carrying it out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from pydantic import JsonValue

from coach_assist.cli.change_lines import change_lines
from coach_assist.cli.edit_value import edit_value
from coach_assist.cli.numbered import ask_choice, ask_line, ask_yes, say
from coach_assist.cli.proposal_lines import acknowledgement_words
from coach_assist.errors import UsageError
from coach_assist.flows import decide
from coach_assist.flows.another import drop_version, edit_version, kept_version
from coach_assist.flows.comment import comment
from coach_assist.flows.counter import changes, counter
from coach_assist.flows.settings import settings

if TYPE_CHECKING:
    from coach_assist.flows.show import ProposalView
    from coach_assist.plan.drafts import Draft
    from coach_assist.plan.units import Party
    from coach_assist.workspace.plan_file import PlanFile
    from coach_assist.workspace.store import Workspace

Choice = tuple[str, str]
SKIP: tuple[Choice, ...] = (("skip", "skip"), ("quit", "quit"))


def choices_for(view: ProposalView, party: Party) -> tuple[Choice, ...]:
    """Return what a party can answer on a proposal as it stands."""
    found: list[Choice] = [("accept", "accept")]
    if not view.removal:
        found.append(("counter", "counter with another text"))
    found += [("decline", "decline"), ("talk", "let us talk")]
    if view.status in ("open", "conflict"):
        found.append(("remark", "comment, which decides nothing"))
    if view.status == "open" and not view.removal:
        found.append(("model", "another version, for your eyes only"))
    if party in view.can_withdraw:
        own = view.by == party and view.status != "agreed"
        found.append(("withdraw", "withdraw it" if own else "withdraw your acceptance"))
    return (*found, *SKIP)


class Turn:
    """One party's turn at a terminal, with what was said of models on the command line."""

    def __init__(
        self, workspace: Workspace, plan: PlanFile, party: Party, *, no_model: bool, remote: bool,
        send_to: str | None,
    ) -> None:  # fmt: skip
        self.workspace, self.plan, self.party = workspace, plan, party
        self._no_model, self._remote, self._send_to = no_model, remote, send_to

    def answer(self, view: ProposalView) -> str:
        """Ask until one answer has been carried out; return its key. Comments do not end it."""
        one = (self.workspace, self.plan, self.party, view.id, view.shown)
        while True:
            answer = ask_choice(choices_for(view, self.party))
            try:
                match answer:
                    case "accept":
                        needed = view.to_acknowledge
                        if needed and not ask_yes(acknowledgement_words(needed)):
                            continue
                        decide.accept(*one, acknowledged=frozenset(needed))
                        say("Accepted.")
                    case "decline":
                        decide.decline(*one, reason=_reason())
                        say("Declined.")
                    case "withdraw":
                        decide.withdraw(*one, reason=_reason())
                        say("Withdrawn.")
                    case "talk":
                        decide.talk(*one)
                        say("It is on the agenda of your next talk, and stays open.")
                    case "remark":
                        if text := ask_line("Your comment (Enter for none)"):
                            comment(*one, text)
                            say("Your comment stands under the proposal. Nothing was decided.")
                        continue
                    case "counter":
                        if not self._counter(view, view.value):
                            continue
                    case "model":
                        if not self._another(view):
                            continue
                        answer = "counter"
            except UsageError as error:
                say(str(error))
                continue
            return answer

    def _counter(self, view: ProposalView, start: Mapping[str, JsonValue]) -> bool:
        """Let the person write another text and put it forward; return whether they did."""
        if view.removal:
            say("There is no text here to counter: decline it, or put another text forward.")
            return False
        value = edit_value(view.kind, start, settings().editor)
        if value is None:
            return False
        say("Your text changes:")
        _say_changes(view, value)
        if not ask_yes("Put it forward instead? That declines the other text, and you accept yours."):
            return False
        counter(self.workspace, self.plan, self.party, view.id, view.shown, value)
        say("Your text was put forward and accepted by you; the other party decides on it.")
        return True

    def _another(self, view: ProposalView) -> bool:
        """Show another version until the person counters with it, keeps or drops it; say whether they did."""
        version = kept_version(self.plan, self.party, view.id)
        if version is None:
            version = self._ask(view)
        while version is not None:
            say("Another version, in your own drawer:")
            _say_changes(view, version.value)
            for one in version.suggested:
                say(f"  Suggested, in no answer: {one.text} ({one.field}). {one.question}")
            what = ask_choice((
                ("counter", "counter with it"), ("edit", "change it"), ("again", "another one"),
                ("drop", "drop it"), ("keep", "keep it for later"),
            ))  # fmt: skip
            match what:
                case "counter":
                    if ask_yes("Put it forward instead? That declines the other text."):
                        return self._counter_with(view, version)
                case "edit":
                    value = edit_value(view.kind, version.value, settings().editor)
                    if value is not None:
                        version = edit_version(self.plan, self.party, version, value)
                case "again":
                    version = self._ask(view) or version
                case "drop":
                    drop_version(self.plan, version)
                    say("Dropped. Nobody else has seen it.")
                    return False
                case _:
                    return False
        return False

    def _counter_with(self, view: ProposalView, version: Draft) -> bool:
        made = counter(
            self.workspace, self.plan, self.party, view.id, view.shown, version.value, version=version
        )
        own = self.plan.state.proposals[made].decisions[self.party] == "accept"
        say(
            "Your text was put forward and accepted by you; the other party decides on it."
            if own
            else "It was put forward as it came, and both of you decide on it."
        )
        return True

    def _ask(self, view: ProposalView) -> Draft | None:
        from coach_assist.cli.another import ask_for_another

        found = ask_for_another(
            self.workspace, self.plan, self.party, view, no_model=self._no_model, remote=self._remote,
            send_to=self._send_to,
        )  # fmt: skip
        return found.draft


def _reason() -> str:
    return ask_line("Reason, if you want to give one (Enter for none)")


def _say_changes(view: ProposalView, value: Mapping[str, JsonValue]) -> None:
    for line in change_lines(changes(view.kind, view.value, value)):
        say(f"  {line}")
