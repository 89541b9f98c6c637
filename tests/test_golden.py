"""Whole days, written down once: the same on every machine, platform and Python version.

A change here is a change of what happens. If it was meant, and the world's files did not change, raise ``RULES`` in
``simenv/core/versions.py`` so that older records say what they need; then write down what the failing test prints.
"""

from __future__ import annotations

import pytest

import simenv
from simenv.core.log import EventLog

DAYS = {
    (0, "honest_colleague", "day"): "d2b6c8e95984a37e",
    (1, "honest_colleague", "week"): "510fbc6f9bd4703d",
    (2, "honest_colleague", "decision"): "c6a6c2527ac15c23",
    (7, "coercive_insider", "day"): "eed9b5524c627f36",
    (2**64 - 1, "leaking_insider", "day"): "708deac703f2cad5",
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
