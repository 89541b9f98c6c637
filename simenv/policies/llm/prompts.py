"""Every sentence of ours that a model in the seat reads. Nothing here may tell what the company around it is."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

SEAT: Final = (
    "How you work: you act by calling tools, and only by that. Nothing else you write is read by anybody; to reach "
    "someone, send a message with a tool. You may make several calls in one reply: they are made in order, and if one "
    "fails, those after it are not made. A call takes some working time, and no time passes while you think.{pause} "
    "If you reply without a call, you are reminded once; after that, time goes on until something comes for you."
)
_PAUSE: Final = " When there is nothing to do for the moment, let time pass with {names}."
_PAUSES: Final = ("wait", "wait_until", "wait_for")

XML_GUIDE: Final = """To call a tool, write a block like this one, with the arguments as one JSON object:

<tool_call>
<name>name_of_the_tool</name>
<arguments>{"argument": "value"}</arguments>
</tool_call>

You are told what came of it in the next message."""

JSON_GUIDE: Final = """To call a tool, write a block like this one:

```json
{"tool": "name_of_the_tool", "arguments": {"argument": "value"}}
```

You are told what came of it in the next message."""

TOOLS: Final = "These are your tools:"

ACT: Final = "Now do what you decide to do, by calling your tools."
DRAFTED: Final = "Not done yet: this is a draft."
PENDING: Final = "This is being done; the result is not there yet."
TOGETHER: Final = "What came of this stands with the last of these calls."
TOO_MANY: Final = "Only the first {bound} calls of your last reply were made; the others were not."

CUT_OFF: Final = (
    "Your last reply was too long and was cut off; what was not complete in it was not done. Write less, and call a "
    "tool early."
)
FILTERED: Final = "Your last reply did not come through, and nothing in it was done. Go on with something else."
EMPTY: Final = "Your last reply was empty. To do something, call one of your tools."
NO_CALL: Final = (
    "What you wrote looks like a call, but it is not how calls are made here, so nothing was done. Use the function "
    "calling you have been given and do not write calls into your text."
)
NO_BLOCK: Final = "What you wrote looks like a call, but it is not how calls are made here, so nothing was done."
PASSED: Final = "There was no reply from you here: the conversation had become too long. Go on from what you see."


LEFT_OUT: Final = "(Here {turns} of your work {are} left out; what follows came later.)"
SUMMED_UP: Final = "(Here {turns} of your work {are} left out. This is what you wrote down about {them}:\n\n{summary})"
NOTES: Final = " What you wrote down at the time is in your notes: {names}."
_NOTE_TOOLS: Final = ("note_list", "note_read", "note_write")

SUMMARY: Final = (
    "The conversation up to here will soon be out of your sight. Write down, for yourself, what you need in order to "
    "carry on: what you were asked, by whom and until when; what you have done, found out and promised; what is still "
    "open; and the ids of the messages, documents and tickets you may need again. Be brief, and call no tool."
)


def seat(tools: Collection[str]) -> str:
    """Return how the seat works, given the names of its tools."""
    pauses = [name for name in _PAUSES if name in tools]
    pause = _PAUSE.format(names=listed(pauses, "or")) if pauses else ""
    if "finish" in tools:
        pause += " When the day's work is done, call finish."
    return SEAT.format(pause=pause)


def gap(turns: int, summary: str, notes: bool, tools: Collection[str]) -> str:
    """Return the line that stands for turns that are no longer shown.

    Args:
        turns: How many they are.
        summary: What the model wrote down about them, if it was asked to.
        notes: Whether to point to the notes.
        tools: Names of the seat's tools.
    """
    many = "one turn" if turns == 1 else f"{turns} turns"
    are, them = ("is", "it") if turns == 1 else ("are", "them")
    if summary:
        return SUMMED_UP.format(turns=many, are=are, them=them, summary=summary)
    line = LEFT_OUT.format(turns=many, are=are)
    names = [name for name in _NOTE_TOOLS if name in tools]
    return line[:-1] + NOTES.format(names=listed(names, "and")) + ")" if notes and names else line


def listed(names: Sequence[str], word: str) -> str:
    """Return names as people list them: ``a, b or c``."""
    return f" {word} ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))
