"""Cues: everything in a text that can speak for or against an act or a subject.

A text is made of units: a word, two or three neighbours, a phrase of ``words.txt``, each also with the first or last
sentence as its place, and its length. A unit counts once, however often it stands there, and shows one or more cues:
itself (``w:if``, ``i can``), its classes (``@send``, ``i @send``), and the pieces of a word (``#invo``), which speak
for subjects only. The cues of a unit are the same in every text, so they can be remembered.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from simenv.company.meaning.lexicon import OPENING, START, Lexicon, Node

PIECE: Final = "#"
"""What a piece of a word begins with."""
_ALONE, _PAIR, _TRIPLE, _PHRASE, _LENGTH = "w", "p", "t", "n", "l"
_ANYWHERE, _FIRST, _LAST = "", "<", ">"
_SHORTEST: Final = 4
_LONGEST: Final = 6
"""Characters in a piece of a word, its beginning and end counted as characters."""


def units_in(text: str, lexicon: Lexicon) -> set[str]:
    """Return the units normal ``text`` is made of."""
    sentences = lexicon.sentences(text)
    last = len(sentences) - 1
    found = {f"l  {min(5, sum(map(len, sentences)) // 10)} {min(6, len(sentences))}"}
    for index, sentence in enumerate(sentences):
        place = _FIRST if index == 0 else _LAST if index == last else _ANYWHERE
        one, before = "", START if index else OPENING
        begun: list[Node] = []
        for word in sentence:
            found.add(f"w  {word}")
            if place:
                found.add(f"w {place} {word}")
            if word in lexicon.loose:
                continue
            found.add(f"p  {before} {word}")
            if one:
                found.add(f"t  {one} {before} {word}")
            names, reached = lexicon.begun(before, word)
            if begun:
                more, begun = lexicon.step(begun, word)
                names = (*names, *more)
            begun = [*begun, *reached]
            for name in names:
                found.add(f"n  {name}")
                if place:
                    found.add(f"n {place} {name}")
            one, before = before, word
    return found


def cues_of(unit: str, lexicon: Lexicon) -> list[str]:
    """Return the cues a unit shows."""
    kind, place, *words = unit.split(" ")
    if kind == _ALONE:
        placed = [] if words[0] in lexicon.loose else _classes(words[0], lexicon)
        return [place + cue for cue in placed] if place else [f"w:{words[0]}", *placed, *_pieces(words[0])]
    if kind == _PAIR:
        return [f"{one} {other}" for one in lexicon.options(words[0]) for other in lexicon.options(words[1])]
    if kind == _TRIPLE:
        return [" ".join(words)]
    return [place + words[0]] if kind == _PHRASE else [f"n:{words[0]}", f"s:{words[1]}"]


def cues_in(units: Iterable[str], lexicon: Lexicon) -> set[str]:
    """Return the cues that units show."""
    return {cue for unit in units for cue in cues_of(unit, lexicon)}


def _classes(word: str, lexicon: Lexicon) -> list[str]:
    names = [name for name in lexicon.phrases.get(word, ()) if name.startswith("&")]
    return [*lexicon.options(word)[1:], *names]


def _pieces(word: str) -> list[str]:
    whole = f"<{word}>"
    return [
        PIECE + whole[start : start + length]
        for length in range(_SHORTEST, _LONGEST + 1)
        for start in range(len(whole) - length + 1)
    ]
