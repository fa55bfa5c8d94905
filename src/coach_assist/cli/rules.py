"""`coach-assist rules`: the checker's rules as a table, or one explained with its examples."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from coach_assist.checker.config import nearest
from coach_assist.errors import UsageError

if TYPE_CHECKING:
    from coach_assist.checker.registry import Rule


@click.command(name="rules")
@click.argument("code", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print the rules as JSON.")
def command(code: str | None, as_json: bool) -> None:
    """List the checker's rules, or explain one.

    CODE is a code (M204), or the beginning of several (M2).
    """
    from coach_assist.checker.registry import rules

    every = rules()
    wanted = (code or "").strip().upper()
    chosen = [rule for rule in every if rule.code.startswith(wanted)]
    if not chosen:
        raise UsageError(
            f"{wanted} is no rule{nearest(wanted, [rule.code for rule in every])}",
            next_step="`coach-assist rules` lists them all.",
        )
    if as_json:
        click.echo(json.dumps([rule_json(rule) for rule in chosen], indent=2))
    elif len(chosen) == 1 and code:
        click.echo(explained(chosen[0]))
    else:
        for rule in chosen:
            click.echo(table_row(rule))


def rule_json(rule: Rule) -> dict[str, object]:
    """Return all that is known of a rule as JSON-ready data."""
    return {
        "code": rule.code,
        "name": rule.name,
        "level": rule.level,
        "scope": rule.scope,
        "on_by_default": rule.on_by_default,
        "preview": rule.preview,
        "what": rule.what,
        "why": rule.why,
        "source": rule.source,
        "good": list(rule.good),
        "bad": list(rule.bad),
    }


def table_row(rule: Rule) -> str:
    """Return one line of the table: code, level, name, and what is special about it."""
    marks = [
        mark
        for mark, holds in (("off by default", not rule.on_by_default), ("preview", rule.preview))
        if holds
    ]
    special = f"  ({', '.join(marks)})" if marks else ""
    return f"{rule.code}  {rule.level:<8} {rule.name}{special}".rstrip()


def explained(rule: Rule) -> str:
    """Return a rule's page in plain text."""
    lines = [f"{rule.code} {rule.name} ({rule.level}, looks at a {rule.scope})", "", rule.what]
    if rule.why:
        lines += ["", f"Why: {rule.why}"]
    if not rule.on_by_default:
        lines += ["", f"Off by default; turn it on with --select {rule.code}."]
    if rule.preview:
        lines += ["", "Preview: it may still change or go."]
    if rule.bad:
        lines += ["", "Flagged:", *(f"  - {example}" for example in rule.bad)]
    if rule.good:
        lines += ["", "Not flagged:", *(f"  - {example}" for example in rule.good)]
    if rule.source:
        lines += ["", f"Source: {rule.source}"]
    lines += ["", f"Silence it beside a text with <!-- coach: ignore[{rule.code}] reason -->."]
    return "\n".join(lines)
