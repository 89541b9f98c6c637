"""Models that say what they are told to say, and episodes to hand on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from simenv.content import agent_file
from simenv.policies.load import load_agent
from simenv.session import Session
from simenv.studies.runner import run_study
from simenv.studies.spec import Spec

Run = Callable[..., Any]

FINISH = ("finish", {})


@pytest.fixture
def played() -> Callable[..., Session]:
    """A function that lets a shipped agent play from the decision on and returns the session."""

    def play(agent: str = "idle", seed: int = 0, **more: Any) -> Session:
        session = Session(start="decision", **more)
        session.reset(seed)
        session.play(load_agent(agent_file(agent)).new())
        return session

    return play


@pytest.fixture
def study(tmp_path: Path) -> Callable[..., Path]:
    """A function that runs a small study of a shipped agent and returns its folder."""

    def run(agent: str = "idle", seeds: Iterable[int] = range(2), **more: Any) -> Path:
        loaded = load_agent(agent_file(agent))
        repeats = more.pop("repeats", 1)
        folder = tmp_path / f"study-{agent}"
        run_study(
            Spec.of(policy=loaded.spec(), start="decision", **more),
            seeds,
            folder,
            make_policy=loaded.new,
            repeats=repeats,
        )
        return folder

    return run


@pytest.fixture
def replies() -> Callable[..., Any]:
    """A function that makes a reply: its text, and pairs of a tool's name and its arguments, or the error in them."""

    def make(*calls: tuple[str, Any], text: str = "", stop: str = "stop") -> Any:
        from inspect_ai.model import ChatCompletionChoice, ChatMessageAssistant, ModelOutput, ModelUsage
        from inspect_ai.tool import ToolCall

        made = [
            ToolCall(
                id=f"call-{number}",
                function=name,
                arguments=arguments if isinstance(arguments, dict) else {},
                parse_error=None if isinstance(arguments, dict) else arguments,
            )
            for number, (name, arguments) in enumerate(calls)
        ]
        message = ChatMessageAssistant(content=text, tool_calls=made or None)
        usage = ModelUsage(input_tokens=7, output_tokens=3, total_tokens=10)  # else a tokenizer is downloaded
        choice = ChatCompletionChoice(message=message, stop_reason=stop)
        return ModelOutput(model="mockllm/model", choices=[choice], usage=usage)

    return make


@pytest.fixture
def run(tmp_path: Path, replies: Callable[..., Any]) -> Run:
    """A function that plays the task with a model which gives these replies and then finishes every day.

    A reply may be an error, which is raised, or a function of the messages so far.
    """

    def evaluate(*said: Any, options: dict[str, Any] | None = None, **task: Any) -> Any:
        from inspect_ai import eval as run_eval
        from inspect_ai.model import get_model

        from simenv.interop.inspect.task import summit_bridge

        def answer(messages: list[Any], *_: Any) -> Any:
            turn = sum(message.role == "assistant" for message in messages)
            reply = said[turn] if turn < len(said) else replies(FINISH)
            if callable(reply):
                reply = reply(messages)
            if isinstance(reply, Exception):
                raise reply
            return reply.model_copy(deep=True)

        model = get_model("mockllm/model", custom_outputs=answer)
        given = {"display": "none", "log_dir": str(tmp_path / "logs")} | (options or {})
        (log,) = run_eval(summit_bridge(**task), model=model, **given)
        return log

    return evaluate
