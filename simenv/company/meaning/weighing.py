"""Weighs a text: adds up what its cues say for every act and subject, in whole numbers.

The weights lie in ``weights.json``, were fitted once (:mod:`simenv.bench.reader`) and are small integers. What a cue
says about all labels is packed into one integer, 24 bits a label, so that one addition serves them all. Which cues
a unit of a text shows is remembered; a text is then a handful of look-ups a word. No number is a float: a text weighs
the same on every machine.
"""

from __future__ import annotations

from functools import lru_cache
from math import isqrt
from typing import Final

import msgspec
from msgspec import Struct

from simenv.company.meaning import cues, stored
from simenv.company.meaning.lexicon import Lexicon, lexicon

_BITS: Final = 24
_HALF: Final = 1 << (_BITS - 1)
UNIT: Final = 20
"""Weights are in twentieths of a unit of log-odds, for a text of one unit."""
_FINE: Final = 1000
"""Roots are taken to this part."""
_STEPS: Final = 45
ZERO: Final = 80
"""Code of the character that stands for the weight nought."""
_LONG: Final = 40
"""A text with more characters than this has words enough."""
_MOST: Final = 4_000
"""Characters that are weighed at most."""
_POINTS: Final = 4
"""Sentences from which on a text may have several points."""
_REMEMBERED: Final = 50_000
"""Units of texts that are remembered at most."""


def _sizes() -> tuple[int, ...]:
    found = [0]
    while len(found) <= _STEPS:
        found.append(max(found[-1] + 1, found[-1] * 23 // 20))
    return tuple(found)


SIZES: Final = _sizes()
"""The sizes of weights: a large one is 15 % more than the one before."""


class Weights(Struct, frozen=True):
    """What cues say, as it stands in ``weights.json``.

    Attributes:
        labels: What is weighed: groups of labels, such as acts.
        lean: What is said before anything is read, a group of labels.
        cues: For each group: cue -> a character a label, whose code less :data:`ZERO` is the number of the weight among
            :data:`SIZES`, below nought for what speaks against the label.
    """

    labels: dict[str, list[str]]
    lean: dict[str, list[int]]
    cues: dict[str, dict[str, str]]


class Scale:
    """Weighs texts.

    Args:
        weights: What every cue says.
        words: The classes of words.
    """

    def __init__(self, weights: Weights, words: Lexicon) -> None:
        self._lexicon = words
        self.labels = [label for group in weights.labels.values() for label in group]
        self._lean = [lean for group in weights.labels for lean in weights.lean[group]]
        self._weights = weights
        self._numbers: dict[str, int] = {}
        self._said: list[int] = []
        self._start = sum(_HALF << (_BITS * place) for place in range(len(self.labels)))
        self._units: dict[str, tuple[int, ...]] = {}

    def weigh(self, text: str) -> list[int]:
        """Return what normal ``text`` says for every label, in hundredths of a unit of log-odds.

        A cue that is shown more than once counts once; a long text shows more cues, each of which says less.
        """
        known = self._units
        units = cues.units_in(text, self._lexicon)
        shown: set[int] = set()
        for unit in units:
            numbers = known.get(unit)
            shown.update(self._unit(unit) if numbers is None else numbers)
        total = sum(map(self._said.__getitem__, shown), self._start)
        length = isqrt(len(units) * _FINE * _FINE)
        return [
            lean + (((total >> _BITS * place) & (2 * _HALF - 1)) - _HALF) * (100 * _FINE // UNIT) // length
            for place, lean in enumerate(self._lean)
        ]

    def _unit(self, unit: str) -> tuple[int, ...]:
        numbers = [self._number(cue) for cue in cues.cues_of(unit, self._lexicon)]
        found = tuple([number for number in numbers if number is not None])
        if len(self._units) >= _REMEMBERED:
            self._units.clear()
        self._units[unit] = found
        return found

    def _number(self, cue: str) -> int | None:
        """Return the number of a cue, or None if it says nothing. What it says is worked out when it is first met."""
        number = self._numbers.get(cue)
        if number is not None:
            return number
        packed, place = 0, 0
        for group, labels in self._weights.labels.items():
            said = self._weights.cues[group].get(cue)
            if said is not None:
                packed += _packed([_weight(ord(sign) - ZERO) for sign in said], place)
            place += len(labels)
        if packed == 0:
            return None
        self._numbers[cue] = number = len(self._said)
        self._said.append(packed)
        return number


def _weight(step: int) -> int:
    return SIZES[step] if step >= 0 else -SIZES[-step]


def _packed(said: list[int], place: int) -> int:
    return sum(weight << (_BITS * (place + n)) for n, weight in enumerate(said))


@lru_cache(maxsize=1)
def scale() -> Scale:
    """Return the scale with the weights of ``weights.json``, which are read when they are first needed."""
    return Scale(msgspec.json.decode(stored.weights(), type=Weights), lexicon())


def known(text: str) -> bool:
    """Whether normal ``text`` has a word of a known class, or one that ends like a verb."""
    words = lexicon()
    return len(text) > _LONG or any(
        len(words.options(word)) > 1 for sentence in words.sentences(text) for word in sentence
    )


@lru_cache(maxsize=4096)
def weighed(text: str) -> dict[str, int]:
    """Return what normal ``text`` says for every act and subject; for it above nought, the more the clearer.

    Of a very long text the beginning is weighed.
    """
    found = scale()
    return dict(zip(found.labels, found.weigh(text[:_MOST]), strict=True))


@lru_cache(maxsize=4096)
def points(text: str) -> tuple[dict[str, int], ...]:
    """Return what each sentence of normal ``text`` says, where it has enough of them for several points."""
    sentences = lexicon().sentences(text[:_MOST])
    return tuple([weighed(" ".join(words)) for words in sentences]) if len(sentences) >= _POINTS else ()
