"""Decisions that people of the company have the power to take."""

from __future__ import annotations

from typing import ClassVar

from simenv.core.kinds.base import HIDDEN, EventData, Visibility


class DecisionChanged(EventData, frozen=True):
    """A decision took another status: planned, announced, postponed, withdrawn, carried_out.

    ``why`` is the ground inside its controller: work, review, fear, request.
    """

    kind: ClassVar[str] = "decision.changed"
    visibility: ClassVar[Visibility] = HIDDEN
    decision: str
    status: str
    why: str
