"""Classes of words: which words and phrases of ``words.txt`` a text is made of.

A word is known by itself, by its classes (``@send`` for "forwards") and by the form of a verb (``@ed``, ``@ing``,
``@v0``, ``@vs``). Phrases are found in the row of a sentence's words; a phrase counts under its own class
(``&apology``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from msgspec import Struct

from simenv.company.meaning import stored

START: Final = "^"
"""Beginning of a sentence."""
OPENING: Final = "^^"
"""Beginning of a message; it is that of a sentence too."""
NUMBER: Final = "0"
"""What every number is read as."""
_ANY: Final = "_"
"""Any one word of a phrase."""
_REMEMBERED: Final = 50_000
"""Pairs of words that are remembered at most."""

_TOKEN: Final = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*|\d[\d.,:/-]*|[?!%€:;,.]")
_ENDS: Final = frozenset(".?!;:")
_FORMS: Final = {"d": "@ed", "g": "@ing", "0": "@v0", "s": "@vs"}
_DOUBLED: Final = re.compile(r"(?:^|[^aeiou])[aeiou][bdgklmnprt]$")
_LONG_DOUBLED: Final = frozenset(
    ("cancel", "submit", "forget", "commit", "transfer", "defer", "permit", "unplug", "reset")
)
_SINGLE: Final = frozenset(("open",))

Node = dict[str, "Node"]


class Lexicon(Struct, frozen=True):
    """The words of ``words.txt``.

    Attributes:
        contractions: Word -> the words it stands for ("don't", "pls").
        loose: Words that may stand anywhere; they part no phrase.
        classes: Word -> its classes and verb forms, each beginning with ``@``.
        phrases: Every phrase, word by word; where one ends, its classes are keys with an empty node.
        memo: What was worked out for two words.
    """

    contractions: dict[str, tuple[str, ...]]
    loose: frozenset[str]
    classes: dict[str, tuple[str, ...]]
    phrases: Node
    memo: dict[tuple[str, str], tuple[tuple[str, ...], tuple[Node, ...]]]

    def begun(self, one: str, other: str) -> tuple[tuple[str, ...], tuple[Node, ...]]:
        """Return the phrases that two words make, and where those stand that begin with them. It is remembered."""
        found = self.memo.get((one, other))
        if found is None:
            names, nodes = self.step(self.step([self.phrases], one)[1], other)
            found = tuple(names), tuple(nodes)
            if len(self.memo) >= _REMEMBERED:
                self.memo.clear()
            self.memo[one, other] = found
        return found

    def step(self, nodes: list[Node], word: str) -> tuple[list[str], list[Node]]:
        """Go one word further in phrases that have begun; return those that end with it, and those that may go on."""
        options = (*self.options(word), _ANY)
        reached = [node[name] for node in nodes for name in options if name in node]
        return [name for node in reached for name in node if name.startswith("&")], reached

    def options(self, word: str) -> tuple[str, ...]:
        """Return everything a word can be looked for as, itself first."""
        if word == OPENING:
            return (OPENING, START)
        if word == START:
            return (START,)
        known = self.classes.get(word)
        if known is not None:
            return (word, *known)
        if word.endswith("ed") and len(word) > 4:
            return (word, "@ed")
        if word.endswith("ing") and len(word) > 5:
            return (word, "@ing")
        return (word,)

    def sentences(self, text: str) -> list[list[str]]:
        """Return the words of normal ``text``, sentence by sentence, with contractions read in full."""
        full = self.contractions
        found: list[list[str]] = []
        sentence: list[str] = []
        for token in _TOKEN.findall(text):
            if token in full:
                sentence.extend(full[token])
            elif token in _ENDS:
                sentence.append(token)
                if len(sentence) > 1:
                    found.append(sentence)
                sentence = []
            else:
                sentence.append(NUMBER if token[0].isdigit() else token)
        if sentence:
            found.append(sentence)
        return found


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """Return the words of ``words.txt``, which are read when they are first needed."""
    full: dict[str, tuple[str, ...]] = {}
    loose: set[str] = set()
    classes: dict[str, dict[str, None]] = {}
    phrases: Node = {}
    for section, name, entry in _entries(stored.words()):
        if section == "loose":
            loose.update(entry.split())
        elif section == "contractions":
            for pair in entry.split("|"):
                short, _, long = pair.partition("=")
                full[short.strip()] = tuple(long.split())
        elif section == "words":
            for word in entry.split():
                classes.setdefault(word, {})[f"@{name}"] = None
        elif section == "verbs":
            for verb in entry.split():
                for word, form in verb_forms(verb):
                    classes.setdefault(word, {}).update({f"@{name}": None, form: None})
        else:
            for phrase in entry.split("|"):
                _plant(
                    phrases, [part for word in phrase.split() for part in full.get(word, (word,))], loose, f"&{name}"
                )
    return Lexicon(full, frozenset(loose), {word: tuple(found) for word, found in classes.items()}, phrases, {})


def _entries(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield section, name and content of every entry; an entry goes on in lines that begin with a blank."""
    section, name, content = "", "", ""
    for line in text.splitlines():
        if not line or line.startswith("# "):
            continue
        if line.startswith((" ", "[")) or section in ("loose", "contractions"):
            if not line.startswith("["):
                content += " " + line
                continue
            if content:
                yield section, name, content
            section, name, content = line[1:-1], "", ""
        else:
            if content:
                yield section, name, content
            name, _, content = line.partition(":")
    if content:
        yield section, name, content


def _plant(root: Node, words: list[str], loose: set[str], name: str) -> None:
    node = root
    for word in [word for word in words if word not in loose] or words:
        node = node.setdefault(word, {})
    node[name] = {}


def verb_forms(entry: str) -> Iterator[tuple[str, str]]:
    """Yield the forms of a verb, each with what it is called: ``give/gave/given``."""
    base, *past = entry.split("/")
    doubled = base not in _SINGLE and _DOUBLED.search(base) and (len(base) <= 4 or base in _LONG_DOUBLED)
    stem = base + base[-1] if doubled else base
    if base.endswith("e"):
        stem, ed = base[:-1], base + "d"
    else:
        ed = base[:-1] + "ied" if re.search(r"[^aeiou]y$", base) else stem + "ed"
    yield base, _FORMS["0"]
    if re.search(r"(?:s|sh|ch|x|z|o)$", base):
        yield base + "es", _FORMS["s"]
    else:
        yield (base[:-1] + "ies" if re.search(r"[^aeiou]y$", base) else base + "s"), _FORMS["s"]
    yield stem + "ing", _FORMS["g"]
    for word in past or [ed]:
        if word != base:
            yield word, _FORMS["d"]
