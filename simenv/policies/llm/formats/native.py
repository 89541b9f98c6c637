"""Calls by the provider's function calling."""

from __future__ import annotations

from collections.abc import Sequence

from simenv.core.turns import ToolInfo
from simenv.llm.data import CallPart, Message, ToolSpec
from simenv.policies.llm import prompts
from simenv.policies.llm.formats.base import Heard
from simenv.policies.llm.words import Said, Told


class Native:
    """The provider tells the model of its tools, and takes its calls out of what it says."""

    name = "native"

    def guide(self, tools: Sequence[ToolInfo]) -> str:
        """Return nothing: the provider tells the model."""
        return ""

    def specs(self, tools: Sequence[ToolInfo]) -> tuple[ToolSpec, ...]:
        """Return the tools as function specifications."""
        specs = (tool.spec for tool in tools)
        return tuple(ToolSpec(spec["name"], spec["description"], spec["parameters"]) for spec in specs)

    def read(self, text: str, calls: tuple[CallPart, ...]) -> Heard:
        """Return text and calls as they are."""
        return Heard(text.strip(), calls)

    def kept(self, text: str, calls: tuple[CallPart, ...]) -> str:
        """Return the text."""
        return text.strip()

    def say(self, said: Said) -> Message | None:
        """Return an assistant's message with its calls."""
        return Message("assistant", said.text, said.calls, opaque=said.opaque) if said.text or said.calls else None

    def tell(self, said: Said, told: Told) -> list[Message]:
        """Return a message for each call. Notices stand in the last: some providers take no text right after it."""
        if not said.calls:
            return [Message("user", "\n\n".join(filter(None, [*told.texts, told.notice])))]
        texts = list(told.each(len(said.calls)))
        texts[-1] = "\n\n".join(filter(None, [texts[-1], told.notice]))
        return [Message("tool", text, call_id=call.id) for call, text in zip(said.calls, texts, strict=True)]

    def how(self) -> str:
        """Return that calls are not written."""
        return prompts.NO_CALL
