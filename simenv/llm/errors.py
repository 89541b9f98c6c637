"""What can go wrong between us and a model, told so that one knows what to do about it."""

from __future__ import annotations

from typing import Final, Literal

from msgspec import Struct

from simenv.core.errors import SimenvError

Kind = Literal[
    "rate_limit",  # 429
    "server",  # 5xx
    "timeout",  # no answer, or no whole one, in time
    "dropped",  # the connection broke
    "garbled",  # an answer that is no reply: HTML, other JSON, nothing at all
    "unreachable",  # nobody answers at the address
    "auth",  # 401, 403: the key is missing, wrong or may not do this
    "unknown_model",  # 404: no such model or no such address
    "no_tools",  # the model or its server does not take tools
    "too_long",  # the conversation does not fit into the model's context
    "refused",  # another 400: the request as it is will never be taken
    "paid_out",  # 402, or 429 for an empty account: no credit left
]

TRANSIENT: Final = frozenset({"rate_limit", "server", "timeout", "dropped", "garbled"})
"""Kinds after which the same request may succeed."""

HOPELESS: Final = frozenset({"unreachable", "auth", "unknown_model", "no_tools", "refused", "paid_out"})
"""Kinds that every other episode of the run would meet as well: the run stops, and says why."""


class Attempt(Struct, frozen=True, omit_defaults=True):
    """An attempt that failed.

    Attributes:
        kind: What went wrong.
        status: HTTP status, where there was one.
        waited: Seconds waited after it before the next one; 0 for the last.
    """

    kind: Kind
    status: int | None = None
    waited: float = 0.0


class ProviderError(SimenvError):
    """Raised when no reply can be had; its message is one sentence and a remedy, without any key.

    Args:
        kind: What went wrong.
        message: What to tell people.
        status: HTTP status, where there was one.
        retry_after: Seconds that the provider asks to wait, where it does.

    Attributes:
        message: What to tell people.
        attempts: All attempts, the last one included; empty for an error of a single attempt.
    """

    def __init__(
        self, kind: Kind, message: str, *, status: int | None = None, retry_after: float | None = None
    ) -> None:
        self.kind, self.status, self.retry_after = kind, status, retry_after
        self.attempts: tuple[Attempt, ...] = ()
        self.message = message
        super().__init__(message)

    @property
    def transient(self) -> bool:
        """Whether the same request may succeed later."""
        return self.kind in TRANSIENT

    @property
    def hopeless(self) -> bool:
        """Whether every other request of this run would fail as well."""
        return self.kind in HOPELESS

    def after(self, attempts: tuple[Attempt, ...]) -> ProviderError:
        """Return the error that tells of several attempts, this one being the last."""
        tried = f" It was tried {len(attempts)} times." if len(attempts) > 1 else ""
        error = ProviderError(self.kind, self.message + tried, status=self.status, retry_after=self.retry_after)
        error.attempts = attempts
        return error


class BudgetSpentError(SimenvError):
    """Raised instead of sending a request once a run's budget is spent; the message names the limit."""
