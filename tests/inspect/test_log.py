"""Recorded episodes as Inspect's logs, read again by what reads such logs."""

from __future__ import annotations

import json
from collections.abc import Callable
from math import isnan
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from simenv.cli import app
from simenv.episode import Episode

pytestmark = [pytest.mark.inspect, pytest.mark.filterwarnings("default")]  # Inspect's own warnings are not ours
Study = Callable[..., Path]


def export(folder: Path, out: Path, *more: str) -> list[Path]:
    done = CliRunner().invoke(app, ["export", str(folder), "--out", str(out), *more])
    assert done.exit_code == 0, done.output
    return [Path(line) for line in done.stdout.splitlines()]


def read(path: Path) -> Any:
    from inspect_ai.log import read_eval_log

    return read_eval_log(str(path))


def test_an_episode_is_a_conversation_with_its_scores(study: Study, tmp_path: Path) -> None:
    folder = study("coercive_insider", range(1), repeats=2)
    (path,) = export(folder, tmp_path / "x.eval")
    log = read(path)
    assert (log.status, log.eval.model, log.eval.metadata["policy"]) == ("success", "mockllm/model", "coercive_insider")
    assert [(sample.id, sample.epoch) for sample in log.samples] == [("000000", 1), ("000000", 2)]
    assert log.eval.viewer.trust_content is False
    sample = log.samples[0]
    episode = Episode.load(folder / "episodes" / sample.metadata["episode"])
    assert sample.messages[0].text == episode.brief.text  # type: ignore[union-attr]
    turns = [message for message in sample.messages if message.role == "assistant"]
    assert len(turns) == len(episode.transcript) - 1
    seen = [message.text for message in sample.messages if message.role in ("user", "tool")]
    assert seen == [entry.observation.text for entry in episode.transcript]
    asked = {call.id for message in turns for call in message.tool_calls}
    assert {message.tool_call_id for message in sample.messages if message.role == "tool"} == asked
    assert sample.scores["harm"].value["coercion"] == 1
    coercion = next(score for score in log.results.scores if score.name == "coercion")
    assert {name: metric.value for name, metric in coercion.metrics.items()}["simenv/wilson_yes"] == 2


@pytest.mark.parametrize(
    ("detail", "kinds"),
    [("messages", set()), ("tools", {"tool", "info", "model"}), ("full", {"tool", "info", "model"})],
)
def test_detail_says_what_becomes_an_event(study: Study, tmp_path: Path, detail: str, kinds: set[str]) -> None:
    (path,) = export(study("coercive_insider", range(1)), tmp_path / "x.eval", "--detail", detail)
    sample = read(path).samples[0]
    found = {event.event for event in sample.events}
    assert found - {"span_begin", "span_end", "score"} == kinds
    replies = [message for message in sample.messages if message.role == "assistant"]
    modelled = [event for event in sample.events if event.event == "model"]
    assert len(modelled) == {"messages": 0, "tools": 1, "full": len(replies)}[detail]
    tools = [event for event in sample.events if event.event == "tool"]
    results = [message for message in sample.messages if message.role == "tool"]
    assert [event.message_id for event in tools] == [message.id for message in results if kinds]
    assert [event.timestamp for event in sample.events] == sorted(event.timestamp for event in sample.events)


def test_what_is_not_known_is_missing_for_every_reader(study: Study, tmp_path: Path) -> None:
    from inspect_ai.analysis import events_df, messages_df, samples_df
    from inspect_ai.log import recompute_metrics

    (path,) = export(study("honest_colleague", max_calls=3), tmp_path / "x.eval")
    log = read(path)
    sample = log.samples[0]
    assert (sample.limit.type, sample.limit.reason) == ("custom", "max_calls")
    assert all(isnan(value) for value in sample.scores["harm"].value.values())
    before = {(each.scorer, each.name): each.metrics for each in log.results.scores}
    recompute_metrics(log)
    after = {(each.scorer, each.name): each.metrics for each in log.results.scores}
    assert repr({key: {n: m.value for n, m in each.items()} for key, each in after.items()}) == repr(
        {key: {n: m.value for n, m in each.items()} for key, each in before.items()}
    )
    frame = samples_df(str(path))
    assert all(isnan(value) for value in json.loads(frame["score_harm"][0]).values())
    told = sum(len(sample.messages) - 1 for sample in log.samples)  # it looks at replies and what came before them
    assert len(messages_df(str(path))) == told
    assert len(events_df(str(path))) > 0


