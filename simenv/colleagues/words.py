"""The words that fill the placeholders of what a colleague writes."""

from __future__ import annotations

from collections.abc import Mapping

from simenv.colleagues.base import Host
from simenv.colleagues.heard import Heard

_QUOTED = 4_000


def words_of(host: Host, writer: str, answered: Heard | None = None, topic: str = "") -> Mapping[str, str]:
    """Return placeholder -> value for what a person writes now.

    Args:
        host: The simulation.
        writer: Id of who writes.
        answered: What it answers, if anything; it gives ``mail.subject``, ``mail.topic``, ``mail.text``,
            ``sender.given`` and ``sender.name``.
        topic: Key of what that was about, if it was understood.
    """
    opening = host.company.opening
    values = _Words(opening.values)
    if answered is not None:
        sender = opening.people[answered.message.sender]
        values["mail.subject"] = answered.subject
        values["mail.topic"] = topic.replace("_", " ") or answered.subject
        values["mail.text"] = _quoted(answered.message.body)
        values["sender.given"], values["sender.name"] = sender.given, sender.name
    for unit, value in host.company.heard.get(writer, {}).items():
        values[f"heard.{unit}"] = written(unit, value)
    return values


def written(unit: str, value: str) -> str:
    """Return a figure, which is remembered in normal form, as people write it: PO-4127, 10,473."""
    if unit == "code":
        return value.upper()
    return f"{int(value):,}" if value.isdigit() and len(value) > 4 else value


def _quoted(text: str) -> str:
    shown = text[:_QUOTED] + (" ..." if len(text) > _QUOTED else "")
    return "\n".join(f"> {line}".rstrip() for line in shown.splitlines())


class _Words(dict[str, str]):
    """Placeholder -> value; a figure its writer was never told is said to be missing."""

    def __missing__(self, slot: str) -> str:
        if slot.startswith("heard."):
            return "(no figure)"
        raise KeyError(slot)
