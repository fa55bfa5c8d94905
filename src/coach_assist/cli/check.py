"""`coach-assist check`: goals, notes and plans against the rules."""

# pathlib costs four milliseconds of start-up.
# ruff: noqa: PTH123

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any, TextIO

import click

from coach_assist.checker.assess import Checked
from coach_assist.checker.config import FAIL_ON, CheckConfig, checked_codes
from coach_assist.checker.inputs.items import Unreadable
from coach_assist.checker.inputs.lines import INPUTS
from coach_assist.checker.outputs import FORMATS, writer
from coach_assist.checker.outputs.tally import Tally
from coach_assist.checker.reports import Context
from coach_assist.errors import ExitCode, UsageError
from coach_assist.flows.check import STDIN, CheckOptions, Pip, check_file, expand, rule_known
from coach_assist.shown import safe_text


class IsoDate(click.ParamType[date]):
    """A date such as 2026-12-31."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"“{safe_text(str(value))}” is not a date such as 2026-12-31", param, ctx)


@click.command(name="check")
@click.argument("files", nargs=-1, metavar="[FILE | PATTERN | -]...")
@click.option(
    "--input",
    "input_kind",
    type=click.Choice(INPUTS),
    default="auto",
    show_default=True,
    help="How to read the files; auto goes by extension, then by the first line.",
)
@click.option(
    "--format",
    "format_name",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="How to print what is found.",
)
@click.option("--select", multiple=True, metavar="CODES", help="Only these codes or prefixes: M2,T501.")
@click.option("--ignore", multiple=True, metavar="CODES", help="Not these codes or prefixes.")
@click.option(
    "--fail-on",
    type=click.Choice(FAIL_ON),
    default=None,
    help="The level from which on findings end with exit code 1.  [default: error]",
)
@click.option("--today", type=IsoDate(), metavar="DATE", help="The day from which dates are past.")
@click.option("--start", type=IsoDate(), metavar="DATE", help="First day of the plan.")
@click.option("--end", type=IsoDate(), metavar="DATE", help="Last day of the plan.")
@click.option("--language", default=None, metavar="CODE", help="Language of the texts.  [default: en]")
@click.option(
    "--jobs", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes that check."
)
@click.option("--statistics", is_flag=True, help="Count the findings of each code.")
@click.option("--explain", is_flag=True, help="With each code's first finding, say what it means and why.")
@click.option("--fix", is_flag=True, help="Apply the safe fixes: those that add no word and no placeholder.")
@click.option("--unsafe-fixes", is_flag=True, help="Apply the other fixes too.")
@click.option("--diff", "show_diff", is_flag=True, help="Show what the fixes would change; write nothing.")
@click.option("--config", "config_path", metavar="FILE", help="Read this configuration file.")
@click.option("--no-config", is_flag=True, help="Read no configuration file.")
@click.option("--no-color", is_flag=True, help="No colours, even on a terminal.")
def command(files: tuple[str, ...], **given: Any) -> int:
    """Check goals, notes and plans against the SMART rules.

    Reads lines, JSON Lines, Markdown and JSON plans, from files or standard input (-). Needs no model
    and no network, and never reads the clock. Exit codes: 0 nothing found, 1 findings at or above
    --fail-on, 2 wrong use or something that cannot be read (the rest is checked all the same).
    """
    if not files:
        if sys.stdin.isatty():
            raise UsageError(
                "no file is named", next_step="Name files, a pattern, or - to read what is piped in."
            )
        files = (STDIN,)
    config = _config(given)
    context = None
    if given["today"] or given["start"] or given["end"]:
        context = Context(today=given["today"], start=given["start"], end=given["end"])
    options = CheckOptions(config, given["input_kind"], context, given["jobs"])
    out = _stdout()
    tally = Tally()
    fixing = given["fix"] or given["unsafe_fixes"]
    if given["show_diff"]:
        _each(files, tally, lambda name: _diff(name, options, given["unsafe_fixes"], out, tally))
    elif fixing and STDIN in files:
        _each(files, tally, lambda name: _filter(name, options, given["unsafe_fixes"], out, tally))
    else:
        _print(files, options, given, fixing, out, tally)
    out.flush()
    if given["format_name"] == "text":
        click.echo(tally.sentence(), err=True)
    if tally.unreadable:
        return ExitCode.USAGE
    return ExitCode.FINDINGS if tally.at_or_above(config.fail_on) else ExitCode.DONE


def _config(given: dict[str, Any]) -> CheckConfig:
    """Return the configuration with the command line's options before it."""
    from coach_assist.checker.lexicon import languages
    from coach_assist.flows.check_config import find_config, read_config

    if given["no_config"]:
        config = CheckConfig()
    elif given["config_path"]:
        config = read_config(given["config_path"]) or CheckConfig()
    else:
        config = find_config()
    changes: dict[str, Any] = {}
    for name in ("select", "ignore"):
        codes = tuple(code for value in given[name] for code in value.split(","))
        if codes:
            try:
                changes[name] = checked_codes(codes, rule_known)
            except ValueError as error:
                raise UsageError(f"--{name} {error}") from None
    if "ignore" in changes:
        changes["ignore"] = (*config.ignore, *changes["ignore"])
    for name in ("fail_on", "language"):
        if given[name] is not None:
            changes[name] = given[name]
    config = config._replace(**changes)
    known = languages()
    if config.language not in known:
        raise UsageError(
            f"the checker does not speak “{safe_text(config.language)}”",
            next_step=f"It speaks {', '.join(known)}.",
        )
    return config


