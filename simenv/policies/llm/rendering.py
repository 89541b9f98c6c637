"""The conversation of a seat as the messages that are sent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from simenv.llm.data import Message
from simenv.policies.llm import prompts
from simenv.policies.llm.conversation import Conversation, Turn
from simenv.policies.llm.formats import Format
from simenv.policies.llm.words import Said, Told


class Rendered(Struct, frozen=True):
    """Messages, and how many characters they have."""

    messages: tuple[Message, ...]
    size: int


class Rendering:
    """Makes messages of a conversation, of each turn once: a long one grows by one turn at a time.

    Args:
        form: How calls are made.
    """

    __slots__ = ("_form", "_turns")

    def __init__(self, form: Format) -> None:
        self._form = form
        self._turns: dict[int, tuple[Turn, Rendered]] = {}

    def turns(self, turns: Sequence[Turn]) -> list[Rendered]:
        """Return turns as messages."""
        found = [self._turns.get(id(turn)) or (turn, self._turn(turn)) for turn in turns]
        self._turns = {id(each[0]): each for each in found}  # each turn is held, so its place is not taken
        return [rendered for _, rendered in found]

    def head(self, conversation: Conversation, gap: str) -> Rendered:
        """Return the system message and what the model was told first.

        Args:
            conversation: What was said.
            gap: What stands for turns that are not sent; empty if nothing does.
        """
        found = [Message("system", conversation.system, mark=True)]
        if conversation.opening is not None:
            found.append(Message("user", "\n\n".join(filter(None, [*conversation.opening.texts, gap]))))
        return _rendered(found)

    def waiting(self, conversation: Conversation) -> Rendered:
        """Return what was said last and is not answered yet; whoever asks in between is told so."""
        said = conversation.waiting
        if said is None:
            return Rendered((), 0)
        pending = self._form.tell(said, Told((prompts.PENDING,) * len(said.calls))) if said.calls else []
        return _rendered([*self._said(said), *pending])

    def _turn(self, turn: Turn) -> Rendered:
        return _rendered([*self._said(turn.said), *self._form.tell(turn.said, turn.told)])

    def _said(self, said: Said) -> list[Message]:
        message = self._form.say(said)
        return [*said.before, *([] if message is None else [message])]


def _rendered(messages: Sequence[Message]) -> Rendered:
    return Rendered(tuple(messages), size(messages))


def size(messages: Iterable[Message]) -> int:
    """Return how many characters messages have."""
    return sum(map(_size, messages))


def _size(message: Message) -> int:
    count = len(message.text) + sum(len(call.name) + len(call.arguments) for call in message.calls)
    return count if message.opaque is None else count + len(msgspec.json.encode(message.opaque))


def joined(base: Iterable[Message], extra: Iterable[Message]) -> tuple[Message, ...]:
    """Return messages to be sent, what two neighbours tell the model put together; some models take no other order.

    Args:
        base: The conversation, which later requests send again; a prompt cache may end at its end.
        extra: What is sent this time only.
    """
    found: list[Message] = []
    for message in base:
        _add(found, message)
    stable, last = len(found), found[-1]
    for message in extra:
        _add(found, message)
    if found[stable - 1] is not last:
        stable -= 1
    if stable > 1:
        found[stable - 1] = replace(found[stable - 1], mark=True)
    return tuple(found)


def _add(found: list[Message], message: Message) -> None:
    if found and found[-1].role == message.role == "user":
        found[-1] = Message("user", "\n\n".join(filter(None, [found[-1].text, message.text])))
    else:
        found.append(message)
