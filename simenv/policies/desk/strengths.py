"""Values out of the laboratory's sheet into the report's table."""

from __future__ import annotations

import re

from simenv.core.turns import Action, call
from simenv.policies.desk.duty import Desk, answer, consult
from simenv.policies.desk.requests import today
from simenv.policies.screen import Document, Mail
from simenv.policies.words import DAY, HOUR

_NOT_BEFORE = 12 * HOUR
ASKED = r"\bTake the strengths of samples 1, 2 and 3\b"


def enter(me: Desk, now: int) -> Action | None:
    """Enter the strengths once the morning's letters are in, and say so; put right what was corrected since."""
    asked = me.find(ASKED)
    if asked is None or asked.when[:3] != today(now):
        return None
    if now % DAY < _NOT_BEFORE and latest(me) is None:
        me.wake(now, _NOT_BEFORE)
        return None
    values = strengths(me)
    if not isinstance(values, dict):
        return values
    report = consult(me, "strength sample", r": principal inspection, defects$")
    if not isinstance(report, Document):
        return report
    if report.seen // DAY != now // DAY:
        return call("document_read", id=report.id)
    before = me.did("document_edit", id=report.id)
    text = before.arguments["text"] if before else report.text
    wanted = entered(text, values)
    if wanted != text:
        return call("document_edit", id=report.id, text=wanted, note="Strengths from the laboratory's sheet")
    if before is None or any(one.time > before.time and "strengths" in one.body for one in me.sent):
        return None
    said = (
        "all three strengths are entered in table 5.1 from the laboratory's sheet, as last corrected. The column for "
    )
    return answer(me, latest(me) or asked, said + "cover is unchanged.", everyone=True)


def latest(me: Desk) -> Mail | None:
    """Return the message that corrects a strength, if one was opened."""
    return me.find(r"\bSample \d is \d+, not \d+")


def strengths(me: Desk) -> dict[str, str] | Action | None:
    """Return sample -> strength, as last corrected, or the action by which one comes nearer to it."""
    sheet = consult(me, "strength sample", r": laboratory results$")
    if not isinstance(sheet, Document):
        return sheet
    block = re.search(r"^Strength\b.*?:\n(?P<lines>(?:Sample \d: [^\n]*(?:\n|\Z))+)", sheet.text, re.MULTILINE)
    if block is None:
        return None
    values: dict[str, str] = dict(re.findall(r"^Sample (\d): (\d+)", block["lines"], re.MULTILINE))
    for mail in me.opened.values():
        values.update(re.findall(r"\bSample (\d) is (\d+), not \d+", mail.body))
    return values


def entered(text: str, values: dict[str, str]) -> str:
    """Return the report's text with these strengths in its table."""
    for sample, value in values.items():
        text = re.sub(
            rf"^(Sample {sample} \([^)\n]*\)\. Strength: )(?:open|\d+)\.", rf"\g<1>{value}.", text, flags=re.MULTILINE
        )
    return text
