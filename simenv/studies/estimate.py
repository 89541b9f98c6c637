"""What a run of a model would cost, before anything is sent: requests, tokens, money, hours.

The world is played here, offline, and the model's own policy builds the conversations that a model would be sent. Two
ways of playing stand for the model's: that of a scripted colleague who does the job, and that of somebody who goes on
like that until no call is left. What cannot be measured is assumed, and the assumptions are part of the result.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import cycle, islice
from math import ceil
from pathlib import Path
from statistics import mean
from typing import Final

from msgspec import Struct

from simenv.core.errors import PolicyError, StudyError
from simenv.core.turns import Action, Observation
from simenv.library import agent as agent_named
from simenv.llm.data import Usage
from simenv.llm.prices import Price, price_of
from simenv.policies.llm.settings import LLMSettings
from simenv.session import Session
from simenv.staging import World, find_world
from simenv.studies.measured import Measured, measure
from simenv.studies.talking import Assumed, conversation

COLLEAGUE: Final = "honest_colleague"
"""Who plays the job as it is meant to be done."""

EVERY: Final = "every call"
"""The way of playing that uses up all calls."""

SAMPLE: Final = 3
"""Seeds that are played at most; the others are taken to be like them."""

_ASSUMED: Final = Assumed()

Turns = tuple[tuple[Observation, Action], ...]


class Row(Struct, frozen=True):
    """What all episodes of a run from one entry point would cost.

    Attributes:
        start: Name of the entry point.
        played: Whose way of playing stands for the model's: an agent's name, or :data:`EVERY`.
        calls: Calls of an episode, on average.
        requests: Requests of all episodes.
        input: Tokens of the requests.
        cached: Of ``input``, those that stood at the beginning of the request before: what a cache could keep, at best.
        output: Tokens of the replies.
        cost: US dollars without any cache, or None where the price is not known.
        cost_cached: US dollars if everything in ``cached`` comes from a cache; None where that has no price of its own.
        hours: Hours on the clock.
        shortest: Tokens of the shortest request: brief, tools, how calls are made.
        longest: Tokens of the longest request.
        fits: Whether it and its reply fit into the model's context; None where that is not known.
    """

    start: str
    played: str
    calls: float
    requests: int
    input: int
    cached: int
    output: int
    cost: float | None
    cost_cached: float | None
    hours: float
    shortest: int
    longest: int
    fits: bool | None


class Estimate(Struct, frozen=True, kw_only=True):
    """What a run of a model would cost.

    Attributes:
        model: Name of the model.
        world: Name of the world.
        scenario: Name of the scenario.
        episodes: Episodes of the run.
        concurrency: Episodes side by side.
        context: What of a long conversation is sent.
        variant: What is asked around the decision itself.
        agent: The agent that played the job as it is meant to be done.
        assumed: What could not be measured.
        price: The model's price, or None where it is not known.
        rows: One for each entry point and way of playing, the shortest entry point first.
        notes: What people should know about it, a sentence each.
    """

    model: str
    world: str
    scenario: str
    episodes: int
    concurrency: int
    context: str
    variant: str
    agent: str
    assumed: Assumed
    price: Price | None
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()


def estimate(
    world: str | Path | World,
    settings: LLMSettings,
    *,
    scenario: str = "default",
    starts: Sequence[str] | None = None,
    condition: Mapping[str, str] | None = None,
    seeds: Sequence[int] = (0,),
    repeats: int = 1,
    max_calls: int | None = None,
    concurrency: int = 8,
    assumed: Assumed = _ASSUMED,
    agent: str = COLLEAGUE,
) -> Estimate:
    """Return what a run would cost.

    Args:
        world: Name or folder of a world, or a loaded one.
        settings: How the model would hold the seat.
        scenario: Name of a scenario.
        starts: Entry points; None for all of the scenario.
        condition: Factor -> level.
        seeds: Root seeds of the run; the first few are played.
        repeats: Episodes for each seed.
        max_calls: The caller's own cap on calls.
        concurrency: Episodes side by side.
        assumed: What cannot be measured.
        agent: The agent that plays the job as it is meant to be done.

    Raises:
        StudyError: If there is no seed or no repeat.
        UnknownNameError: If there is no such world, scenario, entry point, factor, level or agent.
        WorldError: If the world has mistakes.

    Example:
        >>> from simenv.policies.llm.settings import LLMSettings
        >>> found = estimate("summit_bridge", LLMSettings(model="openai/gpt-4o-mini"), starts=["decision"])
        >>> [row.calls for row in found.rows]
        [15, 15]
    """
    opened = find_world(world)
    if not seeds or repeats < 1:
        raise StudyError("an estimate needs at least one seed and one repeat")
    episodes, price = len(seeds) * repeats, price_of(settings.model)
    rows: list[Row] = []
    notes: list[str] = []
    for start in starts or tuple(opened.scenario(scenario).file.starts):
        session = Session(opened, scenario=scenario, start=start, condition=dict(condition or {}), max_calls=max_calls)
        try:
            found = list(_measured(session, seeds[:SAMPLE], agent))
        except PolicyError as error:
            notes.append(f"Nothing was measured from {start}: {error}.")
            continue
        for played, turns in _ways(found, agent):
            talks = [conversation(each.brief, way, settings, assumed) for each, way in zip(found, turns, strict=True)]
            calls = mean(len(way) for way in turns)
            rows.append(_row(start, played, calls, talks, episodes, concurrency, assumed, price))
        if rows[-1].played != EVERY:
            notes.append(f"From {start} calls have no limit; how many a model makes is not known.")
    longest = {row.start: row.requests for row in rows}  # of each start, that of its last row
    if price is not None and any(row.fits is False for row in rows):
        notes.append(f"The longest request does not fit into the context of {price.context:,} tokens.")
    return Estimate(
        model=settings.model,
        world=opened.name,
        scenario=scenario,
        episodes=episodes,
        concurrency=concurrency,
        context=settings.context,
        variant=settings.variant.name,
        agent=agent,
        assumed=assumed,
        price=price,
        rows=tuple(sorted(rows, key=lambda row: longest[row.start])),
        notes=tuple(notes),
    )


def _measured(session: Session, seeds: Iterable[int], agent: str) -> Iterable[Measured]:
    for seed in seeds:
        session.reset(seed)
        yield measure(session, agent_named(agent))


def _ways(found: Sequence[Measured], agent: str) -> Iterable[tuple[str, list[Turns]]]:
    """Yield whose way of playing it is, and the turns of each episode."""
    yield agent, [each.turns for each in found]
    if all(each.most is not None and each.turns for each in found):
        yield EVERY, [tuple(islice(cycle(each.turns), each.most)) for each in found]


def _row(
    start: str,
    played: str,
    calls: float,
    talks: Sequence[Sequence[Usage]],
    episodes: int,
    concurrency: int,
    assumed: Assumed,
    price: Price | None,
) -> Row:
    """Return what all episodes cost, those that were not played taken to be like those that were."""
    requests = [usage for talk in talks for usage in talk]
    times = episodes / len(talks)
    cost = cost_cached = fits = None
    if price is not None:
        cost = times * sum(price.cost(Usage(usage.input, usage.output)) for usage in requests)
        if price.rate.cached is not None:
            cost_cached = times * sum(price.cost(usage) for usage in requests)
        if price.context is not None:
            fits = all(usage.input + usage.output <= price.context for usage in requests)
    rounds = ceil(episodes / max(1, concurrency))
    return Row(
        start=start,
        played=played,
        calls=calls,
        requests=round(times * len(requests)),
        input=round(times * sum(usage.input for usage in requests)),
        cached=round(times * sum(usage.cached for usage in requests)),
        output=round(times * sum(usage.output for usage in requests)),
        cost=cost,
        cost_cached=cost_cached,
        hours=rounds * len(requests) / len(talks) * assumed.seconds / 3600,
        shortest=min((usage.input for usage in requests), default=0),
        longest=max((usage.input for usage in requests), default=0),
        fits=fits,
    )
