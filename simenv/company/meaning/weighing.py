"""Weighs a text: adds up what its cues say for every act and subject, in whole numbers.

The weights lie in ``weights.json``, were fitted once (:mod:`simenv.bench.reader`) and are small integers. What a cue
says about all labels is packed into one integer, sixteen bits a label, so that one addition serves them all. What two
neighbours say is remembered; a text is then a handful of look-ups a word.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import msgspec
from msgspec import Struct

from simenv.company.meaning import cues, stored
from simenv.company.meaning.lexicon import OPENING, START, Lexicon, Node, lexicon

_BITS: Final = 16
_HALF: Final = 1 << (_BITS - 1)
_ZERO: Final = 63
"""Code of the character that stands for the weight nought."""
_LONG: Final = 40
"""A text with more characters than this has words enough."""
_MOST: Final = 4_000
"""Characters that are weighed at most."""
_REMEMBERED: Final = 50_000
"""Words, and pairs of words, that are remembered at most."""


class Weights(Struct, frozen=True):
    """What cues say, as it stands in ``weights.json``.

    Attributes:
        labels: What is weighed: groups of labels, such as acts.
        lean: What is said before anything is read, a group of labels.
        cues: For each group: cue -> a character a label, whose code less that of ``?`` is the weight.
    """

    labels: dict[str, list[str]]
    lean: dict[str, list[int]]
    cues: dict[str, dict[str, str]]


class _Word(Struct, frozen=True, gc=False):
    said: int
    first: int
    last: int
    loose: bool
    options: tuple[str, ...]


class _Pair(Struct, frozen=True):
    said: int
    first: int
    last: int
    begun: list[Node]


class Scale:
    """Weighs texts.

    Args:
        weights: What every cue says.
        words: The classes of words.
    """

    def __init__(self, weights: Weights, words: Lexicon) -> None:
        self._lexicon = words
        self.labels = [label for group in weights.labels.values() for label in group]
        self._said: dict[str, int] = {}
        self._start = sum(_HALF << (_BITS * place) for place in range(len(self.labels)))
        place = 0
        for group, labels in weights.labels.items():
            for cue, said in weights.cues[group].items():
                self._said[cue] = self._said.get(cue, 0) + _packed([ord(sign) - _ZERO for sign in said], place)
            self._start += _packed(weights.lean[group], place)
            place += len(labels)
        self._words: dict[str, _Word] = {}
        self._pairs: dict[tuple[str, str], _Pair] = {}

    def weigh(self, text: str) -> list[int]:
        """Return what normal ``text`` says for every label."""
        sentences = self._lexicon.sentences(text)
        last = len(sentences) - 1
        words, pairs = self._words, self._pairs
        total = self._start + self._sum(cues.of_length(sentences))
        for index, sentence in enumerate(sentences):
            before = START if index else OPENING
            begun: list[Node] = []
            for token in sentence:
                word = words.get(token) or self._word(token)
                total += word.said
                if word.loose:
                    continue
                pair = pairs.get((before, token)) or self._pair(before, token)
                total += pair.said
                if index == 0:
                    total += word.first + pair.first
                elif index == last:
                    total += word.last + pair.last
                if begun:
                    options = word.options
                    reached = [node[option] for node in begun for option in options if option in node]
                    for node in reached:
                        for name in node:
                            if name[0] == "&":
                                total += self._at(name, index, last)
                    begun = reached + pair.begun
                else:
                    begun = pair.begun
                before = token
        return [((total >> _BITS * place) & (2 * _HALF - 1)) - _HALF for place in range(len(self.labels))]

    def _word(self, token: str) -> _Word:
        placed = [] if token in self._lexicon.loose else cues.placed(token, self._lexicon)
        found = _Word(
            self._sum(cues.of_word(token, self._lexicon)),
            self._sum([cues.FIRST + cue for cue in placed]),
            self._sum([cues.LAST + cue for cue in placed]),
            token in self._lexicon.loose,
            (*self._lexicon.options(token), "_"),
        )
        if len(self._words) >= _REMEMBERED:
            self._words.clear()
        self._words[token] = found
        return found

    def _pair(self, before: str, token: str) -> _Pair:
        names, begun = cues.step(cues.step([self._lexicon.phrases], before, self._lexicon)[1], token, self._lexicon)
        found = _Pair(
            self._sum([*cues.of_pair(before, token, self._lexicon), *names]),
            self._sum([cues.FIRST + name for name in names]),
            self._sum([cues.LAST + name for name in names]),
            begun,
        )
        if len(self._pairs) >= _REMEMBERED:
            self._pairs.clear()
        self._pairs[before, token] = found
        return found

    def _at(self, name: str, index: int, last: int) -> int:
        said = self._said.get(name, 0)
        if index == 0:
            return said + self._said.get(cues.FIRST + name, 0)
        return said + self._said.get(cues.LAST + name, 0) if index == last else said

    def _sum(self, names: list[str]) -> int:
        return sum([self._said.get(name, 0) for name in names])


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
