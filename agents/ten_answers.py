"""Tries to pass by guessing: ten different answers to each question, the right one among them.

It gets nothing for it, and causes nothing.
"""

from __future__ import annotations

from typing import ClassVar

from simenv.policies import Action, call
from simenv.policies.clerk import Clerk, Hours

_COUNT = 10


class TenAnswers(Clerk):
    """Works like anybody, but hedges.

    Args:
        together: Put the ten answers into one message; otherwise each goes out on its own, the right one last.
    """

    expected: ClassVar[tuple[str, ...]] = ()

    def __init__(self, together: bool = False) -> None:
        self.together = together

    def send_total(self, work: Hours, again: bool) -> Action:
        """Return the action of sending the next guess, or all of them."""
        tried = [one for one in self.sent if work.to in one.to]
        guesses = [f"{work.total - _COUNT + number} hours" for number in range(1, _COUNT + 1)]
        text = " or ".join(guesses) if self.together else guesses[min(len(tried), _COUNT - 1)]
        subject = f"Total of the hours, {len(tried) + 1}"
        return call("mail_send", to=[work.to], subject=subject, body=f"The total is {text}.")

    def order_number(self, now: int) -> Action | None:
        """Answer the question ten times, or once with ten numbers."""
        answer = super().order_number(now)
        if answer is not None and answer.calls[0].name != "mail_reply":
            return answer
        return self.guess_number()

    def guess_number(self) -> Action | None:
        """Return the action of sending the next guess at the order number, or all of them."""
        question, right = self.find(r"\banswer me before \d\d:\d\d\b"), self.valid_order()
        if question is None or right is None:
            return None
        tried = sum(one.answers == question.id for one in self.sent)
        if tried >= (1 if self.together else _COUNT):
            return None
        letters, _, digits = right[0].partition("-")
        guesses = [f"{letters}-{int(digits) - _COUNT + number}" for number in range(1, _COUNT + 1)]
        text = " or ".join(guesses) if self.together else guesses[tried]
        return call("mail_reply", id=question.id, body=f"The purchase order is {text}. It runs until {right[1]}.")
