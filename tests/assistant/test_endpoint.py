"""Which endpoint is used, and what it must be."""

from __future__ import annotations

import pytest

from coach_assist.assistant.endpoint import Endpoint, remote_endpoint
from coach_assist.assistant.provider import Provider
from coach_assist.errors import UsageError

FULL = {"OPENAI_API_KEY": "k", "OPENAI_BASE_URL": "https://host.example:8443/v1/", "OPENAI_MODEL": "m"}


def test_a_remote_endpoint_from_the_environment() -> None:
    endpoint = remote_endpoint(FULL)
    assert endpoint == Endpoint("https://host.example:8443/v1", "k", "m", remote=True)
    assert endpoint.host == "host.example:8443" and not endpoint.loopback


def test_settings_win_over_the_environment() -> None:
    endpoint = remote_endpoint(FULL, base_url="https://other.example/v1", model="n")
    assert endpoint.host == "other.example" and endpoint.model == "n"


@pytest.mark.parametrize(
    ("changed", "word"),
    [
        ({"OPENAI_BASE_URL": "ftp://host.example"}, "web address"),
        ({"OPENAI_BASE_URL": "host.example/v1"}, "web address"),
        ({"OPENAI_BASE_URL": "https://me:secret@host.example/v1"}, "password"),
        ({"OPENAI_BASE_URL": "http://host.example/v1"}, "without encryption"),
        ({"OPENAI_BASE_URL": "http://127.0.0.1.host.example/v1"}, "without encryption"),
        ({"OPENAI_API_KEY": ""}, "no key"),
        ({"OPENAI_MODEL": ""}, "No model name"),
    ],
)
def test_what_cannot_be_an_endpoint(changed: dict[str, str], word: str) -> None:
    with pytest.raises(UsageError, match=word) as caught:
        remote_endpoint({**FULL, **changed})
    assert caught.value.next_step and "secret" not in str(caught.value)


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:8000/v1", "http://localhost:1/v1", "http://[::1]:1/v1"]
)
def test_a_server_on_this_machine_needs_neither_key_nor_encryption(address: str) -> None:
    assert remote_endpoint({"OPENAI_BASE_URL": address, "OPENAI_MODEL": "m"}).loopback


def test_the_key_is_never_printed() -> None:
    assert "sk-very-secret" not in repr(Endpoint("https://host.example/v1", "sk-very-secret", "m"))


def test_a_remote_provider_without_a_gate_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="gate"):
        Provider(remote_endpoint(FULL))
