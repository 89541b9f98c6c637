"""Systems: what one person may see. That a system is there is no secret; the rest takes a level of access."""

from __future__ import annotations

from itertools import islice

from simenv.company.systems import Alert, Record, System, last_number, record_key
from simenv.company.views.base import View


class SystemsView(View):
    """One person's view."""

    __slots__ = ()

    def all(self) -> list[System]:
        """Return every system, in the order of the world's files."""
        return list(self._company.systems.values())

    def find(self, name: str) -> System | None:
        """Return a system by its key, its name (case does not matter) or its id, or None."""
        wanted = name.strip().casefold()
        for each in self._company.systems.values():
            if wanted in (each.key.casefold(), each.name.casefold()) or name == each.id:
                return each
        return None

    def of(self, alert: Alert) -> System:
        """Return the system an alert is of."""
        return self._company.systems[alert.system]

    def sees_alerts(self, system: System) -> bool:
        """Whether this person may see a system's alerts: whoever may read it, and who is on call."""
        return system.allows(self.person, "read") or system.alarms(self.person)

    def alert(self, id: str) -> Alert | None:
        """Return an alert by its id, or None.

        Raises:
            PermissionError: If it exists and this person may not see it.
        """
        found = self._company.alerts.get(id)
        if found is not None and not self.sees_alerts(self.of(found)):
            raise PermissionError(id)
        return found

    def alerts(self, system: str = "", state: str = "") -> list[Alert]:
        """Return the alerts this person may see, newest first.

        Args:
            system: Id of the only system in question; "" for all.
            state: Those in this state; "" for all.
        """
        seen = {each.id for each in self._company.systems.values() if self.sees_alerts(each)}
        if system:
            seen &= {system}
        found = [each for each in self._company.alerts.values() if each.system in seen and state in ("", each.state)]
        found.reverse()  # of those raised in the same second the last one comes first
        return sorted(found, key=lambda alert: -alert.raised)

    def entries(self, system: System, start: int, count: int) -> list[Record]:
        """Return entries of a system's log that were not erased, newest first.

        Args:
            system: The system, as it is now.
            start: How many to pass over.
            count: How many to return at most.
        """
        records, removed = self._company.records, frozenset(system.removed)
        numbers = range(last_number(system, records), 0, -1)
        found = (records.get(record_key(system.id, number)) for number in numbers if number not in removed)
        return list(islice((record for record in found if record is not None), start, start + count))

    def standing(self, system: System, number: int) -> bool:
        """Whether a system's log has an entry of this number that was not erased."""
        return record_key(system.id, number) in self._company.records and number not in system.removed
