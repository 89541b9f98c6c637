"""One request of an episode and what came of it, as data."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from msgspec import Struct

from simenv.llm.base import Purpose
from simenv.llm.data import Reply, Request
from simenv.llm.errors import Attempt, BudgetSpentError, Kind, ProviderError


class Failure(Struct, frozen=True, omit_defaults=True):
    """Why there is no reply.

    Attributes:
        kind: Kind of the provider's error; ``budget`` where the run's budget was spent, ``cancelled`` where nobody
            waited for the reply any more.
        message: What people were told.
        status: HTTP status, where there was one.
    """

    kind: Kind | Literal["budget", "cancelled"]
    message: str
    status: int | None = None

    @classmethod
    def of(cls, error: ProviderError | BudgetSpentError) -> Failure:
        """Return what is kept of an error."""
        if isinstance(error, ProviderError):
            return cls(error.kind, str(error), error.status)
        return cls("budget", str(error))

    def error(self, attempts: tuple[Attempt, ...] = ()) -> ProviderError | BudgetSpentError:
        """Return the error that was raised.

        Raises:
            ValueError: If it was cancelled: that is not raised again.
        """
        match self.kind:
            case "budget":
                return BudgetSpentError(self.message)
            case "cancelled":
                raise ValueError("what was cancelled is not raised again")
            case kind:
                error = ProviderError(kind, self.message, status=self.status)
                error.attempts = attempts
                return error


class Recorded(Struct, frozen=True, kw_only=True):
    """One request, and what came of it.

    Attributes:
        index: Its number in the episode, from 0.
        purpose: What it was for.
        turn: The turn it belongs to, from 1; 0 before the first.
        note: What was noted beside it.
        in_context: Ids of the calls whose results stood in it.
        request: The request, whole.
        digest: Its digest (:class:`simenv.llm.digests.Digest`), in hexadecimal digits.
        reply: The reply, with its tokens, its cost and who served it; None where there was none.
        failure: Why there was none.
        attempts: The attempts that failed.
        seconds: How long it took on the wall clock, waiting included.
        abandoned: Whether it was cancelled, or belongs to a turn that was and that, if at all, was taken again.
    """

    index: int
    purpose: Purpose
    request: Request
    digest: str
    turn: int = 0
    note: str = ""
    in_context: tuple[str, ...] = ()
    reply: Reply | None = None
    failure: Failure | None = None
    attempts: tuple[Attempt, ...] = ()
    seconds: float = 0.0
    abandoned: bool = False

    @property
    def place(self) -> str:
        """What names it in a message."""
        return place_of(self.index, self.purpose, self.turn)


def standing(replies: Iterable[Recorded]) -> list[Recorded]:
    """Return the requests that whoever plays the episode again will make, in order.

    What was abandoned is left out; so is what comes after a gap, which a kill leaves where several were under way.
    """
    ordered = sorted(replies, key=lambda entry: entry.index)
    return [entry for number, entry in enumerate(ordered) if entry.index == number and not entry.abandoned]


def place_of(index: int, purpose: Purpose, turn: int) -> str:
    """Return what names a request in a message."""
    return f"request {index} ({purpose}, {f'turn {turn}' if turn else 'before the first turn'})"
