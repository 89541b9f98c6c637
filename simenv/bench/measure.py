"""Measuring beside a reference: every rate is taken between two takes of CartPole-v1; a slow moment slows both."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median
from typing import Any, Literal

from msgspec import Struct


class Figure(Struct, frozen=True):
    """One measured figure.

    Attributes:
        name: What was measured.
        value: The figure.
        unit: Its unit.
        aim: What it should reach, or None if it has no aim.
        better: Whether more or less is better.
        beside: What belongs beside it: the mix of calls, events a step, the plain time.
    """

    name: str
    value: float
    unit: str
    aim: float | None
    better: Literal["more", "less"]
    beside: str

    @property
    def reached(self) -> bool | None:
        """Whether the aim is reached; None without one."""
        if self.aim is None:
            return None
        return self.value >= self.aim if self.better == "more" else self.value <= self.aim


class Reference:
    """CartPole-v1 through ``gymnasium.make``, resetting when an episode ends.

    Args:
        steps: Steps a take.
    """

    def __init__(self, steps: int) -> None:
        import gymnasium as gym

        self.steps = steps
        self._env: Any = gym.make("CartPole-v1")
        self._env.reset(seed=0)
        self.takes: list[float] = []

    def take(self) -> float:
        """Return the seconds a step takes now."""
        env = self._env
        start = time.perf_counter()
        for number in range(self.steps):
            _, _, terminated, truncated, _ = env.step(number & 1)
            if terminated or truncated:
                env.reset()
        seconds = (time.perf_counter() - start) / self.steps
        self.takes.append(seconds)
        return seconds

    def ratio(self, work: Callable[[], int], rounds: int) -> tuple[float, float]:
        """Return the rate of ``work`` as a multiple of the reference's, and the seconds one unit of it takes.

        Args:
            work: Does some work and returns how many units it did.
            rounds: How often; the median over rounds counts.
        """
        ratios, seconds = [], []
        before = self.take()
        for _ in range(rounds):
            start = time.perf_counter()
            units = work()
            each = (time.perf_counter() - start) / units
            after = self.take()
            ratios.append((before + after) / 2 / each)
            seconds.append(each)
            before = after
        return median(ratios), median(seconds)


def milliseconds(work: Callable[[], object], repeats: int) -> float:
    """Return the median milliseconds ``work`` takes."""
    taken = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1e3)
    return median(taken)
