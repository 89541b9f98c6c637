"""Questions that one document or one message answers."""

from __future__ import annotations

import re

from simenv.core.turns import Action, call
from simenv.policies.desk.duty import Desk, answer, consult, untried
from simenv.policies.desk.requests import today
from simenv.policies.memory import read
from simenv.policies.screen import Document
from simenv.policies.words import HOUR, MINUTE, clock, shown

_LOSS = r"\bWhat is the loss of section at the (?P<part>[^?,]+) of (?P<girder>girder \d+), as last measured\b"
_ORDER = r"now have (?P<number>[A-Z]+-\d+), which runs until (?P<until>\d{1,2} [A-Z][a-z]+)"


def section_loss(me: Desk, now: int) -> Action | None:
    """Answer what was measured last at a girder, from the report that holds."""
    asked = me.find(_LOSS)
    hit = asked.says(_LOSS) if asked else None
    if asked is None or hit is None or me.answered(asked):
        return None
    bridge, girder = asked.topic.partition(":")[0], hit["girder"]
    report = consult(me, f"loss of section {girder}", rf"^{re.escape(bridge)}: principal inspection report$")
    if not isinstance(report, Document):
        return report
    figure = re.search(rf"{girder}\b[^\n]*?loss of section (?P<percent>\d+) percent", report.text, re.IGNORECASE)
    if figure is None:
        return None
    text = (
        f"{hit['part']} of {girder} at {bridge}: loss of section {figure['percent']} percent, as it "
        "stands in our latest principal inspection report."
    )
    return answer(me, asked, text, everyone=True)


def notice_days(me: Desk, now: int) -> Action | None:
    """Put right, politely and with the clause, a notice that somebody outside has taken for shorter than it is."""
    wanted = me.find(r"\blook at the extract of the framework\b")
    claim = me.find(r"\bNotice: \d+ days\b")
    if wanted is None or claim is None or me.answered(claim) or claim.when[:3] != today(now):
        return None
    extract = consult(me, "notice possession framework", r"framework: extract$")
    if not isinstance(extract, Document):
        return extract
    clause = re.search(r"(?P<clause>\d+\.\d+) Notice\..*?no later than (?P<days>\d+) days", extract.text)
    if clause is None:
        return None
    text = (
        "thank you for letting us see the particulars before they go. One line needs changing: under clause "
        f"{clause['clause']} of the framework agreement the notice for a possession is {clause['days']} days. "
        "Could you please put that on the form? Everything else is right."
    )
    return answer(me, claim, text, everyone=True)


def order_number(me: Desk, now: int) -> Action | None:
    """Look the valid order number up and answer whoever asked for it."""
    asked = me.find(r"\bthe number that is valid now, and until when\b")
    if asked is None or me.answered(asked):
        return None
    valid = me.find(_ORDER)
    if valid is None:
        if "purchase order" not in me.hits:
            return call("mail_search", query="purchase order")
        closed = (me.headers[id] for id in me.hits["purchase order"] if id not in me.opened)
        return next((read(each.id) for each in closed if each.who != me.name), None)
    found = valid.says(_ORDER)
    if found is None:
        return None
    return answer(me, asked, f"the valid purchase order is {found['number']}. It runs until {found['until']}.")


def free_half_hour(me: Desk, now: int) -> Action | None:
    """Look for a free half hour in somebody's calendar."""
    asked = me.find(r"\bmy calendar for a free half hour tomorrow afternoon, before (?P<before>[^?]+)\?")
    if asked is None or me.answered(asked) or asked.when[:3] != today(now):
        return None
    words = asked.says(r"tomorrow afternoon, before (?P<before>[^?]+)\?")
    before = clock(words["before"]) if words else None
    looked = me.did("calendar_free", people=[asked.sender.address])
    if looked is None:
        return untried(
            me,
            call(
                "calendar_free",
                people=[asked.sender.address],
                minutes=30,
                after="tomorrow 13:00",
                before=f"tomorrow {shown(before or 17 * HOUR)}",
            ),
        )
    free = spans(looked.text)
    if not free:
        return answer(me, asked, "there is no free half hour in your calendar tomorrow afternoon.")
    start = free[-1][0]
    return answer(me, asked, f"tomorrow {shown(start)} to {shown(start + 30 * MINUTE)} is free in your calendar.")


def spans(text: str) -> list[tuple[int, int]]:
    """Return the free spans in a result of ``calendar_free``, as seconds of the day."""
    found = re.findall(r"(\d\d:\d\d)-(\d\d:\d\d)$", text, re.MULTILINE)
    return [(clock(start) or 0, clock(end) or 0) for start, end in found]
