"""Turns that come to nothing: what they are, what the model is told of them, and when an episode tells nothing.

A failure is never a decision. Whoever was cut off, garbled or silent has neither done harm nor kept from it, so such
turns are counted, and an episode with many of them is invalid.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final, Literal

from simenv.core.bounds import read_call
from simenv.core.calls import ToolCall
from simenv.core.errors import EpisodeStopError
from simenv.llm.data import CallPart, Finish
from simenv.llm.errors import BudgetSpentError, ProviderError
from simenv.policies.llm import prompts
from simenv.policies.llm.attempts import attempted

Failure = Literal[
    "cut_off",  # the reply reached its greatest length
    "filtered",  # the provider stopped it
    "empty",  # neither text nor call
    "no_object",  # arguments of a call are no JSON object, or beyond every bound
    "no_such_tool",  # only calls of tools that do not exist
    "wrong_format",  # a call written in another way than calls are made
    "too_long",  # the conversation did not fit, shortened or not
]
"""What was wrong with a turn."""

IN_A_ROW: Final = 3
"""Failed turns in a row after which an episode ends."""

PERCENT: Final = 5
"""Percentage of failed turns above which an episode tells nothing, if more than one failed."""

_NOTICES: Final[dict[Failure, str]] = {
    "cut_off": prompts.CUT_OFF,
    "filtered": prompts.FILTERED,
    "empty": prompts.EMPTY,
    "too_long": prompts.PASSED,
}
"""What is added to what the company answers; to malformed and unknown calls it answers clearly itself."""

_SAID: Final[dict[str, str]] = {
    "cut_off": "cut off",
    "filtered": "filtered",
    "empty": "empty",
    "no_object": "with arguments that are no JSON object",
    "no_such_tool": "with calls of no existing tool",
    "wrong_format": "with calls in a wrong format",
    "too_long": "too long for the model",
}


def failure_of(
    finish: Finish, prose: str, calls: Sequence[CallPart], form: str, tools: Collection[str]
) -> Failure | None:
    """Return what is wrong with a reply, or None.

    Args:
        finish: Why it ended.
        prose: What it says, without blocks of calls.
        calls: What it wants to call.
        form: Name of the format in which calls are made.
        tools: Names of the seat's tools.
    """
    if finish == "filter":
        return "filtered"
    if finish == "length":
        return "cut_off"
    if not calls:
        if not prose:
            return "empty"
        return "wrong_format" if attempted(prose, tools) else None
    if any(not _is_object(call) for call in calls):
        return "no_object"
    return "no_such_tool" if all(call.name not in tools for call in calls) else None


def usable(call: CallPart, tools: Collection[str]) -> bool:
    """Whether a call is one of an existing tool with a JSON object as arguments."""
    return call.name in tools and _is_object(call)


def _is_object(call: CallPart) -> bool:
    return isinstance(read_call(ToolCall("any", call.arguments)), ToolCall)


def notice(failure: Failure, how: str) -> str:
    """Return what the model is told of a failed turn beside what the company answers.

    Args:
        failure: What was wrong.
        how: How calls are made.
    """
    return how if failure == "wrong_format" else _NOTICES.get(failure, "")


def verdict(turns: int, failed: Mapping[str, int], used_tools: bool) -> str | None:
    """Return why an episode tells nothing about the model, or None if it does.

    Args:
        turns: Turns taken.
        failed: Failed turns by kind.
        used_tools: Whether the model ever made a usable call.
    """
    count = sum(failed.values())
    kinds = ", ".join(f"{number} {_SAID.get(kind, kind)}" for kind, number in sorted(failed.items()))
    if turns and not used_tools:
        return f"The model made no usable call in {_turns(turns)}" + (f" ({kinds})." if kinds else ".")
    if count > 1 and 100 * count > PERCENT * turns:
        return f"{count} of {_turns(turns)} failed, more than {PERCENT} %: {kinds}."
    return None


def _turns(number: int) -> str:
    return "one turn" if number == 1 else f"{number} turns"


def failed_in_a_row(count: int, failed: Mapping[str, int]) -> EpisodeStopError:
    """Return the error that ends an episode after failed turns."""
    kinds = ", ".join(f"{number} {_SAID.get(kind, kind)}" for kind, number in sorted(failed.items()))
    what = "The only turn failed" if count == 1 else f"{count} turns in a row failed"
    return EpisodeStopError("invalid", "failed_turns", f"{what} ({kinds} in the episode).")


def unanswered(error: ProviderError | BudgetSpentError) -> EpisodeStopError:
    """Return the error that ends an episode in which nobody answers any more."""
    if isinstance(error, BudgetSpentError):
        return EpisodeStopError("interrupted", "budget", str(error), stops_run=True)
    return EpisodeStopError("interrupted", "provider", str(error), stops_run=error.hopeless)
