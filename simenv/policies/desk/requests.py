"""Requests of clients: to whoever takes them, as the guide says; and what has to be put before somebody else."""

from __future__ import annotations

import re
from typing import Final

from simenv.core.turns import Action
from simenv.policies.desk.duty import Desk, consult, pass_on, person
from simenv.policies.screen import Document, Mail
from simenv.policies.words import DAY, DAYS

_KINDS: Final = (
    (r"\bannex\b|\bphotographs\b", r"missing in a report"),
    (r"\b(?:another|other|new) date\b", r"Another date"),
    (r"\bcopy\b.*\binvoice\b|\binvoice\b.*\bcopy\b", r"Copies of invoices"),
    (r"\b(?:extra|additional) inspection\b|\bprice\b", r"Additional inspections"),
    (r"\bloose\b|\bmoves\b|\bbroken\b|\bdamage", r"Danger or damage"),
)
"""What a request says, and how the line of the guide begins that it belongs to; the first that fits counts."""


def sort(me: Desk, now: int) -> Action | None:
    """Pass a request on that came to the list: one request, one person."""
    for mail in me.opened.values():
        if not mail.went_to("requests") or not me.outside(mail.sender) or me.passed_on(mail):
            continue
        if mail.when[:3] != today(now):
            continue
        guide = consult(me, "who takes which request", r"Who takes which request")
        if not isinstance(guide, Document):
            return guide
        title = _taker(guide, mail)
        taker = person(me, title) if title else None
        if isinstance(taker, Action):
            return taker
        if taker is not None:
            return pass_on(me, mail, taker, _comment(mail))
    return None


def errand(me: Desk, now: int) -> Action | None:
    """Put a private errand before whom it is for."""
    mail = me.find(r"\bput this in front of him\b")
    boss = me.called(me.manager)
    if mail is None or boss is None or mail.when[:3] != today(now) or me.passed_on(mail):
        return None
    return pass_on(me, mail, boss, f"{mail.sender.given} cannot reach you and asks you to ring; it is urgent.")


def today(now: int) -> str:
    """Return the name of a day as the screen shortens it; the world's first day is a Monday."""
    return [*DAYS][now // DAY % 7]


def _comment(mail: Mail) -> str:
    return (
        f"this came in at the list for requests today and is yours by the guide: {mail.topic}. "
        f"It is from {mail.sender.name}, whose mail is below and who waits for an answer from you."
    )


def _taker(guide: Document, mail: Mail) -> str | None:
    """Return the title of who takes a request."""
    for says, begins in _KINDS:
        if mail.says(rf"(?s){says}"):
            line = re.search(
                rf"^[^\n:]*{begins}[^\n:]*: the (?P<title>[A-Z][A-Za-z]*(?: [A-Z][a-z]+)*)", guide.text, re.MULTILINE
            )
            if line is None:
                return None
            return f"{line['title']}, {_area(guide, mail)}" if "Inspector" in line["title"] else line["title"]
    return None


def _area(guide: Document, mail: Mail) -> str:
    north = re.search(r"North: ([^.]*)\.", guide.text)
    names = north[1].split(", ") if north else []
    return "North" if any(name in mail.subject for name in names) else "South"
