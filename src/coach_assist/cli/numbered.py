"""Plain numbered prompts: one line in, one choice out, no cursor movement. All talk goes to stderr."""

from __future__ import annotations

from collections.abc import Sequence

import click

from coach_assist.plan.units import Party
from coach_assist.shown import safe_text

PARTY_OPTIONS: dict[str, Party] = {"manager": "manager", "team-member": "team_member"}
"""How the command line says it → how the code does."""


def say(text: str = "") -> None:
    """Write one line of talk; every text from outside in it is shown safely."""
    click.echo(safe_text(text), err=True)


def say_texts(fields: Sequence[tuple[str, str]], indent: str = "  ") -> None:
    """Write labelled texts; the further lines of a text are indented under its first."""
    for label, text in fields:
        lines = safe_text(text).split("\n")
        say(f"{indent}{label}: {lines[0]}")
        for line in lines[1:]:
            say(f"{indent}  {line}")


def ask_choice(choices: Sequence[tuple[str, str]], question: str = "Your answer") -> str:
    """Ask for one of `choices` (key, words) until one is given; return its key.

    A number, the key or a beginning of it that is unique counts. An empty line counts as nothing: there
    is no default. Raises click.Abort on Ctrl-C or at the end of the input.
    """
    say(", ".join(f"{number} {words}" for number, (_, words) in enumerate(choices, start=1)))
    while True:
        typed = click.prompt(question, default="", show_default=False, err=True).strip().lower()
        if typed.isascii() and typed.isdigit() and 1 <= int(typed) <= len(choices):
            return choices[int(typed) - 1][0]
        found = [key for key, _ in choices if typed and key.startswith(typed)]
        if len(found) == 1:
            return found[0]
        say(f"Please type a number from 1 to {len(choices)}.")


def ask_line(question: str, default: str = "") -> str:
    """Ask for one line of text; an empty line gives `default`. Raises click.Abort."""
    typed = click.prompt(question, default="", show_default=False, err=True)
    return str(typed) or default


def ask_yes(question: str) -> bool:
    """Ask a question that only the typed word "yes" answers with yes. Raises click.Abort."""
    typed = click.prompt(
        f"{question} Type yes, or press Enter for no", default="", show_default=False, err=True
    )
    return str(typed).strip().lower() == "yes"
