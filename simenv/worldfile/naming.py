"""What may be named in a world's files, and whether what is named exists: roles, letters, steps, placeholders."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from copy import copy
from typing import Final

from simenv.company.text import PLACEHOLDER
from simenv.core.errors import Mistake, near_miss
from simenv.worldfile import schema
from simenv.worldfile.deeds import made
from simenv.worldfile.draw import ROLE_FIELDS
from simenv.worldfile.lines import Lines, Part
from simenv.worldfile.salvage import UNKNOWN, Losses
from simenv.worldfile.source import Source, days
from simenv.worldfile.stories import Stories

UNITS: Final = ("hours", "eur", "days", "percent", "mm", "tonnes", "code")
"""Units of figures that people can be told of (:mod:`simenv.company.meaning.figures`)."""

HEARD: Final = tuple(f"heard.{unit}" for unit in UNITS)
"""Placeholders filled when a letter is written: what its writer was last told."""

ANSWERING: Final = ("mail.subject", "mail.topic", "mail.text", "sender.given", "sender.name", *HEARD)
"""Placeholders filled when an answer to a message is written."""

RESERVED: Final = frozenset({"mail", "sender", "heard"})
"""Groups of placeholders that no draw or role may be called."""

HOMES: Final = {
    "ticket": "workflows/",
    "alert": "workflows/",
    "meeting": "workflows/",
    "channel": "channels.yaml",
    "system": "systems.yaml",
    "role": "people.yaml",
    "draw": "world.yaml draws",
    "factor": "world.yaml factors",
    "topic": "facts.yaml topics",
    "fact": "facts.yaml facts",
    "decision": "facts.yaml decisions",
    "step": "workflows/",
    "work item": "workflows/",
}
"""Where things of a sort stand: file and field."""

Known = Mapping[str, schema.When]
"""What exists, by key, and under which levels of which factors, or in which versions of which stories."""

LISTED: Final = 20
"""How many of the names there are a mistake lists."""

STORY: Final = "story "
"""Begins the name of a story where it stands for a factor: its versions are the levels, numbered from 1."""


class Naming:
    """What a world's entries may name.

    Args:
        source: The world's files.
        lines: Where things stand.
        losses: What was dropped while reading; whoever names it is not blamed.
    """

    def __init__(self, source: Source, lines: Lines, losses: Losses) -> None:
        self.source, self.lines, self.losses = source, lines, losses
        self._always: schema.When = {}
        facts, draws = source.facts, source.world.draws
        self.stories = Stories(
            letters=[(letter.key, letter.story) for letter in source.letters],
            documents=[(document.key, document.story) for document in source.documents],
            items=[(item.item, item.story) for item in source.items],
        )
        self.seats = {scenario.seat for scenario in source.scenarios.values()}
        self.roles: Known = {role.key: role.when for role in source.people}
        self.recipients: Known = {**{entry.key: {} for entry in source.lists}, **self.roles}
        self.topics: Known = {topic: {} for topic in facts.topics}
        self.facts: Known = {fact.key: fact.when for fact in facts.facts}
        self.decisions: Known = {decision.key: decision.when for decision in facts.decisions}
        self.draws: Known = {draw: {} for draw in draws}
        works = [(item.item, step) for item in source.items for step in item.steps]
        self.steps: Known = {f"{item}.{step.key}": self.within("items", item, step.when) for item, step in works}
        self.items: Known = {item.item: {} for item in source.items}
        self.files: Known = {each.key: self.within("letters", each.key, each.when) for each in source.letters}
        written = {f"{item}.{step.key}" for item, step in works if step.mail}
        self.letters: Known = {**self.files, **{name: self.steps[name] for name in sorted(written)}}
        before = {f"{item}.{step.key}" for item, step in works if step.model and step.model.mail}
        self.answered: Known = {**self.letters, **{name: self.steps[name] for name in sorted(before)}}
        self.answerable = _apart(self.answered)
        self.followed = _apart(self.steps)
        posted = {f"{i}.{step.key}" for i, step in works if step.chat or (step.model and step.model.chat)}
        self.posts = _apart({name: self.steps[name] for name in sorted(posted)})
        self.things: dict[str, dict[str, schema.When]] = {
            "document": {each.key: self.within("documents", each.key, each.when) for each in source.documents},
            "channel": {channel.key: channel.when for channel in source.channels},
            "system": {system.key: system.when for system in source.systems},
            "meeting": {key: entry.when for entry in source.meetings for key in days(entry)},
            "ticket": {},
            "alert": {},
        }
        for item, step in works:
            for deeds in (step, step.model):
                for sort, key in made(deeds) if deeds is not None else ():
                    self.things[sort].setdefault(key, self.steps[f"{item}.{step.key}"])
        ids = [f"{sort}.{key}" for sort, known in self.things.items() for key in known]
        self.things_ids = dict.fromkeys([*ids, *(f"mail.{key.replace('.', '_')}" for key in self.letters)])

    def during(self, when: schema.When) -> Naming:
        """Return what may be named by something that is there only now and then, where it would otherwise always be."""
        other = copy(self)
        other._always = when
        return other

    def within(self, sort: str, key: str, when: schema.When) -> schema.When:
        """Return when an entry is there, its version of a story included.

        Args:
            sort: ``letters``, ``documents`` or ``items``.
            key: The entry that may be a version of a story.
            when: When it, or what stands in it, is there otherwise.
        """
        version = self.stories.version(sort, key)
        return when if version is None else {**when, f"{STORY}{version[0]}": [str(version[1] + 1)]}

    def at(self, file: str, *path: Part, find: str = "") -> str:
        """Return where something stands."""
        return self.lines.at(file, *path, find=find)

    def named(
        self, place: str, name: str, what: str, known: Collection[str], when: schema.When | None = None
    ) -> Iterator[Mistake]:
        """Blame a name nobody has, or one that is not there whenever the entry that names it is.

        Args:
            place: Where it is named.
            name: The name.
            what: The sort of thing it should be.
            known: The names there are; a mapping says also when each is there.
            when: When the entry that names it is there; None if it need not always be.
        """
        if name not in known:
            if self.excused(name, what):
                return
            near = near_miss(name, known)
            names = sorted(each for each in known if UNKNOWN not in each)
            more = f" and {len(names) - LISTED} more" if len(names) > LISTED else ""
            listed = f"{', '.join(names[:LISTED])}{more}" if names else "none"
            yield Mistake(
                place,
                f"names the {what} {name!r}, which does not exist.",
                f"Did you mean {near!r}?" if near else f"Known: {listed}.",
            )
        elif when is not None and isinstance(known, Mapping):
            when = when or self._always
            for factor, levels in known[name].items():
                there = [each for each in when.get(factor, self.levels(factor)) if each in self.levels(factor)]
                gone = [each for each in there if each not in levels]
                if levels and gone and factor.startswith(STORY):
                    story, version = factor.removeprefix(STORY), " or ".join(levels)
                    problem = f"names the {what} {name!r}, which is there only in version {version} of {story!r}."
                    yield Mistake(place, problem, "Name it only in what belongs to that version.")
                elif levels and gone:
                    yield Mistake(
                        place,
                        f"names the {what} {name!r}, which is not there when {factor} is {' or '.join(gone)}.",
                        "Give the entry that names it the same 'when', or take the 'when' away from what it names.",
                    )

    def each(
        self, place: str, names: Iterable[str], what: str, known: Collection[str], when: schema.When | None = None
    ) -> Iterator[Mistake]:
        """Blame every name nobody has."""
        for name in names:
            yield from self.named(place, name, what, known, when)

    def excused(self, name: str, what: str = "") -> bool:
        """Whether something of this name was there and was dropped, or may have been."""
        broken = self.losses.broken
        return name in broken or any(part in broken for part in name.split(".")) or self.incomplete(what)

    def incomplete(self, what: str) -> bool:
        """Whether not all names of a sort are known, because something has lost its name."""
        file, _, field = HOMES.get(what, "/").partition(" ")
        places = (file, f"{file}.{field}")
        return any(lost in places or (lost.startswith(file) and file.endswith("/")) for lost in self.losses.lost)

    def standing(self, key: str, when: schema.When) -> schema.When | None:
        """Return when an entry is there, or None if it has mistakes and may have lost that."""
        return None if key in self.losses.damaged else when

    def levels(self, factor: str) -> list[str]:
        """Return the levels of a factor, or the numbers of a story's versions."""
        if factor.startswith(STORY):
            return [str(number + 1) for number in range(self.stories.counts[factor.removeprefix(STORY)])]
        return self.source.world.factors.get(factor, [])

    def literal(self, text: str, what: str, file: str, *path: Part) -> Iterator[Mistake]:
        """Blame placeholders in a text that is taken as it is written."""
        if "{" in text or "}" in text:
            yield Mistake(self.at(file, *path), f"has a placeholder in {what}.", "Write it out: it is not drawn.")

    def when(self, file: str, *path: Part, when: schema.When) -> Iterator[Mistake]:
        """Blame factors and levels that do not exist."""
        factors = self.source.world.factors
        for factor, levels in when.items():
            place = self.at(file, *path, "when", factor)
            yield from self.named(place, factor, "factor", factors)
            if factor in factors and factor not in self.losses.broken:
                yield from self.each(place, levels, f"level of {factor}", factors[factor])
            if not levels and not self.losses.damaged.intersection((file, *map(str, path))):
                yield Mistake(
                    place, f"names no level of {factor}: the entry is never there.", "Name one, or remove it."
                )

    def text(self, text: str, dynamic: Collection[str], file: str, *path: Part) -> Iterator[Mistake]:
        """Blame placeholders without a value, and stray braces.

        Args:
            text: The text.
            dynamic: Placeholders that are filled when it is written.
            file: Where it stands.
            *path: Where it stands in the file.
        """
        for slot in dict.fromkeys(PLACEHOLDER.findall(text)):
            group, field = slot.split(".", 1)
            if slot in dynamic or group in self.losses.broken:
                continue
            place, fields = self.at(file, *path, find=f"{{{slot}}}"), self.fields(group)
            if group in RESERVED:
                yield Mistake(
                    place,
                    f"has the placeholder {{{slot}}}, which has no value here.",
                    f"Here there are {', '.join(dynamic) or 'none that are filled on writing'}.",
                )
            elif fields is None:
                if self.incomplete("role") or self.incomplete("draw"):
                    continue
                near = near_miss(group, [*self.roles, *self.draws])
                yield Mistake(
                    place,
                    f"has a placeholder of {group!r}, for which nothing is drawn.",
                    f"Did you mean {near!r}?" if near else "Draw it in world.yaml or name a role.",
                )
            elif field not in fields and field not in self.losses.broken:
                near = near_miss(field, fields)
                hint = f"Did you mean {{{group}.{near}}}? " if near else ""
                yield Mistake(
                    place,
                    f"has the placeholder {{{slot}}}, for which nothing is drawn.",
                    f"{hint}{group} has {', '.join(fields)}.",
                )
        rest = PLACEHOLDER.sub("", text)
        stray = next((index for index, letter in enumerate(rest) if letter in "{}"), None)
        if stray is not None:
            near_by = rest[max(0, stray - 10) : stray + 20].strip()
            place = self.at(file, *path, find=near_by.partition("\n")[0])
            yield Mistake(
                place,
                f"has a brace that is no placeholder: {near_by!r}.",
                "Write {group.field}, in small letters, or no brace.",
            )

    def fields(self, group: str) -> Collection[str] | None:
        """Return the fields of a group of placeholders, or None if there is no such group."""
        if group in self.roles:
            return ROLE_FIELDS
        fields = self.source.world.draws.get(group)
        if fields is None:
            return None
        options = fields.get("choose")
        if not isinstance(options, list):
            return fields
        return dict.fromkeys(name for option in options if isinstance(option, dict) for name in option)


def _apart(known: Known) -> Known:
    """Return what is known, but for when it is there under conditions: only versions of stories matter."""
    return {
        name: {factor: levels for factor, levels in when.items() if factor.startswith(STORY)} if when else when
        for name, when in known.items()
    }
