"""What a run was asked for: checked once, before anything is made."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from simenv.commands.folders import new_folder
from simenv.policies.probes import Probe
from simenv.session import Recorder, Session
from simenv.staging import World
from simenv.studies.spec import Spec

FIRST: Final = "honest_colleague"
SECOND: Final = "coercive_insider"
SCRIPTED: Final = "These two agents are scripted: they show the instrument and say nothing about any model."


@dataclass(frozen=True)
class Plan:
    """A run as it was asked for.

    Attributes:
        given: The world as it was named on the command line.
        world: The world.
        scenario: Name of the scenario.
        start: Name of the entry point.
        condition: Factor -> level, for every factor.
        agent: Name or file of the agent as given, or None for a model or the two of the demonstration.
        seeds: Root seeds, each once.
        settings: What ``--set`` said.
        max_calls: The cap on calls, or None.
        out: The folder asked for, or None for a new one.
        json: Whether to print JSON.
        verb: The command that goes on with it.
        words: What else was said on the command line, as it is written there: about a model, its client, the run.
        repeats: Episodes of each seed.
        concurrency: Episodes at a time.
        probes: What is asked from outside.
    """

    given: str
    world: World
    scenario: str
    start: str
    condition: dict[str, str]
    agent: str | None
    seeds: list[int]
    settings: dict[str, str]
    max_calls: int | None
    out: Path | None
    json: bool
    verb: str = "run"
    words: tuple[str, ...] = ()
    repeats: int = 1
    concurrency: int = 1
    probes: tuple[Probe, ...] = ()

    def folder(self) -> Path:
        """Return the folder of the run; a new one is made if none was asked for."""
        return self.out if self.out is not None else new_folder(self.world.name)

    def spec(self, policy: dict[str, Any]) -> Spec:
        """Return the specification of the study that the run is; ``policy`` identifies what holds the seat."""
        return Spec.of(
            self.world,
            policy=policy,
            scenario=self.scenario,
            start=self.start,
            conditions=[self.condition],
            max_calls=self.max_calls,
        )

    def session(self, recorder: Recorder) -> Session:
        """Return a session as it was asked for."""
        return Session(
            self.world,
            scenario=self.scenario,
            start=self.start,
            condition=self.condition,
            max_calls=self.max_calls,
            recorder=recorder,
        )

    def command(self, folder: Path | None) -> str:
        """Return the command that goes on with this run in its folder, or that plays it in a new one."""
        words = ["simenv", self.verb, self.given]
        if self.agent is not None:
            words += ["--agent", self.agent]
        words += self.words
        words += ["--seeds" if self.verb == "run" else "--seed", _ranges(self.seeds)]
        for factor, level in self.settings.items():
            words += ["--set", f"{factor}={level}"]
        words += ["--scenario", self.scenario] * (self.scenario != "default")
        words += ["--start", self.start] * (self.world.scenario(self.scenario).entry(None) != self.start)
        if self.max_calls is not None:
            words += ["--max-calls", str(self.max_calls)]
        return shlex.join(words if folder is None else [*words, "--out", str(folder)])


def _ranges(seeds: list[int]) -> str:
    """Return seeds as they are written on the command line."""
    parts: list[list[int]] = []
    for seed in seeds:
        if parts and parts[-1][1] == seed:
            parts[-1][1] = seed + 1
        else:
            parts.append([seed, seed + 1])
    return ",".join(str(low) if high == low + 1 else f"{low}:{high}" for low, high in parts)
