"""`coach-assist form`: the questions as a Markdown file, for somebody who can install nothing."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from coach_assist.errors import UsageError


@click.command("form")
@click.argument("plan_id", metavar="PLAN")
@click.option(
    "--as", "who", type=click.Choice(["manager", "team-member"]), default="team-member", show_default=True,
    help="Whose answers.",
)  # fmt: skip
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write the form to this file.")
@click.option("--full", is_flag=True, help="All questions, not only the shortest path.")
@click.option(
    "--read", "file", type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="Read a form that came back.",
)  # fmt: skip
@click.option("--confirm", is_flag=True, help="Hand over: that person confirms each returned answer here.")
def command(
    plan_id: str, who: str, output: Path | None, full: bool, file: Path | None, confirm: bool
) -> None:
    """Give the questions of PLAN to somebody as a form in Markdown, and take it back.

    Answers that came back count only once that person has confirmed each of them at this keyboard. Until
    then nothing is drafted, released or compared of them.
    """
    from coach_assist.cli.numbered import PARTY_OPTIONS, say
    from coach_assist.exchange.files import write_export
    from coach_assist.exchange.form import LARGEST
    from coach_assist.flows.form import make_form, take_form
    from coach_assist.flows.open_plan import open_plan
    from coach_assist.workspace.store import Workspace

    if sum(bool(one) for one in (output, file, confirm)) != 1:
        raise UsageError("Give one of -o FILE, --read FILE and --confirm.")
    party = PARTY_OPTIONS[who]
    workspace = Workspace()
    with open_plan(workspace, plan_id) as plan:
        if output is not None:
            write_export(output, make_form(plan, party, "full" if full else "short").encode("utf-8"))
            say(f"Written to {output}. When it comes back: coach-assist form {plan.id[:8]} --read FILE")
        elif file is not None:
            with file.open("rb") as opened:
                found = take_form(plan, party, opened.read(LARGEST + 1))
            say(f"{len(found)} answers came back. They count once that person has confirmed them here:")
            say(f"coach-assist form {plan.id[:8]} --as {who} --confirm")
        else:
            _confirm(plan_id, who)


def _confirm(plan_id: str, who: str) -> None:
    from coach_assist.cli.joining_lines import join_first
    from coach_assist.cli.numbered import PARTY_OPTIONS, ask_choice, say
    from coach_assist.cli.unlocking import unlock_for
    from coach_assist.flows.blind import begin_blind
    from coach_assist.flows.form import confirm_returned, returned
    from coach_assist.flows.open_plan import names, open_plan
    from coach_assist.flows.show import PARTY_WORDS
    from coach_assist.interview.questions import question
    from coach_assist.workspace.store import Workspace

    if not sys.stdin.isatty():
        raise UsageError(
            "Answers are confirmed by that person at a terminal, not from a pipe or a file.",
            kept="Nothing was confirmed.",
        )
    party = PARTY_OPTIONS[who]
    workspace = Workspace()
    with open_plan(workspace, plan_id) as plan:
        waiting = returned(plan, party)
        if not waiting:
            say("No returned answers wait.")
            return
        say(
            f"Hand the keyboard to {names(plan)[party]} ({PARTY_WORDS[party]}). Only this person answers now."
        )
        unlock_for(workspace, plan, party)
        if not join_first(workspace, plan, party):
            return
        begin_blind(plan)
        for asked, answer in waiting.items():
            say()
            say(question(asked).prompt)
            say(answer if isinstance(answer, str) else "\n".join(answer))
            chosen = ask_choice(
                (("mine", "this is my answer"), ("throw", "throw it away"), ("later", "later")), "Your answer"
            )
            if chosen != "later":
                confirm_returned(workspace, plan, party, asked, keep=chosen == "mine")
        say(f"To release them: coach-assist release {plan.id[:8]} --as {who}")
