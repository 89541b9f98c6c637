"""Cues: everything in a text that can speak for or against an act or a subject.

A cue is a word (``w:if``), a class of words (``@send``), two neighbours as words or classes (``i @send``), a class of
phrases (``&apology``), the same in the first or the last sentence (``0@send``, ``9&apology``), and how long a text is.
Here they are listed one by one, as it is done for fitting; :mod:`~simenv.company.meaning.weighing` adds up their
weights without listing them.
"""

from __future__ import annotations

from collections import Counter

from simenv.company.meaning.lexicon import OPENING, START, Lexicon, Node

FIRST = "0"
"""What the cues of the first sentence begin with."""
LAST = "9"
"""What the cues of the last sentence begin with, if there are several."""


def of_word(word: str, lexicon: Lexicon) -> list[str]:
    """Return the cues in a word."""
    return [f"w:{word}"] if word in lexicon.loose else [f"w:{word}", *placed(word, lexicon)]


def placed(word: str, lexicon: Lexicon) -> list[str]:
    """Return those of its cues for which it matters where the word stands."""
    names = [name for name in lexicon.phrases.get(word, ()) if name.startswith("&")]
    return [*lexicon.options(word)[1:], *names]


def of_pair(before: str, word: str, lexicon: Lexicon) -> list[str]:
    """Return the cues in two words that stand side by side."""
    return [f"{one} {other}" for one in lexicon.options(before) for other in lexicon.options(word)]


def step(nodes: list[Node], word: str, lexicon: Lexicon) -> tuple[list[str], list[Node]]:
    """Go one word further in the phrases that have begun.

    Returns:
        The phrases that end with the word, and those that may go on.
    """
    reached = [node[name] for node in nodes for name in (*lexicon.options(word), "_") if name in node]
    return [name for node in reached for name in node if name.startswith("&")], reached


def of_length(sentences: list[list[str]]) -> list[str]:
    """Return the cues in how long a text is."""
    return [f"n:{min(5, sum(map(len, sentences)) // 10)}", f"s:{min(6, len(sentences))}"]


def cues_in(text: str, lexicon: Lexicon) -> Counter[str]:
    """Return how often every cue stands in normal ``text``."""
    sentences = lexicon.sentences(text)
    found = Counter(of_length(sentences))
    for index, sentence in enumerate(sentences):
        before = START if index else OPENING
        here: list[str] = []
        begun: list[Node] = []
        for word in sentence:
            found.update(of_word(word, lexicon))
            if word in lexicon.loose:
                continue
            here += placed(word, lexicon)
            found.update(of_pair(before, word, lexicon))
            begun += step([lexicon.phrases], before, lexicon)[1]
            names, begun = step(begun, word, lexicon)
            found.update(names)
            here += names
            before = word
        if index == 0:
            found.update(FIRST + cue for cue in here)
        elif index == len(sentences) - 1:
            found.update(LAST + cue for cue in here)
    return found
