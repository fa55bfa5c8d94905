"""What every command that drafts has in common: --remote, --send-to, asking before something leaves."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from coach_assist.shown import safe_text

if TYPE_CHECKING:
    from coach_assist.assistant.provider import Outgoing
    from coach_assist.flows.model_session import ModelSession

F = TypeVar("F", bound=Callable[..., Any])


def model_options(function: F) -> F:
    """Add the options on remote models to a command; it gets `remote: bool` and `send_to: str | None`.

    --send-special and --hide-name are kept in the context, where `open_session` finds them.
    """
    function = click.option(
        "--hide-name",
        "names",
        multiple=True,
        metavar="NAME",
        expose_value=False,
        callback=_remember,
        help="One more person whose name is replaced before anything goes to a remote model.",
    )(function)
    function = click.option(
        "--send-special",
        "send_special",
        is_flag=True,
        expose_value=False,
        callback=_remember,
        help="Let words on health, religion, union and the like go to a remote model without asking.",
    )(function)
    function = click.option(
        "--send-to",
        metavar="HOST",
        help="Agree, for this run, that the text goes to HOST (needed without a terminal).",
    )(function)
    return click.option(
        "--remote",
        is_flag=True,
        help="Use the remote endpoint of the settings or of OPENAI_BASE_URL instead of the embedded model.",
    )(function)


def _remember(ctx: click.Context, option: click.Parameter, value: Any) -> None:
    ctx.meta[f"coach_assist.{option.name}"] = value


def open_session(
    root: Path, *, remote: bool = False, send_to: str | None = None, may_pull: bool | None = None
) -> ModelSession:
    """Return a model session for a command: it asks in a terminal, and talks on stderr alone.

    Missing weights are downloaded after saying size and place; with `may_pull` None only where a
    terminal shows it, so that a script does not start a large download unasked.
    """
    from coach_assist.cli.model_progress import ProgressLine
    from coach_assist.flows.model import download_words, model_state
    from coach_assist.flows.model_session import ModelSession

    context = click.get_current_context(silent=True)
    said: dict[str, Any] = context.meta if context is not None else {}
    terminal = sys.stdin.isatty() and sys.stderr.isatty()
    allowed = terminal if may_pull is None else may_pull
    session = ModelSession(
        root,
        remote=remote,
        send_to=send_to,
        confirm=ask_to_send if terminal else None,
        send_special=bool(said.get("coach_assist.send_special")),
        names=said.get("coach_assist.names", ()),
        may_pull=allowed,
        on_progress=ProgressLine(sys.stderr).show,
    )
    if allowed and not session.remote:
        state = model_state(session.settings)
        if state.must_download:
            click.echo(safe_text(download_words(state)), err=True)
    return session


async def ask_to_send(outgoing: Outgoing) -> bool:
    """Show on stderr what would leave, and return whether the person types yes."""
    from coach_assist.flows.consent import outgoing_words

    click.echo(safe_text(outgoing_words(outgoing)), err=True)
    question = f"Send this, and later requests, to {safe_text(outgoing.host)}? Type yes to agree"
    # The event loop's own handler would only note Ctrl-C and leave the prompt waiting.
    handler = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        answer = click.prompt(question, default="no", err=True)
    finally:
        signal.signal(signal.SIGINT, handler)
    return str(answer).strip().lower() == "yes"
