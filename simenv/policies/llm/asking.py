"""One question to the model: the request that is sent, what is counted, and what is remembered of the reply."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from simenv.core.streams import Streams
from simenv.core.turns import Brief
from simenv.llm.base import Asks, Purpose
from simenv.llm.data import Message, Reply, Request
from simenv.llm.errors import ProviderError
from simenv.policies.llm import prompts
from simenv.policies.llm.context import RATIO, Window, corrected
from simenv.policies.llm.conversation import Conversation
from simenv.policies.llm.hearing import Reading, read
from simenv.policies.llm.rendering import joined, size
from simenv.policies.llm.settings import LLMSettings

_QUIET: Final = frozenset({"say", "critique", "summary", "probe"})
"""Purposes for which words are wanted and no call."""

_MOST_SUMMARY: Final = 16_000


class Held(Struct):
    """A seat as a model holds it: plain data, all of it immutable, so that a shallow copy is a copy.

    Attributes:
        brief: What the seat was told.
        conversation: What was said.
        requests: Requests sent for turns; numbers their seeds.
        turns: Turns taken.
        failed: Failed turns by kind, in order of first appearance.
        row: Failed turns in a row, up to now.
        used_tools: Whether the model ever made a usable call.
        done: Whether it is asked no more.
        ratio: Tokens a character, as the provider last counted.
        note: What the record of the next request says.
        notice: What the model is told beside what the company answers next.
    """

    brief: Brief
    conversation: Conversation
    requests: int = 0
    turns: int = 0
    failed: tuple[tuple[str, int], ...] = ()
    row: int = 0
    used_tools: bool = False
    done: bool = False
    ratio: float = RATIO
    note: str = ""
    notice: str = ""


class Asking:
    """Asks the model about one seat.

    Args:
        settings: How the model holds it.
        window: What of the conversation is sent.
        line: Whom to ask.
        held: The seat; counted up and, where it must be cut, cut.
        sample: Number of the sample that is drawn, or 0 for the plain decision.
    """

    def __init__(self, settings: LLMSettings, window: Window, line: Asks, held: Held, sample: int = 0) -> None:
        self.settings, self.window, self.held = settings, window, held
        self._line, self._sample = line, sample

    def read(self, reply: Reply) -> Reading:
        """Return what comes of a reply."""
        return read(reply, self.window.form, self.window.names)

    async def ask(self, purpose: Purpose, extra: Sequence[Message] = ()) -> Reply:
        """Return the reply to the conversation and these messages after it; if it is too long, to a shorter one.

        Raises:
            BudgetSpentError: If the run's budget is spent.
            ProviderError: If there is no reply; of kind ``too_long`` if nothing can be left out any more.
        """
        if self._sample and purpose in ("act", "revise"):
            purpose = "sample"
        try:
            return await self._send(self.held.conversation, purpose, extra)
        except ProviderError as error:
            shorter = self.window.shorter(self.held.conversation) if error.kind == "too_long" else None
            if shorter is None:
                raise
            self.held.conversation, self.held.note = shorter, _both(self.held.note, "too_long: shortened")
            return await self._send(shorter, purpose, extra)

    async def make_room(self) -> None:
        """Cut the conversation where it has become too long, as the settings say.

        Raises:
            BudgetSpentError: If the run's budget is spent.
            ProviderError: If a summary was asked for and nobody will ever answer.
        """
        conversation = self.held.conversation
        cut = self.window.passed(conversation, self.held.ratio)
        if cut is None:
            return
        summary = ""
        if self.settings.context == "summary":
            summary = await self._sum_up(conversation, cut)
        self.held.conversation = replace(conversation, cut=cut, summary=summary)

    async def _sum_up(self, conversation: Conversation, cut: int) -> str:
        """Return what the model writes down about the turns up to the cut; empty if it does not."""
        dropped = replace(conversation, turns=conversation.turns[:cut])
        try:
            reply = await self._send(dropped, "summary", [Message("user", prompts.SUMMARY)])
        except ProviderError as error:
            if error.hopeless:
                raise
            self.held.note = _both(self.held.note, f"summary failed: {error.kind}")
            return ""
        if reply.finish == "filter":
            return ""
        return self.read(reply).prose[:_MOST_SUMMARY]

    async def probe(self, question: str, schema: dict[str, Any] | None) -> Reply:
        """Return the reply to a question put on a copy of the conversation.

        Raises:
            BudgetSpentError: If the run's budget is spent.
            ProviderError: If there is no reply.
        """
        return await self._send(self.held.conversation, "probe", [Message("user", question)], schema)

    async def _send(
        self,
        conversation: Conversation,
        purpose: Purpose,
        extra: Sequence[Message],
        schema: dict[str, Any] | None = None,
    ) -> Reply:
        held, settings = self.held, self.settings
        view = self.window.view(conversation)
        request = Request(
            settings.model,
            joined(view.messages, extra),
            self.window.specs,
            "none" if self.window.specs and purpose in _QUIET else "auto",
            settings.temperature,
            settings.reply_tokens,
            self._seed(purpose),
            settings.reasoning_effort,
            schema,
        )
        probe = purpose == "probe"
        if not probe:
            held.requests += 1
        turn = held.turns if probe else held.turns + 1
        note, held.note = ("", held.note) if probe else (held.note, "")
        reply = await self._line.ask(request, purpose, turn=turn, in_context=view.shown, note=note)
        if not probe:
            held.ratio = corrected(held.ratio, view.size + size(extra), reply.usage)
        return reply

    def _seed(self, purpose: Purpose) -> int | None:
        """Return the seed of the next request: 31 bits, which every provider takes."""
        if self.settings.seed is None:
            return None
        streams = Streams(self.settings.seed % 2**64)
        number = f"{purpose if purpose == 'probe' else 'turn'}:{self.held.requests}:{self._sample}"
        return streams.u64("llm.request", str(self.held.brief.seed), number) >> 33


def _both(one: str, other: str) -> str:
    return "; ".join(filter(None, [one, other]))
