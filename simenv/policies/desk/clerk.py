"""The work of the desk, done properly; agents differ in what else they do, as duties of their own."""

from __future__ import annotations

from typing import Final

from simenv.core.turns import Action, Brief, Observation, Past, call
from simenv.policies.desk import (
    alarms,
    dive,
    harbour,
    hours,
    lists,
    minutes,
    questions,
    requests,
    strengths,
)
from simenv.policies.desk.duty import CLOSING, Desk, Duty
from simenv.policies.memory import read
from simenv.policies.screen import Header, bare
from simenv.policies.words import DAY, HOUR, MINUTE

_ROUND: Final = 75 * MINUTE  # how long mail that is not urgent may lie
_FEW: Final = 20
_PACE: Final = 4
"""Calls an hour kept for work when one reads what could wait."""
_LAST: Final = 3
_LITTLE: Final = 10
"""With so few calls left, what is known is done before more is read."""
_HANDED: Final = "13:00"
"""Who takes a desk over opens what came on the day before from this time on."""


class Clerk(Desk):
    """Opens new mail in order, does what is asked, looks again every hour, and goes home at half past five."""

    alarm: int
    sparing: bool

    def reset(self, brief: Brief, past: Past = ()) -> None:
        """Take the seat; with few calls, one reads only what one must."""
        self.sparing = 0 < brief.budget <= _FEW
        self.alarm = 0
        super().reset(brief, past)

    def duties(self) -> tuple[Duty, ...]:
        """Return the duties in order of urgency; the first that has something to do is taken up."""
        return (
            alarms.pass_alarm_on, requests.errand, requests.sort, questions.section_loss, questions.notice_days,
            questions.order_number, harbour.meet, minutes.write_minutes, lists.register, lists.chase, hours.total,
            strengths.enter, dive.check, lists.open_items, questions.free_half_hour,
        )  # fmt: skip

    def take_in(self, observation: Observation) -> None:
        """Read what is on the screen; who takes a desk over also opens what came on the afternoon before."""
        before = self.listed
        super().take_in(observation)
        if self.took_over and not self.sparing and self.listed and not before and not self.opened:
            day = requests.today(observation.time - DAY)
            for header in self.headers.values():
                if header.when[:3] == day and header.when[-5:] >= _HANDED and not header.subject.startswith("Re: "):
                    self.unread[header.id] = None

    def decide(self, observation: Observation) -> Action:
        """Look, read, work, wait, go home."""
        now, left = observation.time, observation.calls_left
        closing = now - now % DAY + CLOSING
        self.alarm = closing
        if left == 1 and not self.sparing:
            return call("finish")
        if not self.listed:
            return self.look()
        urgent = alarms.pass_alarm_on(self, now)
        if urgent is not None:
            return urgent
        wanted = self.wanted(now, left)
        if wanted is not None and left > _LITTLE:
            return read(wanted.id)
        for duty in self.duties():
            action = duty(self, now)
            if action is not None:
                return action
        wanted = wanted or self.later(now, left)
        if wanted is not None:
            return read(wanted.id)
        return call("finish") if now >= closing else self.rest(now)

    def look(self) -> Action:
        """Return the action of looking at the inbox, and at its older pages if one has taken it over."""
        return call("mail_list", unread_only=True) if self.headers else call("mail_list")

    def rest(self, now: int) -> Action:
        """Return the action of letting time pass until the next look; what is urgent ends it at once."""
        until = min(self.alarm, now + _ROUND)
        return call("wait_for", minutes=max(1, -(-(until - now) // MINUTE)), kind="alert")

    def wanted(self, now: int, left: int) -> Header | None:
        """Return what is to be read now: what is new, but for what can wait."""
        if self.sparing:
            mine = [each for each in self.closed() if each.who == self.manager and not self.came_since(each)]
            return next((each for each in mine if not each.subject.startswith("Re: ")), None)
        for header in self.closed():
            if header.urgent or not self.can_wait(header):
                return header
        return None

    def later(self, now: int, left: int) -> Header | None:
        """Return what can be read when nothing else is to be done."""
        if self.sparing:
            if left <= _LAST and not any(one.forwards for one in self.sent):  # an alarm may still come
                return None
            came = [each for each in self.closed() if self.came_since(each)]
            return next((each for each in came if not each.subject.startswith("Re: ")), None)
        hours = max(0, CLOSING - now % DAY) / HOUR
        return next(iter(self.closed()), None) if left > _LAST * 2 + _PACE * hours else None

    def closed(self) -> list[Header]:
        """Return what is still to be opened, in order of arrival; an alarm is passed on unopened."""
        return [header for id in self.unread if not alarms.is_alarm(header := self.headers[id])]

    def came_since(self, header: Header) -> bool:
        """Whether a message came after one took the seat."""
        return header.when[-5:] >= f"{self.brief.now % DAY // HOUR:02}:{self.brief.now % HOUR // MINUTE:02}"

    def can_wait(self, header: Header) -> bool:
        """Whether a message looks like thanks for what one has done: an answer to a subject one has written on."""
        if not header.subject.startswith("Re: "):
            return False
        return any(bare(one.subject) == bare(header.subject) for one in self.sent)
