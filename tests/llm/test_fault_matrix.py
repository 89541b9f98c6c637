"""Every fault over real HTTP, by both ways: what may pass is tried again, what will not is told with a remedy."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import Any

import pytest

from simenv.bench.model_answers import Answer, Fault, Told
from simenv.bench.model_server import ModelServer
from simenv.llm.errors import Attempt, ProviderError

from .desk import HELLO, Desk

HTML = b"<!DOCTYPE html><html><body>Welcome to nginx!</body></html>"
PAGE = {"Content-Type": "text/html"}

PASSING = {
    "429": (Fault.error(429, "Slow down."), Attempt("rate_limit", 429, 1.0)),
    "429 with Retry-After": (Fault.error(429, "Slow.", headers={"Retry-After": "7"}), Attempt("rate_limit", 429, 8.0)),
    "500": (Fault.error(500, "Internal error."), Attempt("server", 500, 1.0)),
    "503 as a page": (Fault(503, HTML, PAGE), Attempt("server", 503, 1.0)),
    "502 inside a 200": (Fault(200, b'{"error":{"message":"upstream","code":502}}'), Attempt("server", 502, 1.0)),
    "dropped": (Fault(does="drop"), Attempt("dropped", None, 1.0)),
    "dropped in the middle": (Fault(body=b'{"choices":[{"mess', does="drop"), Attempt("dropped", None, 1.0)),
    "a web page": (Fault(200, HTML, PAGE), Attempt("garbled", 200, 1.0)),
    "another schema": (Fault(200, b'{"answer":"yes"}'), Attempt("garbled", 200, 1.0)),
    "no choice": (Fault(200, b'{"choices":[],"model":"player"}'), Attempt("garbled", 200, 1.0)),
    "no object": (Fault(200, b"[1]"), Attempt("garbled", 200, 1.0)),
    "null": (Fault(200, b"null"), Attempt("garbled", 200, 1.0)),
    "half an object": (Fault(200, b'{"choices": [{"mess'), Attempt("garbled", 200, 1.0)),
    "nothing": (Fault(200, b""), Attempt("garbled", 200, 1.0)),
}

LASTING = {
    "a wrong key": (
        Fault.error(401, "Incorrect API key provided."),
        "auth",
        (
            "The server at {url} says that the key is wrong (401). "
            "Put the right one into OPENAI_API_KEY, or name its variable with --api-key-env."
        ),
    ),
    "a key that may not": (
        Fault.error(403, "Not in your country."),
        "auth",
        (
            'The server at {url} says that the key may not do this (403): "Not in your country". '
            "Put one that may into OPENAI_API_KEY, or name its variable with --api-key-env."
        ),
    ),
    "a wrong path": (
        Fault(404, b'{"detail":"Not Found"}'),
        "unknown_model",
        (
            "The server at {url} knows no such address (404). "
            "Check --api-base: it is the address before /chat/completions and usually ends with /v1."
        ),
    ),
    "no tools": (
        Fault.error(400, "player does not support tools"),
        "no_tools",
        (
            "The server at {url} takes no tools for 'openai/player' (400): \"player does not support tools\". "
            "Choose a model with function calling, start the server with it, "
            "or have calls written as text with --tool-format xml."
        ),
    ),
    "too long": (
        Fault.error(400, "This model's maximum context length is 9 tokens.", code="context_length_exceeded"),
        "too_long",
        (
            "The server at {url} says that the conversation is too long for 'openai/player' (400): "
            '"This model\'s maximum context length is 9 tokens". Lower --context-tokens.'
        ),
    ),
    "an empty account": (
        Fault.error(429, "You exceeded your current quota.", code="insufficient_quota"),
        "paid_out",
        (
            'The server at {url} says that the account is empty (429): "You exceeded your current quota". '
            "Add credit, or use another key."
        ),
    ),
    "a bill": (
        Fault.error(402, "Pay first."),
        "paid_out",
        'The server at {url} says that the account is empty (402): "Pay first". Add credit, or use another key.',
    ),
    "a refusal": (
        Fault.error(400, "temperature must be at most 2"),
        "refused",
        (
            'The server at {url} refuses the request (400): "temperature must be at most 2". '
            "Change the settings that it names."
        ),
    ),
}


class Once:
    """Answers with a fault first and with a reply ever after."""

    def __init__(self, fault: Answer) -> None:
        self._answers: Iterator[Answer] = iter([fault])

    def __call__(self, _body: dict[str, Any]) -> Answer:
        """Answer."""
        return next(self._answers, Told(text="All right."))


@pytest.mark.parametrize("name", PASSING)
def test_what_may_pass_is_tried_again(desk: Desk, way: str, name: str) -> None:
    fault, attempt = PASSING[name]
    with ModelServer(Once(fault)) as server:
        client = desk.client(server.url, client=way)
        sent = desk.run(client, lambda each: each.send(HELLO))
        assert server.asked == 2
    assert sent.reply.text == "All right."
    assert sent.attempts == (attempt,)
    assert desk.clock.slept == [attempt.waited]
    assert client.spent.requests == 1


@pytest.mark.parametrize("name", LASTING)
def test_what_will_not_pass_is_told_at_once(desk: Desk, way: str, name: str) -> None:
    fault, kind, message = LASTING[name]
    with ModelServer(Once(fault)) as server, pytest.raises(ProviderError) as caught:
        desk.run(desk.client(server.url, client=way), lambda each: each.send(HELLO))
    assert str(caught.value) == message.format(url=server.url)
    assert caught.value.attempts == (Attempt(kind, fault.status),)
    assert server.asked == 1
    assert desk.clock.slept == []


def test_a_server_that_never_answers_is_given_up(desk: Desk, way: str) -> None:
    with ModelServer(lambda _: Fault(does="stall")) as server, pytest.raises(ProviderError) as caught:
        desk.run(desk.client(server.url, client=way, timeout=0.3, attempts=2), lambda each: each.send(HELLO))
    assert caught.value.attempts == (Attempt("timeout", None, 1.0), Attempt("timeout"))
    assert str(caught.value) == (
        f"The server at {server.url} gave no whole answer within 0.3 s. Allow more, or lower --concurrency. "
        "It was tried 2 times."
    )


def test_nobody_at_the_address(desk: Desk, way: str) -> None:
    with socket.socket() as taken:  # bound and not listening: nobody else gets the port, and nobody answers
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/v1"
        with pytest.raises(ProviderError) as caught:
            desk.run(desk.client(url, client=way), lambda each: each.send(HELLO))
    assert (
        str(caught.value) == f"Nobody answers at {url} (connection refused). Start the server, or correct --api-base."
    )
    assert caught.value.attempts == (Attempt("unreachable"),)


def test_an_address_without_a_protocol(desk: Desk, way: str) -> None:
    with pytest.raises(ProviderError, match=r"localhost:8000/v1 \(an address begins with http:// or https://\)"):
        desk.run(desk.client("localhost:8000/v1", client=way), lambda each: each.send(HELLO))


def test_a_server_that_goes_away_may_come_back(desk: Desk, way: str) -> None:
    with ModelServer(lambda _: Told(text="Here.")) as server:
        client = desk.client(server.url, client=way, attempts=3)

        async def twice(each: Any) -> None:
            await each.send(HELLO)
            server.stop()
            await each.send(HELLO)

        with pytest.raises(ProviderError) as caught:
            desk.run(client, twice)
    assert [each.kind for each in caught.value.attempts] == ["dropped"] * 3


def test_a_model_that_is_not_there(desk: Desk, way: str) -> None:
    with ModelServer(models=("small", "large")) as server, pytest.raises(ProviderError) as caught:
        desk.run(desk.client(server.url, client=way), lambda each: each.send(HELLO))
    has = "It has: small, large. Give one of them as --model." if way == "direct" else "Correct --model."
    assert str(caught.value) == f"The server at {server.url} has no model 'openai/player' (404). {has}"


def test_a_model_whose_name_begins_like_a_prefix(desk: Desk) -> None:
    with ModelServer(models=("openai/player",)) as server, pytest.raises(ProviderError) as caught:
        desk.run(desk.client(server.url), lambda each: each.send(HELLO))
    assert str(caught.value).endswith("has no model of that name (404). Write --model openai/openai/player.")


REPLIES = {
    "cut off": (Told(text="I was about to", finish="length"), "length", "I was about to", []),
    "a tool that does not exist": (Told(calls=(("fly", {}),)), "calls", "", [("fly", "{}")]),
    "broken JSON": (Told(calls=(("mail_read", '{"id": '),)), "calls", "", [("mail_read", '{"id": ')]),
    "several calls": (Told(text="Both.", calls=(("a", {}), ("b", {}))), "calls", "Both.", [("a", "{}"), ("b", "{}")]),
    "nothing said": (Told(), "stop", "", []),
    "filtered": (Told(finish="content_filter"), "filter", "", []),
}


@pytest.mark.parametrize("name", REPLIES)
def test_what_a_model_does_wrong_is_a_reply(desk: Desk, way: str, name: str) -> None:
    told, finish, text, calls = REPLIES[name]
    with ModelServer(lambda _: told) as server:
        reply = desk.run(desk.client(server.url, client=way), lambda each: each.send(HELLO)).reply
        assert server.asked == 1
    assert (reply.finish, reply.text) == (finish, text)
    assert [(call.name, call.arguments) for call in reply.calls] == calls
    assert len({call.id for call in reply.calls}) == len(calls)
