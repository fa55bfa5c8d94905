"""What a remote endpoint really gets: names replaced in every request, back in every answer."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, field_validator
from scripted_server import (
    DONE,
    Naps,
    Received,
    Script,
    ScriptedServer,
    chunk,
    problem,
    streamed,
    usage,
    whole,
)

from coach_assist.assistant.calls import Delta
from coach_assist.assistant.endpoint import Endpoint
from coach_assist.assistant.errors import ModelFailed
from coach_assist.assistant.privacy.client import NOTE, PrivateClient
from coach_assist.assistant.privacy.names import forms_of
from coach_assist.assistant.privacy.pseudonyms import Pseudonyms
from coach_assist.assistant.profile import Profile
from coach_assist.assistant.provider import Outgoing, Provider
from coach_assist.errors import Refused

CAN_ALL = Profile()
ASK = [
    {"role": "system", "content": "Reply with one JSON object only."},
    {"role": "user", "content": "<answers>Maya Lindqvist meets Jürgen; maya's tours, PersonA</answers>"},
]
SCHEMA = {
    "type": "object",
    "properties": {"owner": {"enum": ["Maya", "Jürgen Öst"]}, "what": {"type": "string"}},
}


def provider_of(
    server: ScriptedServer,
    *,
    seen: list[Outgoing] | None = None,
    profile: Profile | None = CAN_ALL,
    know: bool = True,
) -> Provider:
    async def gate(outgoing: Outgoing) -> None:
        if seen is not None:
            seen.append(outgoing)

    provider = Provider(
        Endpoint(server.url, "k", "claude", remote=True), gate=gate, profile=profile, sleep=Naps()
    )
    if know:
        provider.know(["Maya Lindqvist", "Jürgen Öst", "Claude"])
    return provider


def sent(server: ScriptedServer) -> str:
    """Return all that the server got, as one text."""
    return "\n".join(json.dumps(received.body, ensure_ascii=False) for received in server.received)


def replying(text: Callable[[dict[str, Any]], str]) -> Callable[[Received], Script]:
    return lambda received: Script(streamed(text(received.body), size=1))


def owner_of(body: dict[str, Any]) -> str:
    names = body["response_format"]["json_schema"]["schema"]["properties"]["owner"]["enum"]
    return json.dumps({"owner": names[1], "what": f"{names[0]}'s tours"})


async def test_names_are_replaced_in_text_and_form_and_come_back() -> None:
    seen: list[Outgoing] = []
    heard: list[Delta] = []
    async with ScriptedServer([replying(owner_of)]) as server:
        provider = provider_of(server, seen=seen)
        reply = await provider.stream(ASK, SCHEMA, max_tokens=50, on_delta=heard.append)
        await provider.close()
    assert json.loads(reply.text) == {"owner": "Jürgen Öst", "what": "Maya's tours"}
    assert heard[-1].partial == {"owner": "Jürgen Öst", "what": "Maya's tours"}
    assert not any("Person" in delta.text for delta in heard)
    body = server.received[0].body
    text = json.dumps(body, ensure_ascii=False).casefold()
    assert not any(name in text for name in ("maya", "lindqvist", "jürgen", "öst"))
    assert body["model"] == "claude", "a person of that name does not rename the model"
    assert body["messages"][0]["content"].endswith(NOTE)
    assert [dict(one) for one in seen[0].messages] == body["messages"], "what was shown is what was sent"
    assert json.loads(seen[0].form) == body["response_format"]["json_schema"]["schema"]


async def test_before_it_is_known_who_is_spoken_of_nothing_is_sent() -> None:
    async with ScriptedServer([Script(streamed("x"))]) as server:
        provider = provider_of(server, know=False)
        provider.add_names(["Maya"])
        for call in (provider.stream(ASK, None, max_tokens=5), provider.warm(ASK)):
            with pytest.raises(Refused, match="whose names"):
                await call
        assert server.received == []


async def test_a_name_broken_over_a_line_comes_back_as_good_json() -> None:
    told = [{"role": "user", "content": "Reply in JSON about Lind-\nqvist"}]

    def answer(body: dict[str, Any]) -> str:
        return json.dumps({"owner": body["messages"][-1]["content"].rpartition(" ")[2]})

    async with ScriptedServer([replying(answer)]) as server:
        provider = provider_of(server)
        reply = await provider.stream(told, SCHEMA, max_tokens=9)
        await provider.close()
    assert json.loads(reply.text) == {"owner": "Lind-\nqvist"}


async def test_the_client_itself_sends_nothing_before_that_is_known() -> None:
    client = PrivateClient(None, Pseudonyms(), lambda: False)
    with pytest.raises(Refused, match="whose names"):
        await client.create(model="m", messages=ASK)


async def test_where_replacing_fails_nothing_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    async with ScriptedServer([Script(streamed("x"))]) as server:
        provider = provider_of(server)
        monkeypatch.setattr(Pseudonyms, "hide", lambda self, text: text)
        for call in (
            provider.stream(ASK, None, max_tokens=5),
            provider.stream([{"role": "user", "content": "x"}], SCHEMA, max_tokens=5),
            provider.reask(Owner, ASK, max_tokens=5),
        ):
            with pytest.raises(Refused, match="would have been sent"):
                await call
        assert server.received == []


async def test_the_embedded_model_gets_the_text_as_it_is() -> None:
    async with ScriptedServer([Script(streamed("Maya"))]) as server:
        provider = Provider(Endpoint(server.url, "k", "local"))
        provider.know(["Maya Lindqvist"])
        assert (await provider.stream(ASK, None, max_tokens=5)).text == "Maya"
        await provider.close()
    assert server.received[0].body["messages"] == ASK


class Owner(BaseModel):
    owner: str

    @field_validator("owner")
    @classmethod
    def known(cls, owner: str) -> str:
        if owner != "Maya":
            raise ValueError(f"{owner} is not Maya")
        return owner


async def test_asking_again_hides_the_refused_answer_and_what_is_wrong_with_it() -> None:
    answers = [whole('{"owner": "PersonB"}'), whole('{"owner": "PersonAb"}')]
    async with ScriptedServer(answers) as server:
        provider = provider_of(server)
        asked = [{"role": "user", "content": "Lindqvist, Jürgen or Maya? Reply in JSON"}]
        found = await provider.reask(Owner, asked, max_tokens=20)
        await provider.close()
    assert found.value.owner == "Maya" and found.reply.attempts == 2
    text = sent(server).casefold()
    assert "maya" not in text and "jürgen" not in text and "lindqvist" not in text


async def test_an_endpoint_that_neither_streams_nor_binds_the_form() -> None:
    async with ScriptedServer([whole('Here: {"owner": "PersonB"}')]) as server:
        provider = provider_of(server, profile=Profile(json_schema=False, streaming=False))
        reply = await provider.stream(ASK, SCHEMA, max_tokens=20)
        await provider.close()
    assert json.loads(reply.text)["owner"] == "Jürgen" and "Jürgen" not in sent(server)


async def test_a_stream_that_breaks_off_keeps_its_last_words() -> None:
    parts = [chunk("met PersonA, then Perso"), b"garbage"]
    async with ScriptedServer(
        [Script([chunk("met PersonA, then Perso")], cut=True), Script(parts)]
    ) as server:
        provider = provider_of(server)
        with pytest.raises(ModelFailed) as caught:
            await provider.stream(ASK, None, max_tokens=20)
        await provider.close()
    assert caught.value.partial == "met Maya Lindqvist, then Perso"


@pytest.mark.parametrize("cut", range(1, 17))
async def test_a_stream_cut_at_every_place(cut: int) -> None:
    text = "Ask PersonA now."
    parts = [chunk(text[:cut]), chunk(text[cut:]), chunk(finish="stop"), usage(), DONE]
    heard: list[str] = []
    async with ScriptedServer([Script(parts)]) as server:
        provider = provider_of(server)
        reply = await provider.stream(
            ASK, None, max_tokens=20, on_delta=lambda delta: heard.append(delta.text)
        )
        await provider.close()
    assert reply.text == "Ask Maya Lindqvist now." and all(reply.text.startswith(one) for one in heard)


async def test_a_failure_of_the_endpoint_still_has_words() -> None:
    async with ScriptedServer([problem(401, {"message": "no"})]) as server:
        provider = provider_of(server)
        with pytest.raises(ModelFailed):
            await provider.stream(ASK, None, max_tokens=20)
        await provider.close()


PEOPLE = st.sampled_from(
    ["Maya Lindqvist", "José Núñez", "Will May", "Zoë de Groot", "Bob O'Hara", "Ida Öz", "李小龙"]
)
PLACES = st.sampled_from(["{} is", "({}'s)", "{}-led", "mail {}@x.example", "{}\n", "x_{}_y", '"{}"', "{}."])


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    people=st.lists(PEOPLE, min_size=1, max_size=3, unique=True),
    texts=st.lists(
        st.tuples(PLACES, st.integers(0, 99), st.sampled_from([str, str.upper, str.title])),
        min_size=1,
        max_size=6,
    ),
)
def test_no_known_form_is_in_any_recorded_request(
    people: list[str], texts: list[tuple[str, int, Callable[[str], str]]]
) -> None:
    import asyncio

    forms = [form for name in people for form in forms_of(name)]
    words = [place.format(change(forms[pick % len(forms)].text)) for place, pick, change in texts]

    async def run() -> str:
        async with ScriptedServer([Script(streamed("{}")), whole('{"owner": "Maya"}')]) as server:
            provider = provider_of(server, know=False)
            provider.know([*people, "Maya"])
            messages = [{"role": "system", "content": "JSON"}, {"role": "user", "content": " ".join(words)}]
            await provider.stream(
                messages, {"type": "object", "properties": {"a": {"enum": words}}}, max_tokens=9
            )
            await provider.reask(Owner, messages, max_tokens=9)
            await provider.close()
            return "\n".join(text for one in server.received for text in texts_of(one.body["messages"]))

    body = asyncio.run(run())
    for form in forms:
        if not form.capital:
            assert form.text not in body.replace("\u200b", "").casefold().split(), form
            if " " not in form.text and len(form.text) > 4:
                assert form.text not in body.casefold(), form


def texts_of(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for one in value.values() for text in texts_of(one)]
    return [text for one in value for text in texts_of(one)] if isinstance(value, list) else []
