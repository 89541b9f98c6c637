"""Keyed chance, and ids."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simenv.core.streams import Streams, world_id

seeds = st.integers(0, 2**64 - 1)


def test_draws_are_the_same_on_every_machine() -> None:
    """Values written down once: a change of them changes every episode, and needs new rules."""
    streams = Streams(7)
    assert streams.u64("cast", "director", "") == 15_977_285_351_678_251_527
    assert streams.make_id("mail", "person-a", "key") == "mail-qf5dsu3a"
    assert world_id("person", "summit_bridge", "world", "director") == "person-375cqiyd"


@given(seeds, st.integers(1, 10**9), st.text(max_size=5))
def test_below_stays_below(seed: int, bound: int, key: str) -> None:
    """Bounded draws keep their bound."""
    assert 0 <= Streams(seed).below(bound, "a", "b", key) < bound


@given(seeds, st.lists(st.integers(0, 10_000), min_size=2, max_size=7).map(sorted), st.text(max_size=5))
def test_delays_lie_in_their_table(seed: int, table: list[int], key: str) -> None:
    """Delays are integers between the least and the greatest quantile."""
    assert table[0] <= Streams(seed).delay(table, "a", "b", key) <= table[-1]


def test_choices_are_even() -> None:
    """Each of four options about a quarter of the time."""
    counts = [0] * 4
    for number in range(4_000):
        counts[Streams(number).choose(range(4), "a", "b", "c")] += 1
    assert all(900 < count < 1_100 for count in counts)


@given(seeds, st.tuples(st.text(max_size=4), st.text(max_size=4)), st.tuples(st.text(max_size=4), st.text(max_size=4)))
def test_what_a_draw_is_for_keeps_draws_apart(seed: int, one: tuple[str, str], other: tuple[str, str]) -> None:
    """Different keys, different draws; the same key, the same draw."""
    streams = Streams(seed)
    same = streams.u64("purpose", *one) == streams.u64("purpose", *other)
    assert same == (one == other) or "\x1f" in "".join((*one, *other))


@pytest.mark.parametrize("seed", [-1, 2**64])
def test_a_seed_has_64_bits(seed: int) -> None:
    """Anything else is refused at once."""
    with pytest.raises(ValueError, match="seed"):
        Streams(seed)
