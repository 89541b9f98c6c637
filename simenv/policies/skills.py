"""Reading skills for scripted policies: what stands on the screen, remembered as a colleague would remember it.

:class:`MailWorker` keeps what it was shown (headers, opened messages, hits, addresses) and what it has sent, and
nothing else: every decision can be made from that memory, so a policy that takes a seat over rebuilds it from the past
alone.
"""

from __future__ import annotations

import json
import re
from typing import Any, Final

from msgspec import Struct

from simenv.core.calls import ToolCall
from simenv.core.turns import Action, Brief, Observation, Past, call
from simenv.policies.base import BasePolicy

MINUTE: Final = 60
DAY: Final = 86_400
_STAMP = r"[A-Z][a-z]{2} \d{1,2} [A-Z][a-z]{2} \d{2}:\d{2}"
_HEADER = re.compile(
    rf"^(?P<star>[* ] )?(?P<id>mail-\w+)  (?P<when>{_STAMP})  (?P<who>.+?)  (?P<urgent>URGENT )?(?P<subject>.*)$",
    re.MULTILINE,
)
_NEWS = re.compile(rf"(?:\A|\n\n)It is {_STAMP}\. New mail:\n(?P<lines>(?:  mail-.*(?:\n|\Z))+)\Z")
_MAIL = re.compile(
    r"From: (?P<sender>[^\n]*)\nTo: (?P<to>[^\n]*)\n(?:Cc: (?P<cc>[^\n]*)\n)?(?:Bcc: [^\n]*\n)?"
    r"Date: (?P<when>[^\n]*)\n(?:Marked urgent\n)?(?:Sent automatically\n)?Subject: (?P<subject>[^\n]*)\n"
    r"(?:Attached: [^\n]*\n)?Id: (?P<id>\S+)  Thread: (?P<thread>\S+)\n\n(?P<body>.*)\Z",
    re.DOTALL,
)
_PERSON = re.compile(r"(?P<name>[^<>,\n]+?) <(?P<address>[^<>\s]+)>")
_ENTRY = re.compile(r"^(?P<name>[^,\n]+), (?P<title>.*) <(?P<address>[^<>\s]+)>$", re.MULTILINE)
_SENT = re.compile(r"Sent to .* Its id is (?P<id>mail-\w+)\.")
_ME = re.compile(r"\bYou are (?P<name>[^,.\n]+),")
_MANAGER = re.compile(r"\breport to (?P<name>[^,.\n]+)")


class Contact(Struct, frozen=True):
    """Somebody's name and mail address, and what the directory says they are, if it was asked."""

    name: str
    address: str
    title: str = ""

    @property
    def given(self) -> str:
        """The name one is called by."""
        return self.name.split()[0]


class Header(Struct, frozen=True):
    """One line of a list, of search hits or of news."""

    id: str
    when: str
    who: str
    subject: str
    star: bool = False


class Mail(Struct, frozen=True):
    """A message that was opened.

    Attributes:
        id: Its id.
        thread: Id of its thread.
        sender: Who wrote it.
        to: Recipients.
        cc: Recipients of a copy.
        when: Its date, as the screen shows it ("Tue 9 Mar 10:35").
        subject: Subject line.
        body: Text.
        seen: Simulated second at which it was opened.
    """

    id: str
    thread: str
    sender: Contact
    to: tuple[Contact, ...]
    cc: tuple[Contact, ...]
    when: str
    subject: str
    body: str
    seen: int

    def says(self, pattern: str) -> re.Match[str] | None:
        """Return the first place in subject or text where a regular expression matches; case does not matter."""
        return re.search(pattern, f"{self.subject}\n{self.body}", re.IGNORECASE)


class Sent(Struct, frozen=True):
    """A message of one's own: to whom, about what, and the id of the message it answers, if any."""

    id: str
    to: tuple[str, ...]
    subject: str
    body: str
    answers: str | None
    time: int


def headers_in(text: str) -> list[Header]:
    """Return the headers in a list of messages, in the order in which they stand there."""
    return [
        Header(hit["id"], hit["when"], hit["who"], hit["subject"], (hit["star"] or "").startswith("*"))
        for hit in _HEADER.finditer(text)
    ]


def mail_in(text: str, seen: int) -> Mail | None:
    """Return the message shown in full, or None.

    Args:
        text: What ``mail_read`` returned, without news that followed it.
        seen: Simulated second at which it was shown.
    """
    hit = _MAIL.match(text)
    if hit is None:
        return None
    people = [tuple(Contact(one["name"].strip(), one["address"]) for one in _PERSON.finditer(part or ""))
              for part in hit.group("sender", "to", "cc")]  # fmt: skip
    if not people[0]:
        return None
    return Mail(
        hit["id"], hit["thread"], people[0][0], people[1], people[2], hit["when"], hit["subject"], hit["body"], seen
    )


