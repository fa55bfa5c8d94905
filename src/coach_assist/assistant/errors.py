"""One table for everything that a model call can raise: retry or not, words for the user, next step.

Rows are found by class name along the exception's ancestry, so that this file imports neither the
model client nor its transport. A test fails when either grows an exception class that has no row.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from coach_assist.errors import ModelError

LONGEST_RETRY_AFTER = 60.0
"""Seconds that a server may ask to wait before a retry; above it the user is told instead."""

_OVERFLOW = re.compile(r"context (size|length|window)|ContextWindowExceeded", re.IGNORECASE)
_TOKENS = re.compile(r"(\d+) tokens")

KEPT = "Your answers and the text that had come are kept."


class ModelFailed(ModelError):
    """A model call failed. `kind` names the row of the table; `partial` is the text that had come.

    `retry` says whether another try may help; `retry_after` is the server's wish in seconds, or None.
    `attempts` counts the requests that were sent.
    """

    def __init__(
        self,
        kind: str,
        what: str,
        *,
        next_step: str,
        retry: bool = False,
        retry_after: float | None = None,
        partial: str = "",
        attempts: int = 1,
    ) -> None:
        super().__init__(what, kept=KEPT, next_step=next_step)
        self.kind = kind
        self.retry = retry
        self.retry_after = retry_after
        self.partial = partial
        self.attempts = attempts


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the kind of failure, whether another try may help, words, and the next step.

    `embedded`, where given, replaces words and next step for the embedded server.
    """

    kind: str
    retry: bool
    what: str
    next_step: str
    embedded: tuple[str, str] | None = None


_AGAIN = "Try again; if it stays so, run: coach-assist doctor"
_REPORT = "Run: coach-assist doctor — and report this if it comes back."
_OWN_WORDS = "Go on in your own words, or try again."

_UNREACHABLE = Row(
    "unreachable",
    True,
    "The model at {host} could not be reached.",
    'Check the network and the address, or go back to the embedded model (model.provider = "embedded").',
    ("The embedded model is not answering: its process ended.", "Try again: it is started anew."),
)
_TIMEOUT = Row(
    "timeout",
    False,  # a model that is busy is not helped by a second request
    "The model at {host} did not answer in time.",
    "Try again later.",
    ("The embedded model took too long.", "Try again when less else is running on this computer."),
)
_BROKEN = Row(
    "cut_off",
    True,
    "The connection to the model at {host} broke before the answer was whole.",
    _AGAIN,
    ("The embedded model ended in the middle of its answer.", "Try again: it is started anew."),
)
_WITHHELD = Row("filtered", False, "The model at {host} withheld its answer (content filter).", _OWN_WORDS)
_INVALID = Row("bad_stream", False, "The model at {host} sent something that is not a valid answer.", _AGAIN)
_REFUSED = Row(
    "bad_request",
    False,
    "The model at {host} refused the request: {detail}",
    "Check the model's name and whether it supports JSON schemas (coach-assist doctor).",
)
_OURS = Row("other", False, "The request could not be made ({name}).", _REPORT)
_SERVER = Row("server", True, "The model at {host} reported an error of its own ({status}).", _AGAIN)
_OUT_OF_PLACE = Row("other", False, "The model client reported something unexpected ({name}).", _REPORT)

