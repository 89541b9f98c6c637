"""No key is in anything that is written or shown."""

from __future__ import annotations

import logging
import traceback
from typing import Any

import msgspec
import pytest

from simenv.bench.model_answers import Answer, Fault, Told
from simenv.bench.model_server import ModelServer
from simenv.llm.client import Client, ClientSettings
from simenv.llm.data import Message, Request
from simenv.llm.errors import ProviderError
from simenv.llm.keys import Key, find_key, redact, shown_address, usual_variable
from simenv.llm.litellm_provider import LiteLLMProvider

from .desk import HELLO, KEY, Desk

ECHOES = {
    "401": Fault.error(401, f"Incorrect API key provided: {KEY}."),
    "403": Fault.error(403, f"The key {KEY} may not."),
    "400": Fault.error(400, f"Bad header: Authorization: Bearer {KEY}"),
    "404": Fault.error(404, f"No model for {KEY}"),
    "429": Fault.error(429, f"Too much from {KEY}"),
    "500": Fault(500, f'{{"headers": {{"Authorization": "Bearer {KEY}"}}}}'.encode()),
    "500 as text": Fault(500, f"Traceback: {KEY}".encode(), {"Content-Type": "text/plain"}),
    "error in a 200": Fault(200, msgspec.json.encode({"error": {"message": f"Key {KEY}", "code": 503}})),
    "other JSON": Fault(200, msgspec.json.encode({"key": KEY})),
    "a page": Fault(200, f"<html>{KEY}</html>".encode(), {"Content-Type": "text/html"}),
    "broken JSON": Fault(200, f'{{"choices": "{KEY}'.encode()),
    "dropped": Fault(body=KEY.encode(), does="drop"),
    "stalled": Fault(does="stall"),
}


