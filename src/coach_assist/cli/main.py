"""The entry point: a table of commands, and the one place where an error becomes words and an exit code."""

from __future__ import annotations

import importlib
import os
import sys

import click

from coach_assist import __version__
from coach_assist.errors import CoachError, ExitCode
from coach_assist.shown import safe_text

COMMANDS = {
    "ai-record": "Show every call of a model for a plan, and what became of what it gave.",
    "adapt": "Change what is agreed: proposals with a reason, for both to accept.",
    "another": "Ask for another version of a proposal, for your eyes only.",
    "carry": "Go on from a closed plan in a new one, with another person.",
    "check": "Check goals, notes and plans against the SMART rules.",
    "check-in": "Hold a check-in: promises, what helped, values, next steps.",
    "close": "Close a plan: outcomes, what was learned, a page that both sign.",
    "confirm": "Confirm with your own key what you accepted on the other's machine.",
    "config": "Show the settings, where they lie and where each value comes from.",
    "decide": "Accept, counter or decline proposals, one at a time.",
    "delete": "Delete a plan for good from this machine.",
    "demo": "Run the whole main job once with a sample pair and the real model.",
    "differ": "Show where the two of you differ, once both have released their own answers.",
    "doctor": "Say what works on this machine and what is missing.",
    "draft": "Turn an answer file into drafts of a plan.",
    "end": "Close a plan alone, with a reason, such as a lost key.",
    "erase": "Erase your own text that is not agreed.",
    "evaluate": "Count what became of your plans; plans are counted, never people.",
    "export": "Write the agreed plan, an agenda or a calendar to a file.",
    "form": "Give the questions to somebody as a Markdown form, and take it back.",
    "history": "Tell the history of a plan in words: who accepted what, when, on whose machine.",
    "identity": "Create, show and back up the keys with which you sign.",
    "interview": "Answer the questions of a plan, line by line.",
    "join": "Read what a coaching plan is, and join one, answer later, or say no.",
    "leave": "Leave a plan, without a reason.",
    "lsp": "Run the checker as a language server for an editor.",
    "model": "Show, download or remove the embedded model.",
    "note": "Keep an observation or a thank-you, private until you release it.",
    "opportunity": "Before a plan: what a manager asks oneself, private until released.",
    "plans": "List the plans on this machine.",
    "privacy": "Show or change what of a plan may go to a remote model, and whose names are replaced.",
    "progress": "Show how a plan stands: goals over time, promises, milestones.",
    "propose": "Put drafts forward as proposals.",
    "receive": "Take in a sealed file from the other party.",
    "release": "Release the answers that you gave on your own.",
    "retention": "Say until when a plan is kept here; the list reminds you.",
    "review": "Review plans that exist: what is missing, findings, questions for both.",
    "rewrite": "Rewrite a vague goal into a SMART one.",
    "rules": "List the checker's rules, or explain one.",
    "schema": "Print a JSON Schema of what this program reads and writes.",
    "share": "Make a sealed copy of a plan for the other party.",
    "show": "Show one plan: what is agreed, what is open, what waits for whom.",
    "sign": "Sign the agreed plan as a whole.",
    "templates": "Begin a plan from a template: starting drafts by kind of plan.",
    "statement": "Attach the team member's own words to a plan.",
    "summary": "Put a summary of notes forward for both to accept, or answer one.",
    "sync": "Share a plan through a folder, said once.",
    "today": "Show what is due for whom, across your plans.",
    "verify": "Check a signed export: who agreed to what, and whether anything was changed.",
    "summarise": "Summarise notes of a talk; every item quotes its lines.",
}
"""Command → its one-line help, so that `--help` imports no command."""


_NEVER_CONNECT = {"check", "rules", "lsp", "config"}
"""Commands that start in milliseconds and connect to nothing, so that the settings need not be read."""


class LazyGroup(click.Group):
    """A click group that imports `coach_assist.cli.<name>` only when `<name>` is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"coach_assist.cli.{cmd_name.replace('-', '_')}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(sorted(COMMANDS.items()))


@click.group(
    cls=LazyGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, prog_name="coach-assist", message="%(prog)s %(version)s")
@click.option("--offline", is_flag=True, help="Connect to nothing but this machine, whatever a command does.")
@click.pass_context
def group(ctx: click.Context, offline: bool) -> None:
    """Draft, agree, review and follow through a coaching plan.

    Without a command the full-screen app opens. A plan is voluntary and developmental; every
    suggestion stays a proposal until the manager and the team member have both accepted it.
    """
    if offline or (ctx.invoked_subcommand not in _NEVER_CONNECT and _offline_in_settings()):
        from coach_assist.offline import go_offline

        go_offline()
    if ctx.invoked_subcommand is None:
        from coach_assist.cli.app import open_app

        open_app()


def _offline_in_settings() -> bool:
    """Say whether the settings file asks to stay offline; a file that cannot be read is reported later."""
    from coach_assist.workspace.settings_file import read_settings_file, settings_path

    try:
        return bool(read_settings_file(settings_path()).get("offline", "no") != "no")
    except CoachError:
        return False


def say_error(error: CoachError) -> None:
    """Write an error to stderr: what happened, what is kept, what to do next."""
    for label, part in (("error: ", error.what), ("kept:  ", error.kept), ("next:  ", error.next_step)):
        if part:
            click.echo(label + safe_text(part), err=True)


def main(args: list[str] | None = None) -> None:
    """Run the command line and end the process with a documented exit code."""
    try:
        code = group.main(args=args, prog_name="coach-assist", standalone_mode=False)
    except click.exceptions.Abort:
        click.echo("\nstopped. What was answered or decided before this is kept.", err=True)
        sys.exit(ExitCode.INTERRUPTED)
    except click.ClickException as error:
        error.show()
        sys.exit(ExitCode.USAGE)
    except CoachError as error:
        say_error(error)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(ExitCode.DONE)
    sys.exit(code if isinstance(code, int) else ExitCode.DONE)
