"""What was said in one turn, and what was told of it: the two halves of which a conversation is made, as data."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from simenv.llm.data import CallPart, Message
from simenv.policies.llm import prompts


class Said(Struct, frozen=True, omit_defaults=True):
    """What the model said and did in one turn, as it goes back to it.

    Attributes:
        text: What it wrote; where calls are blocks of text, with the blocks.
        calls: The calls that were made, ids unique, arguments readable by any provider.
        opaque: What the provider wants to have back (:class:`simenv.llm.Message`).
        before: What was asked and said before it in the same turn, where that stays in the conversation.
    """

    text: str = ""
    calls: tuple[CallPart, ...] = ()
    opaque: Any = None
    before: tuple[Message, ...] = ()


class Told(Struct, frozen=True, omit_defaults=True):
    """What the model was told.

    Attributes:
        texts: One for each call of the turn, or one in all.
        ids: Ids of the calls whose results they hold.
        notice: A sentence of ours beside it.
    """

    texts: tuple[str, ...]
    ids: tuple[str, ...] = ()
    notice: str = ""

    def each(self, calls: int) -> tuple[str, ...]:
        """Return one text for each of a number of calls; whoever joined them is not torn apart again."""
        if len(self.texts) == calls:
            return self.texts
        return (*(prompts.TOGETHER,) * (calls - 1), "\n\n".join(self.texts))
