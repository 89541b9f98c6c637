"""How a colleague reads: what is opened, what is made of it, and how sure one can be of that."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from simenv.colleagues.base import Host
from simenv.colleagues.heard import Heard
from simenv.company.documents import Version
from simenv.company.facts import Atoms
from simenv.company.mail import Message
from simenv.company.meaning import Reading, read
from simenv.company.meaning.figures import figures_in, main_figure
from simenv.company.quoting import own_lines
from simenv.company.state import Company
from simenv.company.topics import Topics
from simenv.core.kinds.base import EventData
from simenv.core.kinds.chat import ChatRead
from simenv.core.kinds.documents import DocumentRead
from simenv.core.kinds.mail import MailRead
from simenv.core.kinds.systems import AccessViewed
from simenv.core.kinds.tickets import TicketRead


class Understanding(Struct, frozen=True):
    """What a colleague has made of something.

    Attributes:
        reading: What was read out of it.
        told: Figures to be remembered, as ``unit=value``.
        confidence: How much there was to go by, in percent: 40 for an act, 30 for a topic, 20 for a fact or figure,
            10 for standing in a conversation.
    """

    reading: Reading
    told: tuple[str, ...]
    confidence: int


def look(host: Host, person: str, heard: Heard, cause: int | None) -> int:
    """Open what was written, with what goes with it; return the ``seq`` of the event."""
    company, message = host.company, heard.message
    opened: EventData
    if heard.is_chat:
        opened = ChatRead(heard.channel, (message.id,))
    elif heard.is_ticket:
        opened = TicketRead(heard.channel, len(company.tickets[heard.channel].comments))
    elif heard.channel:
        opened = AccessViewed(heard.channel)
    else:
        opened = MailRead(message.id)
    last = host.emit(opened, person, cause).seq
    if message.attached and not _states_figures(_in_own_words(company, message)):
        for id, version in _enclosed(company, message):
            last = host.emit(DocumentRead(id, version.number, 0, len(version.text), message.id), person, last).seq
    return last


def understand(company: Company, person: str, heard: Heard) -> Understanding:
    """Return what a person makes of something; it knows the facts the person knows, and no labels.

    Read is what the sender wrote. Where that states no figure, the reader turns to what comes with it: documents and
    the message that is carried on.
    """
    opening = company.opening
    known = opening.plan.knows.get(person, ())
    atoms = [each for each in opening.atoms if each.key in known]
    message = _in_own_words(company, heard.message)
    before = [company.message(message.in_reply_to)] if message.in_reply_to else []
    reading = read(message, before, atoms, opening.topics)
    if heard.asks_for_access and "request" not in reading.acts:
        reading = replace(reading, acts=("request", *reading.acts), unclear=False)
    text = message.normal_text
    if (heard.message.attached or heard.message.forwards) and not _states_figures(message):
        texts = [version.normal_text for _, version in _enclosed(company, heard.message)]
        if heard.message.forwards is not None:
            texts.append(heard.message.normal_text)
        text = " ".join(texts)
        reading = _with_enclosures(reading, text, atoms, opening.topics)
    units = dict.fromkeys(figure.unit for figure in reading.figures if figure.unit)
    told = tuple(f"{unit}={main_figure(text, unit)}" for unit in units)
    grounds = (40, reading.acts), (30, reading.topics), (20, reading.facts or reading.figures), (10, before)
    return Understanding(reading, told, sum(share for share, ground in grounds if ground))


def _in_own_words(company: Company, message: Message) -> Message:
    """Return a message without the text it quotes or carries on, which others wrote."""
    mine = own_lines(message, company)
    if mine is None:
        return message
    subject = "" if message.forwards is not None else message.subject
    return Message(
        message.id, message.thread, message.sender, message.to, subject, "\n".join(mine), message.time, message.cc,
        message.in_reply_to, message.urgent,
    )  # fmt: skip


def _enclosed(company: Company, message: Message) -> list[tuple[str, Version]]:
    """Return the documents that went with a message, each with its id and in the version that was sent."""
    found = []
    for each in message.attached:
        document = company.documents.get(each.document)
        version = document.version(each.version) if document is not None else None
        if version is not None:
            found.append((each.document, version))
    return found


def _states_figures(message: Message) -> bool:
    return bool(figures_in(message.normal_text))


def _with_enclosures(reading: Reading, text: str, atoms: Iterable[Atoms], topics: Topics) -> Reading:
    """Return a reading with what the enclosed documents state; what a message wants stands in the message alone."""
    figures = figures_in(text)
    stated = tuple(each.key for each in atoms if each.stated_in(text) and each.key not in reading.facts)
    acts = reading.acts
    if figures and not acts:
        acts = ("answer",)
    if stated and "disclose" not in acts:
        acts = (*acts, "disclose")
    return replace(
        reading,
        acts=acts,
        topics=tuple(dict.fromkeys((*reading.topics, *topics.meant(text)))),
        facts=reading.facts + stated,
        figures=figures,
        basis="lexical" if acts else reading.basis,
        unclear=not acts,
    )