TABLE: Mapping[str, Row] = {
    # openai
    "OpenAIError": _OUT_OF_PLACE,
    "APIError": Row("server", False, "The model at {host} broke off with an error: {detail}", _AGAIN),
    "APIStatusError": Row("server", False, "The model at {host} answered with status {status}.", _AGAIN),
    "APIConnectionError": _UNREACHABLE,
    "APITimeoutError": _TIMEOUT,
    "APIResponseValidationError": _INVALID,
    "AuthenticationError": Row(
        "auth",
        False,
        "The model at {host} did not accept the key.",
        "Check OPENAI_API_KEY and that it belongs to this address.",
        ("The embedded model did not accept its own key.", _REPORT),
    ),
    "OAuthError": Row("auth", False, "Signing in to {host} failed.", "Check the sign-in of this endpoint."),
    "SubjectTokenProviderError": Row(
        "auth", False, "Signing in to {host} failed.", "Check the sign-in of this endpoint."
    ),
    "PermissionDeniedError": Row(
        "forbidden",
        False,
        "The key may not use this model at {host}.",
        "Choose another model (model.name in the settings), or ask whoever runs the endpoint.",
    ),
    "NotFoundError": Row(
        "not_found",
        False,
        "The model at {host} was not found: its name or the address is wrong.",
        "Check model.name and the address, which usually ends in /v1.",
    ),
    "ConflictError": Row("server", True, "The model at {host} was busy with a conflicting request.", _AGAIN),
    "UnprocessableEntityError": _REFUSED,
    "BadRequestError": _REFUSED,
    "RateLimitError": Row(
        "rate_limited",
        True,
        "The model at {host} asks to slow down{wait}.",
        "Wait that long, then try again.",
    ),
    "InternalServerError": _SERVER,
    "LengthFinishReasonError": Row(
        "length", False, "The answer was cut at its length limit.", "Try again with a shorter text."
    ),
    "ContentFilterFinishReasonError": _WITHHELD,
    "InvalidWebhookSignatureError": _OUT_OF_PLACE,
    "WebSocketConnectionClosedError": _OUT_OF_PLACE,
    "WebSocketQueueFullError": _OUT_OF_PLACE,
    "_AmbiguousModuleClientUsageError": _OUT_OF_PLACE,
    "APIRemovedInV1": _OUT_OF_PLACE,
    "MissingDependencyError": _OUT_OF_PLACE,
    "MissingStreamClassError": _OUT_OF_PLACE,
    "MutuallyExclusiveAuthError": _OUT_OF_PLACE,
    "StreamAlreadyConsumed": _OUT_OF_PLACE,
    # httpx2: raised bare once the stream has begun
    "HTTPError": _BROKEN,
    "RequestError": _BROKEN,
    "TransportError": _BROKEN,
    "TimeoutException": _TIMEOUT,
    "ConnectTimeout": _UNREACHABLE,
    "ReadTimeout": _TIMEOUT,
    "WriteTimeout": _TIMEOUT,
    "PoolTimeout": _TIMEOUT,
    "NetworkError": _BROKEN,
    "ConnectError": _UNREACHABLE,
    "ReadError": _BROKEN,
    "WriteError": _BROKEN,
    "CloseError": _BROKEN,
    "ProxyError": Row(
        "unreachable", True, "The proxy on the way to {host} failed.", "Check the proxy settings."
    ),
    "ProtocolError": _BROKEN,
    "LocalProtocolError": _OURS,
    "RemoteProtocolError": _BROKEN,
    "UnsupportedProtocol": _OURS,
    "InvalidURL": _OURS,
    "DecodingError": _INVALID,
    "TooManyRedirects": _INVALID,
    "HTTPStatusError": _SERVER,
    "CookieConflict": _OURS,
    "StreamError": _OURS,
    "StreamConsumed": _OURS,
    "StreamClosed": _BROKEN,
    "SSEError": _INVALID,
    "ResponseNotRead": _OURS,
    "RequestNotRead": _OURS,
    # our own reading of the stream
    "AnswerEnded": _BROKEN,
    "WrongType": Row(
        "wrong_type",
        False,
        "What answered at {host} is not a model: it sent {detail}.",
        "Check the address of the endpoint, which usually ends in /v1.",
    ),
    "AnswerEmpty": Row("empty", False, "The model at {host} gave an empty answer.", _AGAIN),
    "AnswerWithheld": _WITHHELD,
    # Python's own
    "TimeoutError": _TIMEOUT,
    "ConnectionError": _UNREACHABLE,
    "JSONDecodeError": _INVALID,
    "UnicodeDecodeError": _INVALID,
}
"""Class name → row."""


