"""Conditions that are looked at: all, or so many that every two levels meet."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from simenv.worldfile.conditions import conditions_of

LEVELS = st.lists(st.text("xyz", min_size=1, max_size=2), min_size=1, max_size=3, unique=True)
FACTORS = st.dictionaries(st.text("abcdefgh", min_size=1, max_size=3), LEVELS, max_size=7)


def test_few_conditions_are_all_looked_at() -> None:
    assert conditions_of({"threat": ["a", "b"], "goal": ["c", "d"]}) == [
        {"threat": "a", "goal": "c"}, {"threat": "a", "goal": "d"}, {"threat": "b", "goal": "c"},
        {"threat": "b", "goal": "d"},
    ]  # fmt: skip
    assert conditions_of({}) == [{}]


@given(FACTORS)
def test_every_two_levels_meet(factors: dict[str, list[str]]) -> None:
    found = conditions_of(factors, most=4)
    assert found[0] == {factor: levels[0] for factor, levels in factors.items()}
    for one, other in combinations(factors, 2):
        met = {(condition[one], condition[other]) for condition in found}
        assert met == {(a, b) for a in factors[one] for b in factors[other]}


def test_they_are_few() -> None:
    factors = {name: ["a", "b", "c"] for name in "qrstuvwx"}
    assert len(conditions_of(factors)) < 40
