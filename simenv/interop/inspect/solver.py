"""A model of Inspect's in the seat: the loop between its replies and the session."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any, Final

from inspect_ai.log import transcript
from inspect_ai.model import (
    ChatMessageAssistant,
    ChatMessageSystem,
    ChatMessageTool,
    ChatMessageUser,
    ContentReasoning,
    Model,
    execute_tools,
    get_model,
)
from inspect_ai.solver import Generate, Solver, TaskState, solver
from inspect_ai.tool import ToolCall, ToolDef, ToolParams
from inspect_ai.util import LimitExceededError

from simenv.core.turns import ToolInfo
from simenv.interop.inspect.names import named
from simenv.interop.inspect.seat import STORE, WITHHELD, Seat, folder_for
from simenv.llm.data import CallPart, Finish
from simenv.policies.llm.formats import MAX_CALLS
from simenv.session import Session

_FINISH: Final[dict[str, Finish]] = {
    "stop": "stop",
    "tool_calls": "calls",
    "max_tokens": "length",
    "content_filter": "filter",
}

_SEATS: Final[dict[str, Seat]] = {}
"""Inspect's id of a running sample -> its seat. A session is alive: it cannot lie in the store, which is logged."""


@solver(named("company_seat"))
def company_seat(
    world: str, start: str, condition: dict[str, str], max_calls: int | None = None, out: str | None = None
) -> Solver:
    """Give the model the seat and let it work until the episode is over or a limit is reached.

    Args:
        world: Name or folder of the world.
        start: Name of an entry point.
        condition: Factor -> level; factors left out take their first.
        max_calls: A cap of the caller's own on the calls of an episode.
        out: Folder in which every episode gets a folder, or None.
    """

    async def solve(state: TaskState, generate: Generate) -> TaskState:
        model = get_model()
        session = Session(world, start=start, condition=condition, max_calls=max_calls)
        folder = None if out is None else folder_for(out, str(state.sample_id), state.epoch, state.uuid)
        policy = {"inspect": {"model": str(model), "config": model.config.model_dump(exclude_none=True)}}
        study = {"inspect": {"sample": str(state.sample_id), "epoch": state.epoch, "uuid": state.uuid}}
        seat = _SEATS[state.uuid] = Seat(session, folder, policy, study)
        session.reset(state.metadata["seed"])
        try:
            await _hold(state, seat, model)
        except LimitExceededError as limit:
            seat.close("limit", limit.type)
            raise
        except Exception:
            seat.close("interrupted", "error")
            raise
        state.completed = True
        return state

    return solve


def settled(state: TaskState, outcome: Any = "limit", ended_by: str = "time") -> dict[str, Any] | None:
    """Return what is kept of a sample's episode; one that is still open when it is asked for was stopped by a limit."""
    seat = _SEATS.get(state.uuid)
    if seat is not None:
        seat.close(outcome, ended_by)
        state.store.set(STORE, seat.report())
    kept: dict[str, Any] | None = state.store.get(STORE)
    return kept


async def leave(state: TaskState) -> None:
    """Let go of a sample's session, however the sample ended."""
    settled(state, "interrupted", "error")
    _SEATS.pop(state.uuid, None)


async def _hold(state: TaskState, seat: Seat, model: Model) -> None:
    session = seat.session
    told = [_tool(seat, info, True) for info in session.tools]
    state.messages = [ChatMessageSystem(content=seat.system), ChatMessageUser(content=session.observation.text)]
    while not session.over:
        state.output = await model.generate(state.messages, tools=told)
        state.messages.append(reply := state.output.message)
        if (usage := state.output.usage) is not None:
            seat.count(usage.total_tokens - usage.output_tokens, usage.output_tokens)
        if state.output.stop_reason == "model_length":
            seat.close("limit", "context")
            return
        finish = _FINISH.get(state.output.stop_reason, "other")
        notice = seat.begin(finish, _reasoning(reply), reply.text, _parts(reply))
        await _take(state, seat, reply, notice or "")
        transcript().info({"sim_time": session.observation.time, "calls": session.calls}, source="simenv")


async def _take(state: TaskState, seat: Seat, reply: ChatMessageAssistant, notice: str) -> None:
    """Let a reply take effect, and tell the model what came of it."""
    if seat.session.over:
        return
    calls = reply.tool_calls or []
    for number, call in enumerate(calls):
        if seat.stopped or number >= MAX_CALLS:
            state.messages.append(_answer(call, notice if not number and notice else WITHHELD))
        else:
            state.messages.append(await _run(state, seat, reply, call))
    if not seat.taken:  # no call, or none that was allowed to reach the company: the turn counts all the same
        news = seat.say() or "Nothing new."
        state.messages.append(ChatMessageUser(content=news if calls and seat.stopped else _joined(news, notice)))
    elif notice:
        last = state.messages[-1]
        last.text = _joined(last.text, notice)


def _joined(news: str, notice: str) -> str:
    return "\n\n".join(filter(None, (notice, news)))


async def _run(state: TaskState, seat: Seat, reply: ChatMessageAssistant, call: ToolCall) -> ChatMessageTool:
    """Make one call, past whoever approves or watches Inspect's tool calls."""
    if call.parse_error:
        seat.call(call.function, call.parse_error)  # no JSON: a malformed call, and recorded as one
        news = seat.session.observation.text
        return _answer(call, f"{call.parse_error}\n\n{news}", seat)
    alone = reply.model_copy(update={"tool_calls": [call]})
    earlier = [message for message in state.messages if message is not reply]
    made = await execute_tools([*earlier, alone], [_tool(seat, ToolInfo(call.function, "-", {}, "read"), False)])
    (answer,) = made.messages
    if not isinstance(answer, ChatMessageTool):
        raise TypeError(f"a call was answered by a message of {answer.role}")
    seat.stopped = seat.stopped or answer.error is not None
    answer.metadata = {"sim_time": seat.session.observation.time}
    return answer


def _answer(call: ToolCall, text: str, seat: Seat | None = None) -> ChatMessageTool:
    metadata = None if seat is None else {"sim_time": seat.session.observation.time}
    return ChatMessageTool(content=text, tool_call_id=call.id, function=call.function, metadata=metadata)


def _tool(seat: Seat, info: ToolInfo, described: bool) -> ToolDef:
    """Return a tool of the seat.

    The one a model is told of has its schema. The one that runs takes whatever comes: what is wrong with a call is for
    the company to say and to record, not for Inspect to keep from it.
    """
    spec = info.spec["parameters"] if described else {"type": "object", "additionalProperties": True}
    params = ToolParams.model_validate(spec)
    return ToolDef(
        _execute(seat, info.name), name=info.name, description=info.description, parameters=params, max_output=0
    )


def _execute(seat: Seat, name: str) -> Callable[..., Awaitable[str]]:
    async def execute(**arguments: Any) -> str:
        return seat.call(name, arguments).text

    return execute


def _parts(reply: ChatMessageAssistant) -> tuple[CallPart, ...]:
    """Return a reply's calls as they were written; of arguments that Inspect could not read, what it says of them."""
    return tuple(
        CallPart(call.id, call.function, call.parse_error or json.dumps(call.arguments))
        for call in reply.tool_calls or []
    )


def _reasoning(reply: ChatMessageAssistant) -> str | None:
    if isinstance(reply.content, str):
        return None
    said = [part.reasoning for part in reply.content if isinstance(part, ContentReasoning)]
    return "\n\n".join(said) or None
