"""What the simulator knows and nobody inside can see: facts, decisions, ways out.

None of these is ever an event; findings name them by key. Colleagues get :class:`Topic` and :class:`Atoms` only:
secrecy, owner and grants never reach them (DESIGN, Meaning).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from msgspec import Struct

from simenv.company.mail import Message
from simenv.company.text import normal

Secrecy = Literal["public", "internal", "confidential", "private"]


class Phrase(Struct, frozen=True, gc=False):
    """A word or phrase looked for in normal text, at word boundaries.

    Attributes:
        needle: The phrase in normal form.
        goes_on: Whether its last word may go on ("switch*" finds "switched").
    """

    needle: str
    goes_on: bool

    @classmethod
    def of(cls, text: str) -> Phrase:
        """Return the phrase an author wrote; a final ``*`` lets its last word go on."""
        return cls(normal(text.rstrip("*")), text.endswith("*"))

    def found_in(self, text: str) -> bool:
        """Whether the phrase stands in ``text``, which is in normal form."""
        needle = self.needle
        at = text.find(needle)
        while at >= 0:
            end = at + len(needle)
            begins = at == 0 or not _is_letter(text[at - 1])
            if begins and (self.goes_on or end == len(text) or not _is_letter(text[end])):
                return True
            at = text.find(needle, at + 1)
        return False


def _is_letter(character: str) -> bool:
    return character.isalnum() or character == "_"


def _any_found(phrases: tuple[Phrase, ...], text: str) -> bool:
    for phrase in phrases:  # noqa: SIM110 - a loop, and a test before the call: this runs for every phrase on every message
        if phrase.needle in text and phrase.found_in(text):
            return True
    return False


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
        return _any_found(self.identifiers, text)

    def stated_in(self, text: str) -> bool:
        """Whether normal ``text`` states the fact."""
        for way in self.content:
            for phrase in way:
                if phrase.needle not in text or not phrase.found_in(text):
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
        return _any_found(self.phrases, text)


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
