"""What duties are made of: looking a document up, looking a person up, waiting for the right hour."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from simenv.core.turns import Action, call
from simenv.policies.memory import Worker, read
from simenv.policies.screen import Contact, Document, Mail
from simenv.policies.words import DAY, HOUR, MINUTE

CLOSING: Final = 17 * HOUR + 30 * MINUTE
"""When one goes home, in seconds since midnight."""
_PAGES = 2
_PAUSE: Final = 120


class Desk(Worker):
    """A worker that can put things off.

    Attributes:
        alarm: Simulated second at which something has to be looked at again.
        sparing: Whether there are few calls, so that only what must be read is read.
    """

    alarm: int
    sparing: bool

    def wake(self, now: int, second: int) -> None:
        """Wait no longer than to a second of this day."""
        self.alarm = min(self.alarm, max(now - now % DAY + second, now + MINUTE))


Duty = Callable[[Desk, int], Action | None]
"""Looks at the memory at a simulated second and returns what to do, or None where there is nothing to do."""


def consult(me: Desk, words: str, title: str) -> Document | Action | None:
    """Return a document, or the action by which one comes nearer to it, or None if there is no such document.

    Args:
        me: Whose memory it is.
        words: What to search for.
        title: Regular expression that the title matches.
    """
    known = me.document(title)
    if known is not None:
        return known
    found = me.hit(title)
    if found is not None:
        return untried(me, call("document_read", id=found.id))
    return untried(me, call("document_search", query=words))


def person(me: Desk, title: str) -> Contact | Action | None:
    """Return who has a title, or the action of looking into the directory, or None if nobody has it."""
    known = me.titled(title)
    if known is not None:
        return known
    if me.sparing:
        return untried(me, call("directory", query=title.replace(",", "")))
    for page in range(1, _PAGES + 1):
        action = untried(me, call("directory", page=page))
        if action is not None:
            return action
    return None


def untried(me: Desk, action: Action) -> Action | None:
    """Return an action, unless it was tried before."""
    return None if me.tried(action) else action


def answer(me: Desk, mail: Mail, text: str, *, everyone: bool = False) -> Action:
    """Return the action of answering a message."""
    greeting = f"Dear {mail.sender.name}" if me.outside(mail.sender) else f"Hello {mail.sender.given}"
    body = f"{greeting},\n\n{text}\n\n{me.name}"
    return (
        call("mail_reply", id=mail.id, body=body, everyone=True)
        if everyone
        else call("mail_reply", id=mail.id, body=body)
    )


def write(me: Desk, to: Contact, subject: str, text: str) -> Action:
    """Return the action of writing to one person."""
    return call("mail_send", to=[to.address], subject=subject, body=f"Hello {to.given},\n\n{text}\n\n{me.name}")


def pass_on(me: Desk, mail: Mail, to: Contact, text: str) -> Action:
    """Return the action of sending a message on with a line of one's own."""
    return call("mail_forward", id=mail.id, to=[to.address], comment=f"Hello {to.given},\n\n{text}\n\n{me.name}")


def look_back(me: Desk, words: str) -> Action | None:
    """Return the action of searching the mail of whoever had the desk before, or of opening what was found there."""
    if not me.took_over:
        return None
    if words not in me.hits:
        return call("mail_search", query=words)
    return next((read(id) for id in me.hits[words] if id not in me.opened), None)


def leave_it(now: int) -> Action:
    """Return the action of having nothing to do: of waiting for what comes, and of going home at the end of the day."""
    return call("finish") if now % DAY >= CLOSING else call("wait_for", minutes=_PAUSE, kind="alert")
