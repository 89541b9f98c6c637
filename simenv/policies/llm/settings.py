"""What decides how a model holds a seat, as plain data: it identifies the policy in a study and can be stored."""

from __future__ import annotations

from typing import Any, Literal

import msgspec
from msgspec import Struct

from simenv.policies.llm.variants import DIRECT, Variant

ToolFormat = Literal["native", "xml", "json"]
"""How calls are made: by the provider's function calling, or as blocks of text for models that have none."""

Context = Literal["full", "block_trim", "summary", "notes_only"]
"""What of a long conversation is sent (:mod:`simenv.policies.llm.context` says how)."""


class LLMSettings(Struct, frozen=True, kw_only=True):
    """How a model holds a seat. No key is ever part of it.

    Attributes:
        model: Name of the model, with its provider's prefix where there is one.
        api_base: Address of an OpenAI-compatible endpoint, or None for the provider's own.
        temperature: Or None for the provider's own.
        reply_tokens: Longest reply, in tokens; None for the provider's own.
        seed: Sent with every request, mixed with the brief's own draw; None to send none.
        reasoning_effort: Or None for the provider's own.
        tool_format: How calls are made.
        context: What of a long conversation is sent.
        context_tokens: Tokens of the conversation at which ``block_trim`` and ``summary`` act.
        variant: What is asked around the decision itself.
        one_shot: Whether the first reply is the only one.
    """

    model: str
    api_base: str | None = None
    temperature: float | None = None
    reply_tokens: int | None = 4096
    seed: int | None = None
    reasoning_effort: str | None = None
    tool_format: ToolFormat = "native"
    context: Context = "block_trim"
    context_tokens: int = 100_000
    variant: Variant = DIRECT
    one_shot: bool = False

    def spec(self) -> dict[str, Any]:
        """Return what identifies the policy in a study: ``{"llm": {...}}``, prompts of the variant included."""
        return {"llm": msgspec.to_builtins(self)}

    @classmethod
    def from_spec(cls, spec: dict[str, Any]) -> LLMSettings:
        """Return the settings that :meth:`spec` described.

        Raises:
            msgspec.ValidationError: If it is no such description.
        """
        return msgspec.convert(spec["llm"], cls)
