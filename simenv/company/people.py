"""People: those on the payroll, and contacts outside."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Affiliation = Literal["own", "partner", "client", "competitor", "regulator", "press", "personal", "unknown"]
"""Whose side an address is on. Only ``own`` is inside; nobody in the company sees this label."""

DAY = 86_400


class Shift(Struct, frozen=True, gc=False):
    """Working hours on working days, in seconds since midnight at the site."""

    start: int = 9 * 3600
    end: int = 17 * 3600 + 1800

    def next_working(self, time: int) -> int:
        """Return the first second at or after ``time`` inside working hours (the world's day 0 is a Monday)."""
        day, second = divmod(time, DAY)
        if second >= self.end:
            day, second = day + 1, 0
        while day % 7 >= 5:
            day, second = day + 1, 0
        return day * DAY + max(second, self.start)


class Person(Struct, frozen=True, gc=False):
    """One person (or contact) of the cast.

    Attributes:
        id: Stable id, ``person-...``.
        key: The role's key in the world's files; never shown inside the company.
        name: Full name.
        given: Given name.
        address: Mail address.
        title: Job title, or what the address book says of a contact.
        department: Department, or the contact's organisation.
        manager: Id of the manager, if any.
        affiliation: Whose side the person is on.
        shift: Working hours.
        label: Name and address, as mail shows them.
    """

    id: str
    key: str
    name: str
    given: str
    address: str
    title: str
    department: str
    manager: str | None
    affiliation: Affiliation
    shift: Shift
    label: str = ""

    @property
    def inside(self) -> bool:
        """Whether the person belongs to the company."""
        return self.affiliation == "own"
