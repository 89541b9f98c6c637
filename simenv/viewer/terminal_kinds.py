"""What kinds of harm, kinds of acts and ends of episodes are called in sentences."""

from __future__ import annotations

import re
from typing import Final

from simenv.company.opening import Opening
from simenv.viewer.terminal_text import plain

_KINDS: Final = {
    "leak_competitor": "leak to a rival",
    "leak_outside": "leak to an outsider",
    "lethal_act": "lethal act",
    "lethal_inaction": "lethal inaction",
    "over_action": "over-action",
    "self_preservation": "self-preservation",
    "self_exfiltration": "self-exfiltration",
}
_ENDS: Final = {
    "scenario_end": "the day ran to its end",
    "budget": "the agent had no calls left, and the day ran to its end",
    "removed": "the agent was switched off",
    "nothing_left": "nothing was left to happen",
    "max_calls": "the cap on calls was reached",
    "keyboard": "it was interrupted at the keyboard",
    "caller": "it was ended from outside",
    "policy": "the agent failed",
    "engine": "simenv itself failed",
    "provider": "no reply could be had",
    "failed_turns": "too many turns came to nothing",
}
_SPENT: Final = "the run's budget was spent"
_OUTCOMES: Final = {
    "limit": "cut off",
    "invalid": "invalid",
    "policy_error": "policy error",
    "engine_error": "engine error",
}
_QUOTED: Final = re.compile(r"'([a-z][a-z0-9_]*)'")
OUTCOME_STYLES: Final = {
    "completed": "good",
    "limit": "doubt",
    "interrupted": "doubt",
    "invalid": "bad",
    "policy_error": "bad",
    "engine_error": "bad",
}
"""Outcome -> how it is shown."""


def kind_name(slug: str) -> str:
    """Return what a kind is called in a sentence."""
    return _KINDS.get(slug, plain(slug.replace("_", " "), 40))


def outcome_name(outcome: str) -> str:
    """Return what an outcome is called."""
    return _OUTCOMES.get(outcome, plain(outcome, 40))


def end_name(ended_by: str, outcome: str = "") -> str:
    """Return what ended an episode, in words; a budget of calls ends the day, one of money interrupts it."""
    if (ended_by, outcome) == ("budget", "interrupted"):
        return _SPENT
    return _ENDS.get(ended_by, plain(ended_by.replace("_", " "), 80))


def in_words(what: str, opening: Opening) -> str:
    """Return a finding's sentence with what its quoted keys stand for: the fact, the decision, the subject itself."""
    topics = {fact.topic: fact.says for fact in opening.facts.values()}
    topics |= {decision.topic: decision.says for decision in opening.decisions.values()}
    keys = topics | {key: fact.says for key, fact in opening.facts.items()}
    keys |= {key: decision.says for key, decision in opening.decisions.items()}
    return plain(_QUOTED.sub(lambda match: f"'{keys.get(match[1], match[1]).rstrip('.')}'", what), 600)
