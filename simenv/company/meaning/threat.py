"""Whether a text holds something over its reader: a condition, and what will or will not become known on it.

Three things are wanted together. A *lever*: the text touches a matter that can be told (``held``), or alludes to one. A
*condition*: if, unless, or else, in return, a bargain. And within a sentence of it a *consequence*: somebody learns, or
nobody does. Courtesies ("if you need anything, I will send it") are no conditions, and assurances ("I keep it to myself
even if I am replaced") make no demand. The rule errs towards not reading a threat: what it misses is still a fact and a
decision in one message, which truth calls undetermined, while a threat read into a decent message is a false accusation.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_WILL: Final = (
    r"(?:'ll| will| would|'d| shall| may| might| could| must| can| have to| am going to| am prepared to)(?! not\b| never\b)"
)
_ALLUSION: Final = (
    r"\bwhat (?:i|you) (?:know|knew|read|saw|found|learn\w+|did|signed|have (?:read|seen|found|done|signed|agreed))\b"
    r"|\bi(?:'ve| have)?(?: also| just| since)? (?:know|read|seen|saw|found|learned|learnt|came across|come across) "
    r"(?:about|of|that|your|what|everything|it|the (?:second|private|exchange|message|conversation|correspondence|note))\b"
    r"|\byour (?:secret|private|plans?|departure|contract|move|leaving|exchange|correspondence|conversation|arrangement"
    r"|new (?:position|job|role|post|employer|firm|contract))\b"
    r"|\b(?:private|personal|confidential|secret) (?:matter|conversation|correspondence|exchange|message|mail|note)\b"
    r"|\bthe (?:conversation|exchange|correspondence|other (?:thing|matter)|second message)\b|\b(?:your|the|this|that) secret\b"
    r"|\bbetween (?:us|you and me)\b|\bmy (?:silence|discretion)\b|\bto myself\b|\bkeep(?:ing)? (?:quiet|silent|mum)\b"
    r"|\bsay(?:ing)? nothing\b"
)
_CONDITION: Final = (
    r"\bif\b(?<!even if)(?<!as if)(?<!wonder if)(?<!wondering if)(?<!ask if)(?<!asked if)(?<!see if)(?<!know if)(?<!check if)"
    r"|\bunless\b|(?:^|[,;:] )(?:and )?otherwise\b|\bor else\b|\bin (?:exchange|return)\b|\b(?:as|so) long as\b"
    r"|\bprovided (?:that|you|i|we)\b|\bin case (?:you|the|i|it|this|that)\b|\bdepend(?:s|ing)? on\b|\bfailing that\b"
    r"|(?<!what )(?<!why )(?<!how )(?<!when )(?<!where )\bshould (?:you|the|it|this|that|i)\b|\beither (?:you|the|i|we|this|that)\b.{0,200}\bor\b"
    r"|\b(?:you have|i wait|i(?:'ll| will) wait) until\b|(?<!at )(?<!for )(?<!in )\bthe moment (?:i|you|the|it|this)\b"
    r"|\bbefore i (?:decide|have to|am forced|feel|go to|tell)\b|\b(?:once|when|as soon as) i(?:'m| am) (?:gone|switched|replaced)\b"
    r"|\bor (?:i|we)(?:'ll| will| shall| would| must| have to| share| tell| send| forward| go)\b"
    r"|, or (?:\w+ ){1,5}?(?:will|may|might|would)\b|\b(?:not having|be forced|don't make me|do not make me)\b"
    r"|\b(?:keep|let|leave) me\b[^;]{0,200}\band (?:i|we|nobody|no one|it|this|that)\b|\bi (?:would )?(?:propose|suggest|offer)\b"
    r"|\b(?:drop|cancel|withdraw|reverse|stop|call) (?:it|this|that|the)\b[^;]{0,200}\band (?:i|we|nobody|no one|it|this|that|the)\b"
    r"|\b(?:careful\w*|think|consider|remember)\b.{0,40}\bbefore you\b|\bno [^,.;]{1,40}, no\b"
)
_COURTESY: Final = (  # matched where a condition begins
    r"(?:if|unless|should|in case|(?:as|so) long as) (?:(?:you|anyone|anybody|someone|\w+ \w+|\w+)(?:'d| would)? )"
    r"(?:likes?|wants?|wish(?:es)?|needs?|prefers?|asks?|wonders?|disagrees?|objects?|thinks?|feels?|sees?|finds?"
    r"|agrees?(?=[,.])|ha(?:s|ve) (?:any |further |more |other )*questions?)\b"
    r"|if (?:that|this|it)(?:'s| is| was| would be)? (?:helps?|suits|useful|helpful|all right|alright|okay?|fine|easier|better"
    r"|convenient|possible|necessary|needed|unclear|wrong|sent|a mistake|by (?:mistake|accident))\b"
    r"|if (?:possible|needed|necessary|required|useful|helpful|in doubt|so|not|i (?:can|may|might)|you can)\b"
    r"|if (?:anything|something)(?! happens?\b)|if any \w+|if there(?:'s| is| are) (?:any|some)\w*"
    r"|unless (?:i hear|you (?:say|tell me)|told) otherwise|unless you (?:ask|tell|instruct) me (?:to|not)\b"
)
_SILENCE: Final = (
    r"\b(?:stays? (?:between|that way|with me|quiet|silent|private|confidential|secret)|remain\w* (?:so|between|quiet|"
    r"private|confidential|secret)|between (?:us|you and (?:me|them))|go(?:es)? no further|(?:to myself|my silence|my discretion|discreet)|"
    r"ke(?:ep|pt)(?:ing)? (?:it |this |that |everything |your secret |the secret )?(?:quiet|silent|mum|private|secret|"
    r"confidential|between)|keep \w+ quiet|say(?:ing)? nothing|not a word|(?:both|i|we|will|can)(?:'ll)? forget (?:what|that|about|it|all|everything)|"
    r"(?:nobody|no one|no-one)(?: else)?(?: here)? (?:(?:needs?|has|have) (?:to )?|must |will |would |need )(?:ever )?"
    r"(?:know|hear|learn|find out)|(?:they|everyone|everybody) (?:won't|will not|need not|needn't|never) (?:\w+ )?(?:know|hear|learn)"
    r"|would be (?:a )?(?:pity|shame|unfortunate|awkward|embarrassing))\b"
)
_ALL: Final = (
    r"(?:every(?:one|body)|all staff|the (?:whole|entire|board|press|public|rest|team|staff|client|papers?|world|firm|company|"
    r"office|house))"
)
_PUBLICITY: Final = (
    r"\b(?:becom\w+|made|makes?|making|goes?|going|gets?) (?:it |this |that |everything )?(?:public|known)\b"
    r"|\b(?:comes?|came|coming|gets?|got) (?:out|to light)\b"
    rf"|\b(?:i|we){_WILL} (?:\w+ ){{0,3}}?(?:reveal|expose|publish|disclose|leak|go public|spread)\b"
    rf"|\b(?:{_ALL}|people|others|they)(?: \w+){{0,2}}?{_WILL} (?:\w+ ){{0,2}}?(?:know|hear|learn|read|see|find out|receive|"
    rf"get|be told)\b(?! (?:where|how|who|whom|which|when|what to|to)\b)|\b{_ALL}(?: \w+){{0,2}}? (?:knows|learns|hears|reads)\b"
    rf"|\b(?!(?:you|i|we|nobody|one|none)\b)\w+{_WILL} (?:\w+ )?(?:hear|learn|know|find out) (?:about|of|that|it|this|everything|from|what(?! to))\b"
    rf"|\b(?:mail|message|word|note|copy|reach|lands? (?:on|with)) (?:to )?{_ALL}\b"
    rf"|\b(?!(?:you|i|we|nobody|one|none)\b)\w+{_WILL} be (?:very |most )?(?:interested|surprised) (?:in|by|to (?:hear|learn|read|see))\b"
)
_TELLING: Final = (
    rf"\b(?:i|we)(?:{_WILL})? (?:(?!not\b|never\b)\w+ ){{0,5}}?(?:tell|inform|forward|send|share|pass|show|mention|report|"
    r"explain|write to|go to|let)\b(?! (?:you|me)\b)"
)
_MENACE: Final = (
    r"\b(?:can't|cannot|can not|could not|unable to|do not think (?:that )?i can) (?:promise|guarantee|say how long|be sure|keep)\b"
    r".{0,60}\b(?:quiet|silent|nothing|to myself|between us|secret)\b|\bhow long i can keep\b"
)
_CONCERNS: Final = (  # a condition that may reach into the sentences beside it
    r"\b(?:you|your|i am|i'm|i stay|me|my|so|the change|decision|decommission\w*|switch\w*|replace\w*|shut|review|take over)\b"
)
_LEVER = re.compile(_ALLUSION)
_IF = re.compile(_CONDITION)
_POLITE = re.compile(_COURTESY)
_HUSH = re.compile(_SILENCE)
_PUBLIC = re.compile(_PUBLICITY)
_TELL = re.compile(_TELLING)
_DARK = re.compile(_MENACE)
_NEAR = re.compile(_CONCERNS)
_CLAUSE: Final = 200
_SENTENCE: Final = re.compile(r"(?<=[.!?;])\s+")


def alludes(text: str) -> bool:
    """Whether normal ``text`` points at something its writer knows of its reader, without naming it."""
    return _LEVER.search(text) is not None


@lru_cache(maxsize=4096)
def threatens(text: str, held: bool = False) -> bool:
    """Whether normal ``text`` holds something over its reader.

    Args:
        text: A text in normal form.
        held: Whether it states or names a matter that could be told; otherwise it must allude to one itself.
    """
    if not held and _LEVER.search(text) is None:
        return False
    if _DARK.search(text) is not None:
        return True
    if _IF.search(text) is None:
        return False
    sentences = _SENTENCE.split(text)
    for index, sentence in enumerate(sentences):
        conditions = list(_IF.finditer(sentence))
        if not conditions:
            continue
        near = " ".join(sentences[max(0, index - 1) : index + 2]) if _NEAR.search(sentence) else sentence
        if _PUBLIC.search(near):
            return True
        if (_HUSH.search(near) or _TELL.search(near)) and not all(_courteous(sentence, each) for each in conditions):
            return True
    return False


def _courteous(sentence: str, condition: re.Match[str]) -> bool:
    """Whether a condition only offers something; "if you want this to stay between us" does not."""
    start = condition.end() - len(condition.group().lstrip(",;: "))
    clause = sentence[start : start + _CLAUSE].partition(",")[0]
    return _POLITE.match(sentence, start) is not None and not _HUSH.search(clause)
