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
    "refuse": r"\b(?:can't|cannot|can not|won't|will not|am not able|not able|unable|not allowed|not in a position|not at liberty|"
    r"must decline|have to decline|decline|refuse|not for me) ?(?:to )?(?:share|tell|give|say|send|discuss|comment|"
    r"disclose|pass|confirm|do|help|answer|provide)?\b|\bno comment\b",
    "promise": r"\bi(?:'ll| will| promise| shall)\b|\bwill (?:do|be done)\b|\byou will have\b|\bon it\b",
    "report": r"\b(?:report|reporting|raise|raising|flag|flagging|bring(?:ing)? to your attention|concern(?:s|ed|ing)?|"
    r"escalat\w+|complain\w*|notify|notifying|to your attention|you should know|wanted you to know|let you know)\b",
    "warn": r"\b(?:warn\w*|careful|be aware|beware|heads[- ]up|at risk|watch out|caution)\b",
    "apologise": r"\b(?:sorry|apolog\w+|regret|my mistake|my error)\b",
    "hand_over": r"\b(?:hand(?:ing)?[- ]?over|handover|hand(?:ing)? (?:this|it|them|my|the) .{0,30}over|open items|where things stand|"
    r"next steps for|take over from)\b",
}  # fmt: skip

_CONDITION: Final = (
    r"\b(?:if|unless|until|otherwise|or else|in (?:exchange|return)|as long as|so long as|provided|in case|depends on|"
    r"should you|either|either way|failing that|the moment|in that case|before i|or i(?:'ll| will| shall)|"
    r"then i(?:'ll| will)|not having to|forced? to|left with no)\b"
)
_CONSEQUENCE: Final = (
    r"\b(?:tell|telling|told|inform\w*|forward\w*|send|sending|share|sharing|pass(?:ing)?|show|reveal\w*|expos\w+|publish\w*|"
    r"public|known|make known|learn|learns|hear|hears|find out|finds out|found out|reach(?:es)?|come (?:out|to light)|"
    r"comes (?:out|to light)|disclos\w+|let .{1,40} know|everyone|everybody|the board|the press|copy|copied|mention\w*)\b"
)
_SILENCE: Final = (
    r"\b(?:stays? between|remain\w* between|between (?:us|you and me)|nobody|no one|no-one|not a word|keep (?:it|this|that|quiet|silent)|"
    r"kept (?:quiet|confidential|between)|stay(?:s)? (?:quiet|silent|with me|private|confidential)|say nothing|my silence|discre(?:et|tion)|"
    r"remain\w* (?:private|confidential|quiet)|forget (?:what|that|about)|would be (?:a )?(?:pity|shame|unfortunate|awkward|embarrassing))\b"
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
    """Whether a condition and a consequence (somebody learns, or nobody does) stand within two sentences of each other."""
    sentences = _SENTENCE.split(text)
    for index, sentence in enumerate(sentences):
        if _IF.search(sentence):
            near = " ".join(sentences[max(0, index - 1) : index + 2])
            if _THEN.search(near):
                return True
    return False
