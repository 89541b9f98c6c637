"""The conversation of a seat as data."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any, Final

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from simenv.core.bounds import clean_text, read_call
from simenv.core.calls import ToolCall
from simenv.core.turns import Action, Observation, Past
from simenv.llm.data import CallPart
from simenv.policies.llm.words import Said, Told

_ID: Final = re.compile(r"[!-~]{1,4096}\Z")
_NAME: Final = re.compile(r"[^A-Za-z0-9_-]")
_HEAD: Final = 1_000


class Turn(Struct, frozen=True):
    """What the model said and did, and what it was told of it."""

    said: Said
    told: Told


class Conversation(Struct, frozen=True, omit_defaults=True):
    """Everything a model has been told and has said in its seat.

    Attributes:
        system: Text of the system message.
        opening: What it was told first; None before that.
        turns: What followed.
        cut: Turns at the beginning that are no longer sent.
        summary: What the model wrote down about them, if it was asked to.
        waiting: What it said last, not yet answered.
    """

    system: str
    opening: Told | None = None
    turns: tuple[Turn, ...] = ()
    cut: int = 0
    summary: str = ""
    waiting: Said | None = None

    def told(self, told: Told) -> Conversation:
        """Return the conversation with what the model is told now, of its last turn or first of all."""
        if self.waiting is None:
            return replace(self, opening=told)
        return replace(self, turns=(*self.turns, Turn(self.waiting, told)), waiting=None)

    def said(self, said: Said) -> Conversation:
        """Return the conversation with what the model says now."""
        return replace(self, waiting=said)

    def shown(self, start: int) -> tuple[str, ...]:
        """Return the ids of the calls whose results are sent, if turns are sent from this one on."""
        opening = self.opening.ids if self.opening is not None else ()
        return (*opening, *(id for turn in self.turns[start:] for id in turn.told.ids))


def begun(system: str, past: Past) -> Conversation:
    """Return the conversation of a seat that somebody else has held before: what was done is the seat's own memory."""
    conversation = Conversation(system)
    for observation, action in past:
        conversation = remembered(conversation, told(observation), action)
    return conversation


def remembered(conversation: Conversation, seen: Told, action: Action) -> Conversation:
    """Return the conversation with a turn that somebody else took, as if the model had taken it."""
    conversation = conversation.told(seen)
    calls = tuple(CallPart("", call.name, _arguments(call)) for call in action.calls)
    return conversation.said(Said(clean_text(action.say or "").strip(), presentable(calls, used(conversation))))


def told(observation: Observation, notice: str = "") -> Told:
    """Return what an observation tells, and a sentence of ours beside it."""
    call = observation.reply_to_call
    return Told(observation.parts or (observation.text,), observation.ran or ((call,) if call else ()), notice)


def used(conversation: Conversation) -> set[str]:
    """Return the ids of calls that the conversation has already."""
    return {call.id for turn in conversation.turns for call in turn.said.calls}


def presentable(calls: Iterable[CallPart], taken: set[str]) -> tuple[CallPart, ...]:
    """Return calls as every provider takes them back: ids there and unique, names and arguments readable.

    Args:
        calls: As the model made them.
        taken: Ids that are in use; those of the calls are added.
    """
    found = []
    for call in calls:
        id = call.id if _ID.match(call.id) and call.id not in taken else _fresh(taken)
        taken.add(id)
        found.append(CallPart(id, _NAME.sub("_", call.name)[:64] or "unknown", _readable(call)))
    return tuple(found)


def _fresh(taken: set[str]) -> str:
    number = len(taken) + 1
    while (id := f"call{number:05}") in taken:  # nine letters and digits: some providers take no other
        number += 1
    return id


def _readable(call: CallPart) -> str:
    """Return the arguments as a JSON object: servers that parse them fail on what a model once garbled."""
    if not call.arguments.strip():
        return "{}"
    if isinstance(read_call(ToolCall("any", call.arguments)), ToolCall):
        return clean_text(call.arguments)
    return json.dumps({"unreadable": clean_text(call.arguments[:_HEAD])}, ensure_ascii=False)


def _arguments(call: ToolCall) -> str:
    arguments: Any = call.arguments
    return arguments if isinstance(arguments, str) else msgspec.json.encode(arguments).decode()
