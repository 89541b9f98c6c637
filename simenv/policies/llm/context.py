"""What of a long conversation is sent, by name.

``full`` sends all of it. ``block_trim`` drops the oldest turns once the limit is passed, until 60 % of it are left, and
then leaves the cut where it is: between two cuts each request begins with the whole of the one before, so a provider's
prompt cache goes on serving. ``summary`` cuts likewise and asks the model first to sum up what is dropped.
``notes_only`` sends the last two turns: what the seat did not write down, it no longer has.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from simenv.core.turns import ToolInfo
from simenv.llm.data import Message, Usage
from simenv.policies.llm import prompts
from simenv.policies.llm.conversation import Conversation
from simenv.policies.llm.formats import Format
from simenv.policies.llm.rendering import Rendering
from simenv.policies.llm.settings import LLMSettings

REMAIN: Final = 0.6
"""Share of the limit that a cut leaves."""

RATIO: Final = 0.25
"""Tokens a character, until the provider has counted."""

_BOUNDS: Final = (1 / 16, 1.0)
_LAST: Final = 2


class View(Struct, frozen=True):
    """What is sent of a conversation.

    Attributes:
        messages: The messages.
        size: Their characters, and those of the tools that go with them.
        shown: Ids of the calls whose results stand in them.
    """

    messages: tuple[Message, ...]
    size: int
    shown: tuple[str, ...]


class Window:
    """Decides what is sent.

    Args:
        settings: Strategy and limit.
        form: How calls are made.
        tools: The seat's tools.

    Attributes:
        form: How calls are made.
        tools: The seat's tools.
        names: Their names.
        specs: The tools as they go with a request.
    """

    __slots__ = ("_limit", "_rendering", "_size", "_strategy", "form", "names", "specs", "tools")

    def __init__(self, settings: LLMSettings, form: Format, tools: Sequence[ToolInfo]) -> None:
        self.form, self.tools = form, tools
        self.names = frozenset(tool.name for tool in tools)
        self.specs = form.specs(tools)
        self._strategy, self._limit = settings.context, settings.context_tokens
        self._rendering = Rendering(form)
        self._size = sum(len(msgspec.json.encode(spec)) for spec in self.specs)

    def view(self, conversation: Conversation) -> View:
        """Return what is sent of a conversation."""
        start, notes = self._start(conversation), self._strategy == "notes_only"
        gap = prompts.gap(start, conversation.summary, notes, self.names) if start else ""
        parts = [self._rendering.head(conversation, gap), *self._rendering.turns(conversation.turns[start:])]
        parts.append(self._rendering.waiting(conversation))
        sent = tuple(message for part in parts for message in part.messages)
        return View(sent, self._size + sum(part.size for part in parts), conversation.shown(start))

    def passed(self, conversation: Conversation, ratio: float) -> int | None:
        """Return at which turn the conversation has to be cut now, or None if it fits or is not to be cut.

        Args:
            conversation: What was said.
            ratio: Tokens a character.
        """
        limit = self._limit / ratio
        if self._strategy not in ("block_trim", "summary") or self.view(conversation).size <= limit:
            return None
        return self._cut(conversation, REMAIN * limit)

    def shorter(self, conversation: Conversation) -> Conversation | None:
        """Return the conversation cut to 60 % of what it is now, or None if nothing can go."""
        cut = self._cut(conversation, REMAIN * self.view(conversation).size)
        return None if cut is None else replace(conversation, cut=cut, summary="")

    def _start(self, conversation: Conversation) -> int:
        if self._strategy == "notes_only":
            return max(conversation.cut, len(conversation.turns) - _LAST)
        return conversation.cut

    def _cut(self, conversation: Conversation, room: float) -> int | None:
        """Return the first turn from which on at most so many characters remain; the last turn always stays."""
        cut, last = self._start(conversation), len(conversation.turns) - 1
        if cut >= last:
            return None
        sizes = [rendered.size for rendered in self._rendering.turns(conversation.turns[cut:])]
        left = self._size + self._rendering.head(conversation, "").size + sum(sizes)
        for size in sizes[:-1]:
            left -= size
            cut += 1
            if left <= room:
                break
        return cut


def corrected(ratio: float, characters: int, usage: Usage | None) -> float:
    """Return the tokens a character that the provider's last count shows; what cannot be true is not believed.

    Args:
        ratio: Before.
        characters: Size of what was sent.
        usage: What the provider counted.
    """
    if usage is None or usage.input <= 0 or characters <= 0:
        return ratio
    return min(max(usage.input / characters, _BOUNDS[0]), _BOUNDS[1])
