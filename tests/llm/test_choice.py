"""Which way a run takes, and what it costs to load."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from simenv.core.errors import UnknownNameError
from simenv.llm.choose import PREFIXES, is_direct
from simenv.llm.client import ClientSettings
from simenv.llm.data import Request
from simenv.llm.errors import ProviderError

from .desk import HELLO, Desk

HERE = "http://127.0.0.1:8000/v1"


@pytest.mark.parametrize(
    ("model", "api_base", "client", "direct"),
    [
        ("llama3", HERE, "auto", True),
        ("openai/llama3", HERE, "auto", True),
        ("Qwen/Qwen3-8B", HERE, "auto", True),
        ("meta-llama/Llama-3.1-8B", HERE, "auto", True),
        ("anthropic/claude", HERE, "auto", False),
        ("hosted_vllm/Qwen/Qwen3-8B", HERE, "auto", False),
        ("gpt-4o", None, "auto", False),
        ("openai/gpt-4o", None, "auto", False),
        ("openai/gpt-4o", None, "direct", True),
        ("openai/gpt-4o", HERE, "litellm", False),
    ],
)
def test_direct_or_not(model: str, api_base: str | None, client: str, direct: bool) -> None:
    assert is_direct(ClientSettings(model=model, api_base=api_base, client=client)) is direct


def test_another_client_there_is_not() -> None:
    with pytest.raises(UnknownNameError, match=r"There is no client 'curl'. Known: auto, direct, litellm"):
        is_direct(ClientSettings(model="x", client="curl"))


def test_every_prefix_is_one_of_litellms(warm: None) -> None:
    import litellm

    known = {str(getattr(each, "value", each)) for each in litellm.provider_list}
    assert PREFIXES - known == set()


@pytest.mark.parametrize("model", ["nonsense/player", "player"])
def test_a_model_without_a_provider(desk: Desk, warm: None, model: str) -> None:
    client = desk.client(None, client="litellm", model=model)
    with pytest.raises(ProviderError) as caught:
        desk.run(client, lambda each: each.send(Request(model, HELLO.messages)))
    assert caught.value.kind == "unknown_model"
    assert str(caught.value) == (
        f"No provider is known for the model {model!r}. Begin --model with its provider (openai/, anthropic/, gemini/ "
        "...), or give the address of its server as --api-base."
    )


def test_tools_are_never_left_out_in_silence(desk: Desk, warm: None) -> None:
    client = desk.client(None, client="litellm", model="perplexity/sonar")
    with pytest.raises(ProviderError) as caught:
        desk.run(client, lambda each: each.send(Request("perplexity/sonar", HELLO.messages, HELLO.tools)))
    assert caught.value.kind == "no_tools"


def test_nothing_heavy_is_loaded_before_it_is_needed(fresh: Callable[[str], str]) -> None:
    code = """
import sys
from simenv.llm.client import Client, ClientSettings
Client(ClientSettings(model="anthropic/claude"))
Client(ClientSettings(model="player", api_base="http://127.0.0.1:1/v1"))
print([name for name in ("aiohttp", "litellm", "openai", "pydantic") if name in sys.modules])
"""
    assert fresh(code).strip() == "[]"
