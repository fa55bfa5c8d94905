"""An organisation's policy: one TOML file that is read where it is there, shown, and held to.

The machine's own file (POLICY_FILE) has the last word: only where there is none may COACH_ASSIST_POLICY
name another, so that nobody steps around the organisation's by setting a variable. A policy narrows what
is possible; it never lets anything leave that the user did not ask for.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from coach_assist.errors import Refused, UsageError
from coach_assist.shown import shortened

POLICY_FILE = Path("/etc/coach-assist/policy.toml")
POLICY_VARIABLE = "COACH_ASSIST_POLICY"
LARGEST_BYTES = 64 * 1024
SHORTEST_RECORD = 6
"""Months for which the record of model calls is kept at least (EU AI Act, Article 26(6))."""

Words = Annotated[str, StringConstraints(min_length=1, max_length=400, pattern=r"^[^\x00-\x1f\x7f]+$")]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, use_attribute_docstrings=True)


class ModelPolicy(_Part):
    """Which models may be used."""

    allowed_endpoints: list[Words] | None = Field(default=None, max_length=100)
    """Hosts (with the port, where one is needed) of remote models that may be used; an empty list: none;
    left out: any."""
    local_only: bool = False
    """Whether every plan counts as marked “local only”."""


class RetentionPolicy(_Part):
    """How long things are kept."""

    ai_record_months: int | None = Field(default=None, ge=SHORTEST_RECORD, le=1200)
    """Months after which entries of a plan's AI record are deleted; left out: never by themselves."""


class PlanPolicy(_Part):
    """What new plans begin with."""

    company_values: list[Words] = Field(default_factory=list, max_length=40)
    """Values of the organisation, to choose from where a plan says what it serves."""
    default_readers: list[Words] = Field(default_factory=list, max_length=20)
    """Who else may read a plan, listed as a suggestion in a new plan's frame."""


class Policy(_Part):
    """The whole file."""

    organisation: Words | None = None
    """Who wrote the policy; named where it refuses something."""
    model: ModelPolicy = ModelPolicy()
    retention: RetentionPolicy = RetentionPolicy()
    plans: PlanPolicy = PlanPolicy()

    @property
    def local_only(self) -> bool:
        """Whether no plan may go to a remote endpoint."""
        return self.model.local_only

    def refuse_endpoint(self, host: str) -> None:
        """Raise Refused where the policy does not allow a remote model at `host` (host or host:port)."""
        allowed = self.model.allowed_endpoints
        if allowed is None or host.lower() in {one.lower() for one in allowed}:
            return
        whose = f"The policy of {self.organisation}" if self.organisation else "Your organisation's policy"
        hosts = ", ".join(allowed) if allowed else "none"
        raise Refused(
            f"{whose} does not allow the remote model at {host}.",
            kept="Nothing was sent.",
            next_step=f"Allowed are: {hosts}. The embedded model always works. See {policy_path()}.",
        )


def policy_path(environ: Mapping[str, str] | None = None) -> Path | None:
    """Return the policy file in force, or None where there is none."""
    if POLICY_FILE.exists():
        return POLICY_FILE
    named = (os.environ if environ is None else environ).get(POLICY_VARIABLE, "")
    return Path(named).expanduser() if named else None


def policy(environ: Mapping[str, str] | None = None) -> Policy:
    """Return the policy in force; an empty one where there is no file.

    Raises UsageError, naming the file, the key and the nearest known key, with every fault at once: a
    policy that cannot be read is not passed over.
    """
    path = policy_path(environ)
    if path is None:
        return Policy()
    data = _read(path)
    try:
        return Policy.model_validate(data)
    except ValidationError as error:
        faults = [f"{path}: {_fault(fault['type'], fault['loc'], fault['msg'])}" for fault in error.errors()]
        raise UsageError(
            "\n".join(faults),
            kept="Nothing was changed or sent.",
            next_step="Whoever looks after this machine can correct the file.",
        ) from None


def policy_shown() -> tuple[tuple[str, str, str], ...]:
    """Return each rule of the policy as (key, value in words, what it means). Raises UsageError."""
    found = policy()
    shown = []
    for key, meaning in _known().items():
        value: Any = found
        for part in key.split("."):
            value = getattr(value, part)
        shown.append((key, _value_words(value), meaning))
    return tuple(shown)


def _read(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_BYTES + 1)
        if len(content) > LARGEST_BYTES:
            raise UsageError(f"{path} is too large for a policy (more than 64 KiB).")
        return tomllib.loads(content.decode("utf-8-sig"))
    except OSError as error:
        raise UsageError(
            f"The policy {path} cannot be read: {error.strerror or error}.",
            next_step=f"Correct the file, or the variable {POLICY_VARIABLE}.",
        ) from None
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{path} is not valid TOML: {shortened(str(error), 200)}") from None


def _known() -> dict[str, str]:
    known = {}
    for name, info in Policy.model_fields.items():
        part = info.annotation
        if isinstance(part, type) and issubclass(part, _Part):
            for key, inner in part.model_fields.items():
                known[f"{name}.{key}"] = " ".join((inner.description or "").split())
        else:
            known[name] = " ".join((info.description or "").split())
    return known


def _fault(kind: str, place: tuple[int | str, ...], message: str) -> str:
    key = shortened(".".join(str(part) for part in place), 80)
    if kind == "extra_forbidden":
        known = {*_known(), *Policy.model_fields}
        near = get_close_matches(key.lower(), sorted(known), n=1, cutoff=0.5) or [
            name for name in sorted(known) if name.rpartition(".")[2] == key.lower().rpartition(".")[2]
        ]
        return f"there is no key {key}" + (f"; did you mean {near[0]}?" if near else "")
    if kind == "string_pattern_mismatch":
        return f"{key}: must be one line without control characters"
    if kind == "model_type":
        return f"{key} must be a table ([{key}])"
    return f"{key}: {message[:1].lower()}{shortened(message[1:], 200)}"


def _value_words(value: object) -> str:
    if value is None:
        return "not set"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(str(one) for one in value) or "none"
    return str(value)
