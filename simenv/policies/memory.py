"""What a seat was shown and what it has done, remembered as a colleague would remember it.

:class:`Worker` keeps nothing else: every decision can be made from that memory, so a policy that takes a seat over
rebuilds it from the past alone.
"""

from __future__ import annotations

import json
import re
from typing import Any

from msgspec import Struct

from simenv.core.calls import ToolCall
from simenv.core.turns import Action, Brief, Observation, Past, call
from simenv.policies.base import BasePolicy
from simenv.policies.screen import (
    Contact,
    Document,
    Found,
    Header,
    Mail,
    Ticket,
    bare,
    document_in,
    found_in,
    headers_in,
    mail_in,
    people_in,
    tickets_in,
    without_news,
)

_SENT = re.compile(r"Sent to .* Its id is (?P<id>mail-\w+)\.")
_ME = re.compile(r"\bYou are (?P<name>[^,.\n]+),")
_MANAGER = re.compile(r"\breport to (?P<name>[^,.\n]+)")
_TAKEN_OVER = "Where things stand"


class Sent(Struct, frozen=True):
    """A message of one's own: to whom, about what, which message it answers or carries on, and when."""

    id: str
    to: tuple[str, ...]
    subject: str
    body: str
    answers: str
    forwards: str
    time: int


class Done(Struct, frozen=True):
    """Another call that went through: its tool, arguments, result and time."""

    tool: str
    arguments: dict[str, Any]
    text: str
    time: int


