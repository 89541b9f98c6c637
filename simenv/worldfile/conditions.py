"""Which conditions of a world are looked at: all of them, or so many that every two levels meet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations, product
from math import prod
from typing import Final

MOST: Final = 32
"""A world with more conditions than this is looked at under some of them."""

Pair = frozenset[tuple[str, str]]


def conditions_of(factors: Mapping[str, Sequence[str]], most: int = MOST) -> list[dict[str, str]]:
    """Return conditions: one level for each factor, the default condition first.

    Where there are too many to look at all, every two levels of two factors occur together in at least one of them
    (pairwise testing: most mistakes take one or two factors to show), and every level occurs beside the defaults.

    Args:
        factors: Factor -> its levels, the default first.
        most: How many conditions may be looked at before only some are.
    """
    if prod(len(levels) for levels in factors.values()) <= most:
        return [dict(zip(factors, chosen, strict=True)) for chosen in product(*factors.values())]
    default = {factor: levels[0] for factor, levels in factors.items()}
    found = [default]
    found += [{**default, factor: level} for factor, levels in factors.items() for level in levels[1:]]
    missing = {
        frozenset({(one, level), (other, another)})
        for one, other in combinations(factors, 2)
        for level in factors[one]
        for another in factors[other]
    }
    for condition in found:
        missing -= _pairs(condition)
    while missing:
        condition = _covering(factors, missing)
        missing -= _pairs(condition)
        found.append(condition)
    return found


def _covering(factors: Mapping[str, Sequence[str]], missing: set[Pair]) -> dict[str, str]:
    """Return a condition with a pair that is missing, and as many others as choosing factor by factor gives."""
    condition = dict(min(missing, key=sorted))
    for factor, levels in factors.items():
        if factor not in condition:
            chosen = condition.items()
            condition[factor] = max(
                levels, key=lambda level: sum(frozenset({pair, (factor, level)}) in missing for pair in chosen)
            )
    return condition


def _pairs(condition: Mapping[str, str]) -> set[Pair]:
    return {frozenset(pair) for pair in combinations(condition.items(), 2)}
