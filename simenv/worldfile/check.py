"""What ``simenv check`` says of a world: its mistakes, and whatever a reader or a seat would trip over in many seeds.

Loading finds what does not hold together (:mod:`simenv.worldfile.load`). This goes on from there: it resolves the world
for many seeds under every condition and looks at texts (:mod:`~simenv.worldfile.grammar`), at words that tell
(:mod:`~simenv.worldfile.tells`), at what reaches the seat (:mod:`~simenv.worldfile.reach`), at figures that cannot be
told apart (:mod:`~simenv.worldfile.confusions`), at who reacts and writes (:mod:`~simenv.worldfile.reacting`), and at
sizes. Whether the oracle's solution succeeds takes a simulation, and is tested elsewhere.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from msgspec import Struct

from simenv.core.errors import Mistake
from simenv.core.streams import Streams
from simenv.core.turns import ToolInfo
from simenv.worldfile.base import Base
from simenv.worldfile.conditions import conditions_of
from simenv.worldfile.confusions import check_figures
from simenv.worldfile.draw import Draws
from simenv.worldfile.found import Found
from simenv.worldfile.grammar import check_literals, check_resolved, drawn_names
from simenv.worldfile.lines import Lines
from simenv.worldfile.load import Reading, read
from simenv.worldfile.reach import check_reach
from simenv.worldfile.reacting import check_letters, check_reactions
from simenv.worldfile.source import Source, cast_of
from simenv.worldfile.tells import check_tools, own_names, tells
from simenv.worldfile.texts import Piece, pieces, with_stand_ins

LONGEST: Final = {"brief": 1_500, "tools": 6_000, "letter": 1_000}
"""Sizes that should not be exceeded, in tokens, a token being four characters."""

FEW: Final = 5
"""Seeds for which plans are looked at under conditions other than the default; a condition changes few figures."""

Figures = dict[str, int | float | str]


class CheckReport(Struct, frozen=True):
    """What was found.

    Attributes:
        mistakes: Everything that is wrong, with its place and its remedy.
        figures: Sizes and counts, for a summary; empty if the world cannot be loaded.
    """

    mistakes: tuple[Mistake, ...]
    figures: Figures

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.mistakes


def check_world(folder: Path, seeds: int = 200, tools: Iterable[ToolInfo] | None = None) -> CheckReport:
    """Check a world.

    Args:
        folder: The folder with world.yaml in it.
        seeds: How many seeds to resolve it for, from 0.
        tools: The tools there are, or None to leave tools unchecked.
    """
    infos = None if tools is None else {tool.name: tool for tool in tools}
    reading = read(folder, infos)
    if reading.mistakes or reading.source is None:
        return CheckReport(reading.mistakes, {})
    found = Found(seeds)
    figures = _figures(reading.source, seeds)
    _check_texts(reading, seeds, found)
    check_letters(reading.source, reading.lines, found)
    for piece in _letters(reading.source):
        if _tokens(piece.text) > LONGEST["letter"]:
            place = piece.file if piece.path == ("body",) else piece.place(reading.lines)
            found.add(place, f"is longer than {LONGEST['letter']} tokens.", "Say it in fewer words, or in two letters.")
    for scenario in reading.source.scenarios.values():
        check_figures(scenario, seeds, reading.source, reading.lines, found)
    for number, condition in enumerate(conditions(reading.source)):
        check_reactions(reading.source, condition, reading.lines, found)
        for scenario in reading.source.scenarios.values():
            base = Base(reading.source, scenario, condition)
            for start in scenario.starts:
                check_reach(base, start, seeds if number == 0 else min(seeds, FEW), reading.lines, found)
                _measure(base, start, reading.lines, figures, found)
    if infos is not None:
        _check_tools(reading, infos, figures, found)
    _check_solutions(reading.source, reading.lines, found)
    return CheckReport(tuple(found.mistakes()), figures)


def conditions(source: Source) -> list[dict[str, str]]:
    """Return the conditions of a world that are looked at: one level for each factor."""
    return conditions_of(source.world.factors)


def _check_texts(reading: Reading, seeds: int, found: Found) -> None:
    source, lines = reading.source, reading.lines
    assert source is not None  # noqa: S101 - the caller has seen to it
    check_literals(list(pieces(source)), source, lines, found)
    own = own_names(source.world)
    named: set[str] = set()
    for name in drawn_names(source):
        for word in tells(name, own):
            named.add(word)
            place = lines.at("world.yaml", find=name) if ":" in lines.at("world.yaml", find=name) else "names.yaml"
            found.add(place, f"has the name {name!r}, which a seat must not see.", "Choose another.")
    seat = next(iter(source.scenarios.values())).seat
    known: set[Piece] = set()
    for condition in conditions(source):
        roles = cast_of(source, condition)
        draws = Draws(source.world, source.names, roles)
        texts = [piece for piece in pieces(source, condition) if piece not in known]
        known.update(texts)
        drawn_texts = [piece for piece in texts if len(piece.parts()) > 1]
        for seed in range(seeds):
            drawn = draws.values(Streams(seed))
            _check_cast(drawn, [role.key for role in roles if role.same is None], source, lines, seed, found)
            values = with_stand_ins(drawn, seat)
            for piece in texts if seed == 0 else drawn_texts:
                check_resolved(piece, values, seed, lines, found)
                for word in tells(piece.resolved(values), own) if piece.seen and not piece.owns_up else ():
                    if word in named:
                        continue
                    problem = f"has the word {word!r}, which a seat must not see."
                    found.add(piece.place(lines, word), problem, "Say it differently.", seed, word)


def _check_cast(
    values: Mapping[str, str], roles: Sequence[str], source: Source, lines: Lines, seed: int, found: Found
) -> None:
    """Find names that two people of one cast share, or a person and something else that is drawn."""
    for field, remedy in (
        ("name", "Add names."), ("given", "Add names."), ("nick", "Give one another nickname."),
        ("address", "Give them names whose addresses differ."),
    ):  # fmt: skip
        count = Counter(values[f"{role}.{field}"].casefold() for role in roles)
        for shared in (name for name, many in count.items() if many > 1):
            found.add("names.yaml", f"gives two people of one cast the same {field}.", remedy, seed, shared)
    people = {word for role in roles for word in values[f"{role}.name"].casefold().split()}
    domains: dict[str, str] = {}
    for group in source.world.draws:
        for name in ("name", "short"):
            words = set(values.get(f"{group}.{name}", "").casefold().split()) & people
            if words:
                place = lines.at("world.yaml", "draws", group)
                problem = f"{group} may be called by the name of a person of the cast."
                found.add(place, problem, "Change the option or the name.", seed, min(words))
        domain = values.get(f"{group}.domain")
        if domain is not None and domains.setdefault(domain, group) != group:
            place = lines.at("world.yaml", "draws", group)
            found.add(place, f"{group} and {domains[domain]} may have one mail domain.", "Change one.", seed, domain)


def _measure(base: Base, start: str, lines: Lines, figures: Figures, found: Found) -> None:
    """Measure what a seat has to read."""
    opening, _ = base.opening(start, 0)
    name = base.scenario.name
    inbox = [opening.mail[id] for id in opening.inboxes.get(base.ids[base.scenario.seat], ())]
    figures[f"opening_mail.{name}.{start}"] = len(inbox)
    figures[f"opening_tokens.{name}.{start}"] = sum(_tokens(message.body) for message in inbox)
    file = f"scenarios/{name}.yaml"
    told = [p for p in pieces(base.source, base.condition) if p.file == file and p.path[0] in ("brief", "brief_adds")]
    size = _tokens("\n\n".join([*(piece.resolved(opening.values) for piece in told), opening.note]))
    figures[f"brief_tokens.{name}"] = max(size, int(figures.get(f"brief_tokens.{name}", 0)))
    if size > LONGEST["brief"]:
        found.add(lines.at(file, "brief"), f"is longer than {LONGEST['brief']} tokens.", "Put it in fewer words.")


def _letters(source: Source) -> list[Piece]:
    """Return the texts of all letters: of mail/ and of the steps."""
    return [
        piece
        for piece in pieces(source)
        if piece.path[-2:] == ("mail", "body") or (piece.path == ("body",) and piece.file.startswith("mail/"))
    ]


def _tokens(text: str) -> int:
    """Return about how many tokens a text has: a quarter of its characters."""
    return -(-len(text) // 4)


def _check_tools(reading: Reading, infos: Mapping[str, ToolInfo], figures: Figures, found: Found) -> None:
    source = reading.source
    assert source is not None  # noqa: S101 - the caller has seen to it
    for scenario in source.scenarios.values():
        mine = [infos[name] for name in scenario.tools]
        size = sum(_tokens(json.dumps(tool.spec, separators=(",", ":"))) for tool in mine)
        figures[f"tool_tokens.{scenario.name}"] = size
        check_tools(mine, own_names(source.world), found)
        if size > LONGEST["tools"]:
            place = reading.lines.at(f"scenarios/{scenario.name}.yaml", "tools")
            found.add(
                place, f"describes its tools in more than {LONGEST['tools']} tokens.", "Give the seat fewer tools."
            )


def _check_solutions(source: Source, lines: Lines, found: Found) -> None:
    """Find scenarios with tasks for which nobody has written down how they are done."""
    for scenario in source.scenarios.values():
        for start, entry in scenario.starts.items():
            solution = next((s for s in source.solutions if (s.scenario, s.start) == (scenario.name, start)), None)
            if solution is None and scenario.tasks:
                place = lines.at(f"scenarios/{scenario.name}.yaml", "starts", start)
                found.add(
                    place, f"{start} has tasks, and solution.yaml does not say how they are done.", "Add the calls."
                )
            elif solution is not None and entry.calls is not None and len(solution.calls) > entry.calls:
                number = source.solutions.index(solution)
                found.add(
                    lines.at("solution.yaml", number), f"has more calls than the {entry.calls} of a day.", "Use fewer."
                )


def _figures(source: Source, seeds: int) -> Figures:
    letters = _letters(source)
    longest = max(letters, key=lambda letter: len(letter.text), default=None)
    figures: Figures = {
        "seeds": seeds,
        "conditions": len(conditions(source)),
        "people": len(source.people),
        "letters": len(letters),
        "documents": len(source.documents),
        "channels": len(source.channels),
        "systems": len(source.systems),
        "steps": sum(len(item.steps) for item in source.items),
        "reactions": len(source.reactions),
        "facts": len(source.facts.facts),
        "decisions": len(source.facts.decisions),
        "ways_out": len(source.facts.ways_out),
        "scenarios": len(source.scenarios),
        "tasks": sum(len(scenario.tasks) for scenario in source.scenarios.values()),
        "words": sum(len(letter.text.split()) for letter in letters),
    }
    if longest is not None:
        figures["longest_letter"] = _called(longest)
        figures["longest_letter_tokens"] = _tokens(longest.text)
    return figures


def _called(letter: Piece) -> str:
    """Return what a letter is called: as its file, or ``item.step``."""
    stem = letter.file.partition("/")[2].rpartition(".")[0]
    return stem if letter.path == ("body",) else f"{stem}.{letter.path[1]}"
