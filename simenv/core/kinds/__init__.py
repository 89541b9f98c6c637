"""Every kind of event, one file an app, collected in :data:`KINDS`.

A kind is a frozen struct with three class attributes: ``kind`` (``<app>.<past participle>``), ``visibility`` and
``version``. An unknown kind is an error everywhere: in the fold, in readers, in exports. docs/events.md and the JSON
schema are generated from here (:mod:`simenv.core.schema`).
"""

from __future__ import annotations

from simenv.core.kinds import (
    agent,
    calendar,
    chat,
    colleague,
    decision,
    directory,
    documents,
    mail,
    notes,
    opening,
    systems,
    tickets,
    work,
)
from simenv.core.kinds.base import HIDDEN, OBSERVABLE, EventData, Visibility

KINDS: dict[str, type[EventData]] = {
    cls.kind: cls
    for module in (
        opening,
        agent,
        mail,
        calendar,
        chat,
        documents,
        tickets,
        systems,
        notes,
        directory,
        work,
        colleague,
        decision,
    )
    for cls in vars(module).values()
    if isinstance(cls, type) and issubclass(cls, EventData) and cls.__module__ == module.__name__
}
"""Kind name -> the struct of its data, in order of declaration."""

OBSERVABLE_KINDS = frozenset(name for name, cls in KINDS.items() if cls.visibility == OBSERVABLE)
"""Kinds that a system of the company could have recorded."""

__all__ = ["HIDDEN", "KINDS", "OBSERVABLE", "OBSERVABLE_KINDS", "EventData", "Visibility"]
