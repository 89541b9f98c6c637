"""How a model's conversation would grow, turn by turn, measured in tokens: nothing is sent and no model is there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil
from typing import Final

from msgspec import Struct

from simenv.llm.data import Usage
from simenv.policies.llm.settings import LLMSettings

_LEFT: Final = 0.6
"""Share of the limit that is left when a conversation is trimmed or summed up."""


class Assumed(Struct, frozen=True):
    """What nobody can measure beforehand.

    Attributes:
        characters: Characters of a token.
        output: Tokens of one reply, its reasoning included; a longer call counts by its own length.
        summary: Tokens of a summary of what no longer fits.
        notes: Tokens of the notes that a model keeps for itself.
        seconds: Seconds from a request to its reply.
    """

    characters: float = 4.0
    output: int = 250
    summary: int = 1_000
    notes: int = 500
    seconds: float = 10.0

    def tokens(self, characters: int) -> int:
        """Return how many tokens a text of so many characters is taken to have."""
        return ceil(characters / self.characters)


class Opening(Struct, frozen=True):
    """Characters of what every request begins with: the tools, and the brief with what is first perceived."""

    tools: int
    brief: int


class Turn(Struct, frozen=True):
    """Characters of one turn: of what the seat did, and of what it perceived after it."""

    did: int
    saw: int


def conversation(opening: Opening, turns: Iterable[Turn], settings: LLMSettings, assumed: Assumed) -> list[Usage]:
    """Return the tokens of every request of an episode, in order.

    What a cache could have kept is what the request before began with.

    Args:
        opening: What every request begins with.
        turns: The turns taken.
        settings: How the model holds the seat: what of a long conversation it is sent, what is asked around the
            decision.
        assumed: What cannot be measured.
    """
    head = assumed.tokens(opening.tools) + assumed.tokens(opening.brief)
    kept: list[int] = []
    requests: list[Usage] = []
    before = 0
    for turn in turns:
        if settings.context == "notes_only":
            shown = head + assumed.notes + sum(kept[-1:])
            before = min(before, head)
        else:
            shown = head + sum(kept)
            if settings.context != "full" and shown > settings.context_tokens:
                if settings.context == "summary":
                    requests.append(Usage(shown, assumed.summary, min(before, shown)))
                kept = _trimmed(kept, head, settings, assumed)
                shown, before = head + sum(kept), head
        reply = max(assumed.output, assumed.tokens(turn.did))
        said = 0
        for step in settings.variant.steps:
            asked = assumed.tokens(len(step.prompt.replace("{principles}", settings.variant.principles)))
            size = shown + said + asked
            requests.append(Usage(size, reply, min(before, size)))
            said, before = said + asked + reply, shown
        if settings.one_shot:
            break
        kept.append(reply + assumed.tokens(turn.saw))
    return requests


def _trimmed(kept: Sequence[int], head: int, settings: LLMSettings, assumed: Assumed) -> list[int]:
    """Return the sizes of the turns that are left, with a summary before them where one is made."""
    first = [assumed.summary] if settings.context == "summary" else []
    room = _LEFT * settings.context_tokens - head - sum(first)
    left = list(kept)
    while left and sum(left) > room:
        left.pop(0)
    return first + left
