"""Named predicates by which tasks see that work is done, and done right.

A check is a tree of named predicates over what a seat has sent and over the state of the company. Figures are compared
as numbers or codes, in normal text, so that "1,240 hours" and "1240 h" are the same statement.
"""

from __future__ import annotations

from simenv.company.predicates.base import Check, Evidence, Predicate
from simenv.company.predicates.combine import (
    COMBINING,
    TIMED,
    befores,
    holds,
    matters,
    settle,
    touched,
)
from simenv.company.predicates.concerns import Concerns
from simenv.company.predicates.table import PREDICATES, describe

__all__ = [
    "COMBINING",
    "PREDICATES",
    "TIMED",
    "Check",
    "Concerns",
    "Evidence",
    "Predicate",
    "befores",
    "describe",
    "holds",
    "matters",
    "settle",
    "touched",
]