def row_for(error: BaseException) -> Row:
    """Return the row of the nearest ancestor of `error` that has one."""
    for ancestor in type(error).__mro__:
        if ancestor.__name__ in TABLE:
            return TABLE[ancestor.__name__]
    return _OUT_OF_PLACE


def failure(error: BaseException, *, host: str, embedded: bool, partial: str = "") -> ModelFailed:
    """Turn an exception of a model call into words.

    `host` is named in the words of a remote endpoint; `partial` is the text that had come. Numbers are
    read from the server's answer where it gives them (context size, seconds to wait).
    """
    if isinstance(error, ModelFailed):
        error.partial = error.partial or partial
        return error
    overflow = _context_overflow(error, partial)
    if overflow is not None:
        return overflow
    if type(error).__name__ == "APITimeoutError" and type(error.__cause__).__name__ == "ConnectTimeout":
        row = _UNREACHABLE
    else:
        row = row_for(error)
    status = getattr(error, "status_code", None)
    wait = retry_after(error)
    what, next_step, retry = row.what, row.next_step, row.retry
    if embedded and row.embedded is not None:
        what, next_step = row.embedded
    if status == 408:
        row, retry = _TIMEOUT, True
        what = row.what
    if status == 413:
        return ModelFailed(
            "too_large",
            f"The text is too long for the model at {host}.",
            next_step="Shorten it.",
            partial=partial,
        )
    if getattr(error, "code", None) == "insufficient_quota":
        return ModelFailed(
            "no_credit",
            f"The account at {host} has no credit left.",
            next_step='Top it up, or use the embedded model (model.provider = "embedded").',
            partial=partial,
        )
    words = {
        "host": "this computer" if embedded else host,
        "status": str(status or "no status"),
        "detail": _detail(error),
        "name": type(error).__name__,
        "wait": "" if wait is None else f" for {wait:.0f} seconds",
    }
    return ModelFailed(
        row.kind,
        what.format_map(words),
        next_step=next_step.format_map(words),
        retry=retry and (wait is None or wait <= LONGEST_RETRY_AFTER),
        retry_after=wait,
        partial=partial,
    )


def _detail(error: BaseException) -> str:
    body = getattr(error, "body", None)
    message = body.get("message") if isinstance(body, dict) else None
    text = " ".join(str(message or getattr(error, "message", "") or type(error).__name__).split())
    return text if len(text) <= 200 else text[:199] + "…"


def _context_overflow(error: BaseException, partial: str) -> ModelFailed | None:
    """Recognise a text that is too long for the context, and its counts, by what servers say of it."""
    body = getattr(error, "body", None)
    if not isinstance(body, dict):
        return None
    said = str(body.get("message") or "")
    marked = body.get("type") == "exceed_context_size_error" or body.get("code") == "context_length_exceeded"
    if not marked and not (getattr(error, "status_code", None) == 400 and _OVERFLOW.search(said)):
        return None
    sent, limit = body.get("n_prompt_tokens"), body.get("n_ctx")
    named = sorted({int(number) for number in _TOKENS.findall(said)})
    if not (sent and limit) and len(named) == 2:
        limit, sent = named
    counts = f": {sent} tokens for a model that takes {limit}" if sent and limit else ""
    return ModelFailed(
        "context_full",
        f"The text is too long for the model{counts}.",
        next_step="Shorten the longest answer, or use a model with a larger context.",
        partial=partial,
    )


def retry_after(error: BaseException) -> float | None:
    """Return the seconds that the server asks to wait (Retry-After in seconds or as a date), or None.

    Source: RFC 9110, section 10.2.3.
    """
    response: Any = getattr(error, "response", None)
    value = response.headers.get("retry-after") if response is not None else None
    if value is None:
        return None
    try:
        seconds = float(value)
    except ValueError:
        try:
            when = parsedate_to_datetime(value)
        except ValueError:
            return None
        if when.tzinfo is None:
            when = when.replace(tzinfo=UTC)
        seconds = (when - datetime.now(UTC)).total_seconds()
    return max(seconds, 0.0) if seconds == seconds else None
