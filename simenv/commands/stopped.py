"""Saying why a run was stopped, how it goes on, and with which exit code that ends."""

from __future__ import annotations

from typing import Final

from simenv.commands import exits
from simenv.studies.stop import BUDGET, CALLER, KEYBOARD, Stop

_WANTED: Final = frozenset({KEYBOARD, CALLER, BUDGET})
"""What stops a run as it was asked to: nothing is wrong, and the same command goes on."""


def told_why(stop: Stop, how: str, answered: bool) -> int:
    """Say why a run was stopped, and how it goes on; return the exit code.

    Args:
        stop: Why.
        how: What to do, with the command that does it.
        answered: Whether anybody ever answered; if not, there is nothing to go on with.
    """
    if stop.by in _WANTED:
        why = f" {stop.message}" if stop.message else ""
        exits.complain(f"\nStopped.{why} {how}", "note")
        return exits.INTERRUPTED
    exits.complain(f"\nError: {stop.message or stop.by}")
    if answered:
        exits.complain(how, "note")
    return exits.UNUSABLE
