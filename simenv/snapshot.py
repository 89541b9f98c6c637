"""A moment of a simulation as bytes: the log, the agenda, and what is due. Everything else is a fold of the log."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import Struct

from simenv.company.fold import apply
from simenv.company.state import Company
from simenv.company.view import CompanyView
from simenv.core.clock import Clock, Wakeup
from simenv.core.errors import VersionError
from simenv.core.event import Event, decode
from simenv.core.log import EventLog
from simenv.core.streams import Streams
from simenv.core.versions import FORMAT, RULES
from simenv.scene import Scene
from simenv.simulation import Simulation
from simenv.truth import JUDGES


class _Moment(Struct):
    format: int
    rules: int
    world_hash: str
    seed: int
    now: int
    due: int
    waiting: tuple[Wakeup, ...]
    log: str


def to_bytes(simulation: Simulation) -> bytes:
    """Return a simulation's present moment as bytes of JSON."""
    return msgspec.json.encode(
        _Moment(
            FORMAT,
            RULES,
            simulation.scene.world_hash,
            simulation.streams.seed,
            simulation.clock.now,
            simulation.due,
            simulation.clock.waiting(),
            simulation.log.jsonl().decode(),
        )
    )


def from_bytes(data: bytes, scene: Scene) -> Simulation:
    """Return the simulation whose moment these bytes hold.

    Args:
        data: What :func:`to_bytes` returned.
        scene: The scene it was taken in, staged again from world, scenario, condition and seed.

    Raises:
        VersionError: If the bytes are of another world or of other rules.
    """
    moment = _read(data)
    if moment.rules != RULES or moment.format != FORMAT:
        raise VersionError(
            f"the moment was saved under rules {moment.rules}, format {moment.format}; here are {RULES}, {FORMAT}"
        )
    if moment.world_hash != scene.world_hash:
        raise VersionError("the moment was saved in another world, or in another version of this one")
    events = [decode(line) for line in moment.log.encode().splitlines()]  # bytes: text has further line ends
    return rebuild(scene, moment.seed, events, Clock.of(moment.now, moment.waiting), moment.due)


def seed_of(data: bytes) -> int:
    """Return the root seed of a saved moment, with which its scene is staged again.

    Raises:
        VersionError: If the bytes hold no moment.
    """
    return _read(data).seed


def _read(data: bytes) -> _Moment:
    try:
        return msgspec.json.decode(data, type=_Moment)
    except msgspec.DecodeError as error:
        raise VersionError(f"these bytes hold no moment of a simulation: {error}") from None


def rebuild(scene: Scene, seed: int, events: list[Event], clock: Clock, due: int) -> Simulation:
    """Return a simulation whose state is the fold of ``events``."""
    simulation = Simulation.__new__(Simulation)
    simulation.scene, simulation.streams = scene, Streams(seed)
    simulation.clock, simulation.due = clock, due
    simulation.log = EventLog()
    simulation.company, simulation.states = refold(scene, events)
    simulation.view = CompanyView(simulation.company, scene.seat)
    for event in events:
        simulation.log.append(event)
    simulation._call = simulation.made = None
    return simulation


def refold(scene: Scene, events: list[Event]) -> tuple[Company, list[Any]]:
    """Return company and judge states as a fold of events: what a live simulation has arrived at step by step."""
    company = Company(scene.opening)
    states: list[Any] = [judge.start(scene.opening) for judge in JUDGES]
    for event in events:
        apply(company, event)
        for place, judge in enumerate(JUDGES):
            if event.kind in judge.kinds:
                states[place] = judge.see(states[place], event, company)
    return company, states
