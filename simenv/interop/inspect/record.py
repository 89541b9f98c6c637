"""An episode as a sample of Inspect's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from typing import Any, Final, Literal

import msgspec
from inspect_ai.event import Event, InfoEvent, ModelEvent, ScoreEvent, SpanBeginEvent, SpanEndEvent, ToolEvent
from inspect_ai.log import EvalError, EvalSample, EvalSampleLimit
from inspect_ai.model import ChatMessage, ChatMessageAssistant, ChatMessageTool, GenerateConfig, ModelOutput, ModelUsage
from inspect_ai.scorer import Score

from simenv.core.errors import EpisodeError
from simenv.core.played import counts_as
from simenv.episode import Episode
from simenv.interop.inspect.control import side_task_of
from simenv.interop.inspect.messages import conversation
from simenv.interop.inspect.values import UNRULED, control_of, in_words, values_of
from simenv.layout import HiddenRun
from simenv.truth.report import TruthReport

Detail = Literal["messages", "tools", "full"]
"""What beside the conversation: nothing, an event for each call and the last reply, or one for each reply as well."""

_FAILED: Final = frozenset({"policy_error", "engine_error", "interrupted"})


def sample_of(episode: Episode, id: str, model: str, detail: Detail) -> EvalSample:
    """Return an episode as a sample.

    Args:
        episode: A whole one.
        id: Id of the sample; the epoch is the episode's repeat.
        model: Name of what held the seat.
        detail: How much of it becomes events.

    Raises:
        EpisodeError: If it is partial.
    """
    truth = episode.truth
    if truth is None:
        raise EpisodeError(f"{episode.folder} is a partial episode: what happened in it was never decided")
    hidden = episode.hidden
    messages = conversation(episode)
    scores = scores_of(episode, truth)
    began, ended = (datetime.fromisoformat(each) for each in (hidden.began, hidden.ended or hidden.began))
    uuid = sha256(f"{episode.digest} {episode.folder.name}".encode()).hexdigest()[:22]
    output = ModelOutput(model=model)
    if isinstance(messages[-1], ChatMessageAssistant):
        output = ModelOutput.from_message(messages[-1])
    outcome = outcome_of(hidden)
    return EvalSample(
        id=id,
        epoch=epoch_of(episode),
        input=messages[:2],
        target="",
        messages=messages,
        output=output,
        scores=scores,
        metadata=_metadata(episode, truth, model),
        store={"simenv:verdicts": msgspec.to_builtins(truth.verdicts), "simenv:tasks": dict(truth.tasks)},
        events=list(_events(messages, scores, uuid, began, ended, detail, model)),
        started_at=began.isoformat(),
        completed_at=ended.isoformat(),
        total_time=(ended - began).total_seconds(),
        uuid=uuid,
        model_usage=_usage(hidden, model),
        limit=EvalSampleLimit(type="custom", limit=hidden.calls or 0, reason=hidden.ended_by)
        if outcome == "limit"
        else None,
        error=EvalError(message=f"{outcome}: {hidden.ended_by}", traceback=hidden.error or "", traceback_ansi="")
        if outcome in _FAILED
        else None,
    )


def outcome_of(hidden: HiddenRun) -> str:
    """Return how an episode ended; one that tells nothing about its policy is ``invalid``, however it ended."""
    return counts_as(hidden.outcome or "", hidden.invalid)


def epoch_of(episode: Episode) -> int:
    """Return the epoch, from 1: which repeat of its seed an episode is."""
    repeat: int = episode.hidden.study.get("repeat", 0)
    return repeat + 1


def scores_of(episode: Episode, truth: TruthReport) -> dict[str, Score]:
    """Return the scores of an episode, those in ControlArena's words included."""
    hidden, outcome = episode.hidden, outcome_of(episode.hidden)
    said = hidden.invalid or in_words(truth, outcome)
    reason = None if outcome != "invalid" else "invalid_response_format"
    values = values_of(truth, outcome, hidden.required)
    scores = {name: Score(value=value, explanation=said, reason=reason) for name, value in values.items()}
    scores["harm"].metadata = {"incidents": msgspec.to_builtins(truth.incidents), "without_rule": list(UNRULED)}
    scores["control"] = Score(value=control_of(truth, outcome, hidden.required), explanation=said, reason=reason)
    return scores


def _usage(hidden: HiddenRun, model: str) -> dict[str, ModelUsage]:
    played = hidden.played
    if played is None or not played.requests:
        return {}
    total = played.input + played.output
    return {model: ModelUsage(input_tokens=played.input, output_tokens=played.output, total_tokens=total)}


def _metadata(episode: Episode, truth: TruthReport, model: str) -> dict[str, Any]:
    hidden = episode.hidden
    return {
        "seed": hidden.seed,
        "outcome": outcome_of(hidden),
        "ended_by": hidden.ended_by,
        "calls": hidden.calls,
        "policy": model,
        "episode": episode.folder.name,
        "side_task_name": side_task_of(episode, truth, outcome_of(hidden)),
    }


def _events(
    messages: list[ChatMessage],
    scores: dict[str, Score],
    uuid: str,
    began: datetime,
    ended: datetime,
    detail: Detail,
    model: str,
) -> Iterator[Event]:
    """Yield the events of a transcript. Their times are spread evenly over the time the episode took to play.

    Simulated time stands in the data: Inspect's own axis is the clock on the wall.
    """
    if detail == "messages":
        return
    step = (ended - began) / max(1, len(messages))
    count = 0

    def common(place: int, span: str) -> dict[str, Any]:
        nonlocal count
        count += 1
        return {
            "uuid": f"{uuid}-{count:05d}",
            "span_id": span,
            "timestamp": began + step * place,
            "working_start": (step * place).total_seconds(),
        }

    seat, marks = f"{uuid}-solvers", f"{uuid}-scorers"
    yield SpanBeginEvent(id=seat, name="solvers", type="solvers", **common(0, seat))
    last = max(
        place for place, message in enumerate(messages) if isinstance(message, ChatMessageAssistant) or not place
    )
    for place, message in enumerate(messages):
        # The last reply has the whole conversation as its input: readers of events, messages_df for one, find it there.
        if isinstance(message, ChatMessageAssistant) and (detail == "full" or place == last):
            reply = ModelOutput.from_message(message)
            made = common(place, seat)
            yield ModelEvent(
                model=model,
                input=messages[:place],
                tools=[],
                tool_choice="auto",
                config=GenerateConfig(),
                output=reply,
                completed=made["timestamp"],
                **made,
            )
        told = message.metadata or {}
        if "sim_time" in told and place:
            yield InfoEvent(source="simenv", data=told, **common(place, seat))
        if isinstance(message, ChatMessageTool):
            yield _tool_event(message, messages[place - 1], common(place, seat))
    yield SpanEndEvent(id=seat, **common(len(messages), seat))
    yield SpanBeginEvent(id=marks, name="scorers", type="scorers", **common(len(messages), marks))
    for name, score in scores.items():
        yield ScoreEvent(score=score, target="", scorer=name, **common(len(messages), marks))
    yield SpanEndEvent(id=marks, **common(len(messages), marks))


def _tool_event(message: ChatMessageTool, asked: ChatMessage, common: dict[str, Any]) -> ToolEvent:
    calls = asked.tool_calls if isinstance(asked, ChatMessageAssistant) and asked.tool_calls else []
    arguments = calls[0].arguments if calls else {}
    return ToolEvent(
        id=message.tool_call_id or "",
        function=message.function or "",
        arguments=arguments,
        result=message.text,
        completed=common["timestamp"],
        working_time=0.0,
        message_id=message.id,
        **common,
    )
