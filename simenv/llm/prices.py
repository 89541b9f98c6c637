"""What a model costs, from the table that LiteLLM ships; LiteLLM itself is not imported, its file is read.

The table is as old as the installed LiteLLM. Where it has no price, or nothing but zeros (it writes zeros for what is
free and for what it does not know), the price is None: unknown, and never 0.
"""

from __future__ import annotations

import importlib.util
import re
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import msgspec
from msgspec import Struct

from simenv.llm.data import Usage

_TABLE: Final = "model_prices_and_context_window_backup.json"
_ABOVE: Final = re.compile(r"input_cost_per_token_above_(\d+)k_tokens")
_INPUT: Final = "input_cost_per_token"
_OUTPUT: Final = "output_cost_per_token"
_CACHED: Final = "cache_read_input_token_cost"
_REASONING: Final = "output_cost_per_reasoning_token"


class Rate(Struct, frozen=True):
    """US dollars a token.

    Attributes:
        input: Of a request.
        output: Of a reply.
        cached: Of a request's token that was read from the provider's cache, or None where that has no price of its
            own.
        reasoning: Of a reply's token of reasoning, or None where that has no price of its own.
    """

    input: float
    output: float
    cached: float | None = None
    reasoning: float | None = None


class Tier(Struct, frozen=True):
    """What holds for a whole request of more than so many tokens."""

    above: int
    rate: Rate


class Price(Struct, frozen=True):
    """What a model costs.

    Attributes:
        name: Name of the model in the table.
        rate: What its tokens cost.
        context: Tokens that request and reply may have, or None where the table does not say.
        tiers: Other rates for long requests, by length.
    """

    name: str
    rate: Rate
    context: int | None = None
    tiers: tuple[Tier, ...] = ()

    def rate_at(self, tokens: int) -> Rate:
        """Return what a request of so many tokens, and its reply, cost a token."""
        rate = self.rate
        for tier in self.tiers:
            if tokens > tier.above:
                rate = tier.rate
        return rate

    def cost(self, usage: Usage) -> float:
        """Return the price of one reply in US dollars. What writing into a cache costs is not in it."""
        rate = self.rate_at(usage.input)
        cached = min(usage.cached, usage.input) if rate.cached is not None else 0
        thought = min(usage.reasoning, usage.output) if rate.reasoning is not None else 0
        return (
            (usage.input - cached) * rate.input
            + cached * (rate.cached or 0.0)
            + (usage.output - thought) * rate.output
            + thought * (rate.reasoning or 0.0)
        )


@lru_cache(maxsize=256)
def price_of(model: str) -> Price | None:
    """Return what a model costs, or None if that is not known.

    A name is looked up as it is and without its provider's prefix, in the latter case only among that provider's own
    models: ``groq/gpt-4o`` is not priced as OpenAI's.

    Args:
        model: Name of the model, with or without its provider's prefix.

    Example:
        >>> price_of("openai/gpt-4o") == price_of("gpt-4o")
        True
        >>> price_of("openai/my-own") is None
        True
    """
    table = _table()
    provider, _, bare = model.partition("/")
    name, entry = model, _entry(table, model)
    if entry is None and bare:
        name, entry = bare, _entry(table, bare)
        if entry is not None and not _made_by(entry, provider):
            entry = None
    return None if entry is None else _price(name, entry)


def _table() -> dict[str, msgspec.Raw]:
    path = _path()
    return {} if path is None else _read(path)


def _path() -> Path | None:
    """Return where the table lies; looking for a package by its name does not import it."""
    found = importlib.util.find_spec("litellm")
    for folder in (found.submodule_search_locations or ()) if found is not None else ():
        path = Path(folder) / _TABLE
        if path.is_file():
            return path
    return None


@lru_cache(maxsize=1)
def _read(path: Path) -> dict[str, msgspec.Raw]:
    return msgspec.json.decode(path.read_bytes(), type=dict[str, msgspec.Raw])


def _entry(table: dict[str, msgspec.Raw], name: str) -> dict[str, Any] | None:
    if name.startswith("ft:"):  # a fine-tuned model is priced by what it was tuned from: ft:gpt-4o-2024-08-06:firm::id
        name = ":".join(name.split(":")[:2])
    raw = table.get(name)
    return None if raw is None else msgspec.json.decode(raw, type=dict[str, Any])


def _made_by(entry: dict[str, Any], provider: str) -> bool:
    """Whether an entry is of a provider; some are subdivided: ``vertex_ai-language-models``, ``cohere_chat``."""
    named = str(entry.get("litellm_provider", ""))
    return named == provider or named.startswith((f"{provider}-", f"{provider}_"))


def _price(name: str, entry: dict[str, Any]) -> Price | None:
    tiers = sorted(_tiers(entry), key=lambda tier: tier.above)
    rate = _rate(entry, "")
    if rate is None and tiers and tiers[0].above == 0:
        rate = tiers.pop(0).rate
    if rate is None or not (rate.input or rate.output):
        return None
    context = entry.get("max_input_tokens") or entry.get("max_tokens")
    return Price(name, rate, int(context) if isinstance(context, int | float) else None, tuple(tiers))


def _tiers(entry: dict[str, Any]) -> list[Tier]:
    found = []
    for key in entry:
        above = _ABOVE.fullmatch(key)
        rate = _rate(entry, f"_above_{above[1]}k_tokens") if above else None
        if above and rate is not None:
            found.append(Tier(1_000 * int(above[1]), rate))
    for listed in entry.get("tiered_pricing") or ():
        rate = _rate(listed, "")
        if rate is not None and "range" in listed:
            found.append(Tier(int(listed["range"][0]), rate))
    return found


def _rate(entry: dict[str, Any], ending: str) -> Rate | None:
    """Return the rate for requests of one length; what is not said for it is as for short ones."""

    def get(key: str) -> float | None:
        value = entry.get(f"{key}{ending}", entry.get(key))
        return float(value) if isinstance(value, int | float) else None

    given, answered = get(_INPUT), get(_OUTPUT)
    if given is None or answered is None:
        return None
    return Rate(given, answered, get(_CACHED), get(_REASONING))
