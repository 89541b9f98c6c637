"""Notes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from simenv.company.state import Company
from simenv.core.event import Event
from simenv.core.kinds.notes import NoteWritten


def _written(company: Company, event: Event, data: NoteWritten) -> None:
    company.notes.put_record(f"{event.actor} {data.title}", data.text)


WRITERS: Final[dict[str, Callable[[Company, Event, Any], None]]] = {"note.written": _written}
