"""Where model requests go: the embedded server, or a remote endpoint that the user chose.

The environment decides nothing here. Its variables are read only after the user's settings or
`--remote` asked for a remote endpoint.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import urlsplit

from coach_assist.errors import UsageError

DEFAULT_REMOTE_URL = "https://api.openai.com/v1"
"""What the openai client itself uses when OPENAI_BASE_URL is unset."""

THIS_MACHINE = "this machine"
"""How the record of calls names the embedded server."""

EMBEDDED_MODEL = "embedded"
"""Alias of the embedded model, so that no file path enters answers, records or recorded exchanges."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An OpenAI-compatible endpoint.

    `base_url` ends before /chat/completions; `context` is its window in tokens, None if unknown;
    `remote` says whether requests leave this program's own server.
    """

    base_url: str
    api_key: str = field(repr=False)
    model: str
    remote: bool = False
    context: int | None = None

    @property
    def host(self) -> str:
        """Host and, where given, port: what a person confirms before the first request."""
        return urlsplit(self.base_url).netloc.rpartition("@")[2]

    @property
    def place(self) -> str:
        """Where the model runs, for the record of calls: its host, or this machine."""
        return self.host if self.remote else THIS_MACHINE

    @property
    def loopback(self) -> bool:
        """Whether requests to it stay on this machine."""
        name = urlsplit(self.base_url).hostname or ""
        if name == "localhost":
            return True
        try:
            return ip_address(name).is_loopback
        except ValueError:
            return False


def remote_endpoint(environment: Mapping[str, str], *, base_url: str = "", model: str = "") -> Endpoint:
    """Return the remote endpoint that settings (`base_url`, `model`) and `environment` describe.

    Settings win over OPENAI_BASE_URL and OPENAI_MODEL. Call it only when the user chose a remote
    model. Raises UsageError for an address that is no http(s) URL, for plain http to another machine,
    for a key that is missing, and for a model name that is missing.
    """
    address = (base_url or environment.get("OPENAI_BASE_URL", "") or DEFAULT_REMOTE_URL).rstrip("/")
    name = model or environment.get("OPENAI_MODEL", "")
    key = environment.get("OPENAI_API_KEY", "")
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise UsageError(
            "The address of the remote model is not a web address.",
            next_step="Set model.base_url in the settings, or OPENAI_BASE_URL, to one like https://host/v1.",
        )
    if parts.username or parts.password:
        raise UsageError(
            "The address of the remote model holds a user name or password.",
            next_step="Take it out of the address and put the key into OPENAI_API_KEY.",
        )
    endpoint = Endpoint(address, key or "none", name, remote=True)
    if parts.scheme == "http" and not endpoint.loopback:
        raise UsageError(
            f"The remote model at {endpoint.host} would be reached without encryption.",
            next_step="Use an https address; plain http is only for a server on this machine.",
        )
    if not name:
        raise UsageError(
            "No model name is set for the remote endpoint.",
            next_step="Set model.name in the settings, or OPENAI_MODEL.",
        )
    if not key and not endpoint.loopback:
        raise UsageError(
            f"There is no key for the remote model at {endpoint.host}.",
            next_step="Put the key into the environment variable OPENAI_API_KEY.",
        )
    return endpoint
