"""A plain terminal, or a pipe: lines out, lines in."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterable
from types import ModuleType
from typing import Final

from rich.console import Console
from rich.text import Text

from simenv.viewer.terminal_text import visible

_BETWEEN: Final = " \t\n=,"


class PlainTerminal:
    """Where a human sits (a :class:`simenv.policies.human.Terminal`). What is shown is made plain first.

    Args:
        console: Where to write.
    """

    def __init__(self, console: Console) -> None:
        self._console = console
        self._words: set[str] = set()
        self._typed = sys.stdin.isatty()
        if self._typed and (readline := _readline()) is not None:
            readline.set_completer_delims(_BETWEEN)
            readline.set_completer(self._completed)
            readline.parse_and_bind("tab: complete")

    def show(self, text: str) -> None:
        """Show a text, wrapped at words."""
        for line in text.split("\n"):
            for row in _wrapped(visible(line), self._console.width):
                self._console.print(Text(row), soft_wrap=True)

    def ask(self, prompt: str) -> str | None:
        """Return the next line, or None at the end of input. What comes from a pipe is shown as if it were typed."""
        try:
            if self._typed:
                return input(prompt)
            line = input()
        except EOFError:
            self.show("")
            return None
        self.show(f"{prompt}{line}")
        return line

    def offer(self, words: Iterable[str]) -> None:
        """Offer words for completion from now on."""
        self._words.update(words)

    def _completed(self, begun: str, number: int) -> str | None:
        fitting = sorted(word if word.endswith("=") else f"{word} " for word in self._words if word.startswith(begun))
        return fitting[number] if number < len(fitting) else None


def _wrapped(line: str, width: int) -> list[str]:
    """Return a line as rows of a width, those below the first indented as it is."""
    if len(line) <= width:
        return [line.rstrip()]
    indent = " " * min(width // 2, len(line) - len(line.lstrip(" *")))
    return textwrap.wrap(line, width, subsequent_indent=indent, break_on_hyphens=False)


def _readline() -> ModuleType | None:
    """Return what lets one edit a line and go back to earlier ones; not every platform has it."""
    try:
        import readline
    except ImportError:
        return None
    return readline
