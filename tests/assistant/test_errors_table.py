"""The table of failures: it knows every exception that the model client and its transport have."""

from __future__ import annotations

import importlib
import pkgutil
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from types import ModuleType
from typing import Any

import httpx2
import openai
import pytest

from coach_assist.assistant.errors import (
    LONGEST_RETRY_AFTER,
    TABLE,
    ModelFailed,
    failure,
    retry_after,
    row_for,
)
from coach_assist.assistant.stream import StreamFault


def exceptions_of(module: ModuleType) -> set[str]:
    """Return the names of all exception classes that a package defines at its top and in its inner parts."""
    for info in pkgutil.iter_modules(module.__path__):
        if (not info.ispkg or info.name.startswith("_")) and info.name != "__main__":
            importlib.import_module(f"{module.__name__}.{info.name}")
    found, queue = set(), [Exception]
    while queue:
        for child in queue.pop().__subclasses__():
            queue.append(child)
            if child.__module__.partition(".")[0] == module.__name__ and not issubclass(child, Warning):
                found.add(child.__name__)
    return found


@pytest.mark.parametrize("module", [openai, httpx2])
def test_every_exception_has_a_row_of_its_own(module: ModuleType) -> None:
    missing = exceptions_of(module) - set(TABLE)
    assert not missing, f"{module.__name__} {module.__version__} has exceptions that TABLE lacks: {missing}"


def test_no_row_is_left_of_an_exception_that_is_gone() -> None:
    known = exceptions_of(openai) | exceptions_of(httpx2)
    own = {fault.__name__ for fault in StreamFault.__subclasses__()}
    pythons = {"TimeoutError", "ConnectionError", "JSONDecodeError", "UnicodeDecodeError"}
    assert set(TABLE) - known == own | pythons


def test_every_row_has_words_that_can_be_filled_in() -> None:
    words = {"host": "h", "status": "500", "detail": "d", "name": "n", "wait": ""}
    for name, row in TABLE.items():
        texts = [row.what, row.next_step, *(row.embedded or ())]
        assert all(text.format_map(words).strip() for text in texts), name
        assert "Error" not in row.what, f"{name}: a class name is no word for a person"


def test_an_exception_of_tomorrow_is_caught_by_its_ancestor() -> None:
    class BrandNewError(openai.RateLimitError):
        pass

    assert row_for(BrandNewError.__new__(BrandNewError)).kind == "rate_limited"
    assert row_for(ZeroDivisionError()).kind == "other"


def status_error(
    status: int, kind: type[openai.APIStatusError], headers: dict[str, str], body: Any = None
) -> Exception:
    request = httpx2.Request("POST", "https://host.example/v1")
    response = httpx2.Response(status, headers=headers, request=request)
    return kind("words of the server", response=response, body=body)


@pytest.mark.parametrize(
    ("value", "seconds"), [("7", 7.0), ("0", 0.0), ("-3", 0.0), ("1.5", 1.5), ("nan", None), ("soon", None)]
)
def test_retry_after_in_seconds(value: str, seconds: float | None) -> None:
    error = status_error(429, openai.RateLimitError, {"retry-after": value})
    assert retry_after(error) == seconds


def test_retry_after_as_a_date() -> None:
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)
    asked = retry_after(status_error(429, openai.RateLimitError, {"retry-after": later}))
    assert asked is not None and 27 < asked <= 30


def test_a_wait_that_is_too_long_is_not_waited_for() -> None:
    for seconds, again in ((LONGEST_RETRY_AFTER, True), (LONGEST_RETRY_AFTER + 1, False)):
        error = status_error(429, openai.RateLimitError, {"retry-after": str(seconds)})
        assert failure(error, host="host.example", embedded=False).retry is again


def test_words_name_the_host_of_a_remote_endpoint_and_never_its_answer_at_length() -> None:
    error = status_error(400, openai.BadRequestError, {}, {"message": "no " * 500})
    failed = failure(error, host="host.example", embedded=False)
    assert "host.example" in failed.what and len(failed.what) < 320


def test_a_failure_passes_through_unchanged_but_for_the_text_that_had_come() -> None:
    first = ModelFailed("cut_off", "x", next_step="y")
    assert failure(first, host="h", embedded=True, partial="abc") is first and first.partial == "abc"


FULL = "ContextWindowExceededError: request (18030 tokens) exceeds the context size (8192 tokens)"
MAXIMUM = "The maximum context length is 4097 tokens, but 5000 tokens came"


@pytest.mark.parametrize(
    ("body", "counts"),
    [
        ({"type": "exceed_context_size_error", "n_prompt_tokens": 9000, "n_ctx": 4096}, (9000, 4096)),
        ({"code": "context_length_exceeded", "message": MAXIMUM}, (5000, 4097)),
        ({"message": FULL}, (18030, 8192)),
        ({"message": "The prompt exceeds the context window."}, None),
    ],
)
def test_a_full_context_by_whatever_words(body: dict[str, Any], counts: tuple[int, int] | None) -> None:
    failed = failure(status_error(400, openai.BadRequestError, {}, body), host="h", embedded=False)
    said = ": {} tokens for a model that takes {}".format(*counts) if counts else ""
    assert failed.kind == "context_full" and failed.what == f"The text is too long for the model{said}."
