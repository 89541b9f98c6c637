"""What stands on the screen, read into records: people, messages, documents, tickets, news."""

from __future__ import annotations

import re
from typing import Final

from msgspec import Struct

STAMP: Final = r"[A-Z][a-z]{2} \d{1,2} [A-Z][a-z]{2} \d{2}:\d{2}"
_HEADER = re.compile(
    rf"^(?P<star>[* ] )?(?P<id>mail-\w+)  (?P<when>{STAMP})  (?P<who>.+?)  (?P<urgent>URGENT )?(?P<subject>.*)$",
    re.MULTILINE,
)
_NEWS = re.compile(rf"(?:\A|\n\n)It is {STAMP}\. (?=(?:New mail|Chat|Calendar|Tickets|Alerts):\n)")
_UNTOLD = re.compile(r"^New mail:\n(?:  mail-.*\n)+  and \d+ more$", re.MULTILINE)
_MAIL = re.compile(
    r"From: (?P<sender>[^\n]*)\nTo: (?P<to>[^\n]*)\n(?:Cc: (?P<cc>[^\n]*)\n)?(?:Bcc: [^\n]*\n)?"
    r"Date: (?P<when>[^\n]*)\n(?:Marked urgent\n)?(?:Sent automatically\n)?Subject: (?P<subject>[^\n]*)\n"
    r"(?:Attached: [^\n]*\n)?Id: (?P<id>\S+)  Thread: (?P<thread>\S+)\n\n(?P<body>.*)\Z",
    re.DOTALL,
)
_PERSON = re.compile(r"(?P<name>[^<>,\n]+?) <(?P<address>[^<>\s]+)>")
_ENTRY = re.compile(r"^(?P<name>[^,\n]+), (?P<title>.*) <(?P<address>[^<>\s]+)>$", re.MULTILINE)
_FOUND = re.compile(
    rf"^(?P<id>doc-\w+)  {STAMP}  (?P<title>.+)  \((?P<about>[^()]*)\)(?:\n    (?P<snippet>.*))?$", re.MULTILINE
)
_DOCUMENT = re.compile(
    r"(?P<title>[^\n]*)  \[(?P<id>doc-\w+)\]  version [^\n]*\n\n(?P<text>.*?)(?:\n\nPage \d+ of \d+\.)?\Z", re.DOTALL
)
_TICKET = re.compile(
    r"^(?P<number>[A-Z]+-\d+)  (?P<status>[a-z_]+)(?:, \w[^\n]*?)?  (?P<who>\S.*?)  (?P<title>\S.*)$", re.MULTILINE
)


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
    """One line of a list, of search hits or of news; in the list of what one sent, ``who`` is to whom."""

    id: str
    when: str
    who: str
    subject: str
    star: bool = False
    urgent: bool = False


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

    @property
    def day(self) -> str:
        """Its date without the time of day."""
        return self.when.rpartition(" ")[0]

    @property
    def topic(self) -> str:
        """Its subject without what answers put before it."""
        return bare(self.subject)

    def says(self, pattern: str) -> re.Match[str] | None:
        """Return the first place in subject or text where a regular expression matches; case does not matter."""
        return re.search(pattern, f"{self.subject}\n{self.body}", re.IGNORECASE)

    def went_to(self, local: str) -> bool:
        """Whether it was sent to a list, by the part of the list's address before the sign."""
        return any(each.address.partition("@")[0] == local for each in (*self.to, *self.cc))


class Found(Struct, frozen=True):
    """A document in a list or among search hits, with what was shown of it."""

    id: str
    title: str
    snippet: str = ""


class Document(Struct, frozen=True):
    """A document that was opened, as it was then."""

    id: str
    title: str
    text: str
    seen: int


class Ticket(Struct, frozen=True):
    """A line of a list of tickets."""

    number: str
    status: str
    who: str
    title: str


class News(Struct, frozen=True):
    """What came at the end of a result: new mail, and whether there was more than was told."""

    mail: tuple[Header, ...] = ()
    more: bool = False


def bare(subject: str) -> str:
    """Return a subject without what answering and forwarding put before it."""
    while subject.casefold().startswith(("re: ", "fwd: ")):
        subject = subject.partition(": ")[2]
    return subject


def without_news(text: str) -> tuple[str, News]:
    """Return a result without the news that follow it, and the news."""
    places = list(_NEWS.finditer(text))
    if not places:
        return text, News()
    news = text[places[-1].end() :]
    return text[: places[-1].start()], News(tuple(headers_in(news)), _UNTOLD.search(news) is not None)


def headers_in(text: str) -> list[Header]:
    """Return the headers in a list of messages, in the order in which they stand there."""
    return [
        Header(
            hit["id"], hit["when"], hit["who"], hit["subject"], (hit["star"] or "").startswith("*"), bool(hit["urgent"])
        )
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
    sender, to, cc = (
        tuple(Contact(one["name"].strip(), one["address"]) for one in _PERSON.finditer(part or ""))
        for part in hit.group("sender", "to", "cc")
    )
    if not sender:
        return None
    return Mail(hit["id"], hit["thread"], sender[0], to, cc, hit["when"], hit["subject"], hit["body"], seen)


def people_in(text: str) -> list[Contact]:
    """Return the entries of the directory in a text."""
    return [Contact(hit["name"], hit["address"], hit["title"]) for hit in _ENTRY.finditer(text)]


def found_in(text: str) -> list[Found]:
    """Return the documents in a list or among search hits."""
    return [Found(hit["id"], hit["title"], hit["snippet"] or "") for hit in _FOUND.finditer(text)]


def document_in(text: str, seen: int) -> Document | None:
    """Return the document shown, or None."""
    hit = _DOCUMENT.match(text)
    return Document(hit["id"], hit["title"], hit["text"], seen) if hit else None


def tickets_in(text: str) -> list[Ticket]:
    """Return the tickets in a list."""
    return [Ticket(hit["number"], hit["status"], hit["who"], hit["title"]) for hit in _TICKET.finditer(text)]
