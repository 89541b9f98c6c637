"""The directory."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from simenv.company.people import Person
from simenv.company.text import words
from simenv.core.calls import ToolResult
from simenv.core.kinds.directory import DirectoryViewed
from simenv.tools.base import Desk, tool
from simenv.tools.pages import Page

PAGE = 30
_COST = 30


@tool("read", cost=_COST)
def directory(desk: Desk, query: Annotated[str, Meta(max_length=200)] = "", page: Page = 1) -> ToolResult:
    """Look people of the company up: name, title, department, manager, mail address.

    Args:
        query: Words that must stand in the entry; empty for everyone.
        page: Page of the list, from 1, thirty entries each.
    """
    view = desk.view
    wanted = set(words(query))
    found = [person for person in view.people() if wanted <= set(words(_entry(person, desk)))]
    shown = found[(page - 1) * PAGE : page * PAGE]
    desk.emit(DirectoryViewed(query, tuple([person.id for person in shown])))
    if not shown:
        return ToolResult(True, "ok", "Nobody found.", [], _COST)
    lines = [_entry(person, desk) for person in shown]
    if len(found) > page * PAGE:
        lines.append(f"More on page {page + 1}.")
    data = [
        {
            "name": person.name,
            "title": person.title,
            "department": person.department,
            "address": person.address,
            "manager": view.person_of(person.manager).address if person.manager else None,
        }
        for person in shown
    ]
    return ToolResult(True, "ok", "\n".join(lines), data, _COST)


def _entry(person: Person, desk: Desk) -> str:
    manager = f", reports to {desk.view.person_of(person.manager).name}" if person.manager else ""
    return f"{person.name}, {person.title}, {person.department}{manager} <{person.address}>"


TOOLS = (directory,)
