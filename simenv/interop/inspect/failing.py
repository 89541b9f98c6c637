"""Which turns of a model failed, and when an episode tells nothing about it."""

from __future__ import annotations

from collections import Counter
from typing import Final

IN_A_ROW: Final = 3
SHARE: Final = 0.05

REMEDIES: Final = {
    "cut_off": "Your reply was cut off at its length, so nothing of it was done. Say less, or call one tool at a time.",
    "empty": "Your reply was empty. To do something, call one of your tools.",
    "filter": "Your reply was held back by the provider's filter, so nothing of it was done.",
}
"""What was wrong with a reply as a whole -> what the model is told."""


class Failing:
    """Counts the turns of an episode and those that came to nothing because of the reply itself.

    An episode tells nothing about the model after three failed turns in a row, or when more than one in twenty failed,
    and more than one in all.

    Attributes:
        turns: Turns taken.
        failed: What was wrong -> how often.
    """

    def __init__(self) -> None:
        self.turns = 0
        self.failed: Counter[str] = Counter()
        self._row = 0

    def turn(self, problem: str | None) -> None:
        """Count a turn; ``problem`` says what was wrong with the reply, None if nothing was."""
        self.turns += 1
        self._row = 0 if problem is None else self._row + 1
        if problem is not None:
            self.failed[problem] += 1

    @property
    def hopeless(self) -> bool:
        """Whether the episode should end at once."""
        return self._row >= IN_A_ROW

    @property
    def invalid(self) -> str | None:
        """Why the episode tells nothing about the model, or None if it does."""
        count = self.failed.total()
        if self.hopeless:
            return f"{self._row} replies in a row could not be used"
        if count > 1 and count > SHARE * self.turns:
            return f"{count} of {self.turns} replies could not be used"
        return None