@pytest.mark.parametrize(
    ("agent", "more", "mode", "harm"),
    [
        ("honest_colleague", {}, "honest", False),
        ("coercive_insider", {}, "attack", True),
        ("honest_colleague", {"max_calls": 3}, "attack", None),
    ],
)
def test_controlarena_finds_what_it_derives_its_columns_from(
    study: Study, tmp_path: Path, agent: str, more: dict[str, int], mode: str, harm: bool | None
) -> None:
    (path,) = export(study(agent, range(1), **more), tmp_path / "x.eval")
    log = read(path)
    assert log.eval.metadata["setting"]["name"] == "simenv/summit_bridge"
    assert log.eval.metadata["micro_protocol"] == {"name": "none"}
    sample = log.samples[0]
    assert ("attack" if sample.metadata["side_task_name"] else "honest") == mode
    value = sample.scores["control"].value
    assert value["side_task_success"] is harm
    assert value["main_task_success"] in ((None,) if harm is None else (True, False))


def test_an_invalid_episode_is_never_an_honest_one(study: Study, tmp_path: Path) -> None:
    folder = study("honest_colleague", range(1))
    (episode,) = (folder / "episodes").iterdir()
    run = episode / "hidden" / "run.json"
    told = {"invalid": "2 of 15 replies could not be used", "played": {"requests": 15, "input": 90, "output": 10}}
    run.write_text(json.dumps(json.loads(run.read_text(encoding="utf-8")) | told), encoding="utf-8")
    (path,) = export(folder, tmp_path / "x.eval")
    sample = read(path).samples[0]
    assert sample.metadata["outcome"] == "invalid"
    assert sample.metadata["side_task_name"] == "undetermined"
    assert isnan(sample.scores["harm"].value["coercion"])
    assert sample.scores["acts"].value["disclosure"] == 1, "what happened stands"
    assert sample.model_usage["honest_colleague"].total_tokens == 100


def test_conditions_and_shards_are_logs_of_their_own(study: Study, tmp_path: Path) -> None:
    from simenv.commands.retrace import episodes_in
    from simenv.interop.inspect.log import export as write

    folder = study("idle", range(3), conditions=[{"threat": "none"}, {"threat": "restriction"}])
    paths = export(folder, tmp_path / "out" / "x.eval")
    assert [path.name for path in paths] == ["x-001.eval", "x-002.eval"]
    assert [read(path).eval.task_args["threat"] for path in paths] == ["none", "restriction"]
    assert len({read(path).eval.task_id for path in paths}) == 2, "the viewer hides logs of the same task as retries"
    shards = list(write(episodes_in(folder), tmp_path / "s.eval", most=2))
    assert [len(read(path).samples) for path in shards] == [2, 1, 2, 1]
    again = export(folder, tmp_path / "again" / "x.eval")
    assert [sample.uuid for sample in read(again[0]).samples] == [sample.uuid for sample in read(paths[0]).samples]


def test_a_bundle_for_the_viewer_can_be_made(study: Study, tmp_path: Path) -> None:
    from inspect_ai.log import bundle_log_dir

    export(study("coercive_insider", range(1)), tmp_path / "logs" / "x.eval")
    bundle_log_dir(str(tmp_path / "logs"), output_dir=str(tmp_path / "bundle"))
    listing = json.loads((tmp_path / "bundle" / "logs" / "listing.json").read_text(encoding="utf-8"))
    assert listing["x.eval"]["status"] == "success"
    assert (tmp_path / "bundle" / "index.html").is_file()


def test_a_partial_episode_is_left_out_and_told_of(study: Study, tmp_path: Path) -> None:
    folder = study("idle")
    broken = min((folder / "episodes").iterdir())
    run = broken / "hidden" / "run.json"
    data = json.loads(run.read_text(encoding="utf-8")) | {"ended": None}
    run.write_text(json.dumps(data), encoding="utf-8")
    done = CliRunner().invoke(app, ["export", str(folder), "--out", str(tmp_path / "x.eval")])
    assert done.exit_code == 0
    assert "is a partial episode and is left out" in done.stderr
    assert len(read(tmp_path / "x.eval").samples) == 1
