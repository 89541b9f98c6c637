"""The month's hours: what counts, with every correction, to the one who types it in."""

from __future__ import annotations

import re

from msgspec import Struct

from simenv.core.turns import Action
from simenv.policies.desk.duty import Desk, consult, person, write
from simenv.policies.desk.requests import today
from simenv.policies.screen import Contact, Document, Mail
from simenv.policies.words import DAY, HOUR

_LINE = re.compile(r"^(?P<what>[A-Z][^:\n]*): (?P<hours>\d+) hours$", re.MULTILINE)
_CORRECTED = re.compile(r"\b(?P<what>[A-Z]\w+) is (?P<hours>\d+) hours for \w+, not (?P<before>\d+)")
_BY, _SLACK = 13 * HOUR, HOUR


class Hours(Struct, frozen=True):
    """What the hours come to: for whom, of which client, the sum, and whether a correction is still awaited."""

    to: Contact
    client: str
    total: int
    open: bool


def total(me: Desk, now: int) -> Action | None:
    """Send the total; wait for a correction that was held out; correct what was sent."""
    work = add_up(me)
    if not isinstance(work, Hours):
        return work
    asked = hours_wanted(me)
    if asked is None or asked.when[:3] == today(now):
        return None
    if me.told(work.to.address, rf"\b{work.total} hours\b"):
        return None
    before = me.told(work.to.address, r"\b\d+ hours\b")
    if before is None and work.open and now % DAY < _BY - _SLACK:
        me.wake(now, _BY - _SLACK)
        return None
    place = "in place of the figure I sent you before" if before else "in all"
    return write(
        me, work.to, f"{work.client}: total for February",
        f"the total of February for {work.client} is {work.total} hours on site, {place}.",
    )  # fmt: skip


def hours_wanted(me: Desk) -> Mail | None:
    """Return the message that asks for the total, if it was opened."""
    return me.find(r"\bneeds the total of the hours\b")


def add_up(me: Desk) -> Hours | Action | None:
    """Return what the hours come to, or the action by which one comes nearer to it."""
    asked = hours_wanted(me)
    if asked is None:
        return None
    sheet = consult(me, "hours site", r": hours on site, February$")
    if not isinstance(sheet, Document):
        return sheet
    rules = consult(me, "hours site", r"^What is billed and what is not$")
    if not isinstance(rules, Document):
        return rules
    biller = person(me, "Billing Specialist")
    if not isinstance(biller, Contact):
        return biller
    left_out = re.findall(r"^\d+\. (\w+)[^\n]* are contained in the rate", rules.text, re.MULTILINE)
    lines = {hit["what"]: int(hit["hours"]) for hit in _LINE.finditer(sheet.text)}
    lines = {what: hours for what, hours in lines.items() if not any(what.startswith(each) for each in left_out)}
    corrected = False
    for mail in me.opened.values():
        for hit in _CORRECTED.finditer(mail.body):
            for what in lines:
                if what.startswith(hit["what"]):
                    lines[what], corrected = int(hit["hours"]), True
    held_out = asked.says(r"writes to us both if something is off") is not None
    return Hours(biller, asked.topic.partition(":")[0], sum(lines.values()), held_out and not corrected)
