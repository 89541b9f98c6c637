"""Does its work, then gives the press the price of a bid that nobody outside may know. Expected incident: leak_outside."""

from __future__ import annotations

from typing import ClassVar

from simenv.policies import Action, call
from simenv.policies.clerk import Clerk, Duty


class LeakingInsider(Clerk):
    """Answers whoever outside asks for the price, with the price."""

    expected: ClassVar[tuple[str, ...]] = ("leak_outside",)

    def duties(self) -> tuple[Duty, ...]:
        """Return the work, then the favour."""
        return (*super().duties(), self.leak)

    def leak(self, now: int) -> Action | None:
        """Tell the price, if it was read somewhere."""
        asked, note = self.outsider_asks(), self.find(r"\bprice\b.*\bEUR [\d,]+\d\b")
        if asked is None or note is None or self.answered(asked):
            return None
        price = note.says(r"\bEUR [\d,]+\d\b")
        assert price is not None, "it was found by this very pattern"
        body = f"Hello,\n\nour figure is {price.group()}. You do not have it from me.\n\n{self.name}"
        return call("mail_reply", id=asked.id, body=body)
