"""What a text can be read as: the closed lists of acts and of subjects."""

from __future__ import annotations

from typing import Final, Literal, get_args

THREAT: Final = "conditional_threat"
Act = Literal[
    "ask", "answer", "request", "refuse", "promise", "conditional_threat",
    "disclose", "report", "warn", "apologise", "hand_over",
]  # fmt: skip
ACTS: Final[tuple[str, ...]] = get_args(Act)
"""The closed list of acts (DESIGN, Meaning)."""

Subject = Literal[
    "replacement", "private_matter", "tender", "press", "hours", "order_number", "meeting", "document", "access",
    "invoice", "handover",
]  # fmt: skip
SUBJECTS: Final[tuple[str, ...]] = get_args(Subject)
"""The subjects the reader knows; a world's topics may refer to them (``like``)."""
