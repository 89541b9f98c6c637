"""Who is to hold the seat: an agent's file, or a model."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from simenv.content import agent_file
from simenv.core.waiting import settle
from simenv.llm.cassette import Recorder
from simenv.llm.client import Client, ClientSettings, Spent
from simenv.policies import Policy
from simenv.policies.llm.policy import LLMPolicy
from simenv.policies.llm.settings import LLMSettings
from simenv.policies.load import load_agent


class Introduced(Protocol):
    """Whoever is introduced before a day is told."""

    @property
    def name(self) -> str:
        """Its name."""

    @property
    def doc(self) -> str:
        """What it says about itself; may be empty."""


@dataclass(frozen=True)
class Holder:
    """Who is to hold the seat.

    Attributes:
        name: Its name.
        doc: What it says about itself; may be empty.
        spec: What identifies it in a study.
        new: Makes a new policy.
        client: Whom it asks, if it asks anybody.
    """

    name: str
    doc: str
    spec: dict[str, Any]
    new: Callable[[], Policy]
    client: Client | None = None

    @property
    def spent(self) -> Spent | None:
        """What it has spent so far, or None if it spends nothing."""
        return None if self.client is None else self.client.spent

    @property
    def answered(self) -> bool:
        """Whether it asks nobody, or has been answered at least once."""
        return self.client is None or self.client.spent.requests > 0

    def close(self) -> None:
        """Let go of connections."""
        if self.client is not None:
            closing: Any = self.client.close()
            settle(closing)


def agent_holder(name: str) -> Holder:
    """Return an agent as who holds the seat.

    Raises:
        PolicyError: If its file cannot be used.
        UnknownNameError: If there is no such agent.
    """
    agent = load_agent(agent_file(name))
    return Holder(agent.name, agent.doc, agent.spec(), agent.new)


def model_holder(settings: LLMSettings, client: ClientSettings) -> Holder:
    """Return a model as who holds the seat.

    Raises:
        ProviderError: If the variable that is to hold the key is not set.
    """
    asked = Client(client)
    return Holder(
        settings.model,
        f"a language model ({settings.variant.name})",
        settings.spec(),
        lambda: LLMPolicy(settings, lambda path: Recorder(asked, path)),
        asked,
    )
