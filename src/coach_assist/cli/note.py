"""`coach-assist note`: an observation or a thank-you in ten seconds, private until released."""

from __future__ import annotations

import sys
from datetime import date, datetime
from typing import TYPE_CHECKING, cast

import click

from coach_assist.errors import UsageError
from coach_assist.shown import safe_text

if TYPE_CHECKING:
    from coach_assist.flows.note import NoteKind
    from coach_assist.plan.units import Party
    from coach_assist.workspace.plan_file import PlanFile
    from coach_assist.workspace.store import Workspace


@click.command("note")
@click.argument("plan_id", metavar="PLAN")
@click.argument("text", required=False)
@click.option(
    "--as", "who", type=click.Choice(["manager", "team-member"]), required=True, help="Whose drawer it is."
)
@click.option("--thanks", "role", flag_value="thanks", help="It is a thank-you.")
@click.option("--talk", "role", flag_value="talk", help="It is something to talk about.")
@click.option("--list", "listing", is_flag=True, help="List your private notes and the released ones.")
@click.option("--release", metavar="ID", help="Show one of your notes to the other party, after a typed yes.")
@click.option("--delete", metavar="ID", help="Delete one of your private notes for good.")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="The day that counts as today.")
def command(
    plan_id: str, text: str | None, who: str, role: str | None, listing: bool, release: str | None,
    delete: str | None, today: datetime | None,
) -> None:  # fmt: skip
    """Keep a note on PLAN: TEXT, or what you type or pipe in.

    It lies in your own drawer on this machine, and nobody else sees it until you release it.
    """
    from coach_assist.cli.guard_lines import say_guard
    from coach_assist.cli.numbered import PARTY_OPTIONS, ask_yes, say
    from coach_assist.flows.note import delete_note, keep_note, notes_of
    from coach_assist.flows.open_plan import open_plan
    from coach_assist.workspace.store import Workspace

    if sum(bool(one) for one in (text, listing, release, delete)) > 1:
        raise UsageError("Give a text, or one of --list, --release and --delete.")
    party = PARTY_OPTIONS[who]
    workspace = Workspace()
    with open_plan(workspace, plan_id) as plan:
        if listing:
            for one in notes_of(plan, party):
                state = "released" if one.released else "private"
                said = f"{one.by.replace('_', ' ')} {one.role_words}: {safe_text(one.text, one_line=True)}"
                click.echo(f"{one.id[:8]}  {one.day}  {state}  {said}")
        elif release:
            _release(workspace, plan, party, release)
        elif delete:
            delete_note(plan, party, delete)
            say("Deleted.")
        else:
            day = today.date() if today else date.today()
            kind = cast("NoteKind", role or "observation")
            words = text or _typed()
            if say_guard([words]) and sys.stdin.isatty() and not ask_yes("Keep it all the same?"):
                say("Nothing was kept.")
                return
            note = keep_note(plan, party, words, day, role=kind)
            say(f"Kept as {note}, private. To show it to the other party:")
            say(f"coach-assist note {plan.id[:8]} --as {who} --release {note}")


def _typed() -> str:
    if sys.stdin.isatty():
        from coach_assist.cli.numbered import ask_line

        return ask_line("Note")
    try:
        return sys.stdin.buffer.read(65536).decode("utf-8").removesuffix("\n")
    except UnicodeDecodeError:
        raise UsageError("What came in is not UTF-8 text.", kept="Nothing was kept.") from None


def _release(workspace: Workspace, plan: PlanFile, party: Party, note: str) -> None:
    from coach_assist.cli.guard_lines import say_guard
    from coach_assist.cli.numbered import ask_yes, say
    from coach_assist.cli.unlocking import unlock_for
    from coach_assist.flows.note import notes_of, release_note

    if not sys.stdin.isatty():
        raise UsageError(
            "A note is released by a person at a terminal, not from a pipe or a file.",
            kept="The note is kept, and private.",
        )
    for one in notes_of(plan, party):
        if not one.released and one.id.startswith(note.lower()):
            say(one.text)
            say_guard([one.text])
    if not ask_yes("Show this to the other party, for good?"):
        say("It stays private.")
        return
    unlock_for(workspace, plan, party)
    release_note(workspace, plan, party, note)
    say("Released: both see it now.")