def _stdout() -> TextIO:
    """Return stdout, made able to print any text whatever its encoding."""
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="backslashreplace")
    return sys.stdout


def colour_wanted(out: TextIO, no_color: bool) -> bool:
    """Say whether to colour: only on a terminal, and not where NO_COLOR or a dumb terminal says no."""
    return (
        not no_color and out.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    )


def _names(files: Iterable[str], tally: Tally) -> Iterator[str]:
    """Yield the files to check, saying on stderr which cannot be read."""
    for name, fault in expand(tuple(files)):
        if fault is None:
            yield name
        else:
            tally.unreadable += 1
            click.echo(f"{safe_text(name, one_line=True)}: {fault.error}", err=True)


def _each(files: tuple[str, ...], tally: Tally, work: Callable[[str], None]) -> None:
    for name in _names(files, tally):
        work(name)


def _print(
    files: tuple[str, ...],
    options: CheckOptions,
    given: dict[str, Any],
    fixing: bool,
    out: TextIO,
    tally: Tally,
) -> None:
    """Check each file and print as the format says; with `fixing`, apply fixes first."""
    format_name = given["format_name"]
    counts_only = given["statistics"] and format_name == "text"
    printer = writer(format_name, out, colour=colour_wanted(out, given["no_color"]), explain=given["explain"])
    for name in _names(files, tally):
        if fixing:
            _fix(name, options, given["unsafe_fixes"])
        printer.begin(name)
        for result in check_file(name, options):
            if isinstance(result, Checked):
                tally.add(result)
                if not counts_only:
                    printer.checked(result)
            elif isinstance(result, Unreadable):
                tally.unreadable += 1
                printer.unreadable(result)
            else:
                _say_pip(printer.pip, name, result, format_name)
        printer.end()
    printer.finish(tally)
    if given["statistics"] and format_name != "json":
        _statistics(tally, out if counts_only else sys.stderr)


def _say_pip(show: Callable[[tuple[str, ...]], None], name: str, pip: Pip, format_name: str) -> None:
    show(pip.signs)
    if format_name != "text":
        click.echo(
            f"{safe_text(name, one_line=True)}: this reads as a performance improvement plan", err=True
        )


def _statistics(tally: Tally, out: TextIO) -> None:
    from coach_assist.checker.registry import rule

    for code, count in sorted(tally.codes.items(), key=lambda entry: (-entry[1], entry[0])):
        found = rule(code)
        out.write(f"{count:>7} {code} {found.name if found else ''}\n")


def _fix(name: str, options: CheckOptions, unsafe: bool) -> None:
    """Fix a file in place, and say on stderr how many fixes were made."""
    from coach_assist.flows.check_fixes import fixed, replace_file

    data = _content(name)
    if data is None:
        return
    result = fixed(data, name, options, unsafe=unsafe)
    if result.data != data:
        replace_file(name, result.data)
        click.echo(f"{safe_text(name, one_line=True)}: fixes applied: {result.made}", err=True)


def _filter(name: str, options: CheckOptions, unsafe: bool, out: TextIO, tally: Tally) -> None:
    """Print what stands on standard input with its fixes made; other files are fixed in place."""
    from coach_assist.flows.check_fixes import fixed

    if name != STDIN:
        _fix(name, options, unsafe)
        _count(check_file(name, options), tally)
        return
    data = sys.stdin.buffer.read()
    result = fixed(data, name, options, unsafe=unsafe)
    out.flush()
    binary = getattr(out, "buffer", None)
    if binary is None:
        out.write(result.data.decode("utf-8", "replace"))
    else:
        binary.write(result.data)
    _count_data(result.data, name, options, tally)
    click.echo(f"fixes applied: {result.made}", err=True)


def _diff(name: str, options: CheckOptions, unsafe: bool, out: TextIO, tally: Tally) -> None:
    from coach_assist.flows.check_fixes import difference, fixed

    data = sys.stdin.buffer.read() if name == STDIN else _content(name)
    if data is None:
        tally.unreadable += 1
        click.echo(f"{safe_text(name, one_line=True)}: cannot be read", err=True)
        return
    result = fixed(data, name, options, unsafe=unsafe)
    for line in difference(data, result.data, safe_text(name, one_line=True)):
        out.write(safe_text(line.rstrip("\r")) + "\n")
    _count_data(data, name, options, tally)


def _count_data(data: bytes, name: str, options: CheckOptions, tally: Tally) -> None:
    import io

    from coach_assist.flows.check import check_stream

    _count(check_stream(io.BytesIO(data), name, options), tally)


def _count(results: Iterator[Checked | Unreadable | Pip], tally: Tally) -> None:
    for result in results:
        if isinstance(result, Checked):
            tally.add(result)
        elif isinstance(result, Unreadable):
            tally.unreadable += 1


def _content(name: str) -> bytes | None:
    try:
        with open(name, "rb") as stream:
            return stream.read()
    except OSError:
        return None
