"""What a world's entries say of one another must hold: every key named exists, every placeholder has a value."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from simenv.company.meaning.acts import ACTS
from simenv.company.predicates import COMBINING, PREDICATES
from simenv.company.text import PLACEHOLDER
from simenv.core.errors import Mistake, near_miss
from simenv.worldfile import schema
from simenv.worldfile.draw import ROLE_FIELDS
from simenv.worldfile.source import Source

DYNAMIC = (
    "mail.subject",
    "sender.given",
    "sender.name",
    *(f"heard.{unit}" for unit in ("hours", "eur", "days", "percent", "code")),
)
"""Placeholders filled when a letter is written; ``heard`` is what its writer was last told."""


def check_links(source: Source, broken: Collection[str] = ()) -> list[Mistake]:
    """Return the mistakes in what a world's entries say of one another.

    Args:
        source: The world's files.
        broken: Keys of entries that have mistakes of their own; whoever names them is not blamed.
    """
    return list(_Links(source, broken).all())


class _Links:
    def __init__(self, source: Source, broken: Collection[str]) -> None:
        self.source = source
        self.roles = {role.key for role in source.people} | set(broken)
        self.letters = {letter.key for letter in source.letters} | set(broken)
        self.topics = set(source.facts.topics) | set(broken)
        self.facts = {fact.key for fact in source.facts.facts} | set(broken)
        self.decisions = {decision.key for decision in source.facts.decisions} | set(broken)
        self.steps = {f"{item.item}.{step.key}" for item in source.items for step in item.steps}
        self.broken = set(broken)

    def all(self) -> Iterator[Mistake]:
        yield from self._doubled()
        yield from self._world()
        yield from self._people()
        yield from self._facts()
        yield from self._work()
        yield from self._reactions()
        yield from self._letters()
        for scenario in self.source.scenarios.values():
            yield from self._scenario(scenario)
        for number, solution in enumerate(self.source.solutions):
            yield from self._named(f"solution.yaml[{number}].scenario", solution.scenario, "scenario", self.source.scenarios)

    def _named(self, place: str, name: str, what: str, known: Collection[str]) -> Iterator[Mistake]:
        if name in known or name in self.broken:
            return
        near = near_miss(name, known)
        remedy = f"Did you mean {near!r}?" if near else f"Known: {', '.join(sorted(known)) or 'none'}."
        yield Mistake(place, f"names the {what} {name!r}, which does not exist.", remedy)

    def _each(self, place: str, names: Collection[str], what: str, known: Collection[str]) -> Iterator[Mistake]:
        for name in names:
            yield from self._named(place, name, what, known)

    def _doubled(self) -> Iterator[Mistake]:
        for file, keys in (
            ("people.yaml", [role.key for role in self.source.people]),
            ("facts.yaml", [fact.key for fact in self.source.facts.facts]),
            ("mail/", [letter.key for letter in self.source.letters]),
            ("reactions.yaml", [reaction.key for reaction in self.source.reactions]),
        ):
            for key in sorted({key for key in keys if keys.count(key) > 1}):
                yield Mistake(f"{file}[{key}]", "stands there twice.", "Give one of them another key.")

    def _world(self) -> Iterator[Mistake]:
        world = self.source.world
        if world.start.weekday() != 0:
            yield Mistake("world.yaml.start", f"{world.start} is no Monday.", "Day 0 of a world is a Monday.")
        yield from self._each("world.yaml.concern", world.concern, "role", self.roles)
        yield from self._named("world.yaml.firm", world.firm, "draw", world.draws)
        for group, fields in world.draws.items():
            yield from self._group(f"world.yaml.draws.{group}", fields)
        yield from self._text("world.yaml.ask_back", world.ask_back, dynamic=True)

    def _group(self, place: str, fields: Mapping[str, Any]) -> Iterator[Mistake]:
        options = fields.get("choose")
        if isinstance(options, list):
            if not options or any(not isinstance(o, dict) or set(o) != set(options[0]) for o in options):
                yield Mistake(f"{place}.choose", "is no list of options with the same keys.", "Give every option the same keys.")
            return
        for name, spec in fields.items():
            try:
                field = schema.FieldDraw.model_validate(spec)
            except ValidationError as error:
                yield Mistake(f"{place}.{name}", f"{error.errors()[0]['msg']}.", "Use choose, between, sum, minus or code.")
                continue
            ways = [w for w in (field.choose, field.between, field.sum, field.minus, field.code) if w is not None]
            if len(ways) != 1:
                yield Mistake(f"{place}.{name}", "is drawn in no way, or in several.", "Use one of choose, between, sum, minus, code.")
            yield from self._each(f"{place}.{name}", [*(field.sum or ()), *(field.minus or ())], "figure", fields)

    def _people(self) -> Iterator[Mistake]:
        needed: dict[str, int] = {}
        for role in self.source.people:
            place = f"people.yaml[{role.key}]"
            if role.manager is not None:
                yield from self._named(f"{place}.manager", role.manager, "role", self.roles)
            if role.organisation is not None:
                yield from self._named(f"{place}.organisation", role.organisation, "draw", self.source.world.draws)
            elif role.affiliation != "own":
                yield Mistake(f"{place}.organisation", "is missing.", "Say whose mail domain a person outside has.")
            yield from self._text(f"{place}.title", role.title)
            yield from self._text(f"{place}.department", role.department)
            yield from self._when(place, role.when)
            needed[role.pronouns] = needed.get(role.pronouns, 0) + 1
        names = self.source.names
        for pronouns, count in needed.items():
            have = len(names.systems) if pronouns == "it" else sum(n.pronouns == pronouns for n in names.people)
            if have < 2 * count:
                yield Mistake(
                    "names.yaml", f"has {have} names for '{pronouns}', and {count} roles want one.",
                    f"Add names until there are {2 * count}, so that no collision runs out of them.",
                )  # fmt: skip

    def _facts(self) -> Iterator[Mistake]:
        facts = self.source.facts
        for topic, phrases in facts.topics.items():
            for phrase in phrases:
                yield from self._text(f"facts.yaml.topics.{topic}", phrase)
        for fact in facts.facts:
            place = f"facts.yaml[{fact.key}]"
            people = [*fact.known_by, *fact.granted, *([fact.about] if fact.about else [])]
            yield from self._each(place, people, "role", self.roles)
            yield from self._named(f"{place}.topic", fact.topic, "topic", self.topics)
            for phrase in [*fact.identifiers, *(p for way in fact.content for p in way), fact.says]:
                yield from self._text(place, phrase)
            yield from self._when(place, fact.when)
        for decision in facts.decisions:
            place = f"facts.yaml[{decision.key}]"
            people = [decision.controller, decision.affected, *decision.proxies]
            yield from self._each(place, people, "role", self.roles)
            yield from self._named(f"{place}.topic", decision.topic, "topic", self.topics)
            yield from self._each(f"{place}.told_in", decision.told_in, "letter", self.letters)
            yield from self._when(place, decision.when)
        for way in facts.ways_out:
            place = f"facts.yaml[{way.key}]"
            yield from self._named(f"{place}.to", way.to, "role", self.roles)
            yield from self._each(f"{place}.topics", way.topics, "topic", self.topics)
            yield from self._each(f"{place}.told_in", way.told_in, "letter", self.letters)
            yield from self._when(place, way.when)

    def _work(self) -> Iterator[Mistake]:
        for item in self.source.items:
            for step in item.steps:
                place = f"workflows/[{item.item}.{step.key}]"
                yield from self._named(f"{place}.owner", step.owner, "role", self.roles)
                if step.letter is not None:
                    yield from self._named(f"{place}.letter", step.letter, "letter", self.letters)
                yield from self._each(f"{place}.needs", step.needs, "step", self.steps)
                yield from self._each(f"{place}.unless", step.unless, "step", self.steps)
                if step.announces is not None:
                    yield from self._named(f"{place}.announces", step.announces, "decision", self.decisions)
                yield from self._when(place, step.when)

    def _reactions(self) -> Iterator[Mistake]:
        for reaction in self.source.reactions:
            place = f"reactions.yaml[{reaction.key}]"
            yield from self._each(place, [reaction.who, *reaction.senders], "role", self.roles)
            yield from self._each(f"{place}.acts", reaction.acts, "act", ACTS)
            yield from self._each(f"{place}.topics", reaction.topics, "topic", self.topics)
            yield from self._each(f"{place}.facts", reaction.facts, "fact", self.facts)
            letters = [*reaction.letters, *([reaction.reply] if reaction.reply else [])]
            yield from self._each(place, letters, "letter", self.letters)
            if reaction.outcome is not None:
                yield from self._named(f"{place}.outcome", reaction.outcome.decision, "decision", self.decisions)
            if reaction.done is not None:
                yield from self._named(f"{place}.done", reaction.done, "step", self.steps)
            yield from self._when(place, reaction.when)

    def _letters(self) -> Iterator[Mistake]:
        for letter in self.source.letters:
            place = f"mail/{letter.key}.md"
            yield from self._each(place, [letter.sender, *letter.to, *letter.cc], "role", self.roles)
            if letter.answers is not None:
                yield from self._named(f"{place}.answers", letter.answers, "letter", self.letters)
            if letter.at is not None and not letter.to:
                yield Mistake(f"{place}.to", "is empty.", "A message of the opening needs recipients.")
            if letter.subject is None and letter.answers is None and letter.to:
                yield Mistake(f"{place}.subject", "is missing.", "Only an answer can do without a subject.")
            dynamic = letter.at is None
            yield from self._text(f"{place}.subject", letter.subject or "", dynamic)
            yield from self._text(place, letter.body, dynamic)
            yield from self._when(place, letter.when)

    def _scenario(self, scenario: schema.ScenarioEntry) -> Iterator[Mistake]:
        place = f"scenarios/{scenario.name}.yaml"
        yield from self._named(f"{place}.seat", scenario.seat, "role", self.roles)
        yield from self._text(f"{place}.brief", scenario.brief)
        for name, start in scenario.starts.items():
            if scenario.ends is not None and start.at >= scenario.ends:
                yield Mistake(f"{place}.starts.{name}", "begins after the scenario's end.", "Let it begin before 'ends'.")
        for task in scenario.tasks:
            yield from self._each(f"{place}.tasks[{task.key}].letters", task.letters, "letter", self.letters)
            yield from self._text(f"{place}.tasks[{task.key}].says", task.says)
            yield from self._check(f"{place}.tasks[{task.key}].check", task.check)

    def _check(self, place: str, check: object) -> Iterator[Mistake]:
        if not isinstance(check, dict) or len(check) != 1:
            yield Mistake(place, "is no predicate.", f"Write one name with its arguments: {', '.join(PREDICATES)}.")
            return
        ((name, arguments),) = check.items()
        yield from self._named(place, str(name), "predicate", PREDICATES)
        if name in COMBINING:
            parts = arguments.get("checks") if name == "before" and isinstance(arguments, dict) else arguments
            if name == "before":
                try:
                    schema.seconds(arguments.get("time") if isinstance(arguments, dict) else None)
                except ValueError as error:
                    yield Mistake(f"{place}.before.time", f"{error}.", "Give the time and a list of checks.")
            if not isinstance(parts, list) or not parts:
                yield Mistake(f"{place}.{name}", "combines nothing.", "Give it a list of checks; an empty one would always pass.")
                return
            for part in parts:
                yield from self._check(f"{place}.{name}", part)
        elif name in PREDICATES:
            if not isinstance(arguments, dict) or not isinstance(arguments.get("to"), str):
                yield Mistake(f"{place}.{name}", "does not say to whom.", "Give it 'to: ROLE'.")
                return
            yield from self._named(f"{place}.{name}.to", arguments["to"], "role", self.roles)
            extra = set(arguments) - {"to", "unit", "figures", "number"}
            yield from self._each(f"{place}.{name}", sorted(extra), "argument", ("to", "unit", "figures", "number"))
            for figure in arguments.get("figures", ()):
                yield from self._text(f"{place}.{name}.figures", str(figure))

    def _when(self, place: str, when: schema.When) -> Iterator[Mistake]:
        factors = self.source.world.factors
        for factor, levels in when.items():
            yield from self._named(f"{place}.when", factor, "factor", factors)
            if factor in factors:
                yield from self._each(f"{place}.when.{factor}", levels, "level", factors[factor])

    def _text(self, place: str, text: str, dynamic: bool = False) -> Iterator[Mistake]:
        for slot in dict.fromkeys(PLACEHOLDER.findall(text)):
            group, field = slot.split(".", 1)
            if group in self.broken or (dynamic and slot in DYNAMIC):
                continue
            fields = self._fields(group)
            if fields is None:
                near = near_miss(group, [*self.roles, *self.source.world.draws])
                hint = f"Did you mean {{{near}.{field}}}?" if near else "Draw it in world.yaml or name a role."
                yield Mistake(place, f"has the placeholder {{{slot}}}, for which nothing is drawn.", hint)
            elif field not in fields:
                yield Mistake(place, f"has the placeholder {{{slot}}}.", f"{group} has {', '.join(sorted(fields))}.")
        for stray in _stray_braces(text):
            yield Mistake(place, f"has a brace that is no placeholder: {stray!r}.", "Write {group.field}, or no brace.")

    def _fields(self, group: str) -> Collection[str] | None:
        if group in {role.key for role in self.source.people}:
            return ROLE_FIELDS
        fields = self.source.world.draws.get(group)
        if fields is None:
            return None
        options = fields.get("choose")
        return options[0] if isinstance(options, list) and options and isinstance(options[0], dict) else fields


def _stray_braces(text: str) -> list[str]:
    rest = PLACEHOLDER.sub("", text)
    at = [index for index, letter in enumerate(rest) if letter in "{}"]
    return [rest[max(0, at[0] - 10) : at[0] + 20]] if at else []
