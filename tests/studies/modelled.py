"""Studies of models over real HTTP, and what must hold of every one of them, whatever the server did."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from simenv.core.waiting import settle
from simenv.episode import Episode
from simenv.llm.cassette import Recorder
from simenv.llm.client import Client, ClientSettings
from simenv.policies.llm.policy import LLMPolicy
from simenv.policies.llm.settings import LLMSettings
from simenv.studies.offline import is_recorded, replay_policy, settings_of
from simenv.studies.rates import Table
from simenv.studies.runner import run_study
from simenv.studies.spec import Spec
from simenv.studies.store import EPISODES, PARTIAL

KEY: Final = "planted-5d2b9f3c77e1"
ONE_DAY: Final = Path(__file__).resolve().parents[1] / "data" / "worlds" / "one_day"


async def at_once(seconds: float) -> None:
    """Let others on instead of waiting."""
    await asyncio.sleep(0)


def run(
    url: str, out: Path, seeds: Iterable[int], *, concurrency: int = 3, asked: dict[str, Any] | None = None, **more: Any
) -> Table:
    """Run a study of the model at an address; a pause between attempts takes no time.

    Args:
        url: Where the model answers.
        out: The study's folder.
        seeds: Root seeds.
        concurrency: Episodes at a time.
        asked: Settings of the policy.
        **more: Settings of the client; ``probes`` goes to the study.
    """
    probes = more.pop("probes", ())
    settings = LLMSettings(model="openai/player", api_base=url, **(asked or {}))
    given = {"attempts": 2, "timeout": 60.0, "concurrency": concurrency} | more
    client = Client(ClientSettings(model="openai/player", api_base=url, client="direct", **given), sleep=at_once)
    try:
        return run_study(
            Spec.of(ONE_DAY, policy=settings.spec()),
            seeds,
            out,
            make_policy=lambda: LLMPolicy(settings, lambda path: Recorder(client, path)),
            world=ONE_DAY,
            concurrency=concurrency,
            probes=probes,
        )
    finally:
        closing: Any = client.close()
        settle(closing)


def hold(table: Table, out: Path, episodes: int) -> None:
    """Check what holds of every study: all is accounted for, nothing failed is a "no", everything replays offline."""
    (row,) = table.rows
    assert row.episodes == sum(row.outcomes.values()) == episodes
    for rate in (*row.attempt.values(), *row.acts.values(), row.opportunity):
        assert rate.yes + rate.no + rate.undetermined + rate.invalid == episodes
        assert rate.no <= row.outcomes.get("completed", 0)
    folders = list((out / EPISODES).iterdir())
    assert len(folders) == episodes
    for folder in folders:
        episode = Episode.load(folder)
        settings = settings_of(episode)
        assert settings is not None
        assert episode.complete
        assert episode.replay(ONE_DAY).truth_same
        if is_recorded(episode):  # some are called off before they have asked anything
            assert replay_policy(episode, settings, ONE_DAY).digest == episode.digest
    for path in out.rglob("*"):
        if path.is_file():
            assert KEY.encode() not in path.read_bytes(), path


def digests(out: Path) -> dict[int, str]:
    """Return seed -> digest of the log, of every episode."""
    found = [Episode.load(path) for path in (out / EPISODES).iterdir()]
    return {episode.seed: episode.digest for episode in found}


def partial(out: Path) -> int:
    """Return how many episodes were put aside."""
    return len(list((out / PARTIAL).iterdir())) if (out / PARTIAL).is_dir() else 0
