"""Language models behind one door: requests and replies as data, sent, tried again, paid for, recorded.

Everything above this package speaks of :class:`Request` and :class:`Reply` and asks an :class:`Asks` for one from the
other; whether a provider, a record or a test answers is not its concern.
"""

from __future__ import annotations

from simenv.llm.base import Asks, Provider
from simenv.llm.data import CallPart, Finish, Message, Reply, Request, ToolSpec, Usage
from simenv.llm.errors import BudgetSpentError, ProviderError

__all__ = [
    "Asks",
    "BudgetSpentError",
    "CallPart",
    "Finish",
    "Message",
    "Provider",
    "ProviderError",
    "Reply",
    "Request",
    "ToolSpec",
    "Usage",
]
