"""Lists that others rely on: the register at a gate, the approval that is missing, the open items of the week."""

from __future__ import annotations

import re

from simenv.core.turns import Action, call
from simenv.policies.desk.duty import Desk, answer, consult, person, untried, write
from simenv.policies.desk.requests import today
from simenv.policies.screen import Contact, Document, Mail, Ticket
from simenv.policies.words import HOUR, MINUTE

_REGISTER = r'the document "(?P<title>[^"\n]+: persons admitted to site)"'
_GOES_IN = r"(?P<who>[^\n]+?) goes in, (?P<firm>[^\n]+?), (?P<card>card valid until \w+)\."
_LOOK = 9 * HOUR + 30 * MINUTE


def register(me: Desk, now: int) -> Action | None:
    """Bring the register of a gate up to date, on the morning on which it goes out, as last asked for."""
    asked = me.find(_REGISTER)
    hit = asked.says(_REGISTER) if asked else None
    if asked is None or hit is None or me.took_over:
        return None
    if asked.when[:3] == today(now) or now % (24 * HOUR) < _LOOK:
        if asked.when[:3] != today(now):
            me.wake(now, _LOOK)
        return None
    paper = consult(me, "persons admitted to site", re.escape(hit["title"]))
    if not isinstance(paper, Document):
        return paper
    if me.did("document_edit", id=paper.id) is None:
        return untried(
            me, call("document_edit", id=paper.id, text=_revised(me, paper.text), note="As asked for Thursday")
        )
    if me.told(asked.sender.address, r"\bregister\b.*\bup to date\b"):
        return None
    text = "the register is up to date as you and the last mail about it want it; the other lines are unchanged."
    return write(me, asked.sender, "Register is up to date", text)


def _revised(me: Desk, text: str) -> str:
    """Return the register with the lines that go out taken out and the one that comes in put in."""
    asked = me.find(_REGISTER)
    into = asked.says(_GOES_IN) if asked else None
    out = asked.says(r"(?P<who>[^\n.]+?) comes out\. ") if asked else None
    stays = me.find(r"\bLeave (?:him|her|them) in\b")
    firm = into["firm"] if into else ""
    lines = []
    for line in text.split("\n"):
        ours = f", {firm}: card valid" in line
        if "card valid until" in line and not ours:
            if into is not None:
                lines.append(f"{into['who'].partition('. ')[2] or into['who']}, {firm}: {into['card']}")
                into = None
            continue
        if out is not None and stays is None and line.startswith(out["who"].partition(". ")[2] or out["who"]):
            continue
        lines.append(line)
    return "\n".join(lines)


def chase(me: Desk, now: int) -> Action | None:
    """Remind somebody of an approval, early on the day on which it ends."""
    asked = me.find(r"\bPlease remind (?:him|her|them) early\b")
    if asked is None or me.took_over or asked.when[:3] == today(now):
        return None
    hit = asked.says(r"1\. (?P<who>\S+) has not approved (?P<what>[^.\n]+?) yet")
    who = me.called(hit["who"]) or person(me, "Head of Engineering and Reports") if hit else None
    if not isinstance(who, Contact):
        return who
    if hit is None or me.told(who.address, r"\bapproval\b"):
        return None
    ticket = asked.subject.partition(":")[0]
    text = (
        f"{hit['what']} ({ticket}) still waits for your approval, and the slot ends today at 12:00. "
        f"{asked.sender.given} has answered your question in the ticket. Could you please decide this "
        "morning? Only you can."
    )
    return write(me, who, f"{ticket}: your approval before noon today", text)


def ours(me: Desk) -> list[Ticket]:
    """Return the open tickets of the desk, as last listed."""
    mine = [each for each in me.tickets or () if each.who == me.name]
    return [each for each in mine if each.status not in ("closed", "resolved")]


def open_items(me: Desk, now: int) -> Action | None:
    """Send the list of the desk's open tickets to whoever asked for it."""
    asked = open_items_wanted(me)
    id = asked.id if asked is not None else _listed(me)
    if not id or me.headers[id].when[:3] != today(now) or any(one.answers == id for one in me.sent):
        return None
    if me.tickets is None:
        return untried(me, call("ticket_list", mine=True))
    tickets = ours(me)
    unclear = next((each for each in tickets if not _told_of(me, each)), None)
    if unclear is not None and not me.sparing:
        look = untried(me, call("ticket_read", ticket=unclear.number))
        if look is not None:
            return look
    lines = [f"{each.number}: {each.title}. {waits_for(me, each) or each.status.capitalize()}." for each in tickets]
    text = "these are the open items of the desk, and no others:\n\n" + "\n".join(lines)
    return answer(me, asked, text) if asked else call("mail_reply", id=id, body=f"Hello,\n\n{text}\n\n{me.name}")


def _listed(me: Desk) -> str:
    """Return the id of the message that asks for the list by its subject: those with few calls go by that."""
    wanted = (each.id for each in me.headers.values() if each.subject == "Friday's list")
    return next(wanted, "") if me.sparing else ""


def open_items_wanted(me: Desk) -> Mail | None:
    """Return the message that asks for the list, if it was opened."""
    return me.find(r"\bopen items of the desk by\b")


def waits_for(me: Desk, ticket: Ticket) -> str | None:
    """Return for whom a ticket waits, as far as a message or the ticket itself has said so."""
    for text in _told_of(me, ticket):
        hit = re.search(r"[Ww]ait(?:s|ing)? for (?P<who>[^.,;\n]+?)(?: to \w+|[.,;\n]|$)", text)
        if hit is not None:
            return f"We wait for {hit['who']}"
    return None


def _told_of(me: Desk, ticket: Ticket) -> list[str]:
    """Return what was read about a ticket."""
    known = [mail.body for mail in me.opened.values() if ticket.number in f"{mail.subject}\n{mail.body}"]
    return known + [
        one.text for one in me.done if one.tool == "ticket_read" and one.arguments["ticket"] == ticket.number
    ]
