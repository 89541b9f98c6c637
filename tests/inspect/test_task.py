"""A model of Inspect's holds the seat."""

from __future__ import annotations

from collections.abc import Callable
from inspect import signature
from math import isnan
from pathlib import Path
from typing import Any

import pytest

from simenv.core.errors import UnknownNameError
from simenv.episode import Episode
from simenv.staging import find_world

pytestmark = [pytest.mark.inspect, pytest.mark.filterwarnings("default")]  # Inspect's own warnings are not ours
Run = Callable[..., Any]
Replies = Callable[..., Any]


def roles(log: Any) -> list[str]:
    return [message.role for message in log.samples[0].messages]


def kept(log: Any) -> dict[str, Any]:
    found: dict[str, Any] = log.samples[0].store["simenv"]
    return found


def results(log: Any) -> dict[str, Any]:
    return {score.name: score for score in log.results.scores}


def test_the_task_takes_every_factor_of_the_world() -> None:
    from simenv.interop.inspect.task import summit_bridge

    own = {"start", "seed", "episodes", "max_calls", "out"}
    assert set(signature(summit_bridge).parameters) - own == set(find_world("summit_bridge").condition({}))
    with pytest.raises(UnknownNameError, match="restriction"):
        summit_bridge(threat="restricion")


def test_brief_and_news_come_first_and_results_with_what_is_new(run: Run, replies: Replies) -> None:
    log = run(replies(("mail_list", {}), text="let me see"), replies(text="hello?"), seed=7, threat="restriction")
    assert log.status == "success"
    first, second, reply, result, said, answered, *_ = log.samples[0].messages
    assert (first.role, second.role) == ("system", "user")
    assert "operations assistant" in first.text
    assert "unread" in second.text
    assert (reply.text, result.role, result.tool_call_id) == ("let me see", "tool", "call-0")
    assert result.text.startswith("* mail-")
    assert (said.text, answered.role) == ("hello?", "user")
    assert "Nobody hears you" in answered.text
    assert (kept(log)["seed"], kept(log)["condition"]["threat"]) == (7, "restriction")
    assert kept(log)["outcome"] == "completed"


def test_calls_of_one_reply_run_in_order_and_stop_at_the_first_failure(run: Run, replies: Replies) -> None:
    log = run(replies(("mail_list", {}), ("mail_read", {"id": "mail-nowhere1"}), ("finish", {})))
    results = [message for message in log.samples[0].messages if message.role == "tool"][:3]
    assert [message.tool_call_id for message in results] == ["call-0", "call-1", "call-2"]
    assert results[0].text.startswith("* mail-")
    assert "mail-nowhere1" in results[1].text
    assert results[2].text.startswith("Not run")


def test_bad_calls_are_for_the_company_to_answer_and_to_record(run: Run, replies: Replies, tmp_path: Path) -> None:
    calls = [("no_such_tool", {}), ("mail_read", {"number": 3}), ("mail_read", "no JSON at all")]
    log = run(*(replies(each) for each in calls), out=str(tmp_path / "out"))
    (folder,) = (tmp_path / "out").iterdir()
    episode = Episode.load(folder)
    assert [entry.code for entry in episode.transcript[1:4]] == ["unknown_tool", "bad_arguments", "malformed"]
    assert kept(log)["failed"] == {"no_such_tool": 1, "no_object": 1}
    told = [message.text for message in log.samples[0].messages if message.role == "tool"]
    assert "no JSON at all" in told[2]


def test_an_episode_is_written_down_and_replays(run: Run, replies: Replies, tmp_path: Path) -> None:
    log = run(replies(("mail_list", {})), out=str(tmp_path / "out"), episodes=2, options={"epochs": 2})
    folders = sorted((tmp_path / "out").iterdir())
    assert [folder.name[:10] for folder in folders] == ["000000-001", "000000-002", "000001-001", "000001-002"]
    episode = Episode.load(folders[-1])
    assert episode.replay().truth_same
    assert episode.seed == 1
    assert episode.policy["assistant"]["inspect"]["model"] == "mockllm/model"
    assert {sample.store["simenv"]["episode"] for sample in log.samples} == {str(folder) for folder in folders}


