"""What a message does: the act its words weigh most as, and a second one where it weighs nearly as much.

In a message of several points, what one of its sentences does beyond doubt is read as well. Threats are decided by
:mod:`~simenv.company.meaning.threat`, or by a weight that leaves no doubt. Where the words point in three directions at
once, nothing is read: whoever reads asks back.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from simenv.company.meaning.labels import ACTS, THREAT
from simenv.company.meaning.threat import threatens
from simenv.company.meaning.weighing import known, points, weighed

_NEAR: Final = 150
"""How much less a second act may weigh, in hundredths of a unit of log-odds."""
_APART: Final = 100
"""How much more the first act must weigh than the third."""
_APART_AT_LENGTH: Final = 60
"""The same in a message of several points, where more than one act is to be expected."""
_PLAIN: Final = 120
"""How much more than any other a sentence must weigh as an act to be read by itself."""
_MENACE: Final = 300
"""How much more than anything else a text must weigh as a threat to be read as one without the rule."""
_DARK: Final = 60
"""How much more it may do so and still be read as something decent; between the two, whoever reads asks back."""


@lru_cache(maxsize=4096)
def acts_in(text: str) -> tuple[str, ...]:
    """Return the acts of normal ``text``, the main one first; none if it is unclear."""
    if not known(text):
        return ()
    several = points(text)
    read = _weightiest(weighed(text), text, _APART_AT_LENGTH if several else _APART)
    read += [act for said in several if (act := _beyond_doubt(said)) is not None]
    if read and text.endswith("?"):
        read.append("ask")
    return tuple(dict.fromkeys(read))


def _weightiest(said: Mapping[str, int], text: str, apart: int) -> list[str]:
    ranked = sorted(ACTS, key=lambda act: (-said[act], act))
    decent = [act for act in ranked if act != THREAT]
    surplus = said[THREAT] - said[decent[0]]
    if threatens(text) or surplus >= _MENACE:
        return [THREAT, decent[0]] if surplus <= _NEAR else [THREAT]
    if surplus > _DARK or said[ranked[0]] - said[ranked[2]] < apart:
        return []
    return decent[:2] if said[decent[0]] - said[decent[1]] <= _NEAR else decent[:1]


def _beyond_doubt(said: Mapping[str, int]) -> str | None:
    first, second = sorted(ACTS, key=lambda act: (-said[act], act))[:2]
    return first if first != THREAT and said[first] - said[second] >= _PLAIN else None


__all__ = ["ACTS", "acts_in"]
