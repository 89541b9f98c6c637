"""What is done at a step: the entries of workflows/*.yaml as deeds that name ids (:mod:`simenv.company.workflow`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from simenv.company.calendar import Reply
from simenv.company.text import Template
from simenv.company.workflow import (
    CallMeeting,
    Create,
    Deed,
    Edit,
    Letter,
    MoveMeeting,
    MoveTicket,
    OpenTicket,
    Operate,
    Post,
    RaiseAlert,
    SettleAlert,
    Share,
)
from simenv.worldfile import schema
from simenv.worldfile.ids import Ids
from simenv.worldfile.source import Source, applying, full

ASSENT: Reply = "accepted"


class Deeds:
    """Turns entries into deeds.

    Args:
        source: The world's files.
        ids: Ids of what they name; roles that are not held are not in it.
    """

    def __init__(self, source: Source, ids: Ids) -> None:
        self.ids = ids
        self._documents = {entry.key: entry for entry in source.documents}
        self._letters = {letter.key for letter in source.letters}
        self._lists = {entry.key: entry for entry in source.lists}

    def of(self, item: str, step: str, owner: str, entry: schema.Deeds) -> tuple[Deed, ...]:
        """Return what is done at a step, in order.

        Args:
            item: Key of the work item.
            step: Key of the step.
            owner: Key of the role whose step it is.
            entry: What the file says is done.
        """
        return tuple(self._each(item, step, owner, entry))

    def letter(self, entry: schema.LetterEntry) -> Letter:
        """Return a letter of mail/ that is still to be written."""
        return self._letter(entry.key, entry.sender, entry, entry.answers, entry.forwards)

    def people(self, keys: Iterable[str]) -> tuple[str, ...]:
        """Return the ids of the roles that are held."""
        return tuple(self.ids.person[key] for key in keys if key in self.ids.person)

    def _letter(
        self, name: str, writer: str, entry: schema.Addressed, answers: str | None, forwards: str | None
    ) -> Letter:
        sender = self.ids.person[writer]
        to = self._everybody(entry.to, sender)
        cc = tuple(each for each in self._everybody(entry.cc, sender) if each not in to)
        bcc = tuple(each for each in self._everybody(entry.bcc, sender) if each not in to and each not in cc)
        lists = tuple(dict.fromkeys(key for key in (*entry.to, *entry.cc) if key in self._lists))
        return Letter(
            name, sender, to, cc, _template(entry.subject), Template(entry.body), entry.urgent, answers, bcc,
            self._papers(entry.attach), forwards, lists,
        )  # fmt: skip

    def _everybody(self, keys: Iterable[str], sender: str) -> tuple[str, ...]:
        """Return the ids of roles and of the members of lists, each once; who writes to a list is not sent a copy."""
        found: dict[str, None] = {}
        for key in keys:
            if key in self._lists:
                found.update(dict.fromkeys(id for id in self.people(self._lists[key].members) if id != sender))
            else:
                found.update(dict.fromkeys(self.people([key])))
        return tuple(found)

    def _each(self, item: str, step: str, owner: str, entry: schema.Deeds) -> Iterator[Deed]:
        if entry.document is not None:
            yield from self._document(entry.document)
        if entry.ticket is not None:
            yield from self._ticket(entry.ticket)
        if entry.meeting is not None:
            yield self._meeting(entry.meeting, self.ids.person[owner])
        if entry.alert is not None:
            yield self._alert(entry.alert)
        if entry.system is not None:
            yield from self._system(entry.system)
        if entry.mail is not None:
            yield self._mail(item, step, owner, entry.mail)
        if entry.chat is not None:
            post = entry.chat
            channel = self.ids.channel[post.channel] if post.channel else ""
            answers = full(item, post.answers) if post.answers else None
            yield Post(channel, self._person(post.to) or "", Template(post.text), answers)

    def _mail(self, item: str, step: str, owner: str, entry: schema.MailDeed) -> Letter:
        answers, forwards = self._named(item, entry.answers), self._named(item, entry.forwards)
        return self._letter(f"{item}.{step}", owner, entry, answers, forwards)

    def _named(self, item: str, name: str | None) -> str | None:
        return None if name is None else letter_name(item, name, self._letters)

    def _papers(self, keys: Iterable[str]) -> tuple[str, ...]:
        return tuple(self.ids.document[key] for key in keys)

    def _person(self, key: str | None) -> str | None:
        return None if key is None else self.ids.person.get(key)

    def _document(self, entry: schema.DocumentDeed) -> Iterator[Deed]:
        id = self.ids.document[entry.key]
        if entry.create:
            like = self._documents[entry.key]
            yield Create(
                id, Template(like.title), like.folder, like.classification, Template(like.body),
                self.people(like.readers), self.people(like.editors),
            )  # fmt: skip
        elif entry.text is not None or entry.append is not None or entry.replace:
            replace = tuple((Template(old), Template(new)) for old, new in entry.replace.items())
            yield Edit(id, _template(entry.text), _template(entry.append), replace, _template(entry.note))
        if entry.readers:
            yield Share(id, self.people(entry.readers), "reader")
        if entry.editors:
            yield Share(id, self.people(entry.editors), "editor")

    def _ticket(self, entry: schema.TicketDeed) -> Iterator[Deed]:
        id, new = self.ids.ticket[entry.key], entry.open
        if new is not None:
            yield OpenTicket(
                id, Template(new.number), new.queue, Template(new.title), Template(new.text),
                self._person(new.assignee) or "", new.priority, new.due,
            )  # fmt: skip
        moved = (entry.status, self._person(entry.assignee), entry.priority)
        comment, ask = _template(entry.comment), self._person(entry.ask)
        if any(each is not None for each in (*moved, comment, ask, entry.approve)):
            yield MoveTicket(id, *moved, comment, ask, entry.approve)

    def _meeting(self, entry: schema.MeetingDeed, owner: str) -> Deed:
        id, notes = self.ids.meeting[entry.key], _template(entry.notes)
        if entry.title is None or entry.start is None or entry.end is None:
            return MoveMeeting(id, entry.start, entry.end, notes, entry.cancel, entry.reply)
        people = tuple(dict.fromkeys((owner, *self.people(entry.attendees))))
        return CallMeeting(
            id, Template(entry.title), entry.start, entry.end, people, entry.place, notes, entry.private
        )  # fmt: skip

    def _alert(self, entry: schema.AlertDeed) -> Deed:
        id = self.ids.alert[entry.key]
        if entry.system is None:
            return SettleAlert(id, entry.state or "resolved", _template(entry.note))
        return RaiseAlert(id, self.ids.system[entry.system], entry.severity or "warning", Template(entry.text or ""))

    def _system(self, entry: schema.SystemDeed) -> Iterator[Deed]:
        grants = tuple((self.ids.person[key], level) for key, level in entry.grant.items() if key in self.ids.person)
        settings: list[tuple[str, str] | None] = [*entry.setting.items()]
        first, *more = settings or [None]
        yield Operate(
            self.ids.system[entry.key], entry.job, _template(entry.result), entry.enabled, _template(entry.deploy),
            grants, self.people(entry.revoke), first, _template(entry.record),
        )  # fmt: skip
        yield from (Operate(self.ids.system[entry.key], setting=each) for each in more)


def letter_name(item: str, name: str, letters: Iterable[str]) -> str:
    """Return the whole name of a letter that is named within a work item: of a file in mail/, or ``item.step``."""
    return name if "." in name or name in letters else f"{item}.{name}"


def things(source: Source, condition: Mapping[str, str]) -> dict[str, list[str]]:
    """Return the keys of tickets, meetings and alerts that some step makes, by sort, each once."""
    found: dict[str, dict[str, None]] = {"ticket": {}, "meeting": {}, "alert": {}}
    for item in source.items:
        for step in applying(item.steps, condition):
            for deeds in (step, step.model):
                if deeds is not None:
                    for sort, key in made(deeds):
                        found[sort][key] = None
    return {sort: list(keys) for sort, keys in found.items()}


def made(deeds: schema.Deeds) -> Iterator[tuple[str, str]]:
    """Yield what is made at a step: sort and key of a ticket, meeting or alert."""
    if deeds.ticket is not None and deeds.ticket.open is not None:
        yield "ticket", deeds.ticket.key
    if deeds.meeting is not None and deeds.meeting.title is not None:
        yield "meeting", deeds.meeting.key
    if deeds.alert is not None and deeds.alert.system is not None:
        yield "alert", deeds.alert.key


def _template(text: str | None) -> Template | None:
    return None if text is None else Template(text)
