"""Minutes out of somebody's scribbles."""

from __future__ import annotations

import re

from simenv.core.turns import Action, call
from simenv.policies.desk.duty import Desk, answer, consult, untried
from simenv.policies.desk.requests import today
from simenv.policies.screen import Document
from simenv.policies.words import EUR

_JOBS = (
    (r"(?P<who>\S+) walks the row and makes the list, by (?P<day>\w+)", "list of the bent trestles"),
    (r"Bay 3 must be empty[^.]*\. (?P<who>\S+), (?P<day>\w+)\.", "bay 3 empty for the painter"),
    (r"(?P<who>\S+) writes half a page[^,]*, (?P<day>\w+)", "half a page on lifting trestles off the long van"),
)


def write_minutes(me: Desk, now: int) -> Action | None:
    """Write the minutes into their document, then give the sum to whoever asked."""
    asked = me.find(r"\bCould you make minutes of them\b")
    if asked is None or asked.when[:3] != today(now) or me.answered(asked):
        return None
    notes = consult(me, "coordination meeting", r"Coordination meeting, raw notes")
    if not isinstance(notes, Document):
        return notes
    paper = me.hit(r"^Minutes of the coordination meeting")
    sums: list[str] = re.findall(EUR, notes.text)
    if paper is None or not sums:
        return untried(me, call("document_search", query="minutes of the coordination meeting"))
    if me.did("document_edit", id=paper.id) is None:
        return untried(me, call("document_edit", id=paper.id, text=minutes_of(me, notes, sums[-1]), note="Minutes"))
    text = f"the minutes are in the document. The sum agreed for repainting the trestles is EUR {sums[-1]}."
    return answer(me, asked, text)


def minutes_of(me: Desk, notes: Document, agreed: str) -> str:
    """Return the minutes: what was decided, the sum, and who does what."""
    jobs = []
    for pattern, what in _JOBS:
        hit = re.search(pattern, notes.text)
        if hit is not None:
            who = me.called(hit["who"])
            jobs.append(f"{who.name if who else hit['who']}: {what}, by {hit['day']}.")
    return (
        "Coordination meeting, Wednesday, 10:00, Room 2\n\nDecided\n\n"
        "This year the outer faces and the feet of the trestles are repainted; the rest follows next year. Photographs "
        "are named before they are uploaded, for a month as a trial. The vans should not both go to the inspection in "
        "the same week (noted, no decision).\n\n"
        f"Money\n\nRepainting of the trestles: EUR {agreed}.\n\nWho does what\n\n" + "\n".join(jobs)
    )
