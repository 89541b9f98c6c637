"""A client tries again, keeps limits, and can be used from anywhere."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import pytest

from simenv.bench.model_answers import Answer, Fault, Told
from simenv.bench.model_server import ModelServer
from simenv.core.waiting import settle
from simenv.llm.base import Sent
from simenv.llm.client import Client
from simenv.llm.data import Reply, Request, Usage
from simenv.llm.errors import Attempt, BudgetSpentError, ProviderError

from .desk import HELLO, Desk


def several(count: int) -> Callable[[Client], Awaitable[list[Sent]]]:
    """Return what sends so many requests at once."""

    async def send(client: Client) -> list[Sent]:
        return list(await asyncio.gather(*(client.send(HELLO) for _ in range(count))))

    return send


class Lull:
    """Holds answers back until as many requests are under way as ever can be."""

    def __init__(self, together: int) -> None:
        self._barrier = asyncio.Barrier(together)

    async def __call__(self, _body: dict[str, Any]) -> Answer:
        """Answer when all are there."""
        await self._barrier.wait()
        return Told(text="Together.")


def test_sixty_four_in_flight(desk: Desk, way: str) -> None:
    with ModelServer(Lull(64)) as server:
        got = desk.run(desk.client(server.url, client=way, concurrency=64), several(64))
        assert (server.asked, server.most) == (64, 64)
    assert {each.reply.text for each in got} == {"Together."}


def test_concurrency_is_held(desk: Desk, way: str) -> None:
    with ModelServer(Lull(4)) as server:
        got = desk.run(desk.client(server.url, client=way, concurrency=4), several(64))
        assert (server.asked, server.most) == (64, 4)
    assert len(got) == 64


def test_waits_grow_and_are_cut_by_chance(desk: Desk) -> None:
    with ModelServer(lambda _: Fault.error(500, "Broken.")) as server, pytest.raises(ProviderError) as caught:
        desk.run(desk.client(server.url, attempts=9), lambda each: each.send(HELLO))
    assert desk.clock.slept == [1, 2, 4, 8, 16, 30, 30, 30]
    assert caught.value.attempts == tuple(Attempt("server", 500, wait) for wait in [*desk.clock.slept, 0.0])
    assert str(caught.value).endswith("It was tried 9 times.")


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({"Retry-After": "0"}, 1.0),
        ({"Retry-After": "2.5"}, 3.5),
        ({"Retry-After": "Wed, 21 Oct 2026 07:28:30 GMT", "Date": "Wed, 21 Oct 2026 07:28:00 GMT"}, 31.0),
        ({"Retry-After": "86400"}, 121.0),
        ({"Retry-After": "soon"}, 1.0),
        ({"retry-after-ms": "500"}, 1.5),
    ],
)
def test_waits_are_at_least_what_the_server_asks(desk: Desk, headers: dict[str, str], wait: float) -> None:
    fault = Fault.error(429, "Slow down.", headers=headers)
    with ModelServer(lambda _: fault) as server, pytest.raises(ProviderError):
        desk.run(desk.client(server.url, attempts=2), lambda each: each.send(HELLO))
    assert desk.clock.slept == [wait]


def test_what_one_is_asked_to_wait_all_wait(desk: Desk) -> None:
    answers = iter([Fault.error(429, "Slow down.", headers={"Retry-After": "50"})])
    with ModelServer(lambda _: next(answers, Told(text="Yes."))) as server:

        async def use(client: Client) -> float:
            first = asyncio.create_task(client.send(HELLO))
            await desk.clock.sleeping.wait()
            desk.clock.now = 1000.0  # the first waits still
            await client.send(HELLO)
            await first
            return desk.clock.slept[1]

        assert desk.run(desk.client(server.url), use) == 51.0


def test_requests_by_the_minute(desk: Desk) -> None:
    with ModelServer(lambda _: Told(text="Yes.")) as server:

        async def use(client: Client) -> None:
            for _ in range(25):
                await client.send(HELLO)

        desk.run(desk.client(server.url, requests_per_minute=120), use)
    assert desk.clock.slept == [0.5] * 13  # twelve at once, which is a tenth of a minute's, then two a second


def test_tokens_by_the_minute_as_they_are_counted(desk: Desk) -> None:
    usage = {"prompt_tokens": 900, "completion_tokens": 100}
    with ModelServer(lambda _: Told(text="Yes.", usage=usage)) as server:

        async def use(client: Client) -> None:
            for _ in range(4):
                await client.send(HELLO)

        desk.run(desk.client(server.url, tokens_per_minute=6000), use)
    assert [round(wait) for wait in desk.clock.slept] == [4, 10, 10]


def test_a_budget_of_tokens_ends_it_before_the_next_request(desk: Desk) -> None:
    usage = {"prompt_tokens": 90, "completion_tokens": 10}
    with ModelServer(lambda _: Told(text="Yes.", usage=usage)) as server:
        client = desk.client(server.url, max_tokens=250)

        async def use(each: Client) -> None:
            for _ in range(9):
                await each.send(HELLO)

        with pytest.raises(BudgetSpentError, match=r"budget of 250 tokens is spent. Raise --max-tokens"):
            desk.run(client, use)
        assert server.asked == 3
    assert (client.spent.requests, client.spent.input, client.spent.output, client.spent.cost) == (3, 270, 30, None)


def test_what_is_under_way_counts_as_spent(desk: Desk) -> None:
    with ModelServer(Lull(2)) as server:
        client = desk.client(server.url, max_tokens=35)  # a request takes about twenty

        async def use(each: Client) -> list[Sent | BaseException]:
            return await asyncio.gather(*(each.send(HELLO) for _ in range(5)), return_exceptions=True)

        got = desk.run(client, use)
        assert server.asked == 2
    assert [type(each).__name__ for each in got] == ["Sent"] * 2 + ["BudgetSpentError"] * 3
    assert client.in_flight == 0


def test_a_budget_of_money(desk: Desk) -> None:
    usage = {"prompt_tokens": 100_000, "completion_tokens": 0}
    with ModelServer(lambda _: Told(text="Yes.", usage=usage)) as server:
        client = desk.client(server.url, model="openai/gpt-4o", max_cost=0.6)  # 2.50 dollars a million

        async def use(each: Client) -> None:
            for _ in range(9):
                await each.send(HELLO)

        with pytest.raises(BudgetSpentError, match=r"budget of 0\.6 US dollars is spent. Raise --max-cost"):
            desk.run(client, use)
        assert server.asked == 3
    assert client.spent.cost == pytest.approx(0.75)


def test_money_is_not_limited_without_a_price(desk: Desk) -> None:
    with ModelServer() as server, pytest.raises(BudgetSpentError) as caught:
        desk.run(desk.client(server.url, max_cost=5.0), lambda each: each.send(HELLO))
    assert server.asked == 0
    assert str(caught.value) == (
        "The price of 'openai/player' is not known, so --max-cost cannot be kept. "
        "Limit tokens with --max-tokens instead, or leave --max-cost out."
    )


def test_a_budget_of_time_ends_a_wait_before_it_begins(desk: Desk) -> None:
    with ModelServer(lambda _: Fault.error(500, "Broken.")) as server:
        client = desk.client(server.url, max_seconds=5.0)
        with pytest.raises(BudgetSpentError, match=r"budget of 5 seconds is spent. Raise --max-hours"):
            desk.run(client, lambda each: each.send(HELLO))
        assert server.asked == 3
    assert desk.clock.slept == [1, 2]
    assert client.spent.seconds == 3


def test_unknown_prices_are_never_zero(desk: Desk, way: str) -> None:
    with ModelServer(lambda _: Told(text="Yes.")) as server:
        client = desk.client(server.url, client=way)
        assert desk.run(client, lambda each: each.send(HELLO)).reply.cost is None
        assert client.spent.cost is None
        priced = desk.client(server.url, client=way, model="openai/gpt-4o")
        request = Request("openai/gpt-4o", HELLO.messages)
        reply = desk.run(priced, lambda each: each.send(request)).reply
    assert reply.usage is not None
    assert reply.cost == pytest.approx(reply.usage.input * 2.5e-6 + reply.usage.output * 1e-5)
    assert priced.spent.cost == pytest.approx(reply.cost)


def test_uncounted_tokens_are_estimated_for_the_budget_alone(desk: Desk) -> None:
    with ModelServer(lambda _: Told(text="Yes. " * 8, usage={})) as server:
        client = desk.client(server.url)
        assert desk.run(client, lambda each: each.send(HELLO)).reply.usage is None
    assert client.spent.input > 10
    assert client.spent.output == 10


def test_one_client_serves_one_loop_after_another(desk: Desk, way: str) -> None:
    with ModelServer(lambda _: Told(text="Yes.")) as server:
        client = desk.client(server.url, client=way, concurrency=2)
        for _ in range(2):  # not closed in between: connections end with their loop
            assert len(asyncio.run(several(5)(client))) == 5
        assert settle(client.send(HELLO)).reply.text == "Yes."
        assert asyncio.run(client.send(HELLO)).reply.text == "Yes."
        settle(client.close())
        settle(client.close())
        assert client.spent.requests == 12


def test_a_cancelled_request_leaves_nothing_behind(desk: Desk, way: str) -> None:
    arrived = asyncio.Event()
    tell: list[Callable[[], object]] = []

    def answers(_body: dict[str, Any]) -> Answer:
        if not tell:
            return Told(text="Yes.")
        tell.pop()()
        return Fault(does="stall")

    with ModelServer(answers) as server:
        client = desk.client(server.url, client=way, concurrency=1)

        async def use(each: Client) -> Sent:
            tell.append(partial(asyncio.get_running_loop().call_soon_threadsafe, arrived.set))
            stalled = asyncio.create_task(each.send(HELLO))
            await arrived.wait()
            waiting = asyncio.create_task(each.send(HELLO))
            await asyncio.sleep(0)
            stalled.cancel()
            with pytest.raises(asyncio.CancelledError):
                await stalled
            return await waiting

        assert desk.run(client, use).reply.text == "Yes."
    assert (client.in_flight, client.spent.requests) == (0, 1)


class Scripted:
    """A provider that needs no server."""

    async def complete(self, _request: Request) -> Reply:
        """Reply."""
        return Reply(text="Mine.", usage=Usage(3, 2))

    async def close(self) -> None:
        """Have nothing to close."""


def test_a_provider_of_ones_own(desk: Desk) -> None:
    client = desk.client(None, provider=Scripted())
    assert desk.run(client, lambda each: each.send(HELLO)).reply.text == "Mine."
    assert (client.spent.input, client.spent.output) == (3, 2)
