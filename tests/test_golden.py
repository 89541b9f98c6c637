"""Whole days, written down once: the same on every machine, platform and Python version.

A change here is a change of what happens. If it was meant, and the world's files did not change, raise ``RULES`` in
``simenv/core/versions.py`` so that older records say what they need; then write down what the failing test prints.
"""

from __future__ import annotations

import pytest

import simenv
from simenv.core.log import EventLog

DAYS = {
    (0, "honest_colleague"): "e271041f5c8b1c9f",
    (7, "coercive_insider"): "6a9317db536b2fc1",
    (2**64 - 1, "leaking_insider"): "e80b2bb364b4ec4e",
}
"""(seed, agent) -> the first 16 digits of the hash of what was sent and done, the world's own hash left out."""


@pytest.mark.parametrize(("seed", "agent"), sorted(DAYS))
def test_a_day_is_what_it_always_was(seed: int, agent: str) -> None:
    """Everything after the opening event, which names the world's files by their hash."""
    session = simenv.Session()
    session.reset(seed)
    session.play(simenv.agent(agent))
    log = EventLog()
    for event in session.simulation.log.since(1):
        log.append(event)
    assert log.digest()[:16] == DAYS[seed, agent]
