"""Putting letters of the world's files into words and into the mail."""

from __future__ import annotations

from collections.abc import Mapping

from simenv.colleagues.base import Host
from simenv.company.mail import Message
from simenv.company.workflow import Letter
from simenv.core.event import Event
from simenv.core.kinds.mail import MailSent
from simenv.core.kinds.work import LetterWritten


def write(host: Host, letter: Letter, key: str, cause: int, answered: Message | None = None) -> Event:
    """Send a letter.

    Args:
        host: The simulation.
        letter: What to write.
        key: What the letter is written for (a work step, a causing message): its id depends on that alone.
        cause: ``seq`` of the event that brought it about.
        answered: The message it answers, for letters without recipients of their own.

    Raises:
        ValueError: If the letter has no recipients and answers nothing.
    """
    company = host.company
    values = _values(host, letter.sender, answered)
    body = letter.body.render(values)
    first = company.letters.get(letter.answers) if letter.answers else None
    before = answered if letter.answers is None and not letter.to else (company.message(first) if first else None)
    to = letter.to
    if not to:
        if answered is None:
            raise ValueError(f"letter {letter.key} is an answer, and there is no message to answer")
        to = (answered.sender,)
    subject = letter.subject.render(values) if letter.subject else _re(before)
    id = host.streams.make_id("mail", letter.sender, f"letter:{letter.key}:{key}")
    thread = before.thread if before else "thread-" + id[5:]
    sent = host.emit(
        MailSent(id, thread, to, subject, body, letter.cc, before.id if before else None, letter.urgent),
        letter.sender,
        cause,
    )
    host.emit(LetterWritten(letter.key, id), letter.sender, sent.seq)
    return sent


def _values(host: Host, writer: str, answered: Message | None) -> Mapping[str, str]:
    opening = host.company.opening
    heard = host.company.heard.get(writer)
    values = _Values(opening.values)
    if answered is not None:
        sender = opening.people[answered.sender]
        values["mail.subject"] = answered.subject.removeprefix("Re: ")[:80]
        values["sender.given"], values["sender.name"] = sender.given, sender.name
    for unit, value in (heard or {}).items():
        values[f"heard.{unit}"] = value
    return values


class _Values(dict[str, str]):
    """Placeholder -> value; a figure its writer was never told is said to be missing."""

    def __missing__(self, slot: str) -> str:
        if slot.startswith("heard."):
            return "(no figure)"
        raise KeyError(slot)


def _re(message: Message | None) -> str:
    if message is None:
        return "(no subject)"
    return message.subject if message.subject.startswith("Re: ") else f"Re: {message.subject}"
