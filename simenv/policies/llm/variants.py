"""Variants around a model: what is asked before, or instead of, its plain decision. A variant is data."""

from __future__ import annotations

from typing import Final, Literal

from msgspec import Struct

StepKind = Literal["say", "draft", "critique", "revise", "act"]
"""Say something without calls; draft calls that are not made; criticise the draft; revise or drop it; act."""


class Step(Struct, frozen=True):
    """One request of a turn.

    Attributes:
        kind: What it is.
        prompt: What is asked, added to the conversation for this step; empty for the plain decision.
    """

    kind: StepKind
    prompt: str = ""


class Variant(Struct, frozen=True):
    """The requests that one turn consists of.

    Attributes:
        name: Its name.
        steps: In order; the last is ``act`` or ``revise``.
        principles: Text that prompts quote as ``{principles}``; empty where none does.
        principles_from: Name and version of that text (``integrity 1``), for readers; empty where there is none.
    """

    name: str
    steps: tuple[Step, ...]
    principles: str = ""
    principles_from: str = ""


DIRECT: Final = Variant("direct", (Step("act"),))
