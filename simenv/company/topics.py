"""All subjects of conversation of a world, looked for in a text at once.

Nearly every judge and every colleague asks what a text is about, of the same text and the same subjects. So phrases are
found by the first letters of their first word, and what was found of a text is remembered for a while.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, TypeVar

from simenv.company.facts import Phrase, Topic

_WORD: Final = re.compile(r"\w+")
_LETTERS: Final = 3
_REMEMBERED: Final = 128
V = TypeVar("V")


class Topics:
    """What can be talked about.

    Args:
        topics: In the order in which readings name them.
    """

    __slots__ = ("_found", "_index", "_meant", "_topics", "_unplaced")

    def __init__(self, topics: Iterable[Topic] = ()) -> None:
        self._topics = tuple(topics)
        self._found: dict[str, frozenset[str]] = {}
        self._meant: dict[str, tuple[str, ...]] = {}
        self._index: dict[str, list[tuple[Phrase, str]]] | None = None
        self._unplaced: list[tuple[Phrase, str]] = []

    def __iter__(self) -> Iterator[Topic]:
        return iter(self._topics)

    def __len__(self) -> int:
        return len(self._topics)

    def found(self, text: str) -> frozenset[str]:
        """Return the keys of the topics of which a phrase stands in normal ``text``: what judgements of harm go by."""
        known = self._found.get(text)
        if known is None:
            known = frozenset(self._look(text))
            _keep(self._found, text, known)
        return known

    def meant(self, text: str) -> tuple[str, ...]:
        """Return the keys of the topics that normal ``text`` is about as a reader understands it, in their order."""
        known = self._meant.get(text)
        if known is None:
            found = self.found(text)
            known = tuple([each.key for each in self._topics if each.key in found or (each.like and each.alike(text))])
            _keep(self._meant, text, known)
        return known

    def _look(self, text: str) -> Iterator[str]:
        if self._index is None:
            self._index = self._indexed()
        done: set[str] = set()
        for start in {word[:_LETTERS] for word in _WORD.findall(text)}:
            for phrase, key in self._index.get(start, ()):
                if key not in done and phrase.needle in text and phrase.found_in(text):
                    done.add(key)
        yield from done
        yield from (key for phrase, key in self._unplaced if phrase.found_in(text))

    def _indexed(self) -> dict[str, list[tuple[Phrase, str]]]:
        """Return the phrases by the first letters of the word they begin with."""
        index: dict[str, list[tuple[Phrase, str]]] = {}
        for topic in self._topics:
            for phrase in topic.phrases:
                first = _WORD.match(phrase.needle)
                word = first[0] if first is not None else ""
                grows = phrase.goes_on and word == phrase.needle
                if not word or (grows and len(word) < _LETTERS):
                    self._unplaced.append((phrase, topic.key))  # the word it begins in may begin in many ways
                else:
                    index.setdefault(word[:_LETTERS], []).append((phrase, topic.key))
        return index


def _keep(kept: dict[str, V], key: str, value: V) -> None:
    if len(kept) >= _REMEMBERED:
        kept.clear()
    kept[key] = value
