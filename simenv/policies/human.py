"""A human in the seat, at a plain terminal: what the seat is shown is shown, what is typed is done."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator
from typing import Any, Final, Protocol

from simenv.core.errors import EpisodeStopError
from simenv.core.turns import Action, Brief, Observation, Past, ToolInfo
from simenv.policies.typed import LINES, TypedError, kind_of, read_lines, typed_call

SPEC: Final[dict[str, Any]] = {"human": True}
"""What identifies this policy in a record."""

_WIDTH: Final = 78
_ID: Final = re.compile(r"(?<![\w-])[a-z]+-[a-z2-7]{8}(?!\w)|[\w.+-]+@[\w-]+\.[\w.-]*\w")
"""What one would not want to type: ids and addresses."""

_HELP: Final = """\
TOOL name=value ...    calls a tool, as in  mail_read id=mail-abc
                       to=a@b.net,c@d.net   several values
                       subject="Two words"  text with blanks
                       body=<<              text of several lines, ended by a
                                            line with a single dot
                       numbers=[3, 4]       JSON
help TOOL              what a tool takes; help mail: all tools of that sort
say TEXT               a turn without a call; nobody hears it
quit                   stops here; the day can be gone on with later
"""


class Terminal(Protocol):
    """Where a human sits."""

    def show(self, text: str) -> None:
        """Show a text."""

    def ask(self, prompt: str) -> str | None:
        """Return a line that is typed, without its end, or None when no more will come."""

    def offer(self, words: Iterable[str]) -> None:
        """Offer words for completion from now on, where that can be done."""


class HumanPolicy:
    """Shows what the seat is shown and returns what is typed. A mistake in typing is told of and costs nothing.

    Args:
        terminal: Where the human sits.
    """

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal
        self._tools: dict[str, ToolInfo] = {}

    def reset(self, brief: Brief, past: Past = ()) -> None:
        """Show the brief, and how much was done before."""
        self._tools = {tool.name: tool for tool in brief.tools}
        self._terminal.offer(("help", "say", "quit", *self._tools))
        self._terminal.offer(f"{key}=" for tool in brief.tools for key in tool.schema.get("properties", {}))
        self._terminal.show(f"{brief.text}\n\nType a call, help, or quit.")
        if past:
            self._terminal.show(f"\nTurns taken so far: {len(past)}. You go on where they ended.")

    def act(self, observation: Observation) -> Action:
        """Show what is new and return what is typed.

        Raises:
            EpisodeStopError: On ``quit``, or when the input ends.
        """
        self._terminal.show(f"\n{observation.text}\n")
        self._terminal.offer(_ID.findall(observation.text))
        while True:
            line = self._terminal.ask(_prompt(observation))
            word, _, rest = (line or "").strip().partition(" ")
            rest = rest.strip()
            if line is None or word in ("quit", "exit"):
                raise EpisodeStopError("interrupted", "quit", "The human at the terminal has stopped.")
            try:
                if word == "help":
                    self._terminal.show("\n".join(self._help(rest)))
                elif word == "say":
                    return Action(say=read_lines(self._more) if rest == LINES else rest)
                elif word:
                    return Action((typed_call(line, self._tools, self._more),))
            except TypedError as error:
                self._terminal.show(str(error))

    def state(self) -> None:
        """Return nothing: what a human knows stays with the human."""

    def load(self, state: None) -> None:
        """Do nothing, for the same reason."""

    def answer(self, question: str) -> str:
        """Show a question from outside and return what is typed; no more input is no answer."""
        self._terminal.show(f"\n{question}\n")
        return self._terminal.ask("answer> ") or ""

    def _more(self) -> str | None:
        return self._terminal.ask("... ")

    def _help(self, topic: str) -> Iterator[str]:
        if topic in self._tools:
            yield from _about(self._tools[topic])
            return
        sorts: dict[str, list[ToolInfo]] = {}
        for name, tool in sorted(self._tools.items()):
            sorts.setdefault(name.partition("_")[0], []).append(tool)
        if topic in sorts:
            for tool in sorts[topic]:
                yield from _wrapped(f"{tool.name:<22} ", tool.description)
            return
        if topic:
            raise TypedError(f"There is no tool {topic!r}. Type help for all of them.")
        yield _HELP
        for sort, tools in sorts.items():
            yield from _wrapped(f"{sort:<10} ", "  ".join(tool.name for tool in tools))


def _prompt(observation: Observation) -> str:
    minute = observation.time // 60 % 1440
    left = f" {observation.calls_left} left" if observation.calls_left >= 0 else ""
    return f"{minute // 60:02}:{minute % 60:02}{left}> "


def _about(tool: ToolInfo) -> Iterator[str]:
    yield from _wrapped(f"{tool.name}: ", tool.description, indent=2)
    needed = tool.schema.get("required", ())
    for key, schema in tool.schema.get("properties", {}).items():
        must = "" if key in needed else ", may be left out"
        yield from _wrapped(f"  {key:<14} ", f"{schema.get('description', '')} ({kind_of(schema)}{must})")


def _wrapped(head: str, text: str, indent: int | None = None) -> list[str]:
    """Return lines of a text behind a head, indented below it."""
    rest = " " * (len(head) if indent is None else indent)
    return textwrap.wrap(f"{head}{text}", _WIDTH, subsequent_indent=rest, break_on_hyphens=False) or [head]
