"""What tests of the model layer share: both ways to a server, and clients."""

from __future__ import annotations

import pytest

from simenv.bench.model_server import ModelServer
from simenv.llm.client import Client, ClientSettings

from .desk import HELLO, KEY, Desk


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Clients with a planted key."""
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    return Desk()


@pytest.fixture(scope="session")
def warm() -> None:
    """LiteLLM after its first call, which loads much of it."""
    with ModelServer() as server:
        settings = ClientSettings(model="openai/player", api_base=server.url, client="litellm")
        Desk().run(Client(settings), lambda client: client.send(HELLO))


@pytest.fixture(params=["direct", "litellm"])
def way(request: pytest.FixtureRequest) -> str:
    """Both ways to a server."""
    if request.param == "litellm":
        request.getfixturevalue("warm")
    return str(request.param)
