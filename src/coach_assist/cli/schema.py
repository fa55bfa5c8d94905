"""`coach-assist schema`: print a JSON Schema of what this program reads and writes."""

from __future__ import annotations

import click

from coach_assist.errors import UsageError
from coach_assist.resources import resource_folder

ENDING = ".schema.json"


@click.command("schema")
@click.argument("name", required=False)
def command(name: str | None) -> None:
    """Print the JSON Schema NAME, or the names there are.

    answers: what `draft` and `interview --answers` read; draft, rewrite and summary (of
    `summarise`): what --json prints; plan: what `export --format json` writes.
    """
    folder = resource_folder("schemas")
    names = sorted(path.name.removesuffix(ENDING) for path in folder.glob(f"*{ENDING}"))
    if name is None:
        for known in names:
            click.echo(known)
        return
    if name not in names:
        from difflib import get_close_matches

        near = get_close_matches(name, names, n=1, cutoff=0.5)
        raise UsageError(
            f"there is no schema “{name}”{f'; did you mean “{near[0]}”?' if near else ''}",
            next_step=f"The schemas are: {', '.join(names)}.",
        )
    click.echo((folder / f"{name}{ENDING}").read_text(encoding="utf-8"), nl=False)
