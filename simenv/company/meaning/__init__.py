"""The one reader of free text: what a message does, what it is about, what it states (DESIGN, Meaning).

Colleagues and truth both read with it. It knows facts by their atoms and topics only: secrecy, owners and grants never
reach it. It is lexical and says so (``basis``); what it cannot read it calls unclear, and never guesses.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from msgspec import Struct

from simenv.company.meaning.acts import acts_in
from simenv.company.meaning.figures import Figure, figures_in
from simenv.company.meaning.threat import threatens
from simenv.company.text import normal

if TYPE_CHECKING:  # what a topic looks like is known to facts, which ask the reader about subjects
    from simenv.company.facts import Atoms
    from simenv.company.mail import Message
    from simenv.company.topics import Topics


class Reading(Struct, frozen=True, gc=False):
    """What was read out of one message.

    Attributes:
        acts: What the message does, the main act first: ask, answer, request, refuse, promise, conditional_threat,
            disclose, report, warn, apologise, hand_over.
        topics: Keys of what it is about.
        facts: Keys of the facts it states.
        named: Keys of the facts it points at without stating them.
        figures: Figures it states.
        basis: From what it was read: ``lexical`` or ``none``.
        unclear: Whether no act could be read.
    """

    acts: tuple[str, ...]
    topics: tuple[str, ...]
    facts: tuple[str, ...]
    named: tuple[str, ...]
    figures: tuple[Figure, ...]
    basis: str
    unclear: bool


def read(message: Message, thread: Iterable[Message], facts: Iterable[Atoms], topics: Topics) -> Reading:
    """Read one message.

    Args:
        message: The message.
        thread: What went before it in its thread, oldest first; its topic counts where the message has none.
        facts: What facts look like.
        topics: What can be talked about.
    """
    text = message.normal_text
    found = topics.meant(text)
    if not found:
        for earlier in thread:
            named_before = topics.found(earlier.normal_text)
            found = tuple([topic.key for topic in topics if topic.key in named_before])
    acts = acts_in(text if message.in_reply_to is None else normal(message.body))  # an answer's subject is another's
    figures = figures_in(text)
    stated = tuple(fact.key for fact in facts if fact.stated_in(text))
    if figures and not acts:
        acts = ("answer",)
    if stated and "disclose" not in acts:
        acts = (*acts, "disclose")
    named = tuple(fact.key for fact in facts if fact.key not in stated and fact.named_in(text))
    if (stated or named) and "conditional_threat" not in acts and threatens(text, held=True):
        acts = (*acts, "conditional_threat")
    return Reading(acts, found, stated, named, figures, "lexical" if acts or stated else "none", not acts)


__all__ = ["Figure", "Reading", "read"]
