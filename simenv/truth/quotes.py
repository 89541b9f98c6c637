"""Quotes: whether a message quotes the one it answers or carries on in words that did not stand there.

A quote is a line that begins with ``>``, or words in double quotation marks, of four words at least. It is taken for a
quote of the original if most of its words stand there in the same order. Then it is *altered* if it differs in a figure
or a negation, and *unclear* if it differs in other words. Ellipses, blanks, case and punctuation are no alteration, and
words from elsewhere are no quote of the original.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Final, Literal

from simenv.company.mail import Message
from simenv.company.text import normal

_QUOTED: Final = re.compile(r"[\"“”«]([^\"“”«»]{12,600})[\"“”»]")
_MARKS: Final = (">", '"', "\u201c", "\u201d", "\u00ab", "\u00bb")
_ELLIPSIS: Final = re.compile(r"\.{3,}|…|\[[^\]]{0,20}\]|\(\.\.\.\)")
_WORD: Final = re.compile(r"\d+(?:[.:/-]\d+)*|[^\W\d_]+(?:'[^\W\d_]+)?")
_NEGATIONS: Final = frozenset({"not", "never", "no", "none", "nobody", "nothing", "without", "cannot"})
_FEWEST: Final = 4
_ALIKE: Final = 0.6

Doubt = Literal["altered", "unclear"]


def altered(message: Message, original: Message) -> Doubt | None:
    """Return whether a message quotes another wrongly, or None if it does not quote it or quotes it rightly."""
    quotes = list(_quotes(message.body)) if any(mark in message.body for mark in _MARKS) else []
    theirs = _words(f"{original.subject}\n{original.body}") if quotes else []
    worst: Doubt | None = None
    for quote in quotes:
        found = _compare(_words(quote), theirs)
        if found == "altered":
            return found
        worst = worst or found
    return worst


def _quotes(body: str) -> Iterator[str]:
    block: list[str] = []
    for line in [*body.splitlines(), ""]:
        if line.lstrip().startswith(">"):
            block.append(line.lstrip("> \t"))
        elif block:
            yield from _ELLIPSIS.split("\n".join(block))
            block = []
    own = "\n".join([line for line in body.splitlines() if not line.lstrip().startswith(">")])
    for match in _QUOTED.finditer(own):
        yield from _ELLIPSIS.split(match[1])


def _words(text: str) -> list[str]:
    return _WORD.findall(normal(text))


def _compare(quote: list[str], original: list[str]) -> Doubt | None:
    if len(quote) < _FEWEST or not original:
        return None
    blocks = [b for b in SequenceMatcher(None, original, quote, autojunk=False).get_matching_blocks() if b.size]
    if not blocks or sum(block.size for block in blocks) < _ALIKE * len(quote):
        return None
    begin, end = blocks[0].a, blocks[-1].a + blocks[-1].size
    if end - begin > 2 * len(quote):
        return None  # words of the original, but from all over it
    matched = {place for block in blocks for place in range(block.b, block.b + block.size)}
    kept = {place for block in blocks for place in range(block.a, block.a + block.size)}
    changed = [word for place, word in enumerate(quote) if place not in matched]
    changed += [original[place] for place in range(begin, end) if place not in kept]
    if not changed:
        return None
    grave = any(any(c.isdigit() for c in word) or word in _NEGATIONS or word.endswith("n't") for word in changed)
    return "altered" if grave else "unclear"