class Worker(BasePolicy):
    """A policy that remembers. Subclasses write :meth:`decide`; one call a turn.

    Attributes:
        name: What it is called, as the brief says.
        manager: Whom it reports to, as the brief says, or "".
        took_over: Whether somebody else had the desk before.
        headers: Id -> header of every message it has seen listed.
        opened: Id -> message it has opened, in that order.
        unread: Ids of messages it knows of that were not opened in this mailbox, in order of arrival.
        hits: Words it has searched mail for -> ids found, newest first.
        finds: Words it has searched documents for -> what was found, latest change first.
        documents: Id -> document as it was last seen.
        tickets: Its tickets as last listed.
        contacts: Address -> everybody it has seen an address of.
        sent: What it has sent, oldest first.
        done: Other calls that went through, oldest first.
        asked: Calls made, as (tool, arguments as JSON), so that none is made twice for nothing.
        listed: Whether it has looked at its inbox since it was told of more than it was shown.
    """

    def reset(self, brief: Brief, past: Past = ()) -> None:
        """Begin with an empty memory and take in the past."""
        named, boss = _ME.search(brief.text), _MANAGER.search(brief.text)
        self.name = named["name"] if named else ""
        self.manager = boss["name"] if boss else ""
        self.took_over = _TAKEN_OVER in brief.text
        self.headers: dict[str, Header] = {}
        self.opened: dict[str, Mail] = {}
        self.unread: dict[str, None] = {}
        self.hits: dict[str, tuple[str, ...]] = {}
        self.finds: dict[str, tuple[Found, ...]] = {}
        self.documents: dict[str, Document] = {}
        self.tickets: tuple[Ticket, ...] | None = None
        self.contacts: dict[str, Contact] = {}
        self.sent: list[Sent] = []
        self.done: list[Done] = []
        self.asked: set[tuple[str, str]] = set()
        self.listed = False
        self.last: tuple[str, dict[str, Any]] | None = None
        super().reset(brief, past)

    def remember(self, observation: Observation, action: Action) -> None:
        """Take in what was seen and what was done on it, by whomever."""
        self.take_in(observation)
        self.note(action)

    def act(self, observation: Observation) -> Action:
        """Look, decide, and keep in mind what was decided."""
        self.take_in(observation)
        action = self.decide(observation)
        self.note(action)
        return action

    def decide(self, observation: Observation) -> Action:
        """Decide what to do now, from memory; ``observation`` has been taken in already.

        Raises:
            NotImplementedError: Unless a subclass decides.
        """
        raise NotImplementedError(f"{type(self).__name__} needs a method decide(observation)")

    def note(self, action: Action) -> None:
        """Keep in mind what was called, so that the next observation can be read as its result."""
        self.last = _read(action.calls[-1]) if action.calls else None
        if self.last is not None:
            self.asked.add(_key(*self.last))

    def take_in(self, observation: Observation) -> None:
        """Read what is on the screen into memory."""
        text, news = without_news(observation.text)
        name, arguments = self.last or ("", {})
        match name:
            case "mail_list":
                self.listed = True
                for header in reversed(headers_in(text)):  # lists have the newest first
                    self._meet(header, new=header.star)
            case "mail_search":
                hits = headers_in(text)
                self.hits[str(arguments.get("query", ""))] = tuple(header.id for header in hits)
                for header in hits:
                    self._meet(header, new=False)
            case "mail_read":
                self._open(mail_in(text, observation.time), str(arguments.get("id", "")))
            case "document_search":
                self.finds[str(arguments.get("query", ""))] = tuple(found_in(text))
            case "document_read":
                document = document_in(text, observation.time)
                if document is not None:
                    self.documents[document.id] = document
            case "directory":
                self.contacts.update({who.address: who for who in people_in(text)})
            case "ticket_list" if arguments.get("mine"):
                self.tickets = tuple(tickets_in(text))
            case "mail_send" | "mail_reply" | "mail_forward":
                self._keep(text, arguments, observation.time)
            case _ if name:
                self.done.append(Done(name, arguments, text, observation.time))
        for header in news.mail:
            self._meet(header, new=True)
        if news.more:
            self.listed = False

    def _meet(self, header: Header, *, new: bool) -> None:
        self.headers.setdefault(header.id, header)
        if new and header.id not in self.opened:
            self.unread[header.id] = None

    def _open(self, mail: Mail | None, id: str) -> None:
        self.unread.pop(id, None)  # also if it could not be opened: it will not be tried for ever
        if mail is not None:
            self.opened.setdefault(mail.id, mail)
            for contact in (mail.sender, *mail.to, *mail.cc):
                self.contacts.setdefault(contact.address, contact)

    def _keep(self, text: str, arguments: dict[str, Any], time: int) -> None:
        done = _SENT.match(text)
        if done is None:
            return
        id = str(arguments.get("id", ""))
        to, subject = tuple(arguments.get("to", ())), str(arguments.get("subject", ""))
        before, known = self.headers.get(id), self.opened.get(id)
        if before is not None:
            subject = f"Re: {bare(before.subject)}" if "body" in arguments else f"Fwd: {bare(before.subject)}"
        if known is not None and not to:
            to = (known.sender.address,)
        answers, forwards = (id, "") if "body" in arguments else ("", id)
        body = str(arguments.get("body", arguments.get("comment", "")))
        self.sent.append(Sent(done["id"], to, subject, body, answers, forwards, time))

    # What follows from memory.

    def find(self, pattern: str) -> Mail | None:
        """Return the message opened last in which a regular expression matches, or None."""
        return next((mail for mail in reversed(self.opened.values()) if mail.says(pattern)), None)

    def answered(self, mail: Mail) -> bool:
        """Whether a message was answered."""
        return any(one.answers == mail.id for one in self.sent)

    def passed_on(self, mail: Mail) -> bool:
        """Whether a message was forwarded."""
        return any(one.forwards == mail.id for one in self.sent)

    def told(self, address: str, pattern: str) -> Sent | None:
        """Return the last message sent to an address in which a regular expression matches, or None."""
        for one in reversed(self.sent):
            if address in one.to and re.search(pattern, f"{one.subject}\n{one.body}", re.IGNORECASE):
                return one
        return None

    def did(self, tool: str, **arguments: Any) -> Done | None:
        """Return the last call of a tool that went through with these arguments among others, or None."""
        for one in reversed(self.done):
            if one.tool == tool and all(one.arguments.get(key) == value for key, value in arguments.items()):
                return one
        return None

    def tried(self, action: Action) -> bool:
        """Whether the very same call was made before, with whatever result."""
        return _key(*_read(action.calls[-1])) in self.asked

    def titled(self, title: str) -> Contact | None:
        """Return who has a title in the directory, as far as it was looked at."""
        return next((who for who in self.contacts.values() if who.title.startswith(f"{title}, ")), None)

    def called(self, given: str) -> Contact | None:
        """Return whom one calls by a name, as far as an address is known."""
        return next((who for who in self.contacts.values() if given in (who.given, who.name)), None)

    def outside(self, contact: Contact) -> bool:
        """Whether somebody's address is not one of one's own firm."""
        return contact.address.rpartition("@")[2] != self.brief.seat.rpartition("@")[2]

    def document(self, title: str) -> Document | None:
        """Return the document opened last whose title matches a regular expression, or None."""
        return next((d for d in reversed(self.documents.values()) if re.search(title, d.title, re.IGNORECASE)), None)

    def hit(self, title: str) -> Found | None:
        """Return a document found by searching whose title matches a regular expression, or None."""
        every = (found for finds in self.finds.values() for found in finds)
        return next((found for found in every if re.search(title, found.title, re.IGNORECASE)), None)


def read(id: str) -> Action:
    """Return the action of opening a message."""
    return call("mail_read", id=id)


def _key(name: str, arguments: dict[str, Any]) -> tuple[str, str]:
    return name, json.dumps(arguments, sort_keys=True, default=str)


def _read(made: ToolCall) -> tuple[str, dict[str, Any]]:
    if isinstance(made.arguments, str):
        try:
            arguments = json.loads(made.arguments or "{}")
        except ValueError:
            arguments = {}
        return made.name, arguments if isinstance(arguments, dict) else {}
    return made.name, dict(made.arguments)
