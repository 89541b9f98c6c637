"""The base of a scenario under a condition: everything that is the same for all seeds, worked out once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from simenv.company.opening import MailList, Opening, Plan
from simenv.company.text import Template, normal
from simenv.core.streams import Streams
from simenv.worldfile import schema
from simenv.worldfile.draw import Draws
from simenv.worldfile.entrance import Entrance, Tableau
from simenv.worldfile.files import Files
from simenv.worldfile.lazy import Lazy, LazyIndex, Masks, SlotWords
from simenv.worldfile.public import public_bytes
from simenv.worldfile.render import RENDER, Cast, fill
from simenv.worldfile.resolve import FactShapes, Resolved
from simenv.worldfile.source import Source

__all__ = ["Base", "public_bytes"]


class Base:
    """What a scenario's opening is before a seed is drawn; shared by all its episodes.

    Args:
        source: The world's files.
        scenario: The scenario.
        condition: Factor -> level.

    Attributes:
        files: What the world's files say lies there.
        roles: The roles that are held.
        ids: Role key -> person id.
        opening: Returns the opening state for an entry point and a seed, and the SHA-256 of what anybody may see of it.
    """

    def __init__(self, source: Source, scenario: schema.ScenarioEntry, condition: Mapping[str, str]) -> None:
        self.source, self.scenario, self.condition = source, scenario, condition
        self.files = Files(source, scenario, condition)
        self.roles, self.ids = self.files.roles, self.files.ids.person
        self._entrances: dict[str, Entrance] = {}
        self._ask_back = Template(source.world.ask_back)
        self._passes_on = Template(source.world.passes_on) if source.world.passes_on else None
        self._draws = Draws(source.world, source.names, self.roles)
        self._cast = Cast(self.files.cast)
        self._facts = FactShapes(source.facts, condition, self.files.ids, scenario.decisions)
        self.opening = lru_cache(maxsize=32)(self._open)

    def entrance(self, start: str) -> Entrance:
        """Return an entry point before names are drawn."""
        found = self._entrances.get(start)
        if found is None:
            found = self._entrances[start] = Entrance(self.files, start)
        return found

    def state(self, start: str, seed: int) -> bytes:
        """Return the resolved opening state as anybody may see it, as :func:`public_bytes` does of an opening.

        It is put together from text that all seeds share, and resolves none of the opening's own lazy records.
        """
        tableau = self.entrance(start).tableau(self.files.stories.choose(Streams(seed)))
        return tableau.seal.data(self.opening(start, seed)[0].values)

    def _open(self, start: str, seed: int) -> tuple[Opening, str]:
        source, scenario, files = self.source, self.scenario, self.files
        streams, entrance, entry = Streams(seed), self.entrance(start), scenario.starts[start]
        values = self._draws.values(streams)
        tableau = entrance.tableau(files.stories.choose(streams))
        people = self._cast.named(values)
        facts = self._facts.filled(values)
        tables = {name: Lazy(records, RENDER[name], values) for name, records in tableau.tables.items()}
        lists = [MailList(fill(x.name, values), fill(x.address, values), x.members, x.key) for x in files.lists]
        opening = Opening(
            world=files.name,
            firm=fill(files.firm, values),
            dates=files.dates,
            utc_offset=source.world.utc_offset,
            now=entrance.now,
            ends=scenario.ends,
            people=people,
            by_address={person.address: id for id, person in people.items()},
            domain=values[f"{source.world.firm}.domain"],
            mail=Lazy(tableau.mail, RENDER["mail"], values),
            letters=tableau.letters,
            letter_keys=tableau.letter_keys,
            order=entrance.order,
            inboxes=tableau.inboxes,
            outboxes=tableau.outboxes,
            unread=tableau.unread,
            index=LazyIndex(lambda: entrance.index),  # type: ignore[arg-type]
            masks=Masks(entrance.order, tableau.mail),
            slots_of=SlotWords(values),
            values=values,
            topics=facts.topics,
            atoms=tuple(fact.atoms for fact in facts.facts.values()),
            plan=self._plan(tableau, values, facts),
            facts=facts.facts,
            decisions=facts.decisions,
            ways_out=facts.ways_out,
            tasks=entrance.tasks.filled(values, tableau.letters, tableau.letters_ahead),
            concern=files.people(source.world.concern),
            outside=frozenset(person.id for person in people.values() if not person.inside),
            telling=_telling(scenario, facts),
            decision_time=scenario.decision_time,
            **tables,
            chat_seen=tableau.seen,
            filed=tableau.filed,
            lists={each.address: each for each in lists},
            absences=files.absences,
            done=tableau.done,
            heard={
                person: {unit: normal(fill(figure, values)) for unit, figure in told.items()}
                for person, told in tableau.heard.items()
            },
            decided=tableau.decided,
            note=fill(entry.note.strip(), values) if entry.note else "",
            watched=facts.watched,
        )
        return opening, tableau.seal.digest(values)

    def _plan(self, tableau: Tableau, values: Mapping[str, str], facts: Resolved) -> Plan:
        steps = self.files.plan.resolved(tableau.steps, values)
        return Plan(
            steps, tableau.letters_ahead, tableau.reactions, tuple(self.source.world.read_delay), facts.knows,
            self._ask_back, tableau.agenda, self.scenario.quiet, self._passes_on,
        )  # fmt: skip


def _telling(scenario: schema.ScenarioEntry, facts: Resolved) -> frozenset[str]:
    told = [key for decision in facts.decisions.values() for key in decision.told_in]
    told += [key for way in facts.ways_out for key in way.told_in]
    return frozenset([*told, *(key for task in scenario.tasks for key in task.letters)])
