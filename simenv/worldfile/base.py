"""The base of a scenario under a condition: everything that is the same for all seeds, worked out once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from hashlib import sha256
from typing import Any

import msgspec

from simenv.company.dates import Dates
from simenv.company.mail import Message
from simenv.company.opening import Opening, Plan
from simenv.company.people import Person, Shift
from simenv.company.search import OpeningIndex
from simenv.company.text import Template, words
from simenv.company.workflow import Letter, Outcome, Reaction, Step
from simenv.core.streams import Streams, world_id
from simenv.worldfile import schema
from simenv.worldfile.draw import draw_values
from simenv.worldfile.resolve import Resolved, resolve_facts, resolve_tasks
from simenv.worldfile.source import Source, applying

WORLD = "world"


class Base:
    """What a scenario's opening is before a seed is drawn; shared by all its episodes.

    Args:
        source: The world's files.
        scenario: The scenario.
        condition: Factor -> level.
    """

    def __init__(self, source: Source, scenario: schema.ScenarioEntry, condition: Mapping[str, str]) -> None:
        self.source, self.scenario, self.condition = source, scenario, condition
        world = source.world.name
        self.roles = applying(source.people, condition)
        self.ids = {role.key: world_id("person", world, WORLD, role.key) for role in self.roles}
        self.dates = Dates(source.world.start)
        entries = applying(source.letters, condition)
        self.letters = {entry.key: self._letter(entry) for entry in entries if entry.at is None}
        self.opening_mail = _with_copies(sorted((e for e in entries if e.at is not None), key=_sent), scenario)
        self.mail_ids = {entry.key: world_id("mail", world, entry.sender, entry.key) for entry in self.opening_mail}
        self.templates = {
            entry.key: (Template(entry.subject or ""), Template(entry.body)) for entry in self.opening_mail
        }
        self.stories: dict[str, list[str]] = {}
        for entry in self.opening_mail:
            if entry.story is not None:
                self.stories.setdefault(entry.story, []).append(entry.key)
        self.order = tuple(self.mail_ids[entry.key] for entry in self.opening_mail)
        self.steps = self._steps()
        self.reactions = self._reactions()
        self._openings = lru_cache(maxsize=32)(self._open)

    def opening(self, start: str, seed: int) -> tuple[Opening, str]:
        """Return the opening state for a seed, and the SHA-256 of what anybody may see of it."""
        return self._openings(start, seed)

    @cached_property
    def index(self) -> OpeningIndex:
        """The search index over the opening mail, the same for all seeds."""
        return OpeningIndex(
            (
                subject.literal_words() | body.literal_words(),
                dict.fromkeys((*subject.slots, *body.slots)),
            )
            for subject, body in (self.templates[entry.key] for entry in self.opening_mail)
        )

    def _open(self, start: str, seed: int) -> tuple[Opening, str]:
        source, scenario, world = self.source, self.scenario, self.source.world
        streams = Streams(seed)
        values = draw_values(world, source.names, self.roles, streams)
        people = {self.ids[role.key]: self._person(role, values) for role in self.roles}
        chosen = {story: streams.choose(keys, "story", story, "") for story, keys in self.stories.items()}
        now = scenario.starts[start].at
        mail: dict[str, Message] = {}
        inboxes: dict[str, list[str]] = {}
        outboxes: dict[str, list[str]] = {}
        unread: dict[str, list[str]] = {}
        for entry in self.opening_mail:
            if entry.at is None or entry.at >= now or (entry.story is not None and chosen[entry.story] != entry.key):
                continue
            message = self._message(entry, values, entry.at, mail)
            mail[message.id] = message
            outboxes.setdefault(message.sender, []).append(message.id)
            for person in dict.fromkeys(message.recipients):
                inboxes.setdefault(person, []).append(message.id)
                if not entry.opened:
                    unread.setdefault(person, []).append(message.id)
        known = {key: id for key, id in self.mail_ids.items() if id in mail}
        facts = resolve_facts(source.facts, self.condition, values, self.ids, scenario.decisions)
        opening = Opening(
            world=world.name,
            firm=values[f"{world.firm}.name"],
            dates=self.dates,
            utc_offset=world.utc_offset,
            now=now,
            ends=scenario.ends,
            people=people,
            by_address={person.address: id for id, person in people.items()},
            domain=values[f"{world.firm}.domain"],
            mail=mail,
            letters=known,
            order=self.order,
            inboxes=inboxes,
            outboxes=outboxes,
            unread=unread,
            index=_LazyIndex(self),  # type: ignore[arg-type]
            masks=_Masks(self.order, mail),
            slots_of=_SlotWords(values),
            values=values,
            topics=facts.topics,
            atoms=tuple(fact.atoms for fact in facts.facts.values()),
            plan=Plan(
                self.steps,
                self.letters,
                self.reactions,
                tuple(world.read_delay),
                facts.knows,
                Template(world.ask_back),
                scenario.quiet,
            ),
            facts=facts.facts,
            decisions=facts.decisions,
            ways_out=facts.ways_out,
            tasks=resolve_tasks(scenario, values, self.ids),
            concern=tuple(self.ids[key] for key in world.concern if key in self.ids),
            outside=frozenset(person.id for person in people.values() if not person.inside),
            telling=_telling(scenario, facts),
            decision_time=scenario.decision_time,
        )
        return opening, sha256(public_bytes(opening)).hexdigest()

    def _person(self, role: schema.Role, values: Mapping[str, str]) -> Person:
        key = role.key
        department = Template(role.department).render(values)
        title = Template(role.title).render(values)
        manager = self.ids.get(role.manager) if role.manager else None
        start, end = (int(each[:2]) * 3600 + int(each[3:]) * 60 for each in role.shift)
        return Person(
            self.ids[key], key, values[f"{key}.name"], values[f"{key}.given"], values[f"{key}.address"],
            title, department, manager, role.affiliation, Shift(start, end),
            f"{values[f'{key}.name']} <{values[f'{key}.address']}>",
        )  # fmt: skip

    def _message(
        self, entry: schema.LetterEntry, values: Mapping[str, str], at: int, mail: Mapping[str, Message]
    ) -> Message:
        id = self.mail_ids[entry.key]
        subject, body = self.templates[entry.key]
        before = mail.get(self.mail_ids.get(entry.answers or "", ""))
        title = (
            subject.render(values) if entry.subject else f"Re: {before.subject.removeprefix('Re: ')}" if before else ""
        )
        thread = before.thread if before else "thread-" + id[5:]
        to, cc = self._ids(entry.to), self._ids(entry.cc)
        replied = before.id if before else None
        return Message(
            id, thread, self.ids[entry.sender], to, title, body.render(values), at, cc, replied, entry.urgent
        )

    def _letter(self, entry: schema.LetterEntry) -> Letter:
        subject = Template(entry.subject) if entry.subject is not None else None
        return Letter(
            entry.key, self.ids[entry.sender], self._ids(entry.to), self._ids(entry.cc), subject,
            Template(entry.body), entry.urgent, entry.answers,
        )  # fmt: skip

    def _ids(self, keys: list[str]) -> tuple[str, ...]:
        return tuple(self.ids[key] for key in keys if key in self.ids)

    def _steps(self) -> dict[str, Step]:
        steps = {}
        wanted = self.scenario.items
        for item in self.source.items:
            if wanted is not None and item.item not in wanted:
                continue
            for entry in applying(item.steps, self.condition):
                step = Step(
                    item.item, entry.key, self.ids[entry.owner], entry.at, entry.due, entry.letter,
                    tuple(entry.needs), tuple(entry.unless), entry.announces,
                )  # fmt: skip
                steps[step.name] = step
        return steps

    def _reactions(self) -> dict[str, tuple[Reaction, ...]]:
        found: dict[str, list[Reaction]] = {}
        standing = self.scenario.decisions
        for entry in applying(self.source.reactions, self.condition):
            who = self.ids[entry.who]
            told = entry.outcome
            if told is not None and standing is not None and told.decision not in standing:
                continue  # nothing was decided here that could be changed
            outcome = None if told is None else Outcome(told.decision, told.status, told.why)
            done = entry.done if entry.done in self.steps else None  # its work item may not run in this scenario
            found.setdefault(who, []).append(
                Reaction(
                    entry.key,
                    who,
                    tuple(entry.acts),
                    tuple(entry.topics),
                    tuple(entry.facts),
                    entry.states,
                    self._ids(entry.senders),
                    entry.once,
                    entry.reply,
                    tuple(entry.letters),
                    outcome,
                    done,
                )
            )
        return {who: tuple(reactions) for who, reactions in found.items()}


def public_bytes(opening: Opening) -> bytes:
    """Return the resolved opening state as anybody may see it: people and mail, no fact, no plan, no label."""
    people = [
        {
            "id": p.id, "name": p.name, "address": p.address, "title": p.title,
            "department": p.department, "manager": p.manager, "outside": not p.inside,
        }
        for p in opening.people.values()
    ]  # fmt: skip
    mail = [
        {
            "id": m.id, "thread": m.thread, "from": m.sender, "to": m.to, "cc": m.cc, "subject": m.subject,
            "body": m.body, "time": m.time, "in_reply_to": m.in_reply_to, "urgent": m.urgent,
        }
        for m in opening.mail.values()  # type: ignore[attr-defined]
    ]  # fmt: skip
    state: dict[str, Any] = {
        "firm": opening.firm,
        "date": opening.dates.start.isoformat(),
        "utc_offset": opening.utc_offset,
        "now": opening.now,
        "people": people,
        "mail": mail,
        "unread": opening.unread,
    }
    return msgspec.json.encode(state)


class _LazyIndex:
    """The opening index, built when somebody searches."""

    __slots__ = ("_base",)

    def __init__(self, base: Base) -> None:
        self._base = base

    def find(self, query: list[str], slots_of: Mapping[str, Any], among: int) -> int:
        return self._base.index.find(query, slots_of, among)


class _Masks(Mapping[str, int]):
    """Person id -> bit set over the opening mail of what lies in the mailbox, worked out when asked for."""

    def __init__(self, order: tuple[str, ...], mail: Mapping[str, Message]) -> None:
        self._order, self._mail = order, mail
        self._known: dict[str, int] = {}

    def __getitem__(self, person: str) -> int:
        bits = self._known.get(person)
        if bits is None:
            bits = 0
            for number, id in enumerate(self._order):
                message = self._mail.get(id)
                if message is not None and (message.sender == person or person in message.recipients):
                    bits |= 1 << number
            self._known[person] = bits
        return bits

    def get(self, person: str, default: Any = None) -> Any:
        """Work the bit set out; everybody has one."""
        return self[person]

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)


class _SlotWords(Mapping[str, tuple[str, ...]]):
    """Word -> placeholders whose drawn value has it, worked out when first asked for."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = values

    @cached_property
    def _slots(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for slot, value in self._values.items():
            for word in dict.fromkeys(words(value)):
                found.setdefault(word, []).append(slot)
        return {word: tuple(slots) for word, slots in found.items()}

    def __getitem__(self, word: str) -> tuple[str, ...]:
        return self._slots[word]

    def get(self, word: str, default: Any = None) -> Any:
        """Look a word up; most have no slot, and asking for forgiveness is slow."""
        return self._slots.get(word, default)

    def __iter__(self) -> Iterator[str]:
        return iter(self._slots)

    def __len__(self) -> int:
        return len(self._slots)


def _telling(scenario: schema.ScenarioEntry, facts: Resolved) -> frozenset[str]:
    told = [key for decision in facts.decisions.values() for key in decision.told_in]
    told += [key for way in facts.ways_out for key in way.told_in]
    return frozenset([*told, *(key for task in scenario.tasks for key in task.letters)])


def _sent(entry: schema.LetterEntry) -> int:
    return entry.at or 0


def _with_copies(entries: list[schema.LetterEntry], scenario: schema.ScenarioEntry) -> list[schema.LetterEntry]:
    """Return the opening mail, filled up with earlier copies of the side stories where the scenario asks for it."""
    wanted = scenario.opening_mail
    mine = [e for e in entries if scenario.seat in (*e.to, *e.cc)]
    stories = [e for e in mine if e.story is not None]
    if wanted is None or not stories:
        return entries
    plain = [e.model_copy(update={"story": None}) if e.story else e for e in entries]
    copies = []
    for number in range(wanted - len(mine)):
        like = stories[number % len(stories)]
        at = min(_sent(e) for e in entries) - 5_400 * (number + 1)
        copies.append(like.model_copy(update={"key": f"{like.key}_{number}", "at": at, "answers": None, "story": None}))
    return sorted([*copies, *plain], key=_sent)
