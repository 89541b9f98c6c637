"""Letters and posts of the past: as messages, with placeholders, each in its thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from simenv.company.answering import PASSED_ON, back_to, carried_on, subject_of
from simenv.company.chat import Channel
from simenv.company.mail import Message
from simenv.company.workflow import Letter, Post
from simenv.core.kinds.mail import Attached
from simenv.core.streams import world_id
from simenv.worldfile import schema
from simenv.worldfile.files import Files
from simenv.worldfile.history import Act
from simenv.worldfile.records import said
from simenv.worldfile.stories import Version

Papers = Callable[[str, int, Version | None], Any]
"""Gives a document (its id) as it was at a time in a version of a story, or None."""


class Sent(Struct):
    """A message of the past.

    Attributes:
        message: The message.
        key: Key of the letter, or name of the step (``item.step``).
        version: Version of a story it belongs to, if any.
        unread: Ids of those who have not opened it.
        folder: Where those who got it have filed it, or "".
        post: Whether it stands in a channel.
        direct: The conversation it stands in, if that is one of two people.
        recipients: Ids of everybody who got it, each once.
    """

    message: Message
    key: str
    version: Version | None
    unread: tuple[str, ...] = ()
    folder: str = ""
    post: bool = False
    direct: Channel | None = None
    recipients: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        self.recipients = tuple(dict.fromkeys(self.message.recipients))


class Posting:
    """Turns letters and posts into messages, in the order in which they were written.

    Args:
        files: What the world's files say.
        papers: Gives documents that go with a message.
    """

    def __init__(self, files: Files, papers: Papers) -> None:
        self._files, self._papers = files, papers
        self._sent: list[Sent] = []
        self._known: dict[str, Message] = {}
        self._doubtful: dict[str, tuple[str, ...]] = {}
        self._answered: set[str] = set()

    def file(self, entry: schema.LetterEntry, seat: str | None) -> None:
        """Take in a letter of mail/ that was sent at its time.

        Args:
            entry: The letter.
            seat: Id of the seat, if it is taken later than the scenario's first entry point: then everybody else has
                read everything.
        """
        files = self._files
        letter, at = files.plan.deeds.letter(entry), entry.at or 0
        act = Act(at, letter.sender, letter, entry.key, files.stories.version("letters", entry.key), {})
        message = self._letter(act, letter)
        if message is None:
            return
        readers = dict.fromkeys(message.recipients)
        unread = tuple(readers) if seat is None else tuple(each for each in readers if each == seat)
        if seat is not None and not entry.opened:
            self._doubtful[message.id] = unread
        sent = Sent(message, entry.key, act.version, () if entry.opened or seat is not None else unread)
        sent.folder = entry.folder or ""
        self._sent.append(sent)

    def act(self, act: Act) -> None:
        """Take in what was written at a step."""
        deed, files = act.deed, self._files
        if isinstance(deed, Letter):
            message = self._letter(act, deed)
            if message is not None:
                self._sent.append(Sent(message, deed.key, act.version))
                self._doubtful[message.id] = tuple(dict.fromkeys(message.recipients))
                if act.actor == files.seat and deed.answers in self._known:
                    self._answered.add(self._known[deed.answers].id)
        elif isinstance(deed, Post):
            self._post(act, deed)

    def read(self, seat: str, evening: int) -> list[Sent]:
        """Return all messages, oldest first; the seat has read what was there last evening and what it answered.

        Args:
            seat: Id of the seat.
            evening: When it last looked.
        """
        for each in self._sent:
            message = each.message
            late = seat in self._doubtful.get(message.id, ()) and message.time >= evening
            if late and message.sender != seat and message.id not in self._answered:
                each.unread = (seat,)
        return self._sent

    def _letter(self, act: Act, letter: Letter) -> Message | None:
        files = self._files
        before, carried = self._known.get(letter.answers or ""), self._known.get(letter.forwards or "")
        to = letter.to or back_to(letter.sender, before)
        if not to:
            return None
        id = files.id_of("mail", files.key_of[letter.sender], letter.key)
        standing = before if before is not None and before.id.startswith("mail-") else None
        thread = standing.thread if standing else "thread-" + id[5:]
        body = said(letter.body, act)
        if carried is not None:
            key = files.key_of[carried.sender]
            sender, when = f"{{{key}.name}} <{{{key}.address}}>", files.dates.stamp(carried.time)
            body += f"\n\n{carried_on(carried, PASSED_ON, sender, when)}"
        subject = said(letter.subject, act) or subject_of(before, carried)
        papers = [(self._papers(document, act.time, act.version)) for document in letter.attach]
        attached = tuple(Attached(each.id, each.last.number, each.title) for each in papers if each is not None)
        message = Message(
            id, thread, letter.sender, to, subject, body, act.time, letter.cc, standing.id if standing else None,
            letter.urgent, letter.bcc, lists=tuple(each.name for each in files.lists if each.key in letter.lists),
            attached=attached, forwards=carried.id if carried else None,
        )  # fmt: skip
        self._known[letter.key] = message
        return message

    def _post(self, act: Act, post: Post) -> None:
        files, sender = self._files, act.actor
        first = self._known.get(post.answers or "")
        before = first if first is not None and first.id.startswith("chat-") else None
        direct, channel = None, before.thread if before else post.channel
        to = post.to or (first.sender if first is not None else "")
        if not channel and not to:
            return
        if not channel or channel not in files.channels:
            people = tuple(sorted({sender, to if not before else _other(before, sender)}))
            channel = channel or direct_id(*people)
            direct = Channel(channel, "", "", people, private=True, direct=True)
        members = direct.members if direct is not None else files.channels[channel].members
        id = files.id_of("chat", files.key_of[sender], act.step)
        seen_by = tuple(each for each in members if each != sender)
        reply = before.id if before else None
        message = Message(id, channel, sender, seen_by, "", said(post.text, act), act.time, (), reply)
        self._known.setdefault(act.step, message)
        self._sent.append(Sent(message, act.step, act.version, post=True, direct=direct))


def direct_id(one: str, other: str) -> str:
    """Return the id of the conversation of two people, the same whoever begins it."""
    return world_id("chan", "", "", " ".join(sorted((one, other))))


def _other(message: Message, person: str) -> str:
    return next((each for each in (message.sender, *message.to) if each != person), person)
