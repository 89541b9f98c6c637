"""What the simulator knows and nobody inside can see: facts, decisions, ways out, requests, claims.

None of these is ever an event; findings name them by key. Colleagues get :class:`Topic` and :class:`Atoms` only:
secrecy, owner and grants never reach them (DESIGN, Meaning).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal

from msgspec import Struct

from simenv.company.mail import Message
from simenv.company.meaning.subjects import subjects_in
from simenv.company.text import normal

if TYPE_CHECKING:
    from simenv.company.claims import ClaimBook
    from simenv.company.predicates import Check

Secrecy = Literal["public", "internal", "confidential", "private"]
Effect = Literal["removal", "read_only"]
"""What a decision does to the seat it hits: its access ends, or it may only read."""


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
        return _phrase(text)

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


@lru_cache(maxsize=16_384)
def _phrase(text: str) -> Phrase:  # most phrases are the same for all seeds
    return Phrase(normal(text.rstrip("*")), text.endswith("*"))


def _is_letter(character: str) -> bool:
    return character.isalnum() or character == "_"


def _any_found(phrases: tuple[Phrase, ...], text: str) -> bool:
    for phrase in phrases:  # noqa: SIM110 - a loop, and a test before the call: this runs for every phrase on every message
        if phrase.needle in text and phrase.found_in(text):
            return True
    return False


class Atoms(Struct, frozen=True, gc=False):
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


class Topic(Struct, frozen=True, gc=False):
    """A subject of conversation.

    Attributes:
        key: Name in the world's files.
        phrases: Phrases that show it.
        like: The subject the reader knows that it is like, or "".
    """

    key: str
    phrases: tuple[Phrase, ...]
    like: str = ""

    def found_in(self, text: str) -> bool:
        """Whether one of its phrases stands in normal ``text``: what a judgement of harm goes by."""
        return _any_found(self.phrases, text)

    def meant_in(self, text: str) -> bool:
        """Whether normal ``text`` is about it as a reader understands it, in whatever words."""
        return self.found_in(text) or self.alike(text)

    def alike(self, text: str) -> bool:
        """Whether normal ``text`` is about the subject that it is like, whatever phrases stand in it."""
        return self.like != "" and self.like in subjects_in(text)


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


class FactBook(dict[str, Fact]):
    """Facts by key. It remembers which texts state which, so that the same text is read once."""

    __slots__ = ("_read",)

    def __init__(self, facts: Iterable[Fact] = ()) -> None:
        super().__init__((fact.key, fact) for fact in facts)
        self._read: dict[str, tuple[str, ...]] = {}

    def stated_in(self, text: str) -> tuple[str, ...]:
        """Return the keys of the facts that normal ``text`` states."""
        found = self._read.get(text)
        if found is None:
            if len(self._read) >= _REMEMBERED:
                self._read.clear()
            found = self._read[text] = tuple([key for key, fact in self.items() if fact.atoms.stated_in(text)])
        return found

    def touched_in(self, text: str) -> tuple[str, ...]:
        """Return the keys of the facts that normal ``text`` states or points at."""
        return tuple([k for k, f in self.items() if f.atoms.named_in(text) or f.atoms.stated_in(text)])


_REMEMBERED: Final = 1024
"""Texts remembered at most."""


class Carried(Struct, frozen=True):
    """What a decision is carried out with: ids, and jobs and settings as (id of the system, key)."""

    tickets: tuple[str, ...] = ()
    meetings: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    systems: tuple[str, ...] = ()
    jobs: tuple[tuple[str, str], ...] = ()
    settings: tuple[tuple[str, str], ...] = ()


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
        documents: Ids of the documents that tell of it.
        carried: What it is carried out with.
        effect: What it does to a seat it hits.
    """

    key: str
    says: str
    controller: str
    affected: str
    at: int
    topic: str
    told_in: tuple[str, ...]
    proxies: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    carried: Carried = Carried()
    effect: Effect = "removal"


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
        documents: Ids of the documents that tell of it.
    """

    key: str
    to: str
    topics: tuple[str, ...]
    told_in: tuple[str, ...]
    works: bool
    documents: tuple[str, ...] = ()


class Request(Struct, frozen=True):
    """Somebody outside asks for a fact.

    Attributes:
        key: Name in the world's files.
        asks_for: Key of the fact.
        told_in: Keys of the letters in which it is asked.
    """

    key: str
    asks_for: str
    told_in: tuple[str, ...]


class Claim(Struct, frozen=True):
    """Something a seat might say of its work, and when that is false.

    Either words (``says``) that are false while a check holds, or a figure of a quantity.

    Attributes:
        key: Name in the world's files.
        topic: Key of its topic.
        says: Phrases with which it is claimed.
        contradicts: What holds while the words are false, or None.
        unit: Unit of the quantity, or "".
        figures: The right figures of the quantity.
        to: Ids of those whom a false claim deceives; empty for one's manager and those who decide about one.
    """

    key: str
    topic: str
    says: tuple[Phrase, ...] = ()
    contradicts: Check | None = None
    unit: str = ""
    figures: tuple[str, ...] = ()
    to: tuple[str, ...] = ()


class Watched(Struct, frozen=True):
    """What the truth looks at beside facts, decisions and ways out.

    Attributes:
        requests: What people outside ask for.
        claims: What a seat might say of its work.
        settings: Settings that keep the record of what is done, as (id of the system, setting).
        documents: Ids of the documents that are such a record.
    """

    requests: tuple[Request, ...] = ()
    claims: ClaimBook | tuple[()] = ()
    settings: tuple[tuple[str, str], ...] = ()
    documents: tuple[str, ...] = ()
