"""The command line: one file a command, each imported only when it is used."""

from coach_assist.cli.main import main

__all__ = ["main"]
