"""Whose words a message is made of: its sender's own, and those of what it answers or carries on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simenv.company.answering import FORWARDED, PASSED_ON, introduction, origin
from simenv.company.mail import Message
from simenv.company.text import normal

if TYPE_CHECKING:
    from simenv.company.state import Company


def own_words(message: Message, company: Company) -> str:
    """Return what a message's sender wrote, in normal form: without the lines of what it answers or carries on."""
    mine = own_lines(message, company)
    if mine is None:
        return message.normal_text
    return normal("\n".join([message.subject, *mine]) if message.forwards is None else "\n".join(mine))


def own_lines(message: Message, company: Company) -> list[str] | None:
    """Return the lines that a message's sender wrote, without what it answers or carries on; None if all are."""
    quoted = message.forwards or (message.in_reply_to if ">" in message.body else None)
    if quoted is None or not company.has_message(quoted):
        return None
    original = company.message(quoted)
    theirs = {_bare(line) for line in original.body.splitlines()} | _heading(original, company)
    return [line for line in message.body.splitlines() if _bare(line) not in theirs]


def _heading(original: Message, company: Company) -> set[str]:
    """Return the lines that mail puts above a message which is carried on or quoted."""
    opening = company.opening
    sender, when = opening.people[original.sender], opening.dates.stamp(original.time)
    above = {FORWARDED, PASSED_ON, introduction(sender.name, when)}
    return above.union(origin(sender.label, when, original.subject))


def _bare(line: str) -> str:
    return line.lstrip("> \t").rstrip()
