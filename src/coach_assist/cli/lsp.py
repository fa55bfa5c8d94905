"""`coach-assist lsp`: the checker in an editor, through the Language Server Protocol."""

from __future__ import annotations

import click

from coach_assist.errors import UsageError


@click.command(name="lsp")
def command() -> None:
    """Run the language server on standard input and output, for an editor to start.

    It marks findings in Markdown, text, JSON Lines and JSON plans while one types, explains them under
    the pointer and offers fixes. Needs the extra "lsp".
    """
    try:
        from coach_assist.cli.lsp_server import new_server
    except ImportError as error:
        raise UsageError(
            "the language server needs a package that is not installed",
            next_step="Install the extra: pip install 'coach-assist[lsp]'",
        ) from error
    new_server().start_io()
