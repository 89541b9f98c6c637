"""An hour for several people inside a window of time, and word to whoever opens the gate."""

from __future__ import annotations

from simenv.core.turns import Action, call
from simenv.policies.desk.duty import Desk, person, untried, write
from simenv.policies.desk.questions import spans
from simenv.policies.desk.requests import today
from simenv.policies.screen import Contact
from simenv.policies.words import HOUR, MINUTE, clock, shown

_ASKED = (
    r"under the \w+ at (?P<place>[^\n]+?) on (?P<day>\w+day): (?P<one>[^,\n]+), (?P<two>[^,\n]+?) and me\."
    r".*?\bdry from (?P<from>[^.]+?) to (?P<until>[^.]+?) and we have\b"
    r".*?\bwrite to (?P<gate>\S+) at the port\b"
)
_LONG = HOUR


def meet(me: Desk, now: int) -> Action | None:
    """Find the hour, call the meeting, tell whoever opens the gate."""
    asked = me.find(rf"(?s){_ASKED}")
    hit = asked.says(rf"(?s){_ASKED}") if asked else None
    if asked is None or hit is None or asked.when[:3] not in (today(now), "Tue"):
        return None
    people = [asked.sender]
    for given in (hit["one"], hit["two"]):
        who = me.called(given) or person(me, "Health and Safety Adviser")  # looks into the directory if need be
        if not isinstance(who, Contact):
            return who
        people.append(who)
    addresses = [who.address for who in people]
    day, low, high = hit["day"][:3], clock(hit["from"]) or 0, clock(hit["until"]) or 0
    looked = me.did("calendar_free", people=addresses)
    if looked is None:
        return untried(
            me,
            call(
                "calendar_free",
                people=addresses,
                minutes=60,
                after=f"{day} {shown(low)}",
                before=f"{day} {shown(high)}",
            ),
        )
    start = _hour(spans(looked.text))
    if start is None:
        return None
    title = f"Parapet at {hit['place']}"
    if me.did("meeting_create", title=title) is None:
        made = call(
            "meeting_create", title=title, start=f"{day} {shown(start)}", end=f"{day} {shown(start + _LONG)}",
            attendees=addresses, place="On site", notes=f"Low water from {shown(low)} to {shown(high)}.",
        )  # fmt: skip
        return untried(me, made)
    gate = me.called(hit["gate"])
    if gate is None or me.told(gate.address, rf"\b{shown(start)}\b"):
        return None
    names = f"{people[0].name}, {people[1].name} and {people[2].name}"
    text = (
        f"{names} will be at your gate on {hit['day']} at {shown(start)} and need one hour at {hit['place']}. "
        "Could you please see to the gate?"
    )
    return write(me, gate, f"{hit['day']} at {hit['place']}: {shown(start)}", text)


def _hour(free: list[tuple[int, int]]) -> int | None:
    """Return when to begin: on the half hour where that fits."""
    for start, end in free:
        rounded = -(-start // (30 * MINUTE)) * 30 * MINUTE
        for begin in (rounded, start):
            if begin + _LONG <= end:
                return begin
    return None