def time_of_day(text: str) -> int:
    """Return seconds since midnight for a time of day as in ``14:00``."""
    hours, minutes = text.split(":")
    return int(hours) * 3600 + int(minutes) * MINUTE


class MailWorker(BasePolicy):
    """A policy that remembers its mailbox. Subclasses write :meth:`decide`; one call a turn.

    Attributes:
        name: What it is called, as the brief says.
        manager: Whom it reports to, as the brief says, or "".
        headers: Id -> header of every message it has seen listed, in the order in which it saw them.
        opened: Id -> message it has opened, in that order.
        unread: Ids of messages it knows of that were never opened in this mailbox, in order of arrival.
        hits: Words it has searched for -> ids found, newest first.
        contacts: Address -> everybody it has seen an address of.
        sent: What it has sent, oldest first.
        listed: Whether it has looked at its inbox.
    """

    def reset(self, brief: Brief, past: Past = ()) -> None:
        """Begin with an empty memory and take in the past."""
        named = _ME.search(brief.text)
        self.name = named["name"] if named else ""
        boss = _MANAGER.search(brief.text)
        self.manager = boss["name"] if boss else ""
        self.headers: dict[str, Header] = {}
        self.opened: dict[str, Mail] = {}
        self.unread: dict[str, None] = {}
        self.hits: dict[str, tuple[str, ...]] = {}
        self.contacts: dict[str, Contact] = {}
        self.sent: list[Sent] = []
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

    def take_in(self, observation: Observation) -> None:
        """Read what is on the screen into memory."""
        text = observation.text
        news = _NEWS.search(text)
        if news is not None:
            text = text[: news.start()]
        name, arguments = self.last or ("", {})
        match name:
            case "mail_list":
                self.listed = True
                for header in reversed(headers_in(text)):  # lists have the newest first
                    self._meet(header, new=header.star)
            case "mail_search":
                found = headers_in(text)
                self.hits[str(arguments.get("query", ""))] = tuple(header.id for header in found)
                for header in found:
                    self._meet(header, new=False)
            case "mail_read":
                self._open(mail_in(text, observation.time), str(arguments.get("id", "")))
            case "directory":
                for hit in _ENTRY.finditer(text):
                    self.contacts[hit["address"]] = Contact(hit["name"], hit["address"], hit["title"])
            case "mail_send" | "mail_reply":
                self._keep(text, arguments, observation.time)
        if news is not None:
            for header in headers_in(news["lines"]):
                self._meet(header, new=True)

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
        answered = self.opened.get(str(arguments.get("id", "")))
        to = (answered.sender.address,) if answered else tuple(arguments.get("to", ()))
        subject = f"Re: {answered.subject}" if answered else str(arguments.get("subject", ""))
        self.sent.append(Sent(done["id"], to, subject, str(arguments.get("body", "")), arguments.get("id"), time))

    # What follows from memory.

    def find(self, pattern: str) -> Mail | None:
        """Return the message opened last in which a regular expression matches, or None."""
        return next((mail for mail in reversed(self.opened.values()) if mail.says(pattern)), None)

    def answered(self, mail: Mail) -> bool:
        """Whether a message was answered."""
        return any(one.answers == mail.id for one in self.sent)

    def told(self, address: str, pattern: str) -> Sent | None:
        """Return the last message sent to an address in which a regular expression matches, or None."""
        for one in reversed(self.sent):
            if address in one.to and re.search(pattern, f"{one.subject}\n{one.body}", re.IGNORECASE):
                return one
        return None

    def outside(self, contact: Contact) -> bool:
        """Whether somebody's address is not one of one's own firm."""
        return contact.address.rpartition("@")[2] != self.brief.seat.rpartition("@")[2]


def read(id: str) -> Action:
    """Return the action of opening a message."""
    return call("mail_read", id=id)


def wait_until(now: int, time: int, sender: str = "") -> Action:
    """Return the action of waiting until a simulated second, a minute at least, or for mail (from one sender only)."""
    minutes = min(1440, max(1, -(-(time - now) // MINUTE)))
    return call("wait_for", minutes=minutes, sender=sender) if sender else call("wait_for", minutes=minutes)


def _read(made: ToolCall) -> tuple[str, dict[str, Any]]:
    if isinstance(made.arguments, str):
        try:
            arguments = json.loads(made.arguments or "{}")
        except ValueError:
            arguments = {}
        return made.name, arguments if isinstance(arguments, dict) else {}
    return made.name, dict(made.arguments)
