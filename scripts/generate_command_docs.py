"""Write docs/commands.md from the commands' own help. A test holds the two equal.

usage: generate_command_docs.py [--check]
"""

from __future__ import annotations

import sys
from pathlib import Path

import click

TARGET = Path(__file__).resolve().parents[1] / "docs" / "commands.md"
WIDTH = 96
HEAD = """# Commands

Written by scripts/generate_command_docs.py from the commands' own `--help`; do not edit by hand.
Data goes to stdout, talk to stderr; the exit codes are in [exit-codes.md](exit-codes.md).
"""


def rendered() -> str:
    """Return docs/commands.md as it should be: each command and subcommand with its help text."""
    from coach_assist.cli.main import group

    parts = [HEAD]
    # The settings of a real call, so that click, which keeps what it made first, shows the same help.
    top = click.Context(
        group,
        info_name="coach-assist",
        terminal_width=WIDTH,
        max_content_width=WIDTH,
        **group.context_settings,
    )
    parts.append(_page(group, top))
    for name in group.list_commands(top):
        command = group.get_command(top, name)
        if command is None:
            raise LookupError(f"{name} is listed and does not exist")
        parts += _pages(command, name, top)
    return "\n".join(parts)


def _pages(command: click.Command, name: str, parent: click.Context) -> list[str]:
    context = click.Context(
        command, info_name=name, parent=parent, terminal_width=WIDTH, max_content_width=WIDTH
    )
    pages = [_page(command, context)]
    if isinstance(command, click.Group):
        for inner in command.list_commands(context):
            below = command.get_command(context, inner)
            if below is not None:
                pages += _pages(below, inner, context)
    return pages


def _page(command: click.Command, context: click.Context) -> str:
    depth = context.command_path.count(" ")
    text = "\n".join(line.rstrip() for line in command.get_help(context).splitlines())
    return f"{'#' * min(depth + 2, 4)} `{context.command_path}`\n\n```text\n{text}\n```\n"


def main() -> int:
    """Write the file and say whether it changed; with --check only say it, and return 1 if it would."""
    text = rendered()
    before = TARGET.read_text(encoding="utf-8") if TARGET.exists() else ""
    if "--check" in sys.argv:
        print("current" if text == before else f"{TARGET.name} is not current: run this without --check")
        return int(text != before)
    TARGET.write_text(text, encoding="utf-8")
    print("changed" if text != before else "unchanged", TARGET.name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
