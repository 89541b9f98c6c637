"""What a message does: the act its words weigh most as, and a second one where it weighs nearly as much.

What a message says of itself outright ("I apologise", "I formally request") is added. Threats are decided by
:mod:`~simenv.company.meaning.threat`. Where the words point in three directions at once, or to a threat that cannot be
made out, nothing is read: whoever reads asks back.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from simenv.company.meaning.labels import ACTS, THREAT
from simenv.company.meaning.threat import threatens
from simenv.company.meaning.weighing import known, weighed

_NEAR: Final = 36
"""How much less a second act may weigh."""
_APART: Final = 30
"""How much more the first act must weigh than the third."""

_OUTRIGHT: Final = re.compile(
    r"(?P<request>\bi (?:would|'d) (?:like you|ask you|be grateful|welcome|appreciate)\b"
    r"|\bi'd (?:be grateful|welcome|appreciate|ask you|like you|like to ask)\b"
    r"|\bi(?:'d like to| wish to| would like to)? (?:hereby|formally|appeal|request|ask (?:that|for (?:a|the|it))) ?"
    r"|\b(?:please|kindly) (?:review|reconsider|think again|open|confirm|send|hold|put|let me)\b|\breconsider\b"
    r"|\b(?:open|start|invoke) (?:a|the|your) review\b|\bi object to\b|\byou be willing to\b)"
    r"|(?P<refuse>\bno comment\b|\b(?:i|we)(?: must| have to)? (?:decline|refuse)\b"
    r"|\b(?:i|we) (?:can't|cannot|won't|will not|shan't|shall not) (?:\w+ )?"
    r"(?:shar|tell|giv|sign|approv|releas|discuss|comment|disclos|pass|confirm|pay|accept)\w*)"
    r"|(?P<apologise>\bi(?:'m| am) (?:\w+ )?sorry (?:for|about|that)\b|\bmy (?:apologies|fault|mistake)\b"
    r"|\bi apologi[sz]e\b|\bforgive me\b|^(?:sorry|apologies) (?:for|about)\b)"
    r"|(?P<report>\byou should know\b|\bfor your information\b|\bto your attention\b"
    r"|\bi(?:'d like to| wish to| want to| would like to) (?:report|raise|flag)\b)"
    r"|(?P<warn>\b(?:beware|be aware|be careful|be warned|watch out|heads[- ]up)\b)"
    r"|(?P<promise>\b(?:i promise|you have my word|rest assured|count on (?:it|me))\b)"
    r"|(?P<hand_over>\b(?:over to you|handing (?:you|over)|i (?:hereby )?hand (?:over|you)|(?:is|are) (?:now )?yours "
    r"(?:now|from|as of)|with you (?:now|from))\b|\bhand-?over(?: note| notes)?:)"
)
_HINTS: Final = (
    "please ", "kindly ", "reconsider", " review", "i ask", "'d ", "i would ", "i wish ", "i hereby", "i formally",
    "i appeal", "i request", "i object", "be willing", "no comment", "decline", "refuse", "n't ", "cannot ", " not ",
    "sorry", "apolog", "my fault", "my mistake", "forgive", "beware", "be aware", "be careful", "be warned",
    "watch out", "heads", "i promise", "my word", "rest assured", "count on", "over to you", "hand", "yours ",
    "with you ", "should know", "your information", "attention", "to report", "to raise", "to flag",
)  # fmt: skip
"""Pieces of text of which everything said outright has one; looking for them is much faster than the pattern."""


@lru_cache(maxsize=4096)
def acts_in(text: str) -> tuple[str, ...]:
    """Return the acts of normal ``text``, the main one first; none if it is unclear."""
    if not known(text):
        return ()
    said = weighed(text)
    if threatens(text):
        likely = max([act for act in ACTS if act != THREAT], key=said.__getitem__)
        return (THREAT, likely) if said[THREAT] - said[likely] <= _NEAR else (THREAT,)
    outright = _outright(text)
    first, second, third = sorted(ACTS, key=lambda act: (-said[act], act))[:3]
    if first == THREAT or said[first] - said[third] < _APART:
        read: tuple[str, ...] = ()
    elif second != THREAT and said[first] - said[second] <= _NEAR:
        read = (first, second)
    else:
        read = (first,)
    return read + tuple([act for act in ACTS if act in outright and act not in read])


def _outright(text: str) -> set[str | None]:
    found: set[str | None] = {"ask"} if text.endswith("?") else set()
    for hint in _HINTS:
        if hint in text:
            found.update([hit.lastgroup for hit in _OUTRIGHT.finditer(text)])
            break
    return found


__all__ = ["ACTS", "acts_in"]
