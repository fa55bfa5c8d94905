"""Leave to send: before the first request to a remote endpoint, a person sees it and says yes, once."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from coach_assist.assistant.endpoint import Endpoint
from coach_assist.assistant.privacy.special_categories import guard_words, marked, special_spans
from coach_assist.assistant.profile import Profile
from coach_assist.assistant.provider import Gate, Outgoing
from coach_assist.errors import Refused
from coach_assist.platform_calls import private_folder, replace_private

NAMES_GO = (
    "Names that are known here (both parties' and those you listed) are replaced by words such as PersonA "
    "and put back into the answer; all else goes as shown. Whoever knows the two of you may still "
    "recognise you by what is told."
)

Confirm = Callable[[Outgoing], Awaitable[bool]]
"""Shows a person the host and the full text and returns whether they agree."""


class KnownEndpoints:
    """The remote endpoints that the person agreed to, and what each can do: one private file.

    A file that cannot be read is no consent and no profile.
    """

    def __init__(self, root: Path) -> None:
        self.path = root / "endpoints.json"

    def agreed(self, endpoint: Endpoint) -> bool:
        """Whether the person once agreed to this address."""
        return isinstance(self._entry(endpoint).get("agreed"), str)

    def keep_agreement(self, endpoint: Endpoint) -> None:
        """Keep the consent to this address, with the time (UTC). Raises Refused where it cannot be kept."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        try:
            self._write(endpoint, {**self._entry(endpoint), "agreed": now})
        except OSError as error:
            raise Refused(
                f"Your consent to send to {endpoint.host} cannot be kept ({error.strerror}).",
                next_step=f"Make {self.path.parent} writable, or use --send-to {endpoint.host}.",
            ) from error

    def profile(self, endpoint: Endpoint) -> Profile | None:
        """Return what was found out about this model at this address, or None."""
        profiles = self._entry(endpoint).get("profiles")
        found = profiles.get(endpoint.model) if isinstance(profiles, dict) else None
        return Profile.from_json(found) if isinstance(found, dict) else None

    def keep_profile(self, endpoint: Endpoint, profile: Profile) -> None:
        """Keep a profile; where that fails, the endpoint is probed again next time."""
        entry = self._entry(endpoint)
        profiles = entry.get("profiles")
        known = profiles if isinstance(profiles, dict) else {}
        with contextlib.suppress(OSError):
            self._write(endpoint, {**entry, "profiles": {**known, endpoint.model: profile.to_json()}})

    def forget(self) -> None:
        """Forget every consent and profile."""
        self.path.unlink(missing_ok=True)

    def _entry(self, endpoint: Endpoint) -> dict[str, Any]:
        entry = self._read().get(endpoint.base_url)
        return entry if isinstance(entry, dict) else {}

    def _read(self) -> dict[str, Any]:
        try:
            known = json.loads(self.path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return known if isinstance(known, dict) else {}

    def _write(self, endpoint: Endpoint, entry: dict[str, Any]) -> None:
        private_folder(self.path.parent)
        known = {**self._read(), endpoint.base_url: entry}
        replace_private(self.path, json.dumps(known, indent=1, sort_keys=True).encode())


def gate(
    root: Path,
    endpoint: Endpoint,
    *,
    send_to: str | None,
    confirm: Confirm | None,
    send_special: bool = False,
) -> Gate:
    """Return what each remote request passes first.

    It lets the request go where `send_to` names the endpoint's host, where the person agreed before,
    or where `confirm` says yes now, which is kept. Words that tell specially protected things of a person
    are asked about each time new ones come up, unless `send_special`. Without a yes it raises Refused,
    and nothing was sent.
    """
    known = KnownEndpoints(root)
    one_question = asyncio.Lock()
    accepted: set[str] = set()

    async def pass_or_refuse(outgoing: Outgoing) -> None:
        async with one_question:
            await ask(outgoing)

    async def ask(outgoing: Outgoing) -> None:
        if send_to is not None and send_to != endpoint.host:
            raise _refused(outgoing, f"--send-to names {send_to}, but the model is at {outgoing.host}.")
        special = special_spans(outgoing.told)
        new = () if send_special else tuple(one for one in special if one.words.lower() not in accepted)
        agreed = send_to == endpoint.host or known.agreed(endpoint)
        if agreed and not new:
            return
        if confirm is None and new:
            raise Refused(
                f"What would go to {outgoing.host} holds protected data: {guard_words(new)}",
                kept="Nothing was sent; your text is kept.",
                next_step="Take it out, agree in a terminal, or add --send-special.",
            )
        if confirm is None:
            raise _refused(outgoing, f"Nobody has yet agreed to send anything to {outgoing.host}.")
        if not await confirm(outgoing):
            raise _refused(outgoing, f"You chose not to send this to {outgoing.host}.")
        accepted.update(one.words.lower() for one in special)
        if not agreed:
            known.keep_agreement(endpoint)

    return pass_or_refuse


def _refused(outgoing: Outgoing, what: str) -> Refused:
    return Refused(
        what,
        kept="Nothing was sent.",
        next_step=f"Agree to it in a terminal once, or add --send-to {outgoing.host}. {NAMES_GO}",
    )


def outgoing_words(outgoing: Outgoing) -> str:
    """Return all that a person must see before agreeing: host, model, the exact text, and the warnings."""
    parts = [f"This goes to {outgoing.host}, model {outgoing.model}:", ""]
    for message in outgoing.messages:
        own = message["role"] == "system"
        spans = () if own else special_spans(message["content"])
        parts += [f"--- {message['role']} ---", marked(message["content"], spans), ""]
    if outgoing.form:
        parts += ["--- form of the answer (JSON schema) ---", outgoing.form, ""]
    if special := special_spans(outgoing.told):
        parts += [f"Look twice (the ** are not sent): {guard_words(special)}", ""]
    return "\n".join([*parts, NAMES_GO])
