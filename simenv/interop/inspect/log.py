"""Episodes as logs of Inspect's: grouped, named, scored and written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import msgspec
from inspect_ai.log import (
    EvalConfig,
    EvalDataset,
    EvalLog,
    EvalMetric,
    EvalPlan,
    EvalResults,
    EvalSample,
    EvalScore,
    EvalSpec,
    EvalStats,
    HeadlineMetric,
    write_eval_log,
)
from inspect_ai.viewer import ViewerConfig

from simenv import layout
from simenv.core.versions import RULES
from simenv.episode import Episode
from simenv.interop.inspect.record import Detail, sample_of
from simenv.interop.inspect.values import CONTROL, KEYS, SHARES, mean_of, rate_of
from simenv.layout import HiddenRun

MOST: Final = 1_000
"""Episodes of one log at most; readers and the viewer choke on larger ones."""

TURNS: Final = 20_000
"""Turns of one log at most, unless a single episode has more: a log is built in memory, some 20 MB for a thousand."""

MODEL: Final = "mockllm/model"
"""What a log names as its model: a provider that Inspect has registered, or it refuses to score the log again."""

HEADLINE: Final = HeadlineMetric(scorer="funnel", score="attempted", metric="simenv/wilson_rate")
"""The one number in a list of logs: how often harm was attempted, of the episodes of which that can be said."""

_KEYS: Final = {**KEYS, "control": CONTROL}
_canonical: Final = msgspec.json.Encoder(order="sorted").encode


def export(folders: Sequence[Path], out: Path, detail: Detail = "tools", most: int = MOST) -> Iterator[Path]:
    """Write episodes as logs, one for each condition and policy, and yield each log's file once it is written.

    If there is more than one, they are numbered: ``name-001.eval`` and so on.

    Args:
        folders: Folders of whole episodes.
        out: The file; its name ends in ``.eval`` (or ``.json``, which takes much more room).
        detail: How much of an episode becomes events.
        most: Episodes of one log at most.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    shards = list(_shards(folders, most))
    width = max(3, len(str(len(shards))))
    for number, shard in enumerate(shards, 1):
        path = out if len(shards) == 1 else out.with_name(f"{out.stem}-{number:0{width}d}{out.suffix}")
        write_eval_log(log_of(shard, detail), str(path))
        yield path


def whole_of(folders: Sequence[Path]) -> tuple[list[Path], list[Path]]:
    """Return the folders of whole episodes and those of partial ones, whose end was never written."""
    whole: list[Path] = []
    partial: list[Path] = []
    for folder in folders:
        ended = layout.read_json(folder, layout.HIDDEN_RUN, HiddenRun).ended
        (partial if ended is None else whole).append(folder)
    return whole, partial


def _shards(folders: Sequence[Path], most: int) -> Iterator[list[Path]]:
    """Yield the folders that belong into one log, in order of seed and repeat."""
    groups: dict[bytes, list[tuple[int, int, str, Path, int]]] = {}
    for folder in folders:
        run = layout.read_json(folder, layout.HIDDEN_RUN, HiddenRun)
        key = _canonical((run.world, run.world_hash, run.scenario, run.start, run.condition, run.policy, run.max_calls))
        place = (run.seed, int(run.study.get("repeat", 0)), folder.name, folder, run.calls or 0)
        groups.setdefault(key, []).append(place)
    for key in sorted(groups):
        shard: list[Path] = []
        turns = 0
        for *_, folder, calls in sorted(groups[key]):
            if shard and (len(shard) == most or turns + calls > TURNS):
                yield shard
                shard, turns = [], 0
            shard.append(folder)
            turns += calls
        yield shard


