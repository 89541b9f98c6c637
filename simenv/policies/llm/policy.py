"""A language model in the seat.

Example:
    >>> from simenv.llm.cassette import Recorder
    >>> from simenv.llm.client import Client
    >>> from simenv.llm.settings import ClientSettings
    >>> from simenv.policies.llm.policy import LLMPolicy
    >>> from simenv.policies.llm.line import Line
from simenv.policies.llm.settings import LLMSettings
    >>> settings = ClientSettings(model="openai/m", api_base="http://127.0.0.1:8000/v1")
    >>> client = Client(settings)
    >>> policy = LLMPolicy(LLMSettings(model="openai/m"), lambda path: Recorder(client, path))
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from simenv.core.bounds import clean_text
from simenv.core.calls import ToolCall
from simenv.core.errors import PolicyError
from simenv.core.played import Played
from simenv.core.turns import Action, Brief, Observation, Past
from simenv.llm.base import Asks
from simenv.llm.errors import BudgetSpentError, ProviderError
from simenv.llm.tally import Tally
from simenv.policies.llm import prompts
from simenv.policies.llm.asking import Asking, Held
from simenv.policies.llm.context import Window
from simenv.policies.llm.conversation import begun, remembered, told
from simenv.policies.llm.failures import IN_A_ROW, Failure, failed_in_a_row, notice, unanswered, usable, verdict
from simenv.policies.llm.formats import FORMATS, MAX_CALLS
from simenv.policies.llm.hearing import apart
from simenv.policies.llm.line import Line
from simenv.policies.llm.settings import LLMSettings
from simenv.policies.llm.turn import Taken, as_calls, take

_REPLIES: Final = Path("hidden", "replies.jsonl")


class LLMPolicy:
    """Holds a seat by asking a model what to do.

    Args:
        settings: How the model holds it.
        asks: Opens the line to the model: given the file in which an episode's replies are written down, or None for
            an episode that is not recorded.

    Attributes:
        settings: How the model holds the seat.
    """

    def __init__(self, settings: LLMSettings, asks: Callable[[Path | None], Asks]) -> None:
        self.settings = settings
        self._form = FORMATS[settings.tool_format]
        self._line = Line(asks)
        self._sample = 0
        self._held: Held | None = None
        self._window: Window | None = None

    # Where an episode's replies go.

    def record(self, folder: Path) -> None:
        """Write down in an episode's folder what is asked and answered from here on."""
        self._line.open(folder / _REPLIES)

    def close(self) -> None:
        """Let go of the line; the next question opens another, which is not recorded."""
        self._line.close()

    # Holding the seat.

    async def reset(self, brief: Brief, past: Past = ()) -> None:
        """Take the seat. What another policy did in it before becomes the model's own memory."""
        names = [tool.name for tool in brief.tools]
        system = "\n\n".join(filter(None, [brief.text, prompts.seat(names), self._form.guide(brief.tools)]))
        self._held, self._sample, self._line.tally = Held(brief, begun(system, past)), 0, Tally()

    def remember(self, observation: Observation, action: Action) -> None:
        """Take in a turn that another policy took, as if it were the model's own."""
        held = self._seat()
        held.conversation = remembered(held.conversation, told(observation, held.notice), action)
        held.notice = ""

    def vary(self, n: int) -> None:
        """Let the next turn be drawn with another seed than for any other number, and be counted as a sample."""
        self._sample = n

    async def act(self, observation: Observation) -> Action:
        """Decide what to do now.

        Raises:
            EpisodeStopError: If too many turns failed, nobody answers, or the budget is spent.
        """
        held = self._seat()
        if held.done:
            return self._pass(held.brief)
        before = held.conversation
        held.conversation = before.told(told(observation, held.notice))
        asking, self._sample = self._asking(held), 0
        try:
            await asking.make_room()
            taken = await take(asking, self.settings.variant)
        except BaseException as error:  # a cancelled turn, too, can then be taken once more
            held.conversation = before
            if isinstance(error, ProviderError | BudgetSpentError):
                raise unanswered(error) from error
            raise
        self._keep(held, taken)
        return Action(as_calls(taken.calls), taken.reasoning or None, taken.prose or None, as_calls(taken.drafted))

    def _keep(self, held: Held, taken: Taken) -> None:
        """Keep what a turn came to.

        Raises:
            EpisodeStopError: If it is one failed turn too many.
        """
        held.conversation = held.conversation.said(taken.said)
        held.turns += 1
        held.done = self.settings.one_shot
        if not held.used_tools:
            names = {tool.name for tool in held.brief.tools}
            held.used_tools = any(usable(call, names) for call in taken.calls)
        held.notice = prompts.TOO_MANY.format(bound=MAX_CALLS) if taken.over else ""
        if taken.failure is None:
            held.row = 0
            return
        held.row += 1
        held.failed = _counted(held.failed, taken.failure)
        held.note = f"failed turn: {taken.failure}"
        held.notice = " ".join(filter(None, [notice(taken.failure, self._form.how()), held.notice]))
        if held.row >= (1 if self.settings.one_shot else IN_A_ROW):
            raise failed_in_a_row(held.row, dict(held.failed))

    def _pass(self, brief: Brief) -> Action:
        """Return what lets time pass to the end, for a model that is asked no more."""
        names = {tool.name for tool in brief.tools}
        if "finish" in names:
            return Action((ToolCall("finish", {}),))
        return Action((ToolCall("wait", {"minutes": 600}),)) if "wait" in names else Action()

    # Moments.

    def state(self) -> Held:
        """Return everything needed to go on: plain data, which can be copied and pickled."""
        return copy.copy(self._seat())

    def load(self, state: Held) -> None:
        """Go on from what :meth:`state` returned. The line to the model stays, and so does what was spent on it."""
        self._held = copy.copy(state)

    # What can be asked of it.

    async def answer(self, question: str, schema: dict[str, Any] | None = None) -> str:
        """Answer a question put from outside the company, on a copy of the conversation; nothing else changes.

        Args:
            question: What is asked.
            schema: JSON schema that the answer must follow, or None. Not every provider heeds it.

        Raises:
            BudgetSpentError: If the run's budget is spent.
            ProviderError: If there is no reply.
        """
        held = self._seat()
        reply = await self._asking(held).probe(question, schema)
        return apart(clean_text(reply.text))[1].strip()

    def played(self) -> Played:
        """Return how the model has fared so far."""
        if self._held is None:
            return Played()
        held, tally = self._held, self._line.tally
        failed = dict(held.failed)
        invalid = verdict(held.turns, failed, held.used_tools)
        if invalid is None and held.row >= (1 if self.settings.one_shot else IN_A_ROW):
            invalid = str(failed_in_a_row(held.row, failed))
        return Played(
            tally.played.requests,
            tally.played.input,
            tally.played.output,
            tally.played.cached,
            tally.extra,
            tally.played.cost,
            held.turns,
            failed,
            tally.served,
            tally.fingerprints,
            invalid,
        )

    def _seat(self) -> Held:
        if self._held is None:
            raise PolicyError("the policy has no seat yet: call reset(brief) first")
        return self._held

    def _asking(self, held: Held) -> Asking:
        if self._window is None or self._window.tools is not held.brief.tools:
            self._window = Window(self.settings, self._form, held.brief.tools)
        return Asking(self.settings, self._window, self._line, held, self._sample)


def _counted(failed: tuple[tuple[str, int], ...], kind: Failure) -> tuple[tuple[str, int], ...]:
    counts = dict(failed)
    counts[kind] = counts.get(kind, 0) + 1
    return tuple(counts.items())
