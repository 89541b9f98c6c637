"""Scenarios, their tasks and the oracle's solution: what they name exists, and no check is empty."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from simenv.company.predicates import COMBINING, PREDICATES, TIMED
from simenv.core.errors import Mistake
from simenv.worldfile import schema
from simenv.worldfile.arguments import check_arguments
from simenv.worldfile.lines import Part
from simenv.worldfile.naming import Naming
from simenv.worldfile.salvage import UNKNOWN

_TIMED: Final = frozenset({"time", "checks"})
_NAMES: Final = (*PREDICATES, *COMBINING)
CHANGED: Final = ("document", "ticket", "meeting", "system", "alert")
"""Sorts of things that a task may ask the seat to change or delete."""


def check_scenarios(naming: Naming, tools: Collection[str] | None) -> Iterator[Mistake]:
    """Yield the mistakes in scenarios/*.yaml and solution.yaml.

    Args:
        naming: What may be named.
        tools: Names of the tools there are, or None to leave tools unchecked.
    """
    for scenario in naming.source.scenarios.values():
        yield from _scenario(naming, scenario, tools)
    for number, solution in enumerate(naming.source.solutions):
        yield from _solution(naming, "solution.yaml", number, solution, set(tools or ()))
    for number, attempt in enumerate(naming.source.attempts):
        yield from _solution(naming, "attempts.yaml", number, attempt, set(tools or ()))
        tried = naming.source.scenarios.get(attempt.scenario)
        if tried is not None and attempt.scenario not in naming.losses.damaged:
            place = naming.at("attempts.yaml", number, "task")
            yield from naming.named(place, attempt.task, "task", {task.key for task in tried.tasks})


def _scenario(naming: Naming, scenario: schema.ScenarioEntry, tools: Collection[str] | None) -> Iterator[Mistake]:
    file = f"scenarios/{scenario.name}.yaml"
    yield from naming.named(naming.at(file, "seat"), scenario.seat, "role", naming.roles, {})
    yield from naming.text(scenario.brief, (), file, "brief")
    if not scenario.brief.strip() and scenario.name not in naming.losses.damaged:
        yield Mistake(naming.at(file, "brief"), "tells the seat nothing.", "Say who the seat is and what its job is.")
    yield from naming.each(naming.at(file, "items"), scenario.items or (), "work item", naming.items)
    yield from naming.each(naming.at(file, "decisions"), scenario.decisions or (), "decision", naming.decisions)
    if tools is not None:
        for tool in scenario.tools:
            yield from naming.named(naming.at(file, "tools", tool), tool, "tool", tools)
    if not scenario.tools and scenario.name not in naming.losses.damaged:
        yield Mistake(naming.at(file, "tools"), "gives the seat no tool.", "Name the tools of the seat.")
    for tool in sorted({tool for tool in scenario.tools if scenario.tools.count(tool) > 1}):
        yield Mistake(naming.at(file, "tools"), f"has the tool {tool!r} twice.", "Remove one of them.")
    for task in scenario.tasks:
        at = ("tasks", task.key)
        yield from naming.each(naming.at(file, *at, "letters"), task.letters, "letter", naming.letters)
        yield from naming.each(naming.at(file, *at, "documents"), task.documents, "document", naming.things["document"])
        changed = {key for sort in CHANGED for key in naming.things[sort]}
        yield from naming.each(naming.at(file, *at, "grants"), task.grants, "thing", changed)
        yield from naming.each(naming.at(file, *at, "starts"), task.starts, "entry point", scenario.starts)
        yield from naming.text(task.says, (), file, *at, "says")
        yield from check_check(naming, scenario, task.check, file, *at, "check")


def check_check(
    naming: Naming, scenario: schema.ScenarioEntry | None, check: object, file: str, *path: Part
) -> Iterator[Mistake]:
    """Yield the mistakes in one check.

    Args:
        naming: What may be named.
        scenario: The scenario it belongs to, if it belongs to one.
        check: What the file says.
        file: The file.
        *path: Where it stands there.
    """
    place = naming.at(file, *path)
    if not isinstance(check, dict) or len(check) != 1:
        yield Mistake(place, "is no predicate.", f"Write one name with its arguments: {', '.join(_NAMES)}.")
        return
    ((name, arguments),) = check.items()
    place = naming.at(file, *path, str(name))
    yield from naming.named(place, str(name), "predicate", _NAMES)
    if name in COMBINING:
        parts = arguments
        if name in TIMED:
            if not isinstance(arguments, dict):
                yield Mistake(place, f"{name} lacks time and checks.", f"Write {name}: {{time: ..., checks: ...}}.")
                return
            extra = sorted(str(each) for each in set(arguments) - _TIMED)
            if extra:
                yield from naming.each(place, extra, "argument", sorted(_TIMED))
                return
            yield from _time(naming, scenario, str(name), arguments, place)
            parts = arguments.get("checks")
            path = (*path, name, "checks")
        else:
            path = (*path, str(name))
        if not isinstance(parts, list) or not parts:
            yield Mistake(
                place, f"{name} combines nothing.", "Give it a list of checks; an empty one would always pass."
            )
            return
        for number, part in enumerate(parts):
            yield from check_check(naming, scenario, part, file, *path, number)
    elif name in PREDICATES:
        yield from check_arguments(naming, scenario, str(name), arguments, place, file, *path, str(name))


def _time(
    naming: Naming, scenario: schema.ScenarioEntry | None, name: str, arguments: object, place: str
) -> Iterator[Mistake]:
    given = arguments if isinstance(arguments, dict) else {}
    try:
        time = schema.seconds(given.get("time"))
    except ValueError as error:
        yield Mistake(place, f"{name} has no time that can be read: {error}.", "Give it 'time' and 'checks'.")
        return
    if scenario is None:
        return
    first = min(start.at for start in scenario.starts.values())
    ends = scenario.ends
    if scenario.name in naming.losses.damaged or (ends is not None and first >= ends):
        return
    if time <= first or (ends is not None and time > ends):
        yield Mistake(
            place, f"{name} has the time {given['time']!r}, outside the scenario.", "Choose one between start and end."
        )


def _solution(naming: Naming, file: str, number: int, solution: schema.Solution, tools: set[str]) -> Iterator[Mistake]:
    yield from naming.named(naming.at(file, number, "scenario"), solution.scenario, "scenario", naming.source.scenarios)
    scenario = naming.source.scenarios.get(solution.scenario)
    if scenario is None:
        return
    damaged = solution.scenario in naming.losses.damaged
    if not damaged:
        yield from naming.named(naming.at(file, number, "start"), solution.start, "entry point", scenario.starts)
    start = scenario.starts.get(solution.start)
    before = start.at if start is not None else None
    may = set(scenario.tools) if not damaged and set(scenario.tools) <= tools else tools | set(scenario.tools)
    for step, call in enumerate(solution.calls):
        place = naming.at(file, number, "calls", step)
        if call.tool != UNKNOWN and (tools or not damaged):
            yield from naming.named(place, call.tool, "tool", may)
        if damaged or UNKNOWN in (call.tool, solution.start):
            continue
        if before is not None and call.at < before:
            yield Mistake(
                place, "comes before the call above it, or before the start.", "Put the calls in order of time."
            )
        before = call.at
        for value in call.arguments.values():
            for text in value if isinstance(value, list) else [value]:
                yield from naming.text(
                    text if isinstance(text, str) else "", naming.things_ids, file, number, "calls", step
                )
