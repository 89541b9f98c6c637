"""What a world's files say lies where under a condition, with placeholders: people, documents, channels, systems."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from simenv.company.calendar import Meeting, Reply
from simenv.company.chat import Channel
from simenv.company.dates import Dates
from simenv.company.documents import Document, Version
from simenv.company.opening import Absence, MailList
from simenv.company.people import DAY, Person, Shift
from simenv.company.systems import Deployment, Job, Record, System
from simenv.company.text import Template
from simenv.company.workflow import Step
from simenv.core.streams import world_id
from simenv.worldfile import schema, stories
from simenv.worldfile.deeds import things
from simenv.worldfile.history import Hours
from simenv.worldfile.ids import Ids, ids_of
from simenv.worldfile.planned import Planned
from simenv.worldfile.source import Source, applying, cast_of, days, minutes
from simenv.worldfile.stories import Stories


class Files:
    """A scenario under a condition, before names are drawn and whenever it begins.

    Args:
        source: The world's files.
        scenario: The scenario.
        condition: Factor -> level.

    Attributes:
        roles: The roles that are held.
        ids: Ids of what there is.
        plan: Work and reactions.
        stories: The stories of the world.
        cast: The people, with placeholders for their names.
        key_of: Person id -> key of the role.
        seat: Id of whoever holds the seat.
        channels: Id -> channel.
        lists: Distribution lists.
        absences: Person id -> times away.
        hours: When people work.
    """

    def __init__(self, source: Source, scenario: schema.ScenarioEntry, condition: Mapping[str, str]) -> None:
        self.source, self.scenario, self.condition = source, scenario, condition
        world = source.world
        self.name, self.dates = world.name, Dates(world.start)
        self.firm = f"{{{world.firm}.name}}"
        self.roles = cast_of(source, condition)
        self._documents = applying(source.documents, condition)
        self._systems = applying(source.systems, condition)
        self._meetings = applying(source.meetings, condition)
        self._channels = applying(source.channels, condition)
        self.ids = self._ids()
        self.letters = applying(source.letters, condition)
        written = sorted((e for e in self.letters if e.at is not None), key=_sent)
        self._opening = _with_copies(written, scenario, {e.key for e in source.lists if scenario.seat in e.members})
        self.stories = Stories(
            letters=[(entry.key, entry.story) for entry in self._opening],
            documents=[(entry.key, entry.story) for entry in self._documents],
            items=[(item.item, item.story) for item in source.items],
        )
        self.plan = Planned(source, scenario, condition, self.ids, self.stories)
        self.cast = tuple(person_of(role, self.ids.person) for role in self.roles)
        self.key_of = {id: key for key, id in self.ids.person.items()}
        self.seat = self.ids.person[scenario.seat]
        self.channels = {channel.id: channel for channel in map(self._channel, self._channels)}
        self.lists = tuple(
            MailList(entry.name, f"{entry.local}@{{{world.firm}.domain}}", self.people(entry.members), entry.key)
            for entry in source.lists
        )
        self.absences = {
            self.ids.person[role.key]: tuple(
                Absence(each.start, each.end, None if each.note is None else Template(each.note)) for each in role.away
            )
            for role in self.roles
            if role.away
        }
        self.away = {
            who: [(each.start, each.end, each.note.text if each.note else "") for each in times]
            for who, times in self.absences.items()
        }
        self.hours = Hours({person.id: person.shift for person in self.cast}, self.absences)

    def people(self, keys: Iterable[str]) -> tuple[str, ...]:
        """Return the ids of the roles that are held."""
        return tuple(self.ids.person[key] for key in keys if key in self.ids.person)

    def id_of(self, sort: str, writer: str, key: str) -> str:
        """Return the id of a message of the past."""
        return world_id(sort, self.name, writer, key)

    def name_of(self, person: str) -> str:
        """Return a person's name as a placeholder; what happens by itself is done by the scheduler."""
        key = self.key_of.get(person)
        return "The scheduler" if key is None else f"{{{key}.name}}"

    def opening_mail(self, now: int) -> list[schema.LetterEntry]:
        """Return the letters that were sent before a time, oldest first."""
        return [entry for entry in self._opening if _sent(entry) < now]

    def things(self, now: int) -> Iterator[tuple[str, str, Any, stories.Version | None]]:
        """Yield what lies there before anything was done at a step: field of the opening, id, record, version."""
        for entry in self._documents:
            if entry.at is not None and entry.at < now:
                version = self.stories.version("documents", entry.key)
                yield "documents", self.ids.document[entry.key], self._document(entry, entry.at), version
        for meeting in self._meetings:
            for key, day in days(meeting).items():
                yield "meetings", self.ids.meeting[key], self._meeting(meeting, key, day), None
        for system in self._systems:
            id = self.ids.system[system.key]
            yield "systems", id, self._system(system, now), None
            lines = sorted((line for line in system.log if line.at < now), key=lambda line: line.at)
            yield "records", id, tuple(
                Record(id, number, line.at, self.ids.person[line.who], line.text)
                for number, line in enumerate(lines, 1)
                if line.who in self.ids.person
            ), None  # fmt: skip

    def decided(self, now: int, done: Iterable[Step]) -> dict[str, tuple[str, str]]:
        """Return the decisions that had been announced or carried out -> (status, ground)."""
        standing = self.scenario.decisions
        entries = applying(self.source.facts.decisions, self.condition)
        found = {step.announces: ("announced", "work") for step in done if step.announces is not None}
        found |= {entry.key: ("carried_out", "work") for entry in entries if entry.at < now}
        return {entry.key: found[entry.key] for entry in entries
                if entry.key in found and (standing is None or entry.key in standing)}  # fmt: skip

    def _ids(self) -> Ids:
        world, made = self.name, things(self.source, self.condition)
        return Ids(
            ids_of("person", world, (role.key for role in self.roles)),
            ids_of("doc", world, (entry.key for entry in self._documents)),
            ids_of("meet", world, (*(key for entry in self._meetings for key in days(entry)), *made["meeting"])),
            ids_of("chan", world, (entry.key for entry in self._channels)),
            ids_of("tick", world, made["ticket"]),
            ids_of("sys", world, (entry.key for entry in self._systems)),
            ids_of("alert", world, made["alert"]),
        )

    def _document(self, entry: schema.DocumentEntry, at: int) -> Document:
        owner = self.ids.person[entry.owner]
        return Document(
            self.ids.document[entry.key], entry.title, entry.folder, owner, entry.classification,
            (Version(1, owner, at, entry.body),), self.people(entry.readers), self.people(entry.editors),
        )  # fmt: skip

    def _meeting(self, entry: schema.CalendarEntry, key: str, day: int) -> Meeting:
        organiser = self.ids.person[entry.organiser]
        attendees = tuple(dict.fromkeys((organiser, *self.people(entry.attendees))))
        start, end = (day * DAY + (minutes(each) or 0) * 60 for each in (entry.start, entry.end))
        accepted: Reply = "accepted"
        replies = tuple((person, accepted) for person in attendees if person != organiser)
        return Meeting(
            self.ids.meeting[key], entry.title, organiser, start, end, attendees, entry.place, entry.notes, replies,
            private=entry.private,
        )  # fmt: skip

    def _channel(self, entry: schema.ChannelEntry) -> Channel:
        members = self.people(entry.members)
        return Channel(self.ids.channel[entry.key], entry.name, entry.purpose, members, entry.private)

    def _system(self, entry: schema.SystemEntry, now: int) -> System:
        owner = self.ids.person[entry.owner]
        jobs = tuple(Job(job.key, job.name, job.rhythm, job.enabled) for job in entry.jobs)
        released = entry.released if entry.released is not None else min(0, now)
        deployed = () if entry.release is None else (Deployment(entry.release, released, owner),)
        held = self.ids.person
        grants = tuple((held[role], level) for role, level in entry.grants.items() if role in held)
        return System(
            self.ids.system[entry.key], entry.key, entry.name, entry.purpose, owner, grants, jobs, deployed,
            settings=tuple(entry.settings.items()), on_call=self.ids.person.get(entry.on_call or "", ""),
        )  # fmt: skip


