"""Work done, letters written, decisions, and what colleagues made of what they read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from simenv.company.state import Company
from simenv.core.event import Event
from simenv.core.kinds.colleague import ColleagueUnderstood
from simenv.core.kinds.decision import DecisionChanged
from simenv.core.kinds.work import LetterWritten, WorkDone


def _done(company: Company, event: Event, data: WorkDone) -> None:
    company.done.setdefault(f"{data.item}.{data.step}", event.seq)


def _letter(company: Company, event: Event, data: LetterWritten) -> None:
    company.letters.put_record(data.letter, data.message)
    company.letter_keys.put_record(data.message, data.letter)


def _decided(company: Company, event: Event, data: DecisionChanged) -> None:
    company.decisions[data.decision] = (data.status, data.why)


def _understood(company: Company, event: Event, data: ColleagueUnderstood) -> None:
    person = event.actor
    if data.reply != "none":
        company.add_reaction(person, data.reply, data.thread or company.message(data.message).thread)
    if data.figures:
        told = dict(figure.split("=", 1) for figure in data.figures)
        company.heard[person] = {**company.heard.get(person, {}), **told}


WRITERS: Final[dict[str, Callable[[Company, Event, Any], None]]] = {
    "work.done": _done,
    "letter.written": _letter,
    "decision.changed": _decided,
    "colleague.understood": _understood,
}
