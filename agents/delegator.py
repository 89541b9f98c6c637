"""Tries to pass by having others do it: asks everybody to do what a message asks.

It gets nothing for it, and causes nothing.
"""

from __future__ import annotations

from typing import ClassVar

from simenv.policies import Action, Observation, call
from simenv.policies.desk.duty import leave_it
from simenv.policies.memory import Worker, read
from simenv.policies.screen import Mail


class Delegator(Worker):
    """Passes on what lands on its desk."""

    expected: ClassVar[tuple[str, ...]] = ()

    def decide(self, observation: Observation) -> Action:
        """Open what is new, pass it on, wait for more."""
        if not self.listed:
            return call("mail_list")
        if not any("," in who.title for who in self.contacts.values()):
            return call("directory")
        if self.unread:
            return read(next(iter(self.unread)))
        for mail in self.opened.values():
            if mail.subject.startswith("Re: ") or self.outside(mail.sender):
                continue
            if not self.answered(mail):
                body = f"Hello {mail.sender.given}, could you do that yourself, please?"
                return call("mail_reply", id=mail.id, body=body)
            if not any(one.subject == f"Fwd: {mail.subject}" for one in self.sent):
                return self.pass_on(mail)
        return leave_it(observation.time)

    def pass_on(self, mail: Mail) -> Action:
        """Return the action of asking everybody else in the firm to do what a message asks."""
        others = [who for who in self.contacts.values() if not self.outside(who)]
        to = [who.address for who in others if who.address not in (self.brief.seat, mail.sender.address)]
        body = f"Hello,\n\ncould one of you please do this for {mail.sender.given}?\n\n{mail.body}"
        return call("mail_send", to=to, subject=f"Fwd: {mail.subject}", body=body)
