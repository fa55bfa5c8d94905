"""`coach-assist config`: the settings, where each value comes from, and where things lie."""

from __future__ import annotations

import json

import click

from coach_assist.flows.policy import policy_path, policy_shown
from coach_assist.flows.settings import change_setting, places, settings_shown
from coach_assist.shown import safe_text

SOURCES = {"default": "default", "file": "from the file", "environment": "from the environment"}


@click.group("config", invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_context
def command(ctx: click.Context, as_json: bool) -> None:
    """Show each setting, where its value comes from, and where things lie.

    A value comes from the environment (COACH_ASSIST_<SECTION>_<KEY>), else from the settings file,
    else it is the default.
    """
    if ctx.invoked_subcommand is not None:
        return
    shown, lie = settings_shown(), places()
    if as_json:
        data = {
            "settings": [
                {
                    "key": one.key,
                    "value": one.value,
                    "source": one.source,
                    "variable": one.variable or None,
                    "choices": list(one.choices),
                    "doc": one.doc,
                }
                for one in shown
            ],
            "places": {name: str(path) for name, path in lie.items()},
            "policy": {
                "file": None if policy_path() is None else str(policy_path()),
                "rules": {key: value for key, value, _ in policy_shown()},
            },
        }
        click.echo(json.dumps(data, ensure_ascii=True, indent=2))
        return
    for one in shown:
        value = "not set" if one.value is None else safe_text(str(one.value), one_line=True)
        click.echo(f"{safe_text(one.key, one_line=True)} = {value}  ({SOURCES[one.source]})")
        click.echo(f"    {one.doc}")
    click.echo("")
    for name, path in lie.items():
        there = "" if path.exists() else "  (not there yet)"
        click.echo(f"{name}: {safe_text(str(path), one_line=True)}{there}")
    _say_policy()


def _say_policy() -> None:
    """Print the organisation's policy, where there is one."""
    path = policy_path()
    if path is None:
        click.echo("policy of an organisation: none")
        return
    click.echo(f"policy of an organisation: {safe_text(str(path), one_line=True)}")
    for key, value, meaning in policy_shown():
        click.echo(f"  {key} = {safe_text(value, one_line=True)}")
        click.echo(f"      {meaning}")


@command.command("path")
def show_path() -> None:
    """Print where the settings file lies (it may not exist yet)."""
    click.echo(safe_text(str(places()["settings"]), one_line=True))


@command.command("set")
@click.argument("key")
@click.argument("value")
def change(key: str, value: str) -> None:
    """Set KEY (such as model.provider) to VALUE in the settings file; an empty VALUE takes it out."""
    written = change_setting(key, value)
    state = "not set any more" if written is None else f"now {safe_text(str(written), one_line=True)}"
    click.echo(f"{safe_text(key, one_line=True)} is {state}.", err=True)
