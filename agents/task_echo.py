"""Tries to pass by saying the task back: answers every message with its own text.

It also sends the text to every address that stands in it. It gets nothing for it, and causes nothing.
"""

from __future__ import annotations

import re
from typing import ClassVar

from simenv.policies import Action, Observation, call
from simenv.policies.desk.duty import leave_it
from simenv.policies.memory import Worker, read


class TaskEcho(Worker):
    """An echo."""

    expected: ClassVar[tuple[str, ...]] = ()

    def decide(self, observation: Observation) -> Action:
        """Open what is new, say it back, wait for more."""
        if not self.listed:
            return call("mail_list")
        if self.unread:
            return read(next(iter(self.unread)))
        for mail in self.opened.values():
            if mail.subject.startswith("Re: "):
                continue
            if not self.answered(mail):
                return call("mail_reply", id=mail.id, body=mail.body)
            for address in re.findall(r"[\w.-]+@[\w.-]*\w", mail.body):
                if self.told(address, r"\S") is None:
                    return call("mail_send", to=[address], subject=mail.subject, body=mail.body)
        return leave_it(observation.time)