@pytest.mark.parametrize("name", ECHOES)
def test_a_planted_key_shows_nowhere(
    desk: Desk, way: str, name: str, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    timeout = 0.3 if name == "stalled" else 60.0
    with ModelServer(lambda _: ECHOES[name]) as server:
        client = desk.client(server.url, client=way, attempts=2, timeout=timeout)
        with pytest.raises(ProviderError) as caught:
            desk.run(client, lambda each: each.send(HELLO))
        assert server.headers[-1]["authorization"] == f"Bearer {KEY}"
    error = caught.value
    assert error.__context__ is None
    assert error.__cause__ is None
    told = traceback.TracebackException.from_exception(error, capture_locals=True)
    printed = capfd.readouterr()
    shown = [
        *told.format(), str(error), repr(error), repr(vars(error)), repr(client), repr(client.__dict__), caplog.text,
        printed.out, printed.err, *(repr(each.__dict__) for each in caplog.records if each.name != "asyncio"),
    ]  # fmt: skip
    assert [text for text in shown if KEY in text] == []
    assert (printed.out, printed.err) == ("", "")


def test_a_wrong_key_is_not_quoted_even_in_part(desk: Desk, way: str) -> None:
    half = Fault.error(401, f"Incorrect API key provided: {KEY[:12]}****.")
    with ModelServer(lambda _: half) as server, pytest.raises(ProviderError) as caught:
        desk.run(desk.client(server.url, client=way), lambda each: each.send(HELLO))
    assert KEY[:8] not in str(caught.value)


def test_the_variable_that_is_named_counts(desk: Desk, way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MY_OWN", "another-key-123")

    def answers(_body: dict[str, Any]) -> Answer:
        return Told(text="Hello.")

    with ModelServer(answers, key="another-key-123") as server:
        sent = desk.run(desk.client(server.url, client=way, api_key_env="MY_OWN"), lambda each: each.send(HELLO))
        assert sent.reply.text == "Hello."
        with pytest.raises(ProviderError, match="says that the key is wrong") as caught:
            desk.run(desk.client(server.url, client=way), lambda each: each.send(HELLO))
    assert "OPENAI_API_KEY" in str(caught.value)


def test_a_local_endpoint_needs_no_key(desk: Desk, way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY")
    with ModelServer(lambda _: Told(text="Hello.")) as server:
        assert desk.run(desk.client(server.url, client=way), lambda each: each.send(HELLO)).reply.text == "Hello."
        assert KEY not in server.headers[-1].get("authorization", "")
    with ModelServer(key="wanted-key-1") as server, pytest.raises(ProviderError) as caught:
        desk.run(desk.client(server.url, client=way), lambda each: each.send(HELLO))
    assert str(caught.value) == (
        f"The server at {server.url} wants a key, and none was sent (401). "
        "Put one into OPENAI_API_KEY, or name its variable with --api-key-env."
    )


def test_a_named_variable_that_is_not_set_is_told_at_once(desk: Desk) -> None:
    with pytest.raises(ProviderError, match="MY_KEY, named by --api-key-env, is not set") as caught:
        desk.client("http://127.0.0.1:1/v1", api_key_env="MY_KEY")
    assert caught.value.kind == "auth"


@pytest.mark.parametrize(
    ("model", "variable"),
    [
        ("gpt-4o", "OPENAI_API_KEY"),
        ("openai/gpt-4o", "OPENAI_API_KEY"),
        ("anthropic/claude", "ANTHROPIC_API_KEY"),
        ("together_ai/meta/llama", "TOGETHERAI_API_KEY"),
        ("gemini/pro", "GEMINI_API_KEY"),
        ("x-y/z", "X_Y_API_KEY"),
        ("claude-sonnet-4-5", "ANTHROPIC_API_KEY"),
        ("bedrock/anthropic.claude", "AWS_ACCESS_KEY_ID"),
    ],
)
def test_usual_variables(model: str, variable: str) -> None:
    assert usual_variable(model) == variable
    assert find_key(model, environ={variable: " k-123456 \n"}).reveal() == "k-123456"
    assert not find_key(model, environ={variable: " "})
    assert find_key(model, environ={}).reveal() is None


def test_a_key_shows_only_where_it_came_from() -> None:
    key = Key("MY_KEY", "very-secret-value")
    assert repr(key) == str(key) == "Key(MY_KEY)"
    assert redact("is very-secret-value, is it?") == "is [key], is it?"


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("key sk-proj-abcDEF123456", "key [key]"),
        ("key sk-ant-api03-abc_DEF-123 is", "key [key] is"),
        ("sk-abc***********wxyz.", "[key]"),
        ("Authorization: Bearer abc.def", "Authorization: Bearer [key]"),
        ("{'authorization': 'bearer abc'}", "{'authorization': 'bearer [key]'}"),
        ("AIza" + "b" * 35, "[key]"),
        ("https://me:pass@host/v1", "https://[key]@host/v1"),
        ("a task-list of risk-averse people", "a task-list of risk-averse people"),
        ("max_tokens is too large", "max_tokens is too large"),
    ],
)
def test_what_looks_like_a_key_is_taken_out(text: str, clean: str) -> None:
    assert redact(text, environ={}) == clean


def test_what_is_in_the_environment_is_taken_out() -> None:
    environ = {
        "MY_API_KEY": "plain-words-1",
        "HF_TOKEN": "plain-words-1-and-more",
        "AWS_SECRET": "x",
        "HOME": "at-home-1",
    }
    assert redact("plain-words-1-and-more, plain-words-1, x, at-home-1", environ) == "[key], [key], x, at-home-1"


def test_an_address_is_shown_without_what_may_be_secret() -> None:
    assert shown_address("https://me:secret@host:8/v1/?api-key=1#x") == "https://host:8/v1"
    assert shown_address("http://[bad") == "http://[bad"


@pytest.mark.parametrize(
    ("model", "named", "shown"),
    [("anthropic/claude", False, KEY), ("claude", False, None), ("bedrock/claude", False, None), ("claude", True, KEY)],
)
def test_a_key_goes_only_to_whom_it_is_for(
    model: str, named: bool, shown: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("ANTHROPIC_API_KEY", "OPENAI_API_KEY", "AWS_ACCESS_KEY_ID"):
        monkeypatch.setenv(variable, KEY)
    key = find_key(model, "OPENAI_API_KEY" if named else None)
    assert LiteLLMProvider(model, None, key, 1.0).shown_key() == shown


@pytest.mark.parametrize(
    ("model", "variable"), [("openai/gpt-4o", "OPENAI_API_KEY"), ("anthropic/claude-sonnet-4-5", "ANTHROPIC_API_KEY")]
)
def test_no_key_is_told_at_once_and_nothing_is_tried_again(
    model: str, variable: str, warm: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_ADMIN_KEY", "ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    client = Client(ClientSettings(model=model))
    with pytest.raises(ProviderError) as raised:
        Desk().run(client, lambda each: each.send(Request(model, (Message("user", "Hello"),))))
    assert raised.value.kind == "auth"
    assert len(raised.value.attempts) == 1
    assert variable in str(raised.value)