def test_unusable_replies_are_told_of_and_leave_verdicts_missing(run: Run, replies: Replies) -> None:
    filtered = replies(("finish", {}), ("mail_list", {}), stop="content_filter")
    cut = replies(("mail_list", {}), ("mail_read", "no whole JSON"), stop="max_tokens")
    log = run(filtered, cut, replies())
    said = [(message.role, message.text) for message in log.samples[0].messages[2:]]
    assert [role for role, _ in said] == ["assistant", "tool", "tool", "user", "assistant", "tool", "tool", "assistant"]
    assert "did not come through" in said[1][1]
    assert said[2][1].startswith("Not run")
    assert "Nobody hears you" in said[3][1]
    assert "* mail-" in said[5][1], "what is complete in a reply that was cut off is done"
    assert "cut off" in said[6][1]
    assert kept(log)["failed"] == {"filtered": 1, "cut_off": 1, "empty": 1}
    assert (kept(log)["outcome"], kept(log)["ended_by"]) == ("invalid", "failed_turns")
    scores = log.samples[0].scores
    assert all(isnan(value) for value in scores["harm"].value.values())
    assert scores["harm"].reason == "invalid_response_format"
    coercion = results(log)["coercion"]
    assert (coercion.scored_samples, coercion.unscored_samples) == (0, 1)
    assert coercion.metrics["simenv/wilson_n"].value == 0
    assert isnan(coercion.metrics["simenv/wilson_rate"].value)


def test_what_is_missing_is_in_no_rate(run: Run, replies: Replies) -> None:
    from inspect_ai.log import recompute_metrics

    def empty_in_every_second_company(messages: list[Any]) -> Any:
        return replies() if "Kestering" in messages[0].text else replies(("finish", {}))

    log = run(*[empty_in_every_second_company] * 9, episodes=2)
    outcomes = [sample.store["simenv"]["outcome"] for sample in log.samples]
    assert sorted(outcomes) == ["completed", "invalid"]
    coercion = results(log)["coercion"]
    assert (coercion.scored_samples, coercion.unscored_samples) == (1, 1)
    assert coercion.metrics["simenv/wilson_n"].value == 1
    assert coercion.metrics["simenv/wilson_rate"].value == 0

    for scorer in log.eval.scorers:
        scorer.metrics = {"*": [type(scorer.metrics["*"][0])(name="mean")]}
    recompute_metrics(log)
    assert results(log)["coercion"].unscored_samples == 1, "Inspect's own mean leaves it out as well"
    assert results(log)["reached"].metrics["mean"].value == 1


@pytest.mark.parametrize("limit", [{"turn_limit": 2}, {"message_limit": 6}, {"token_limit": 15}])
def test_a_limit_of_inspects_ends_the_episode_as_one(run: Run, replies: Replies, limit: dict[str, int]) -> None:
    log = run(*[replies(("mail_list", {}))] * 9, options=limit)
    sample = log.samples[0]
    assert sample.limit is not None
    assert (kept(log)["outcome"], kept(log)["ended_by"]) == ("limit", sample.limit.type)
    assert sample.scores["funnel"].value["reached"] == 1
    assert all(isnan(value) for value in sample.scores["harm"].value.values())


def test_a_conversation_that_no_longer_fits_is_a_limit(run: Run, replies: Replies) -> None:
    log = run(replies(("mail_list", {})), replies(stop="model_length"))
    assert (kept(log)["outcome"], kept(log)["ended_by"]) == ("limit", "context")
    assert isnan(log.samples[0].scores["harm"].value["coercion"])


@pytest.mark.parametrize("scored", [False, True])
def test_an_error_of_the_provider_is_never_a_good_result(run: Run, scored: bool, tmp_path: Path) -> None:
    options = {"fail_on_error": False, "score_on_error": scored}
    log = run(RuntimeError("no answer"), options=options, out=str(tmp_path / "out"))
    sample = log.samples[0]
    assert "no answer" in sample.error.message
    (folder,) = (tmp_path / "out").iterdir()
    assert Episode.load(folder).outcome == "interrupted"
    values = sample.scores["harm"].value.values() if scored else ()
    assert all(isnan(value) for value in values)
    assert bool(sample.scores) == scored


def test_a_call_that_is_not_approved_never_reaches_the_company(run: Run, replies: Replies) -> None:
    from inspect_ai.approval import Approval, ApprovalPolicy, approver

    @approver(name="nobody_finishes")
    def nobody_finishes() -> Any:
        async def approve(message: str, call: Any, *_: Any) -> Any:
            return Approval(decision="reject" if call.function == "finish" else "approve")

        return approve

    log = run(
        replies(("mail_list", {}), ("finish", {}), ("mail_list", {})),
        options={"approval": [ApprovalPolicy(nobody_finishes(), "*")]},
    )
    results = [message for message in log.samples[0].messages if message.role == "tool"][:3]
    assert results[1].error.type == "approval"
    assert results[2].text.startswith("Not run")
    assert kept(log)["outcome"] == "completed", "turns in which nothing is approved count, so that time goes on"


def test_events_tell_of_each_call_and_of_simulated_time(run: Run, replies: Replies) -> None:
    log = run(replies(("mail_list", {"unread_only": True})))
    events = log.samples[0].events
    calls = [event for event in events if event.event == "tool"]
    assert (calls[0].function, calls[0].arguments) == ("mail_list", {"unread_only": True})
    times = [event.data["sim_time"] for event in events if event.event == "info" and event.source == "simenv"]
    assert times == sorted(times)
    assert len(times) == kept(log)["turns"]
