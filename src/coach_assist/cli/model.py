"""`coach-assist model`: show, download or remove the embedded model."""

from __future__ import annotations

import asyncio
import json
import sys

import click

from coach_assist.errors import ExitCode
from coach_assist.shown import safe_text


@click.group("model")
def command() -> None:
    """Show, download or remove the embedded model."""


@command.command("status")
@click.option("--verify", is_flag=True, help="Read the whole file and compare its digest (some seconds).")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def status(verify: bool, as_json: bool) -> int:
    """Say whether the model is there, whole and usable."""
    from coach_assist.flows.model import model_state

    state = model_state(verify=verify)
    if as_json:
        click.echo(json.dumps(state.to_json(), ensure_ascii=False))
    else:
        click.echo(safe_text(state.words))
        if state.title:
            click.echo(f"model: {safe_text(state.title)}")
        if state.kind not in {"remote", "none"}:
            click.echo(f"file:  {safe_text(str(state.place))}")
        if state.must_download and state.free is not None:
            click.echo(f"disk:  {state.free / 1e9:.1f} GB free")
        if state.next_step:
            click.echo(f"next:  {safe_text(state.next_step)}")
    return ExitCode.DONE if state.kind in {"ready", "remote", "none"} else ExitCode.MODEL


@command.command("pull")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object when done.")
def pull(as_json: bool) -> int:
    """Download what is missing of the weights and verify them; an interrupted download goes on."""
    from coach_assist.cli.model_progress import ProgressLine
    from coach_assist.flows.model import download_words, model_state, pull_model

    before = model_state()
    if before.must_download:
        click.echo(safe_text(download_words(before)), err=True)
    with ProgressLine(sys.stderr) as line:
        path = asyncio.run(pull_model(line.show))
    if as_json:
        click.echo(json.dumps(model_state().to_json(), ensure_ascii=False))
    else:
        click.echo(safe_text(f"The model is ready: {path}"))
    return ExitCode.DONE


@command.command("remove")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def remove(as_json: bool) -> int:
    """Delete the downloaded weights."""
    from coach_assist.flows.model import remove_model

    freed = remove_model()
    if as_json:
        click.echo(json.dumps({"freed": freed}))
    elif freed:
        click.echo(f"The model's weights are removed; {freed / 1e6:.0f} MB are free again.")
    else:
        click.echo("There were no downloaded weights.")
    return ExitCode.DONE
