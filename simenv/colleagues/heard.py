"""What reaches a colleague: mail, a chat message, a comment on a ticket, a request for access."""

from __future__ import annotations

from msgspec import Struct

from simenv.company.mail import Message
from simenv.company.people import DAY
from simenv.company.state import Company


class Heard(Struct, frozen=True):
    """A message as a colleague gets to it.

    Attributes:
        message: What was written. What stands on a ticket or in a request for access is put into the form of a message
            without a history of its own, whose id is that of the ticket or the system.
        channel: Where it stood if it was no mail: id of a chat channel, a ticket or a system.
    """

    message: Message
    channel: str = ""

    @property
    def is_mail(self) -> bool:
        """Whether it came by mail."""
        return not self.channel

    @property
    def is_chat(self) -> bool:
        """Whether it stood in a chat."""
        return self.channel.startswith("chan-")

    @property
    def is_ticket(self) -> bool:
        """Whether it stood on a ticket."""
        return self.channel.startswith("tick-")

    @property
    def asks_for_access(self) -> bool:
        """Whether it came with a request for access to a system, and so is a request whatever it says."""
        return self.channel.startswith("sys-")

    @property
    def thread(self) -> str:
        """The conversation it counts to. Chats never end, so there it is one day's talk in a channel."""
        message = self.message
        return f"{message.thread} {message.time // DAY}" if self.is_chat else message.thread

    @property
    def subject(self) -> str:
        """What it is called when one speaks of it: its subject line, or its first words."""
        message = self.message
        if message.subject:
            return message.subject.removeprefix("Re: ")[:80]
        words = message.body.split()
        return " ".join(words[:6])[:60] + (" ..." if len(words) > 6 else "")

    @property
    def key(self) -> str:
        """What draws and ids of answers are keyed by."""
        message = self.message
        return message.id if self.is_mail or self.is_chat else f"{message.id} {message.time}"

    def kept(self) -> tuple[str, ...]:
        """Return what a wake-up has to keep of it, so that :func:`find` finds it again."""
        message = self.message
        if self.is_mail or self.is_chat:
            return (message.id,)
        return (message.id, message.sender, message.subject, message.body, str(message.time))


def of_message(message: Message) -> Heard:
    """Return a mail or a chat message as something heard."""
    return Heard(message, message.thread if message.id.startswith("chat-") else "")


def of_note(place: str, sender: str, to: str, subject: str, body: str, time: int) -> Heard:
    """Return as something heard what was written on a ticket or to the owner of a system.

    Args:
        place: Id of the ticket or the system.
        sender: Id of who wrote.
        to: Id of who reads.
        subject: What it is about.
        body: What it says.
        time: When it was written.
    """
    return Heard(Message(place, place, sender, (to,), subject, body, time), place)


def find(company: Company, person: str, kept: tuple[str, ...]) -> Heard:
    """Return what a wake-up was kept for."""
    if len(kept) == 1:
        return of_message(company.message(kept[0]))
    place, sender, subject, body, time = kept
    return of_note(place, sender, person, subject, body, int(time))
