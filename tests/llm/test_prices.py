"""What a model costs is known or unknown; it is never nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from simenv.llm import prices
from simenv.llm.data import Usage
from simenv.llm.prices import Price, Rate, Tier, price_of

TABLE = {
    "plain": {"litellm_provider": "openai", "input_cost_per_token": 2e-06, "output_cost_per_token": 8e-06,
              "cache_read_input_token_cost": 5e-07, "max_input_tokens": 1000},
    "nobody/free-or-unknown": {"input_cost_per_token": 0.0, "output_cost_per_token": 0},
    "nobody/by-the-second": {"input_cost_per_second": 0.1, "output_cost_per_second": 0.1},
    "listed/long": {"litellm_provider": "listed", "tiered_pricing": [
        {"range": [0, 1000], "input_cost_per_token": 1e-06, "output_cost_per_token": 1e-06},
        {"range": [1000, 9000], "input_cost_per_token": 3e-06, "output_cost_per_token": 1e-06}]},
    "thinker": {"litellm_provider": "vertex_ai-language-models", "input_cost_per_token": 1e-06,
                "output_cost_per_token": 2e-06, "output_cost_per_reasoning_token": 5e-06,
                "input_cost_per_token_above_2k_tokens": 4e-06},
}  # fmt: skip


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Look prices up in a small table instead of the one that is installed."""
    path = tmp_path / "prices.json"
    path.write_bytes(msgspec.json.encode(TABLE))
    monkeypatch.setattr(prices, "_path", lambda: path)
    price_of.cache_clear()
    yield
    price_of.cache_clear()


@pytest.mark.usefixtures("table")
def test_names_are_found_with_and_without_their_provider() -> None:
    expected = Price("plain", Rate(2e-06, 8e-06, 5e-07), 1000)
    assert price_of("plain") == price_of("openai/plain") == expected
    assert price_of("ft:plain:firm::7") is None
    assert price_of("groq/plain") is None, "the same name at another provider has another price"
    thinker = price_of("vertex_ai/thinker")
    assert thinker is not None
    assert thinker.tiers == (Tier(2000, Rate(4e-06, 2e-06, None, 5e-06)),)


@pytest.mark.usefixtures("table")
@pytest.mark.parametrize("name", ["nobody/free-or-unknown", "nobody/by-the-second", "no-such-model", ""])
def test_what_is_not_known_is_not_nothing(name: str) -> None:
    assert price_of(name) is None


@pytest.mark.usefixtures("table")
def test_costs_add_up() -> None:
    plain, thinker, listed = price_of("plain"), price_of("thinker"), price_of("listed/long")
    assert plain is not None
    assert thinker is not None
    assert listed is not None
    assert plain.cost(Usage(1000, 100)) == pytest.approx(0.002 + 0.0008)
    assert plain.cost(Usage(1000, 100, cached=600)) == pytest.approx(400 * 2e-06 + 600 * 5e-07 + 0.0008)
    assert thinker.cost(Usage(2000, 100, cached=600, reasoning=40)) == pytest.approx(0.002 + 60 * 2e-06 + 40 * 5e-06)
    assert thinker.cost(Usage(2001, 0)) == pytest.approx(2001 * 4e-06)
    assert listed.cost(Usage(1000, 0)) == pytest.approx(0.001)
    assert listed.cost(Usage(1001, 0)) == pytest.approx(0.003003)


def test_the_installed_table_is_read_without_importing_its_package(fresh: Callable[[str], str]) -> None:
    said = fresh(
        "from simenv.llm.prices import price_of\nimport sys\n"
        "known = price_of('openai/gpt-4o')\n"
        "print(known == price_of('gpt-4o'), known.rate.output > known.rate.input > known.rate.cached > 0,\n"
        "      known.context >= 100_000, 'litellm' in sys.modules)"
    )
    assert said.split() == ["True", "True", "True", "False"]


def test_without_a_table_nothing_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prices, "_path", lambda: None)
    price_of.cache_clear()
    assert price_of("gpt-4o") is None
    price_of.cache_clear()
