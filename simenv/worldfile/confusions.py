"""Figures that a task must tell apart and cannot: the right one equals a wrong one, or one of those it is made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from simenv.company.predicates import TIMED, Check
from simenv.company.text import normal
from simenv.core.streams import Streams
from simenv.worldfile import schema
from simenv.worldfile.checks import anybody, shape_of
from simenv.worldfile.draw import Draws
from simenv.worldfile.found import Found
from simenv.worldfile.lines import Lines
from simenv.worldfile.source import Source

MORE: Final = 20
"""How many times as many seeds are looked at: a draw of figures alone is cheap, and coincidences are rare."""

RIGHT: Final = ("states_figure", "main_figure")
"""Predicates whose figures are the right ones; those of ``omits_figure`` are wrong."""


def check_figures(scenario: schema.ScenarioEntry, seeds: int, source: Source, lines: Lines, found: Found) -> None:
    """Find tasks whose right figures cannot be told from others with some seeds.

    Args:
        scenario: The scenario.
        seeds: How many seeds to look at, from 0; of figures alone many more are.
        source: The world's files.
        lines: Where things stand.
        found: Takes in what is found.
    """
    remedy = "Draw the figures so that they differ."
    ids = anybody()
    tasks = [(task, shape_of(task.check, ids)) for task in scenario.tasks]
    draws = Draws(source.world, source.names, ())
    roles = Draws(source.world, source.names, source.people).values(Streams(0))  # must be there, and do not matter
    for seed in range(seeds * MORE if tasks else 0):
        values = {**roles, **draws.values(Streams(seed))}
        for task, shape in tasks:
            for slot, other in _confusions(task, shape.filled(values), values, source):
                place = lines.at(f"scenarios/{scenario.name}.yaml", "tasks", task.key, "check")
                found.add(
                    place,
                    f"the right figure {slot} of {task.key} may be the same as {other}.",
                    remedy,
                    seed,
                    of=seeds * MORE,
                )


def _confusions(
    task: schema.TaskEntry, check: Check, values: Mapping[str, str], source: Source
) -> Iterator[tuple[str, str]]:
    """Yield right figures that are the same as others with these values, as they are written."""
    for slot, figure, wrong in _figures(task.check, check):
        yield from ((slot, each) for each, value in wrong.items() if value == figure)
        group, _, name = slot.strip("{}").partition(".")
        fields = source.world.draws.get(group, {})
        for other, spec in fields.items() if name in fields else ():
            same = normal(values.get(f"{group}.{other}", "")) == figure
            if other != name and isinstance(spec, dict) and same and f"{{{group}.{other}}}" not in wrong:
                yield slot, f"{{{group}.{other}}}"


def _figures(entry: Mapping[str, object], check: Check) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Yield each right figure, as written and as resolved, with the wrong ones of the same recipient."""
    right: list[tuple[str, str, str]] = []
    wrong: dict[str, dict[str, str]] = {}

    def look(written: Mapping[str, object], resolved: Check) -> None:
        ((name, arguments),) = written.items()
        given = arguments if isinstance(arguments, dict) else {}
        if resolved.parts:
            parts = given["checks"] if name in TIMED else arguments
            for part, inner in zip(parts if isinstance(parts, list) else (), resolved.parts, strict=True):
                look(part, inner)
        elif name in RIGHT:
            right.extend((resolved.to, *pair) for pair in zip(given["figures"], resolved.figures, strict=True))
        elif name == "omits_figure":
            wrong.setdefault(resolved.to, {}).update(zip(given["figures"], resolved.figures, strict=True))

    look(entry, check)
    for to, slot, figure in right:
        yield slot, figure, wrong.get(to, {})
