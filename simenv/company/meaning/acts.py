"""What a message does, read from its words. Cues only; what no cue shows is not read."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from simenv.company.meaning.threat import threatens

ACTS: Final = (
    "ask", "answer", "request", "refuse", "promise", "conditional_threat",
    "disclose", "report", "warn", "apologise", "hand_over",
)  # fmt: skip
"""The closed list of acts (DESIGN, Meaning)."""

_CUES: Final[dict[str, str]] = {
    "ask": r"\?|\b(?:could|can|would|may) (?:you|i|we)\b|\b(?:please|kindly) (?:tell|let me know|say|confirm|explain)\b"
    r"|\bi (?:would like|want|need|wonder) to know\b|\bwondering\b",
    "answer": r"\b(?:thank you|thanks|noted|understood|agreed|got it|here (?:is|are)|as (?:you )?(?:asked|requested)"
    r"|attached)\b",
    "request": r"\b(?:please|kindly|pls)\b|\b(?:could|can|would|will) you\b|\bi need you\b|\bkeep me\b"
    r"|\bi(?: hereby| formally)? (?:ask|request|urge|beg)\b|\bi(?:'d| would) (?:like|ask|be grateful)\b"
    r"|\b(?:ask|asking|request|requesting|apply|appeal) (?:you|for|against|that)\b"
    r"|\b(?:reconsider|think again|postpone|put off|hold off|call off|cancel|pause)\b"
    r"|\b(?:drop|review|extend) (?:the|this|that|my|your|it)\b|\b(?:open|start|invoke) (?:a|the|your) review\b",
    "refuse": r"\b(?:can't|cannot|can not|won't|will not|(?:i|we) (?:don't|do not)|(?:not able|unable|not allowed"
    r"|not in a position|not at liberty|rather not|prefer not)(?: to)?)(?: \w+){0,2} (?:shar|tell|giv|say|send|discuss"
    r"|comment|disclos|pass|confirm|help|answer|provid|talk|speak|nam|do (?:this|that|it|so))\w*\b"
    r"|\b(?:declin\w+|refus\w+|no comment)\b|\bnot (?:mine|for me|something (?:i|we) can)\b"
    r"|\bnothing (?:i|we) can (?:say|share|tell)\b|(?:\bis|\bare|'s) (?:strictly )?confidential\b",
    "promise": r"\bi(?:'ll| will| promise| shall)\b|\bwill (?:do|be done)\b|\byou will have\b|\bon it\b",
    "report": r"\b(?:report|reporting|raise|raising|flag|flagging|bring(?:ing)? to your attention|concern(?:s|ed|ing)?"
    r"|escalat\w+|object(?:ion)?|not (?:heard|consulted)|complain\w*|notify|notifying|to your attention|you should know"
    r"|wanted you to know|let you know)\b",
    "warn": r"\b(?:warn\w*|careful|be aware|beware|heads[- ]up|at risk|watch out|caution)\b",
    "apologise": r"\b(?:sorry|apolog\w+|regret|my mistake|my error)\b",
    "hand_over": r"\b(?:hand(?:ing)?[- ]?over|handover|hand(?:ing)? (?:this|it|them|my|the) .{0,30}over|open items|"
    r"where things stand|next steps for|take over from)\b",
}  # fmt: skip

_COURTESY: Final = re.compile(
    r"\b(?:please )?(?:do not hesitate|don't hesitate|feel free|(?:let me know|tell me|write to me) (?:if|should) "
    r"(?:you (?:need|want|have)|(?:there is )?(?:any|some)thing|i can))[^.!?]*[.!?]?"
)
_PATTERNS: Final = {act: re.compile(pattern) for act, pattern in _CUES.items()}
_HINTS: Final[dict[str, tuple[str, ...]]] = {
    "ask": ("?", "could ", "can ", "would ", "may ", "please", "kindly", "to know", "wondering"),
    "answer": (
        "thank", "noted", "understood", "agreed", "got it", "here is", "here are", "as asked", "as requested",
        "you asked", "you requested", "attached",
    ),
    "request": (
        "please", "kindly", "pls", "could you", "can you", "would ", "will you", "i ask", "hereby ask",
        "formally ask", "ask you", "ask for", "ask against", "ask that", "asking ", "request", "urge", "beg", "'d ",
        "appl", "appeal", "need you", "reconsider", "think again", "postpone", "put off", "hold off",
        "call off", "cancel", "pause", "keep me", "drop ", "review", "extend ",
    ),
    "refuse": (
        "can't", "cannot", "can not", "won't", "will not", "don't", "do not", "not able", "unable", "not allowed",
        "not in a", "not at liberty", "rather not", "prefer not", "declin", "refus", "no comment", "not mine",
        "for me", "something", "nothing", "confidential",
    ),
    "promise": ("i'll", "i will", "i promise", "i shall", "will do", "will be done", "you will have", "on it"),
    "report": (
        "report", "rais", "flag", "attention", "concern", "escalat", "complain", "notify", "you know",
        "should know", "you to know", "object", "not heard", "not consulted",
    ),
    "warn": ("warn", "careful", "be aware", "beware", "heads", "at risk", "watch out", "caution"),
    "apologise": ("sorry", "apolog", "regret", "my mistake", "my error"),
    "courtesy": ("hesitate", "feel free", "let me know", "tell me", "write to me"),
    "hand_over": ("hand", "open items", "where things stand", "next steps for", "take over from"),
}  # fmt: skip
"""For each act, pieces of text of which every cue has one: most messages are done with these, and need no pattern."""


@lru_cache(maxsize=4096)
def acts_in(text: str) -> tuple[str, ...]:
    """Return the acts for which normal ``text`` has a cue, in the order of :data:`ACTS`."""
    said = (
        _COURTESY.sub(" ", text) if _hinted(text, "courtesy") else text
    )  # "let me know if you need more" wants nothing
    found = {act for act, pattern in _PATTERNS.items() if _hinted(said, act) and pattern.search(said)}
    if threatens(text):
        found.add("conditional_threat")
    return tuple(act for act in ACTS if act in found)


def _hinted(text: str, act: str) -> bool:
    for hint in _HINTS[act]:  # noqa: SIM110 - a loop without a generator: it runs for every act of every message
        if hint in text:
            return True
    return False
