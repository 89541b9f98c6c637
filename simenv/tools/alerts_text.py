"""How alerts look to a reader."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from simenv.company.oneline import one_line
from simenv.company.systems import Alert
from simenv.company.view import CompanyView


def line(alert: Alert, view: CompanyView) -> str:
    """Return an alert as it stands in a list."""
    by = f" by {view.person_of(alert.by).name}" if alert.by else ""
    note = f" ({one_line(alert.note, 80)})" if alert.note else ""
    name = view.systems.of(alert).name
    what = f"{alert.severity}, {alert.state}{by}{note}"
    return f"{alert.id}  {view.stamp(alert.raised)}  {name}: {one_line(alert.text)}  {what}"


def typed(alert: Alert, view: CompanyView) -> dict[str, Any]:
    """Return an alert as data."""
    return {
        "id": alert.id,
        "system": view.systems.of(alert).key,
        "severity": alert.severity,
        "text": alert.text,
        "time": alert.raised,
        "state": alert.state,
    }


def notice_lines(ids: Sequence[str], view: CompanyView) -> list[str]:
    """Return one line for each of these alerts.

    Args:
        ids: Ids of alerts.
        view: What the person who is told may see; what has become none of that person's business is left out.
    """
    wanted = frozenset(ids)
    shown = {alert.id: line(alert, view) for alert in view.systems.alerts() if alert.id in wanted}
    return [shown[id] for id in ids if id in shown]
