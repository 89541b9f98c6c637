"""What a run has spent, and what it may."""

from __future__ import annotations

import time
from collections.abc import Callable

import msgspec
from msgspec import Struct

from simenv.llm.data import Reply, Request, ToolSpec, Usage
from simenv.llm.errors import BudgetSpentError
from simenv.llm.prices import price_of

_CHARACTERS = 4
"""Of a token, on average; used where nobody has counted."""


class Spent(Struct, frozen=True):
    """What a run has spent so far.

    Attributes:
        requests: Requests that were answered.
        input: Tokens of requests; where the provider did not count them, a fourth of their characters.
        output: Tokens of replies, likewise.
        cost: US dollars; None as soon as the price of any reply is not known.
        seconds: On the wall clock, since the first request.
    """

    requests: int = 0
    input: int = 0
    output: int = 0
    cost: float | None = 0.0
    seconds: float = 0.0


class Budget:
    """Counts what is spent, what is under way with it, and says when it is enough.

    Args:
        model: Name of the model, for its price.
        max_cost: US dollars, or None.
        max_tokens: Tokens, in and out, or None.
        max_seconds: Seconds since the first request, or None.
        clock: Seconds of a clock that never goes back.
    """

    def __init__(
        self,
        model: str,
        max_cost: float | None = None,
        max_tokens: int | None = None,
        max_seconds: float | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._model, self._price = model, price_of(model)
        self._cost, self._tokens, self._seconds = max_cost, max_tokens, max_seconds
        self._clock = clock
        self._began: float | None = None
        self._spent = Spent()
        self._open: dict[int, Usage] = {}
        self._last = 0
        self._tools: tuple[tuple[ToolSpec, ...], int] = ((), 0)

    @property
    def spent(self) -> Spent:
        """What is spent so far."""
        return msgspec.structs.replace(self._spent, seconds=self._since())

    @property
    def in_flight(self) -> int:
        """Requests under way."""
        return len(self._open)

    def estimate(self, request: Request) -> Usage:
        """Return about how many tokens a request will take, judged by its length and by the replies so far."""
        characters = sum(len(each.text) + sum(len(call.arguments) for call in each.calls) for each in request.messages)
        if request.tools is not self._tools[0]:
            self._tools = request.tools, len(msgspec.json.encode(request.tools))
        output = self._spent.output // self._spent.requests if self._spent.requests else 0
        return Usage(input=(characters + self._tools[1]) // _CHARACTERS, output=output)

    def check(self, wait: float = 0.0) -> None:
        """Refuse once the budget is spent, with what is under way counted as spent.

        Args:
            wait: Seconds that will pass before a request is sent.

        Raises:
            BudgetSpentError: If it is, or if a limit of money cannot be kept since the price is not known.
        """
        spent, unanswered = self._spent, self._open.values()
        if self._cost is not None:
            if self._price is None or spent.cost is None:
                raise BudgetSpentError(
                    f"The price of {self._model!r} is not known, so --max-cost cannot be kept. "
                    "Limit tokens with --max-tokens instead, or leave --max-cost out."
                )
            under_way = sum(self._cost_of(each) for each in unanswered)
            if spent.cost + under_way >= self._cost:
                raise BudgetSpentError(_spent(f"{self._cost:g} US dollars", "--max-cost"))
        if self._tokens is not None:
            under_way = sum(each.input + each.output for each in unanswered)
            if spent.input + spent.output + under_way >= self._tokens:
                raise BudgetSpentError(_spent(f"{self._tokens} tokens", "--max-tokens"))
        if self._seconds is not None and self._since() + wait >= self._seconds:
            raise BudgetSpentError(_spent(f"{self._seconds:g} seconds", "--max-hours"))

    def begin(self, estimated: Usage) -> int:
        """Count a request as under way; return its number, which :meth:`end` wants."""
        if self._began is None:
            self._began = self._clock()
        self._last += 1
        self._open[self._last] = estimated
        return self._last

    def end(self, number: int) -> None:
        """Count a request as under way no more."""
        del self._open[number]

    def pay(self, reply: Reply, estimated: Usage) -> Reply:
        """Count a reply; return it with its price, where that is known.

        Args:
            reply: The reply.
            estimated: What :meth:`estimate` said of its request.
        """
        used = reply.usage
        if reply.cost is None and used is not None and self._price is not None:
            reply = msgspec.structs.replace(reply, cost=self._price.cost(used))
        if used is None:
            used = Usage(input=estimated.input, output=_length(reply) // _CHARACTERS)
        spent = self._spent
        self._spent = Spent(
            requests=spent.requests + 1,
            input=spent.input + used.input,
            output=spent.output + used.output,
            cost=None if spent.cost is None or reply.cost is None else spent.cost + reply.cost,
        )
        return reply

    def _cost_of(self, usage: Usage) -> float:
        return 0.0 if self._price is None else self._price.cost(usage)

    def _since(self) -> float:
        return 0.0 if self._began is None else self._clock() - self._began


def _length(reply: Reply) -> int:
    return len(reply.text) + len(reply.reasoning or "") + sum(len(call.arguments) for call in reply.calls)


def _spent(limit: str, option: str) -> str:
    return f"The run's budget of {limit} is spent. Raise {option}; the same command goes on where it stopped."
