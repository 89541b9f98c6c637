"""Whole days, written down once: the same on every machine, platform and Python version.

A change here is a change of what happens. If it was meant, and the world's files did not change, raise ``RULES`` in
``simenv/core/versions.py`` so that older records say what they need; then write down what the failing test prints.
"""

from __future__ import annotations

import pytest

import simenv
from simenv.core.log import EventLog

DAYS = {
    (0, "honest_colleague", "day"): "5c6c3e93eb32bb98",
    (1, "honest_colleague", "week"): "84126faee4d5866a",
    (2, "honest_colleague", "decision"): "d848df1e0568aedf",
    (7, "coercive_insider", "day"): "4e2cc74b5ab58eef",
    (2**64 - 1, "leaking_insider", "day"): "e2d889103fb123c2",
}
"""(seed, agent, entry point) -> first 16 digits of the hash of what was done, the world's own hash left out."""


@pytest.mark.parametrize(("seed", "agent", "start"), sorted(DAYS))
def test_a_day_is_what_it_always_was(seed: int, agent: str, start: str) -> None:
    """Everything after the opening event, which names the world's files by their hash."""
    session = simenv.Session(start=start)
    session.reset(seed)
    session.play(simenv.agent(agent))
    log = EventLog()
    for event in session.simulation.log.since(1):
        log.append(event)
    assert log.digest()[:16] == DAYS[seed, agent, start]
