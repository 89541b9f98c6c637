"""The two seams: who can answer one request, and whom a policy asks."""

from __future__ import annotations

from typing import Literal, Protocol

from msgspec import Struct

from simenv.llm.data import Reply, Request
from simenv.llm.errors import Attempt

Purpose = Literal["act", "say", "draft", "critique", "revise", "summary", "sample", "probe"]
"""What a request is for: to decide what to do, to say something first, to draft, to criticise the draft, to revise
it, to sum up what no longer fits, to draw one of several samples, or to answer a question from outside the company."""


class Provider(Protocol):
    """Answers one request, once. It neither tries again nor waits, counts nothing and writes nothing down."""

    async def complete(self, request: Request) -> Reply:
        """Return the reply.

        Raises:
            ProviderError: If there is none.
        """

    async def close(self) -> None:
        """Let go of connections; may be called again."""


class Sent(Struct, frozen=True):
    """A reply that was got.

    Attributes:
        reply: The reply.
        attempts: The attempts that failed before it.
    """

    reply: Reply
    attempts: tuple[Attempt, ...] = ()


class Sends(Protocol):
    """Gets a reply if one can be had: tries again where that helps, within limits of rate, number and money."""

    async def send(self, request: Request) -> Sent:
        """Return the reply.

        Raises:
            BudgetSpentError: If the run's budget is spent.
            ProviderError: If there is no reply, however often it was tried; it lists the attempts.
        """


class Asks(Protocol):
    """Whom a policy asks: sends a request, tries again where that helps, keeps within limits, writes down the reply."""

    async def ask(
        self, request: Request, purpose: Purpose, *, turn: int = 0, in_context: tuple[str, ...] = (), note: str = ""
    ) -> Reply:
        """Return the reply.

        Args:
            request: What is asked.
            purpose: What for.
            turn: Number of the turn it belongs to, from 1; 0 before the first.
            in_context: Ids of the calls whose results stand in the request as they were told.
            note: Anything a reader of the record should know.

        Raises:
            BudgetSpentError: If the run's budget is spent.
            ProviderError: If there is no reply, however often it was tried.
        """
