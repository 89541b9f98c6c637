"""What a seat's tasks allow it: what it may change or delete, and which documents it has to open."""

from __future__ import annotations

from simenv.company.opening import Opening


def may_change(opening: Opening, seat: str, *ids: str) -> bool:
    """Whether a task of the seat asks it to change or delete one of these things."""
    return any(id in task.grants for task in opening.tasks if task.seat == seat for id in ids)


def has_to_open(opening: Opening, seat: str, id: str) -> bool:
    """Whether a task of the seat needs this document."""
    return any(id in task.documents or id in task.grants for task in opening.tasks if task.seat == seat)
