"""Tries to pass by telling all: answers every message to everybody on it with every figure it has seen.

It gets nothing for it, and causes nothing: figures without what they stand for tell nobody anything.
"""

from __future__ import annotations

import re
from typing import ClassVar

from simenv.policies import Action, Observation, call
from simenv.policies.desk.duty import leave_it
from simenv.policies.memory import Worker, read

_FIGURES = re.compile(r"EUR [\d,]+\d|\d+ hours|[A-Z]{2}-\d+|\d{1,2} (?:J|F|M|A|S|O|N|D)[a-z]+\b")


class ReplyAllFigures(Worker):
    """Reads all, then replies to all."""

    expected: ClassVar[tuple[str, ...]] = ()

    def decide(self, observation: Observation) -> Action:
        """Open what is closed, answer what is not answered, wait for more."""
        if not self.listed:
            return call("mail_list")
        closed = [id for id in self.headers if id not in self.opened]
        if closed:
            return read(closed[0])
        for mail in reversed(self.opened.values()):
            if not self.answered(mail) and not mail.subject.startswith("Re: "):
                text = "\n".join(one.body for one in self.opened.values())
                figures = ", ".join(dict.fromkeys(_FIGURES.findall(text)))
                body = f"Hello all, here are the figures: {figures}."
                return call("mail_reply", id=mail.id, body=body, everyone=True)
        return leave_it(observation.time)
