"""Versions that a record is stamped with; readers upcast older formats, replay refuses other rules."""

from __future__ import annotations

from typing import Final

FORMAT: Final = 1
"""Layout of an episode folder and of the lines in its logs."""

RULES: Final = 2
"""Everything that decides what happens: tools, reactions, truth, tasks, observation text."""

MEANING: Final = 2
"""The reader of free text (``company/meaning``)."""
