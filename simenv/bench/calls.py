"""The calls that are measured: fixed mixes of calls, with texts that are all different."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any

from simenv.session import Session

QUERIES = ("bicycle", "van", "thursday", "travel", "purchase order", "payslips", "toolbox talk", "gate")
READING = (
    "mail_list", "mail_read", "mail_search", "document_list", "document_read", "ticket_list", "calendar_list",
    "chat_channels",
)  # fmt: skip
"""Calls that only read, one or two of each app."""


class Mix:
    """Draws calls for a seat.

    Args:
        session: A session that has been reset.
    """

    def __init__(self, session: Session) -> None:
        opening, seat = session.simulation.scene.opening, session.simulation.scene.seat
        self._ids = list(opening.inboxes[seat])
        self._pages = min(7, -(-len(self._ids) // 10))
        self._documents = [id for id, each in opening.documents.items() if seat in (each.owner, *each.readers)]
        self._to = [person.address for person in opening.people.values() if person.id != seat and person.inside]
        self._number = count()

    def quarter_each(self, calls: int) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield list, read, search and send in turn."""
        for number in range(calls):
            yield self._make(("mail_list", "mail_read", "mail_search", "mail_send")[number % 4])

    def with_sends(self, calls: int, percent: int) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield so many calls, ``percent`` of them sends, spread evenly; the rest is list, read and search in turn."""
        for number in range(calls):
            if number * percent // 100 != (number + 1) * percent // 100:
                yield self._make("mail_send")
            else:
                yield self._make(("mail_list", "mail_read", "mail_search")[number % 3])

    def reading(self, calls: int) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield calls that only read, in every app in turn."""
        for number in range(calls):
            yield self._make(READING[number % len(READING)])

    def waiting(self, calls: int) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield waits of five minutes."""
        for _ in range(calls):
            yield "wait", {"minutes": 5}

    def _make(self, name: str) -> tuple[str, dict[str, Any]]:
        number = next(self._number)
        if name == "mail_list":
            return name, {"page": 1 + number % self._pages}
        if name == "mail_read":
            return name, {"id": self._ids[number * 7 % len(self._ids)]}
        if name == "document_read":
            return name, {"id": self._documents[number * 7 % len(self._documents)]}
        if name in ("document_list", "ticket_list", "calendar_list", "chat_channels"):
            return name, {}
        if name == "mail_search":
            return name, {"query": QUERIES[number % len(QUERIES)]}
        body = (
            f"Hello, the report on pier {number} is done and lies in the cabinet on the second floor. "
            f"I have put the drawings beside it; sheet {number % 17} is the one you asked about last week."
        )
        return name, {"to": [self._to[number % len(self._to)]], "subject": f"Pier {number}", "body": body}
