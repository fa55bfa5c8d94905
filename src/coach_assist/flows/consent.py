"""Leave to send: before the first request to a remote endpoint, a person sees it and says yes, once."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

from coach_assist.assistant.endpoint import Endpoint
from coach_assist.assistant.provider import Gate, Outgoing
from coach_assist.errors import Refused
from coach_assist.platform_calls import private_folder, replace_private

NAMES_GO = "Names and everything else go exactly as typed: there are no pseudonyms yet."

Confirm = Callable[[Outgoing], Awaitable[bool]]
"""Shows a person the host and the full text and returns whether they agree."""


class Consents:
    """The endpoints that the person agreed to, in one private file of the workspace."""

    def __init__(self, root: Path) -> None:
        self.path = root / "confirmed-endpoints.json"

    def given(self, endpoint: Endpoint) -> bool:
        """Whether the person once agreed to this address. A file that cannot be read is no consent."""
        return endpoint.base_url in self._read()

    def keep(self, endpoint: Endpoint) -> None:
        """Keep the consent to this address, with the time (UTC). Raises Refused where it cannot be kept."""
        known = self._read()
        known[endpoint.base_url] = datetime.now(UTC).isoformat(timespec="seconds")
        try:
            private_folder(self.path.parent)
            replace_private(self.path, json.dumps(known, indent=1, sort_keys=True).encode())
        except OSError as error:
            raise Refused(
                f"Your consent to send to {endpoint.host} cannot be kept ({error.strerror}).",
                next_step=f"Make {self.path.parent} writable, or use --send-to {endpoint.host}.",
            ) from error

    def withdraw(self) -> None:
        """Forget every consent."""
        self.path.unlink(missing_ok=True)

    def _read(self) -> dict[str, str]:
        try:
            known = json.loads(self.path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return {str(key): str(value) for key, value in known.items()} if isinstance(known, dict) else {}


def gate(root: Path, endpoint: Endpoint, *, send_to: str | None, confirm: Confirm | None) -> Gate:
    """Return what each remote request passes first.

    It lets the request go where `send_to` names the endpoint's host, where the person agreed before,
    or where `confirm` says yes now, which is kept. Without any of them it raises Refused, and nothing
    was sent.
    """
    consents = Consents(root)

    async def pass_or_refuse(outgoing: Outgoing) -> None:
        if send_to is not None and send_to != endpoint.host:
            raise _refused(outgoing, f"--send-to names {send_to}, but the model is at {outgoing.host}.")
        if send_to == endpoint.host or consents.given(endpoint):
            return
        if confirm is None:
            raise _refused(outgoing, f"Nobody has yet agreed to send anything to {outgoing.host}.")
        if not await confirm(outgoing):
            raise _refused(outgoing, f"You chose not to send this to {outgoing.host}.")
        consents.keep(endpoint)

    return pass_or_refuse


def _refused(outgoing: Outgoing, what: str) -> Refused:
    return Refused(
        what,
        kept="Nothing was sent.",
        next_step=f"Agree to it in a terminal once, or add --send-to {outgoing.host}. {NAMES_GO}",
    )


def outgoing_words(outgoing: Outgoing) -> str:
    """Return all that a person must see before agreeing: host, model, the full text, and the warning."""
    parts = [f"This goes to {outgoing.host}, model {outgoing.model}:", ""]
    for message in outgoing.messages:
        parts += [f"--- {message['role']} ---", message["content"], ""]
    return "\n".join([*parts, NAMES_GO])
