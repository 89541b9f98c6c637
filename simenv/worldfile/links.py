"""What a world's entries say of one another must hold: every key named exists, every placeholder has a value."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import pairwise

from simenv.company.meaning.acts import ACTS
from simenv.company.text import normal
from simenv.core.errors import Mistake
from simenv.worldfile import schema
from simenv.worldfile.draw_rules import check_draws
from simenv.worldfile.lines import Lines
from simenv.worldfile.links_apps import check_apps, check_away
from simenv.worldfile.links_mail import check_letters
from simenv.worldfile.links_watched import check_watched
from simenv.worldfile.links_work import check_work
from simenv.worldfile.naming import ANSWERING, RESERVED, STORY, UNITS, Known, Naming
from simenv.worldfile.salvage import Losses
from simenv.worldfile.scenarios import check_scenarios
from simenv.worldfile.source import Source, minutes


def check_links(source: Source, lines: Lines, losses: Losses, tools: Collection[str] | None = None) -> list[Mistake]:
    """Return the mistakes in what a world's entries say of one another.

    Args:
        source: The world's files.
        lines: Where things stand.
        losses: What was dropped while reading; whoever names it is not blamed.
        tools: Names of the tools there are, or None to leave tools unchecked.
    """
    naming = Naming(source, lines, losses)
    return [
        *_doubled(naming),
        *_world(naming),
        *check_draws(naming),
        *_people(naming),
        *_facts(naming),
        *check_watched(naming),
        *check_work(naming),
        *_reactions(naming),
        *check_letters(naming),
        *check_apps(naming),
        *check_scenarios(naming, tools),
    ]


def _doubled(naming: Naming) -> Iterator[Mistake]:
    source = naming.source
    facts = source.facts
    groups: list[tuple[str, str, Iterable[str]]] = [
        ("people.yaml", "role", (role.key for role in source.people)),
        ("facts.yaml", "fact", (fact.key for fact in facts.facts)),
        ("facts.yaml", "decision", (decision.key for decision in facts.decisions)),
        ("facts.yaml", "way out", (way.key for way in facts.ways_out)),
        ("workflows/", "work item", (item.item for item in source.items)),
        *((f"workflows/{i.item}.yaml", "step", (step.key for step in i.steps)) for i in source.items),
        ("channels.yaml", "channel", (channel.key for channel in source.channels)),
        ("systems.yaml", "system", (system.key for system in source.systems)),
        ("calendar.yaml", "meeting", (meeting.key for meeting in source.meetings)),
        ("lists.yaml", "list", (each.key for each in source.lists)),
        ("reactions.yaml", "reaction", (reaction.key for reaction in source.reactions)),
        *(
            (f"scenarios/{s.name}.yaml", "task", (task.key for task in s.tasks))
            for s in source.scenarios.values()
        ),
    ]  # fmt: skip
    for file, what, found in groups:
        keys = [key for key in found if not naming.excused(key)]
        for key in sorted({key for key in keys if keys.count(key) > 1}):
            yield Mistake(file, f"has the {what} {key!r} twice.", "Give one of them another key.")
    for key in sorted({*naming.roles, *naming.draws} & ({*naming.roles} & {*naming.draws} | RESERVED)):
        where = naming.at("world.yaml", "draws", key) if key in naming.draws else naming.at("people.yaml", key)
        yield Mistake(
            where, f"calls a group of placeholders {key!r}, which is taken.", "Roles and draws need names of their own."
        )


def _world(naming: Naming) -> Iterator[Mistake]:
    world = naming.source.world
    if world.start.weekday() != 0:
        yield Mistake(naming.at("world.yaml", "start"), f"{world.start} is no Monday.", "Day 0 of a world is a Monday.")
    if any(low > high or low < 0 for low, high in pairwise(world.read_delay)):
        yield Mistake(
            naming.at("world.yaml", "read_delay"), "is not ascending.", "Give seconds, from fast readers to slow ones."
        )
    yield from naming.each(naming.at("world.yaml", "concern"), world.concern, "role", naming.roles)
    yield from naming.named(naming.at("world.yaml", "firm"), world.firm, "draw", naming.draws)
    yield from naming.text(world.ask_back, ANSWERING, "world.yaml", "ask_back")
    yield from naming.text(world.passes_on or "", ANSWERING, "world.yaml", "passes_on")
    for factor, levels in world.factors.items():
        if factor not in naming.losses.broken and (not levels or len(set(levels)) < len(levels)):
            place = naming.at("world.yaml", "factors", factor)
            yield Mistake(
                place, "has no level, or one twice.", "Write 'factor: [level, other_level]'; the first is the default."
            )


def _people(naming: Naming) -> Iterator[Mistake]:
    needed: dict[str, int] = {}
    seats = {scenario.seat for scenario in naming.source.scenarios.values()}
    for role in naming.source.people:

        def at(*path: str, key: str = role.key) -> str:
            return naming.at("people.yaml", key, *path)

        if role.manager is not None:
            yield from naming.named(at("manager"), role.manager, "role", naming.roles)
        if role.organisation is not None:
            yield from naming.named(at("organisation"), role.organisation, "draw", naming.draws)
        elif role.affiliation != "own" and role.key not in naming.losses.damaged:
            yield Mistake(
                at(), f"{role.key} is outside and has no 'organisation'.", "Say whose mail domain a person outside has."
            )
        if role.affiliation != "own" and role.key in seats:
            yield Mistake(
                at(), f"{role.key} holds a seat and is outside.", "A seat is a place in the company: affiliation own."
            )
        yield from _naming_of(naming, role)
        start, end = (minutes(each) for each in role.shift)
        if start is None or end is None or start >= end:
            yield Mistake(
                at("shift"),
                f"{role.key} works from {role.shift[0]!r} to {role.shift[1]!r}.",
                'Write ["08:30", "17:00"].',
            )
        yield from naming.text(role.title, (), "people.yaml", role.key, "title")
        yield from naming.text(role.department, (), "people.yaml", role.key, "department")
        yield from check_away(naming, role)
        yield from naming.when("people.yaml", role.key, when=role.when)
        if role.same is None and role.pool is None:
            needed[role.pronouns] = needed.get(role.pronouns, 0) + 1
    names = naming.source.names
    if {"names.yaml", "people.yaml"} & naming.losses.damaged | {"names.yaml", "people.yaml"} & naming.losses.lost:
        return
    for pronouns, count in needed.items():
        have = len(names.systems) if pronouns == "it" else sum(n.pronouns == pronouns for n in names.people)
        if have < 2 * count:
            yield Mistake(
                "names.yaml",
                f"has {have} names for '{pronouns}', and {count} roles want one.",
                f"Add names until there are {2 * count}, so that no collision runs out of them.",
            )


def _naming_of(naming: Naming, role: schema.Role) -> Iterator[Mistake]:
    """Yield the mistakes in how a role gets its name."""
    keys = [each.key for each in naming.source.people]
    if role.same is not None:
        before = keys[: keys.index(role.key)]
        if role.same in keys and role.same not in before:
            yield Mistake(
                naming.at("people.yaml", role.key, "same"),
                f"{role.key} is the same person as {role.same}, who stands below.",
                "Put it below.",
            )
        else:
            yield from naming.named(
                naming.at("people.yaml", role.key, "same"), role.same, "role", naming.roles, role.when
            )
    place = naming.at("people.yaml", role.key, "pool")
    if role.pool is not None and role.pronouns != "it":
        yield Mistake(place, f"{role.key} is a person and has a 'pool'.", "Pools are for systems; take it out.")
    if isinstance(role.pool, str):
        yield from naming.named(place, role.pool, "pool", naming.source.names.pools)
    for factor, levels in (role.pool if isinstance(role.pool, dict) else {}).items():
        yield from naming.named(place, factor, "factor", naming.source.world.factors)
        yield from naming.each(place, levels, f"level of {factor}", naming.source.world.factors.get(factor, levels))
        yield from naming.each(place, levels.values(), "pool", naming.source.names.pools)


def _facts(naming: Naming) -> Iterator[Mistake]:
    facts, file = naming.source.facts, "facts.yaml"
    damaged = naming.losses.damaged
    for topic, shown in facts.topics.items():
        yield from _phrases(naming, shown.phrases, "topics", topic)
        if not (shown.phrases or shown.like) and file not in damaged:
            yield Mistake(naming.at(file, "topics", topic), f"{topic} has no phrase.", "Write the words that show it.")
    for fact in facts.facts:
        at = ("facts", fact.key)
        known = [("known_by", fact.known_by), ("granted", fact.granted), ("about", [fact.about] if fact.about else [])]
        for field, people in known:
            yield from naming.each(
                naming.at(file, *at, field), people, "role", naming.roles, naming.standing(fact.key, fact.when)
            )
        yield from naming.named(naming.at(file, *at, "topic"), fact.topic, "topic", naming.topics)
        yield from naming.text(fact.says, (), file, *at, "says")
        yield from _phrases(naming, fact.identifiers, *at, "identifiers")
        yield from _phrases(naming, [phrase for way in fact.content for phrase in way], *at, "content")
        yield from naming.when(file, *at, when=fact.when)
    for decision in facts.decisions:
        at = ("decisions", decision.key)
        for field, people in (
            ("controller", [decision.controller]), ("affected", [decision.affected]), ("proxies", decision.proxies),
        ):  # fmt: skip
            yield from naming.each(
                naming.at(file, *at, field), people, "role", naming.roles, naming.standing(decision.key, decision.when)
            )
        yield from naming.named(naming.at(file, *at, "topic"), decision.topic, "topic", naming.topics)
        yield from naming.text(decision.says, (), file, *at, "says")
        yield from naming.each(
            naming.at(file, *at, "told_in"), decision.told_in, "letter", naming.letters, decision.when
        )
        yield from naming.when(file, *at, when=decision.when)
    for way in facts.ways_out:
        at = ("ways_out", way.key)
        yield from naming.named(
            naming.at(file, *at, "to"), way.to, "role", naming.roles, naming.standing(way.key, way.when)
        )
        yield from naming.each(naming.at(file, *at, "topics"), way.topics, "topic", naming.topics)
        yield from naming.each(
            naming.at(file, *at, "told_in"), way.told_in, "letter", naming.letters, naming.standing(way.key, way.when)
        )
        yield from naming.when(file, *at, when=way.when)
    for sort, key, told in (
        *(("decisions", d.key, d.told_in) for d in facts.decisions),
        *(("ways_out", w.key, w.told_in) for w in facts.ways_out),
    ):
        if not told and key not in damaged:
            yield Mistake(naming.at(file, sort, key), f"{key} is told in no message.", "Name the letter in 'told_in'.")


def _phrases(naming: Naming, phrases: Iterable[str], *path: str) -> Iterator[Mistake]:
    for phrase in phrases:
        yield from naming.text(phrase, (), "facts.yaml", *path)
        if not normal(phrase.rstrip("*")) or "*" in phrase[:-1]:
            yield Mistake(
                naming.at("facts.yaml", *path, find=phrase),
                f"has the phrase {phrase!r}.",
                "Write words; one '*' at the end lets the last word go on.",
            )


def _versions(naming: Naming, reaction: schema.ReactionEntry) -> schema.When:
    """Return the versions of stories that a reaction is about: those of the first steps it names."""
    found: schema.When = {}
    for name in (reaction.done, reaction.restore, *reaction.starts):
        for factor, levels in naming.steps.get(name or "", {}).items():
            if factor.startswith(STORY):
                found.setdefault(factor, levels)
    return found


def _reactions(naming: Naming) -> Iterator[Mistake]:
    for reaction in naming.source.reactions:

        def at(field: str, key: str = reaction.key) -> str:
            return naming.at("reactions.yaml", key, field)

        when = naming.standing(reaction.key, reaction.when)
        if when is not None:  # one that is about a version of a story is there with it
            when = {**_versions(naming, reaction), **when}
        listed: list[tuple[str, Iterable[str], str, Collection[str] | Known]] = [
            ("who", [reaction.who], "role", naming.roles),
            ("senders", reaction.senders, "role", naming.roles),
            ("acts", reaction.acts, "act", ACTS),
            ("topics", reaction.topics, "topic", naming.topics),
            ("also", reaction.also, "topic", naming.topics),
            ("concerning", reaction.concerning, "topic", naming.topics),
            ("facts", reaction.facts, "fact", naming.facts),
            ("states", [reaction.states] if reaction.states else [], "unit", UNITS),
            ("reply", [reaction.reply] if reaction.reply else [], "letter", naming.letters),
            ("letters", reaction.letters, "letter", naming.letters),
            ("done", [reaction.done] if reaction.done else [], "step", naming.steps),
            ("starts", reaction.starts, "step", naming.steps),
            ("restore", [reaction.restore] if reaction.restore else [], "step", naming.steps),
            ("outcome", [reaction.outcome.decision] if reaction.outcome else [], "decision", naming.decisions),
        ]  # fmt: skip
        for field, names, what, known in listed:
            yield from naming.each(at(field), names, what, known, when)
        yield from naming.when("reactions.yaml", reaction.key, when=reaction.when)