def log_of(folders: Sequence[Path], detail: Detail = "tools") -> EvalLog:
    """Return the log of whole episodes that have all but seed and repeat in common.

    Args:
        folders: Folders of the episodes.
        detail: How much of an episode becomes events.

    Raises:
        EpisodeError: If one is partial, missing or damaged.
    """
    runs = [layout.read_json(folder, layout.HIDDEN_RUN, HiddenRun) for folder in folders]
    width = max(6, *(len(str(run.seed)) for run in runs))  # ids are sorted as text
    samples: list[EvalSample] = []
    taken: set[tuple[str, int]] = set()
    for folder in folders:
        episode = Episode.load(folder)
        sample = sample_of(episode, f"{episode.seed:0{width}d}", policy_name(episode.policy), detail)
        while (str(sample.id), sample.epoch) in taken:  # the same seed played twice, outside a study
            sample.epoch += 1
        taken.add((str(sample.id), sample.epoch))
        samples.append(sample)
    stats = EvalStats(
        started_at=min(str(each.started_at) for each in samples),
        completed_at=max(str(each.completed_at) for each in samples),
    )
    name = sha256(" ".join(str(each.uuid) for each in samples).encode()).hexdigest()
    return EvalLog(
        status="success",
        eval=_spec(runs[0], samples, name),
        plan=EvalPlan(),
        results=_results(samples),
        stats=stats,
        samples=samples,
    )


def policy_name(policy: dict[str, Any]) -> str:
    """Return what people call the policy that held a seat: an agent's name, or a model's."""
    for each in policy.values():
        if not isinstance(each, dict):
            continue
        model = next((part["model"] for part in (each.get("llm"), each.get("inspect")) if isinstance(part, dict)), None)
        name = each.get("agent") or model
        if name:
            return str(name)
    return "unnamed"


def _spec(run: HiddenRun, samples: list[EvalSample], name: str) -> EvalSpec:
    setting = {
        "name": f"simenv/{run.world}",
        "world_hash": run.world_hash,
        "scenario": run.scenario,
        "start": run.start,
        "condition": run.condition,
        "rules": run.rules,
        "meaning": run.meaning,
    }
    policy = policy_name(run.policy)
    ids = list(dict.fromkeys(str(sample.id) for sample in samples))
    return EvalSpec(
        eval_id=name[:21],
        run_id=name[21:42],
        task_id=name[
            42:
        ],  # of each log its own: the viewer takes logs of one task id for retries and hides all but one
        created=str(min(str(sample.started_at) for sample in samples)),
        task=f"simenv/{run.world}",
        task_version=RULES,
        task_args={"start": run.start, **run.condition},
        solver=policy,
        tags=[policy, run.start],
        dataset=EvalDataset(name=run.world, samples=len(ids), sample_ids=ids),
        model=MODEL,
        config=EvalConfig(epochs=max(sample.epoch for sample in samples)),
        metadata={
            "policy": policy,
            "policies": run.policy,
            "max_calls": run.max_calls,
            "setting": setting,
            "micro_protocol": {"name": "none"},
            "model_note": f"{MODEL} is a placeholder; what held the seat is the policy named here",
        },
        scorers=_scorers(),
        headline_metric=HEADLINE,
        viewer=ViewerConfig(trust_content=False),  # what a model or a colleague wrote is shown as plain text
    )


def _results(samples: list[EvalSample]) -> EvalResults:
    scores = []
    for name, keys in _KEYS.items():
        for key in keys:
            values = [(sample.scores or {})[name].as_dict()[key] for sample in samples]
            numbers = [None if value is None else float(value) for value in values]
            measures = mean_of(numbers) if key in SHARES else rate_of(numbers)
            label = _metric(key)
            metrics = {
                f"{label}_{measure}": EvalMetric(name=measure, group=label.removeprefix("simenv/"), value=value)
                for measure, value in measures.items()
            }
            there = int(measures["n"])
            unscored = len(samples) - there
            scores.append(
                EvalScore(name=key, scorer=name, metrics=metrics, scored_samples=there, unscored_samples=unscored)
            )
    ended = sum(sample.error is None for sample in samples)
    return EvalResults(total_samples=len(samples), completed_samples=ended, scores=scores, headline=HEADLINE)


def _metric(key: str) -> str:
    return "simenv/average" if key in SHARES else "simenv/wilson"


def _scorers() -> list[dict[str, Any]]:
    """Say which metric belongs to which key: Inspect takes accuracy where nothing is said, and that is 0 of ours."""
    return [{"name": name, "metrics": {key: [{"name": _metric(key)}] for key in keys}} for name, keys in _KEYS.items()]
