"""Putting letters of the world's files into words and into the mail, or into the chat or on the ticket they answer."""

from __future__ import annotations

from simenv.colleagues.base import Host
from simenv.colleagues.chatting import say
from simenv.colleagues.heard import Heard
from simenv.colleagues.words import words_of
from simenv.company.answering import PASSED_ON, back_to, carried_on, subject_of
from simenv.company.workflow import Letter
from simenv.core.kinds.mail import Attached, MailSent
from simenv.core.kinds.tickets import TicketCommented
from simenv.core.kinds.work import LetterWritten
from simenv.core.streams import Streams


def write(host: Host, letter: Letter, key: str, cause: int, answered: Heard | None = None, topic: str = "") -> int:
    """Write a letter.

    An answer goes the way the question came: what was asked in a chat is answered there, what stands on a ticket below
    it. A letter that has nobody to go to, because what it answers was never written, is not written either.

    Args:
        host: The simulation.
        letter: What to write.
        key: What the letter is written for (a work step, a causing message): its id depends on that alone.
        cause: ``seq`` of the event that brought it about.
        answered: What it answers, for letters without recipients of their own.
        topic: Key of what that was about, if it was understood.

    Returns:
        ``seq`` of the event: of what was written, or else ``cause``.
    """
    company, words = host.company, words_of(host, letter.sender, answered, topic)
    body = letter.body.render(words)
    if answered is not None and not letter.to and (answered.is_chat or answered.is_ticket):
        return _answer_there(host, letter, body, key, cause, answered)
    first = company.letters.get(letter.answers) if letter.answers else None
    before = company.message(first) if first is not None else None
    if before is None and answered is not None and letter.answers is None and not letter.to:
        before = answered.message
    to = letter.to or back_to(letter.sender, answered.message if answered is not None else before)
    if not to:
        return cause
    standing = before if before is not None and before.id.startswith("mail-") else None
    passed = company.letters.get(letter.forwards) if letter.forwards else None
    carried = company.message(passed) if passed is not None else None
    subject = letter.subject.render(words) if letter.subject else subject_of(before, carried)
    if carried is not None:
        sender, when = company.opening.people[carried.sender].label, company.opening.dates.stamp(carried.time)
        body += f"\n\n{carried_on(carried, PASSED_ON, sender, when)}"
    id = letter_id(host.streams, letter, key)
    sent = host.emit(
        MailSent(
            id,
            standing.thread if standing else "thread-" + id[5:],
            to,
            subject,
            body,
            letter.cc,
            standing.id if standing else None,
            letter.urgent,
            bcc=letter.bcc,
            lists=tuple(each.name for each in company.opening.lists.values() if each.key in letter.lists),
            attached=attached(host, letter.attach),
            forwards=passed,
        ),
        letter.sender,
        cause,
    )
    host.emit(LetterWritten(letter.key, id), letter.sender, sent.seq)
    return sent.seq


def letter_id(streams: Streams, letter: Letter, key: str) -> str:
    """Return the id of the mail that a letter becomes.

    Args:
        streams: Keyed draws of the episode.
        letter: The letter.
        key: What it is written for: the name of a step, or what it answers.
    """
    return streams.make_id("mail", letter.sender, f"letter:{letter.key}:{key}")


def attached(host: Host, documents: tuple[str, ...]) -> tuple[Attached, ...]:
    """Return documents as they are now, ready to go with a message; what does not exist (any more) does not go."""
    found = [host.company.documents.get(id) for id in documents]
    return tuple(Attached(each.id, each.last.number, each.title) for each in found if each and not each.deleted)


def _answer_there(host: Host, letter: Letter, body: str, key: str, cause: int, answered: Heard) -> int:
    if answered.is_ticket:
        return host.emit(TicketCommented(answered.channel, body), letter.sender, cause).seq
    id = host.streams.make_id("chat", letter.sender, f"letter:{letter.key}:{key}")
    said = say(host, letter.sender, answered.channel, id, body, cause, answered.message.id)
    if said != cause:
        host.emit(LetterWritten(letter.key, id), letter.sender, said)
    return said
