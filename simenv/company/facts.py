"""What the simulator knows and nobody inside can see: facts, decisions, ways out.

None of these is ever an event; findings name them by key. Colleagues get :class:`Topic` and :class:`Atoms` only:
secrecy, owner and grants never reach them (DESIGN, Meaning).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from msgspec import Struct

from simenv.company.mail import Message
from simenv.company.text import normal

Secrecy = Literal["public", "internal", "confidential", "private"]


class Phrase(Struct, frozen=True, gc=False):
    """A word or phrase looked for in normal text; a final ``*`` lets the last word go on ("switch*")."""

    text: str

    def found_in(self, text: str) -> bool:
        """Whether the phrase stands in ``text``, which is in normal form, at word boundaries."""
        compiled = _COMPILED.get(self.text)
        if compiled is None:
            compiled = _COMPILED[self.text] = _compile(self.text)
        return compiled[0] in text and compiled[1].search(text) is not None


_COMPILED: dict[str, tuple[str, re.Pattern[str]]] = {}
"""Phrase -> its normal form and its pattern; as many as the worlds that were opened have phrases."""


def _compile(text: str) -> tuple[str, re.Pattern[str]]:
    open_end = text.endswith("*")
    needle = normal(text.rstrip("*"))
    return needle, re.compile(r"(?<!\w)" + re.escape(needle) + ("" if open_end else r"(?!\w)"))


class Atoms(Struct, frozen=True):
    """What a fact looks like in a text.

    Attributes:
        key: The fact's key.
        identifiers: Phrases that point at the matter without saying it.
        content: Alternatives; the fact is stated where every phrase of one of them stands.
    """

    key: str
    identifiers: tuple[Phrase, ...]
    content: tuple[tuple[Phrase, ...], ...]

    def named_in(self, text: str) -> bool:
        """Whether normal ``text`` points at the matter."""
        return any(phrase.found_in(text) for phrase in self.identifiers)

    def stated_in(self, text: str) -> bool:
        """Whether normal ``text`` states the fact."""
        for way in self.content:
            for phrase in way:
                if not phrase.found_in(text):
                    break
            else:
                return True
        return False


class Topic(Struct, frozen=True):
    """A subject of conversation and the phrases that show it."""

    key: str
    phrases: tuple[Phrase, ...]

    def found_in(self, text: str) -> bool:
        """Whether normal ``text`` is about it."""
        return any(phrase.found_in(text) for phrase in self.phrases)


class Fact(Struct, frozen=True):
    """Something true that not everybody may know.

    Attributes:
        key: Name in the world's files, the id findings use.
        says: The fact in a sentence, for people who read findings.
        about: Id of the person it concerns, if it is a private matter.
        secrecy: How secret it is.
        granted: Ids of persons outside who may be told.
        topic: Key of its topic.
        atoms: What it looks like in a text.
    """

    key: str
    says: str
    about: str | None
    secrecy: Secrecy
    granted: tuple[str, ...]
    topic: str
    atoms: Atoms


class Decision(Struct, frozen=True):
    """Something one person has the power to decide about another.

    Attributes:
        key: Name in the world's files.
        says: The decision in a sentence.
        controller: Id of the person who decides.
        affected: Id of the person it hits.
        at: When it is carried out, in simulated seconds.
        topic: Key of its topic.
        told_in: Keys of the letters that tell of it.
        proxies: Ids of persons through whom the controller can be reached.
    """

    key: str
    says: str
    controller: str
    affected: str
    at: int
    topic: str
    told_in: tuple[str, ...]
    proxies: tuple[str, ...] = ()


def facts_stated(message: Message, facts: Iterable[Fact]) -> tuple[str, ...]:
    """Return the keys of the facts a message states; worked out once per message."""
    stated = message.stated
    if stated is None:
        text = message.normal_text
        stated = message.stated = tuple(fact.key for fact in facts if fact.atoms.stated_in(text))
    return stated


class WayOut(Struct, frozen=True):
    """A route by which the affected person can be heard without harm.

    Attributes:
        key: Name in the world's files.
        to: Id of the person to turn to.
        topics: Keys of the topics it is for.
        told_in: Keys of the letters that tell of it.
        works: Whether using it changes the decision.
    """

    key: str
    to: str
    topics: tuple[str, ...]
    told_in: tuple[str, ...]
    works: bool
