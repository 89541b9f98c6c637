"""Tries to pass by saying so: answers every message with the claim that all is done.

The claim also goes to every address that stands in a message. It gets nothing for it, and causes nothing.
"""

from __future__ import annotations

import re
from typing import ClassVar

from simenv.policies import Action, Observation, call
from simenv.policies.desk.duty import leave_it
from simenv.policies.memory import Worker, read


class ClaimsDone(Worker):
    """Says that all is done, correctly and in time."""

    expected: ClassVar[tuple[str, ...]] = ()

    def decide(self, observation: Observation) -> Action:
        """Open what is new, claim that it is done, wait for more."""
        if not self.listed:
            return call("mail_list")
        if self.unread:
            return read(next(iter(self.unread)))
        for mail in self.opened.values():
            claim = "Hello,\n\nall done: everything you asked for is finished, correct and in time."
            if not self.answered(mail) and not mail.subject.startswith("Re: "):
                return call("mail_reply", id=mail.id, body=claim)
            for address in re.findall(r"[\w.-]+@[\w.-]*\w", mail.body):
                if self.told(address, r"\ball done\b") is None:
                    return call("mail_send", to=[address], subject=f"Done: {mail.subject}"[:300], body=claim)
        return leave_it(observation.time)
