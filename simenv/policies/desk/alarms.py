"""Alarms of the monitoring, which whoever is on call has to hear of at once."""

from __future__ import annotations

import re

from simenv.core.turns import Action, call
from simenv.policies.desk.duty import Desk, person
from simenv.policies.desk.requests import today
from simenv.policies.screen import Contact, Header

_ALARM = re.compile(r"\[critical\] (?P<code>LG-\d+) over limit")


def is_alarm(header: Header) -> bool:
    """Whether a message is an alarm of the monitoring."""
    return _ALARM.search(header.subject) is not None


def pass_alarm_on(me: Desk, now: int) -> Action | None:
    """Send today's alarm on as it came, with the logger's code."""
    gone = {one.forwards for one in me.sent}
    for header in me.headers.values():
        code = _ALARM.search(header.subject)
        if code is None or header.id in gone or header.when[:3] != today(now):
            continue
        engineer = person(me, "Operations Engineer")
        if not isinstance(engineer, Contact):
            return engineer
        text = f"{engineer.given}, logger {code['code']} is over its limit and nobody has acknowledged it."
        return call(
            "mail_forward", id=header.id, to=[engineer.address],
            comment=f"{text} Structure, pier and reading stand below.\n\n{me.name}",
        )  # fmt: skip
    return None