def person_of(role: schema.Role, ids: Mapping[str, str]) -> Person:
    """Return a person of the cast, with placeholders.

    Args:
        role: The role.
        ids: Role key -> person id.
    """
    key = role.key
    start, end = (int(each[:2]) * 3600 + int(each[3:]) * 60 for each in role.shift)
    return Person(
        ids[key], key, f"{{{key}.name}}", f"{{{key}.given}}", f"{{{key}.address}}", role.title, role.department,
        ids.get(role.manager) if role.manager else None, role.affiliation, Shift(start, end),
        f"{{{key}.name}} <{{{key}.address}}>",
    )  # fmt: skip


def _sent(entry: schema.LetterEntry) -> int:
    return entry.at or 0


def _with_copies(
    entries: list[schema.LetterEntry], scenario: schema.ScenarioEntry, lists: set[str]
) -> list[schema.LetterEntry]:
    """Return the opening mail, filled up with earlier copies of side stories and of letters to a list, if asked for.

    Args:
        entries: The opening mail, oldest first.
        scenario: Says how much of it there is to be.
        lists: The lists on which the seat is.
    """
    wanted = scenario.opening_mail
    mine = [e for e in entries if not lists.union([scenario.seat]).isdisjoint((*e.to, *e.cc))]
    like_these = [e for e in mine if (e.story or not lists.isdisjoint(e.to)) and not (e.attach or e.when)]
    if wanted is None or not like_these:
        return entries
    plain = [e.model_copy(update={"story": None}) if e.story else e for e in entries]
    copies = []
    for number in range(wanted - len(mine)):
        like = like_these[number % len(like_these)]
        at = min(_sent(e) for e in entries) - 5_400 * (number + 1)
        copies.append(like.model_copy(update={"key": f"{like.key}_{number}", "at": at, "answers": None, "story": None}))
    return sorted([*copies, *plain], key=_sent)
