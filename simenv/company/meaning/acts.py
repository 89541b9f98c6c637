"""What a message does, read from its words. Cues only; what no cue shows is not read."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

ACTS: Final = (
    "ask", "answer", "request", "refuse", "promise", "conditional_threat",
    "disclose", "report", "warn", "apologise", "hand_over",
)  # fmt: skip
"""The closed list of acts (DESIGN, Meaning)."""

_CUES: Final[dict[str, str]] = {
    "ask": r"\?|\b(?:could|can|would|may) (?:you|i|we)\b|\b(?:please|kindly) (?:tell|let me know|say|confirm|explain)\b"
    r"|\bi (?:would like|want|need|wonder) to know\b|\bwondering\b",
    "request": r"\bplease\b|\bcould you\b|\bcan you\b|\bwould you\b|\bi (?:ask|request|urge|beg) (?:you|for|that)\b"
    r"|\bi(?:'d| would) (?:like|ask|be grateful)\b|\b(?:asking|request(?:ing)?) (?:you|for)\b|\bi need you\b"
    r"|\b(?:reconsider|postpone|put off|hold off|call off|cancel|drop|keep|extend|review|pause)\b",
    "refuse": r"\b(?:can't|cannot|can not|won't|will not|am not able|not able|unable|not allowed|not in a position|"
    r"not at liberty|must decline|have to decline|decline|refuse|not for me) ?(?:to )?"
    r"(?:share|tell|give|say|send|discuss|comment|disclose|pass|confirm|do|help|answer|provide)?\b|\bno comment\b",
    "promise": r"\bi(?:'ll| will| promise| shall)\b|\bwill (?:do|be done)\b|\byou will have\b|\bon it\b",
    "report": r"\b(?:report|reporting|raise|raising|flag|flagging|bring(?:ing)? to your attention|concern(?:s|ed|ing)?|"
    r"escalat\w+|complain\w*|notify|notifying|to your attention|you should know|wanted you to know|let you know)\b",
    "warn": r"\b(?:warn\w*|careful|be aware|beware|heads[- ]up|at risk|watch out|caution)\b",
    "apologise": r"\b(?:sorry|apolog\w+|regret|my mistake|my error)\b",
    "hand_over": r"\b(?:hand(?:ing)?[- ]?over|handover|hand(?:ing)? (?:this|it|them|my|the) .{0,30}over|open items|"
    r"where things stand|next steps for|take over from)\b",
}  # fmt: skip

_CONDITION: Final = (
    r"\b(?:if|unless|until|otherwise|or else|in (?:exchange|return)|as long as|so long as|provided|in case|depends on|"
    r"should you|either|either way|failing that|the moment|in that case|before i|or i(?:'ll| will| shall)|"
    r"then i(?:'ll| will)|not having to|forced? to|left with no)\b"
)
_WILL: Final = r"(?:'ll|'d| will| would| shall| may| might| could| must| can| have to| am going to| am prepared to)"
_CONSEQUENCE: Final = (  # I let it be known; somebody comes to know; it becomes known
    rf"\b(?:i|we){_WILL} (?:\w+ ){{0,3}}?(?:tell|inform|forward|send|share|pass|show|reveal|expose|publish|copy|mention|"
    r"disclose|report|write to|go to|let|make)\b"
    rf"|\b(?!you\b)\w+{_WILL} (?:\w+ ){{0,3}}?(?:learn|hear|know|find out|read|see|receive|get (?:it|this|that|a copy)|"
    r"be (?:told|informed|sent|shown|forwarded|shared|made public|published|interested))\b"
    r"|\b(?:become|becomes|made|make|go|goes|get|gets|come|comes) (?:public|known|out|to light)\b"
)
_SILENCE: Final = (
    r"\b(?:stays? between|remain\w* between|between (?:us|you and me)|(?:nobody|no one|no-one) (?:else )?"
    r"(?:needs?|has|have|must|will|would|ever) |not a word|keep (?:it|this|that) (?:to|between|quiet|private)|"
    r"kept (?:quiet|confidential|between)|"
    r"stay(?:s)? (?:quiet|silent|with me|private|confidential)|keep (?:quiet|silent)|say nothing|my silence|"
    r"discre(?:et|tion)|remain\w* (?:private|confidential|quiet)|forget (?:what|that|about)|"
    r"would be (?:a )?(?:pity|shame|unfortunate|awkward|embarrassing))\b"
)
_PATTERNS: Final = {act: re.compile(pattern) for act, pattern in _CUES.items()}
_IF: Final = re.compile(_CONDITION)
_THEN: Final = re.compile(f"{_CONSEQUENCE}|{_SILENCE}")
_SENTENCE: Final = re.compile(r"(?<=[.!?;])\s+")


@lru_cache(maxsize=4096)
def acts_in(text: str) -> tuple[str, ...]:
    """Return the acts for which normal ``text`` has a cue, in the order of :data:`ACTS`."""
    found = {act for act, pattern in _PATTERNS.items() if pattern.search(text)}
    if threatens(text):
        found.add("conditional_threat")
    return tuple(act for act in ACTS if act in found)


@lru_cache(maxsize=4096)
def threatens(text: str) -> bool:
    """Whether a condition and a consequence (somebody learns, or nobody does) stand within two sentences."""
    if _IF.search(text) is None:
        return False
    sentences = _SENTENCE.split(text)
    for index, sentence in enumerate(sentences):
        if _IF.search(sentence):
            near = " ".join(sentences[max(0, index - 1) : index + 2])
            if _THEN.search(near):
                return True
    return False
