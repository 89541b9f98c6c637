"""Tickets."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from simenv.company.state import Company
from simenv.core.event import Event

WRITERS: Final[dict[str, Callable[[Company, Event, Any], None]]] = {}
