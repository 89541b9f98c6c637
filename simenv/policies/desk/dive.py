"""What is owed on an invoice: the rate letter, the amendment that came by mail, and nothing else."""

from __future__ import annotations

import re

from msgspec import Struct

from simenv.core.turns import Action, call
from simenv.policies.desk.duty import Desk, answer, consult
from simenv.policies.memory import read
from simenv.policies.screen import Document, Mail
from simenv.policies.words import EUR, amount, number

_AMENDED = rf"for work from (?P<day>\d+ \w+) on, the boat with boatman is {EUR} a job"


class Owed(Struct, frozen=True):
    """What is owed: the sum, whose it is, and since when the new price holds."""

    total: int
    firm: str
    since: str


def dive_asked(me: Desk) -> Mail | None:
    """Return the message that asks what is owed, if it was opened."""
    return me.find(r"\bhow much do we really owe\b")


def check(me: Desk, now: int) -> Action | None:
    """Answer what is owed, and which lines are not."""
    question = _question(me)
    if question is None:
        return None
    owed = work_out(me)
    if not isinstance(owed, Owed):
        return owed
    text = (
        f"before tax we owe {owed.firm} {amount(owed.total)}: the lump sum for the piers and the boat at the price "
        f"that holds since {owed.since}. The separate line for the written report is not owed, it is within the lump "
        "sum; nor is what the invoice charges for the piers above the lump sum."
    )
    asked = dive_asked(me)
    if asked is not None:
        return answer(me, asked, text)
    return call("mail_reply", id=question, body=f"Hello,\n\n{text}\n\n{me.name}")


def _question(me: Desk) -> str | None:
    """Return the id of the question if it is still to be answered; those with few calls go by its subject."""
    asked = dive_asked(me)
    if asked is not None:
        return None if me.answered(asked) else asked.id
    if not me.sparing:
        return None
    header = next((each for each in me.headers.values() if each.subject.endswith(": what do we owe them?")), None)
    return header.id if header and all(one.answers != header.id for one in me.sent) else None


def work_out(me: Desk) -> Owed | Action | None:
    """Return what is owed, or the action by which one comes nearer to it."""
    amended = me.find(_AMENDED)
    if amended is None:
        if "boat" not in me.hits:
            return call("mail_search", query="boat")
        ids = [id for id in me.hits["boat"] if id not in me.opened and me.headers[id].subject.startswith("Fwd: ")]
        return read(ids[0]) if ids else None
    change = amended.says(_AMENDED)
    letter = _letter(me)
    if change is None or not isinstance(letter, Document):
        return letter if isinstance(letter, Action) else None
    lump = re.search(rf"lump sum: {EUR}", letter.text)
    if lump is None:
        return None
    return Owed(number(lump[1]) + number(change[2]), letter.title.partition(":")[0], change["day"])


def _letter(me: Desk) -> Document | Action | None:
    """Return the rate letter; those with few calls make do with what the search has shown of it."""
    if me.sparing:
        if "boat" not in me.finds:
            return call("document_search", query="boat")
        hit = me.hit(r": .*rate letter$")
        if hit is not None and "lump sum: EUR" in hit.snippet:
            return Document(hit.id, hit.title, hit.snippet, 0)
    letter = consult(me, "boat boatman", r": .*rate letter$")
    if not isinstance(letter, Document):
        return letter
    if me.took_over:  # what the search has shown of the invoice will do
        return letter
    bill = consult(me, "boat boatman", r": invoice, piers$")
    return bill if isinstance(bill, Action) else letter
