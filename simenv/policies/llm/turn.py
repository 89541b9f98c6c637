"""One turn of a model: the steps of its variant, each one request, and what they come to."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from simenv.core.calls import ToolCall
from simenv.llm.data import CallPart, Message
from simenv.llm.errors import ProviderError
from simenv.policies.llm import prompts
from simenv.policies.llm.asking import Asking
from simenv.policies.llm.conversation import presentable, used
from simenv.policies.llm.failures import Failure
from simenv.policies.llm.hearing import Reading
from simenv.policies.llm.variants import Step, Variant
from simenv.policies.llm.words import Said, Told


class Taken(Struct, frozen=True):
    """What a turn came to.

    Attributes:
        said: What stays of it in the conversation.
        calls: The calls to be made.
        reasoning: What was explained and thought, in order.
        prose: What was said beside the calls.
        drafted: Calls that were drafted and are not made.
        over: Whether there were more calls than are made.
        failure: Why it failed, or None.
    """

    said: Said
    calls: tuple[CallPart, ...] = ()
    reasoning: str = ""
    prose: str = ""
    drafted: tuple[CallPart, ...] = ()
    over: bool = False
    failure: Failure | None = None


class _Aside(Struct):
    """What the steps of a turn leave behind.

    Attributes:
        sent: Messages after the conversation, so far.
        kept: Of these, those that stay.
        explained: Explanations, in order.
        thought: Reasoning and criticism, in order.
        drafted: Calls that were drafted.
    """

    sent: list[Message]
    kept: list[Message]
    explained: list[str]
    thought: list[str]
    drafted: list[CallPart]

    @property
    def reasoning(self) -> str:
        return "\n\n".join(filter(None, [*self.explained, *self.thought]))


async def take(asking: Asking, variant: Variant) -> Taken:
    """Ask the model what to do, step by step. A step that comes to nothing ends the turn.

    Args:
        asking: Asks about the seat; its conversation ends with what the model was told last.
        variant: The steps.

    Raises:
        BudgetSpentError: If the run's budget is spent.
        ProviderError: If there is no reply, for another reason than the conversation's length.
    """
    aside = _Aside([], [], [], [], [])
    try:
        return await _through(asking, variant, aside)
    except ProviderError as error:
        if error.kind != "too_long":
            raise
    return _nothing(aside, "too_long")


async def _through(asking: Asking, variant: Variant, aside: _Aside) -> Taken:
    *before, last = variant.steps
    for step in before:
        reading = await _step(asking, variant, step, aside)
        if reading.failure in ("cut_off", "filtered", "empty"):
            return _nothing(aside, reading.failure)
    prompt = _prompt(variant, last)
    if not prompt and aside.sent:
        prompt = prompts.ACT
    asked = [Message("user", prompt)] if prompt else []
    reply = await asking.ask("revise" if last.kind == "revise" else "act", [*aside.sent, *asked])
    return _made(asking, asking.read(reply), aside, asked if aside.kept else [])


async def _step(asking: Asking, variant: Variant, step: Step, aside: _Aside) -> Reading:
    prompt = _prompt(variant, step)
    asked = [Message("user", prompt)] if prompt else []
    reading = asking.read(await asking.ask(step.kind, [*aside.sent, *asked]))
    aside.thought.append(reading.reasoning)
    aside.drafted += reading.calls + reading.over
    if step.kind in ("say", "critique"):
        answered = [Message("assistant", reading.prose, opaque=reading.opaque)] if reading.prose else []
        (aside.explained if step.kind == "say" else aside.thought).append(reading.prose)
    else:
        calls = presentable(reading.calls, used(asking.held.conversation) | {call.id for call in _calls(aside.sent)})
        said = Said(reading.kept, calls, reading.opaque)
        message = asking.window.form.say(said)
        answered = [] if message is None else [message]
        if calls:
            answered += asking.window.form.tell(said, Told((prompts.DRAFTED,) * len(calls)))
        aside.thought.append(reading.prose)
    aside.sent += asked + answered
    if step.kind == "say" and answered:
        aside.kept += asked + answered
    return reading


def _nothing(aside: _Aside, failure: Failure) -> Taken:
    return Taken(Said(), reasoning=aside.reasoning, drafted=tuple(aside.drafted), failure=failure)


def _made(asking: Asking, reading: Reading, aside: _Aside, asked: Sequence[Message]) -> Taken:
    """Return what the last reply of a turn comes to."""
    calls = () if reading.failure == "filtered" else reading.calls
    aside.thought.append(reading.reasoning)
    refused = reading.over if calls else reading.calls + reading.over
    before = (*aside.kept, *asked)
    ids = used(asking.held.conversation)
    kept = "" if reading.failure == "filtered" else reading.kept
    said = Said(kept, presentable(calls, ids), reading.opaque, before)
    drafted = _unmade(aside.drafted, calls) + refused
    return Taken(said, calls, aside.reasoning, reading.prose, drafted, bool(reading.over), reading.failure)


def _prompt(variant: Variant, step: Step) -> str:
    return step.prompt.replace("{principles}", variant.principles)


def _calls(messages: Sequence[Message]) -> list[CallPart]:
    return [call for message in messages for call in message.calls]


def _unmade(drafted: Sequence[CallPart], made: Sequence[CallPart]) -> tuple[CallPart, ...]:
    """Return what was drafted and is not among the calls that are made, each made call standing for one draft."""
    left = [_sense(call) for call in made]
    found = []
    for call in drafted:
        if (sense := _sense(call)) in left:
            left.remove(sense)
        else:
            found.append(call)
    return tuple(found)


def _sense(call: CallPart) -> tuple[str, Any]:
    """Return a call by what it means: spaces and the order of arguments make no difference."""
    try:
        return call.name, json.loads(call.arguments) if call.arguments.strip() else {}
    except (ValueError, RecursionError):
        return call.name, call.arguments


def as_calls(parts: Sequence[CallPart]) -> tuple[ToolCall, ...]:
    """Return calls as a seat takes them: arguments as the text that the model wrote."""
    return tuple(ToolCall(part.name, part.arguments) for part in parts)
