"""An entry point of a scenario before names are drawn: what lies where when somebody takes the seat there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from simenv.company.agenda import Agenda
from simenv.company.calendar import Meeting
from simenv.company.chat import Channel
from simenv.company.mail import Message
from simenv.company.people import DAY
from simenv.company.search import OpeningIndex
from simenv.company.systems import Record, System, record_key
from simenv.company.workflow import Letter, Post, Reaction, Step
from simenv.worldfile.deeds import ASSENT
from simenv.worldfile.files import Files
from simenv.worldfile.history import Act, Past, play
from simenv.worldfile.logs import log_of, system_of
from simenv.worldfile.posting import Posting, Sent
from simenv.worldfile.public import Piece, Seal, assemble, head_of, rest_of, shown, split
from simenv.worldfile.records import after, touches
from simenv.worldfile.render import template
from simenv.worldfile.resolve import TaskShapes
from simenv.worldfile.stories import Version, told

TABLES = ("documents", "meetings", "channels", "tickets", "systems", "alerts", "records")
_FIVE = 17 * 3600


class Tableau(Struct, frozen=True):
    """What lies where in these versions of the stories; all texts with placeholders.

    Attributes:
        mail: Id -> message, posts in channels included.
        letters: Key of a letter -> id of its message.
        letter_keys: The other way round.
        inboxes: Person id -> ids received, oldest first.
        outboxes: Person id -> ids sent, oldest first.
        unread: Person id -> ids not opened yet.
        filed: Person id -> message id -> folder.
        tables: Field of the opening -> id -> record.
        seen: ``person id`` + `` channel id`` -> posts seen.
        done: Steps done.
        heard: Person id -> unit -> figure last told.
        decided: Decisions that were announced or carried out -> (status, ground).
        steps: The steps that are there.
        letters_ahead: The letters that may still be written.
        reactions: The reactions that are there.
        agenda: What follows from what.
        seal: Its digest, but for the values.
    """

    mail: Mapping[str, Message]
    letters: Mapping[str, str]
    letter_keys: Mapping[str, str]
    inboxes: Mapping[str, Sequence[str]]
    outboxes: Mapping[str, Sequence[str]]
    unread: Mapping[str, Sequence[str]]
    filed: Mapping[str, Mapping[str, str]]
    tables: Mapping[str, Mapping[str, Any]]
    seen: Mapping[str, int]
    done: tuple[str, ...]
    heard: Mapping[str, Mapping[str, str]]
    decided: Mapping[str, tuple[str, str]]
    steps: Mapping[str, Step]
    letters_ahead: Mapping[str, Letter]
    reactions: Mapping[str, tuple[Reaction, ...]]
    agenda: Agenda
    seal: Seal


class _Thing:
    """One document, ticket, meeting, alert or system: how it began and what was done to it."""

    __slots__ = ("acts", "first", "fixed", "version")

    def __init__(self, first: Any, version: Version | None) -> None:
        self.first, self.version = first, version
        self.acts: list[Act] = []
        self.fixed: Any = None

    def at(self, chosen: Mapping[str, int], time: int | None = None) -> Any:
        """Return the record in these versions of the stories, as it is at the end, or was at a time; or None."""
        if self.fixed is not None and time is None:
            return self.fixed
        record = self.first if told(self.version, chosen) else None
        for act in self.acts:
            if told(act.version, chosen) and (time is None or act.time <= time):
                record = after(record, act)
        if time is None and self.version is None and not any(act.version for act in self.acts):
            self.fixed = record
        return record


class Entrance:
    """An entry point.

    Args:
        files: What the world's files say lies there.
        start: Name of the entry point.

    Attributes:
        now: Simulated second at which it begins.
        tasks: The tasks for which there is still time.
        past: What the work items had come to by then.
        order: Ids of all messages that may lie in mailboxes, oldest first, in all versions of stories.
    """

    def __init__(self, files: Files, start: str) -> None:
        self.files = files
        starts = files.scenario.starts
        self.now = now = starts[start].at
        self.tasks = TaskShapes(files.scenario, files.ids, start)
        plan = files.plan
        self.past: Past = play(plan.steps, plan.letters, plan.models, files.seat, now, files.hours, plan.versions)
        self._things: dict[tuple[str, str], _Thing] = {}
        self._begun: dict[str, tuple[Record, ...]] = {}
        self._logged: dict[str, list[Act]] = {}
        self._lay_out()
        self._sent = self._messages(late=now > min(each.at for each in starts.values()))
        self.order = tuple(each.message.id for each in self._sent if not each.post)
        self._pieces: dict[tuple[str, str], tuple[Any, Piece]] = {}
        self.tableau = lru_cache(maxsize=16)(self._tableau)

    @cached_property
    def index(self) -> OpeningIndex:
        """The search index over ``order``, the same for all seeds."""
        texts = [(template(s.message.subject), template(s.message.body)) for s in self._sent if not s.post]
        return OpeningIndex(
            (subject.literal_words() | body.literal_words(), dict.fromkeys((*subject.slots, *body.slots)))
            for subject, body in texts
        )

    def _lay_out(self) -> None:
        for field, id, first, version in self.files.things(self.now):
            if field == "records":
                self._begun[id] = first
            else:
                self._things[field, id] = _Thing(first, version)
        systems: dict[str, str] = {}
        for act in self.past.acts:
            where = touches(act.deed)
            if where is not None:
                self._things.setdefault(where, _Thing(None, None)).acts.append(act)
            system = system_of(act, systems)
            if system is not None:
                self._logged.setdefault(system, []).append(act)

    def _messages(self, late: bool) -> list[Sent]:
        """Return all messages of the past, oldest first: those of the files, and what was written at steps."""
        files, seat = self.files, self.files.seat
        posting = Posting(files, self._paper)
        written: list[tuple[int, Any]] = [(entry.at or 0, entry) for entry in files.opening_mail(self.now)]
        written += [(act.time, act) for act in self.past.acts if isinstance(act.deed, Letter | Post)]
        for _, each in sorted(written, key=lambda pair: pair[0]):
            if isinstance(each, Act):
                posting.act(each)
            else:
                posting.file(each, seat if late else None)
        return posting.read(seat, last_evening(self.now))

    def _paper(self, id: str, time: int, version: Version | None) -> Any:
        """Return a document as it was at a time, or None."""
        thing = self._things.get(("documents", id))
        return None if thing is None else thing.at(dict([version] if version else []), time)

    def _tableau(self, versions: tuple[Version, ...]) -> Tableau:
        chosen, files = dict(versions), self.files
        sent = [each for each in self._sent if told(each.version, chosen)]
        boxes = _Boxes(sent)
        tables: dict[str, dict[str, Any]] = {field: {} for field in TABLES}
        for (field, id), thing in self._things.items():
            record = thing.at(chosen)
            if record is not None:
                tables[field][id] = self._assented(record) if field == "meetings" else record
        tables["records"] = self._records(chosen)
        tables["channels"] = self._channels(sent)
        steps = files.plan.steps_in(chosen)
        for name, time in self.past.pending.items():
            if name in steps:  # what it follows is done, and no event will say so any more
                steps[name] = replace(steps[name], at=time, after=())
        done = tuple(name for name in self.past.done if told(files.plan.versions.get(name), chosen))
        heard: dict[str, dict[str, str]] = {}
        for version, person, unit, figure in self.past.told:
            if told(version, chosen):
                heard.setdefault(person, {})[unit] = figure
        reactions = files.plan.reactions_in(chosen)
        keys = {id: key for key, id in boxes.letters.items()}
        seen = self._seen(tables["channels"], boxes.mail)
        seal = self._seal(boxes, tables, rest_of(boxes.unread, boxes.filed, seen, files.lists, files.away))
        return Tableau(
            boxes.mail, boxes.letters, keys, boxes.inboxes, boxes.outboxes, boxes.unread, boxes.filed, tables, seen,
            done, heard, files.decided(self.now, [steps[name] for name in done]), steps, files.plan.letters_in(chosen),
            reactions, Agenda(steps, reactions), seal,
        )  # fmt: skip

    def _seal(self, boxes: _Boxes, tables: Mapping[str, Mapping[str, Any]], rest: Mapping[str, object]) -> Seal:
        files = self.files
        head = head_of(files.firm, files.dates.start.isoformat(), files.source.world.utc_offset, self.now)
        fields: dict[str, Mapping[str, Any]] = {
            "people": {each.id: each for each in files.cast},
            "mail": boxes.mail,
            **tables,
        }
        parts = {field: [self._parts(field, *pair) for pair in records.items()] for field, records in fields.items()}
        return Seal(assemble(head, parts, rest, split))

    def _records(self, chosen: Mapping[str, int]) -> dict[str, Record]:
        found = {}
        systems: dict[str, System] = {
            id: each.first for (field, id), each in self._things.items() if field == "systems"
        }
        for id, system in systems.items():
            acts = [act for act in self._logged.get(id, ()) if told(act.version, chosen)]
            for line in log_of(system, self._begun.get(id, ()), acts, self.files.name_of):
                found[record_key(id, line.number)] = line
        return found

    def _assented(self, meeting: Meeting) -> Meeting:
        """Return a meeting to which all have agreed but those who said otherwise, and the seat."""
        said = dict(meeting.replies)
        silent = (self.files.seat, meeting.organiser, *said)
        agreed = tuple((person, ASSENT) for person in meeting.attendees if person not in silent)
        return replace(meeting, replies=(*meeting.replies, *agreed)) if agreed else meeting

    def _channels(self, sent: list[Sent]) -> dict[str, Channel]:
        posts: dict[str, list[str]] = {}
        direct: dict[str, Channel] = {}
        for each in sent:
            if each.post:
                posts.setdefault(each.message.thread, []).append(each.message.id)
                if each.direct is not None:
                    direct.setdefault(each.direct.id, each.direct)
        found = {**self.files.channels, **direct}
        return {id: replace(channel, posts=tuple(posts.get(id, ()))) for id, channel in found.items()}

    def _seen(self, channels: Mapping[str, Channel], mail: Mapping[str, Message]) -> dict[str, int]:
        """Return who has seen how much of each channel: colleagues everything, the seat what was there last evening."""
        evening, seat = last_evening(self.now), self.files.seat
        seen = {}
        for channel in channels.values():
            for person in channel.members if channel.posts else ():
                count = len(channel.posts)
                while person == seat and count:
                    post = mail[channel.posts[count - 1]]
                    if post.sender == seat or post.time < evening:
                        break
                    count -= 1
                seen[f"{person} {channel.id}"] = count
        return seen

    def _parts(self, field: str, id: str, record: Any) -> Piece:
        """Return what anybody may see of a record, split at its placeholders; kept, for most are the same for all."""
        found = self._pieces.get((field, id))
        if found is None or found[0] is not record:
            found = self._pieces[field, id] = (record, split(shown(field, record)))
        return found[1]


class _Boxes:
    """Who has which messages."""

    def __init__(self, sent: list[Sent]) -> None:
        self.mail: dict[str, Message] = {}
        self.letters: dict[str, str] = {}
        self.inboxes: dict[str, list[str]] = {}
        self.outboxes: dict[str, list[str]] = {}
        self.unread: dict[str, list[str]] = {}
        self.filed: dict[str, dict[str, str]] = {}
        for each in sent:
            message = each.message
            id = message.id
            self.mail[id] = message
            if each.post:
                self.letters.setdefault(each.key, id)
                continue
            self.letters[each.key] = id
            self.outboxes.setdefault(message.sender, []).append(id)
            for person in each.recipients:
                self.inboxes.setdefault(person, []).append(id)
                if each.folder:
                    self.filed.setdefault(person, {})[id] = each.folder
            for person in each.unread:
                self.unread.setdefault(person, []).append(id)


def last_evening(now: int) -> int:
    """Return five o'clock on the working day before."""
    day = now // DAY - 1
    while day % 7 >= 5:
        day -= 1
    return day * DAY + _FIVE
