"""Ctrl-C, let through only where nothing is half done.

An interruption inside the engine could leave an event in the log that nothing has seen yet, and the record would not
replay. So while a study runs, Ctrl-C takes effect while a policy decides and between episodes; elsewhere it waits for
that moment. A second one does not wait.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType, TracebackType
from typing import Any


class Interrupts:
    """Holds Ctrl-C back; a context manager. Outside the main thread, where no signal arrives, it does nothing.

    Attributes:
        asked: Whether Ctrl-C was pressed and waits to take effect.
    """

    def __init__(self) -> None:
        self.asked = False
        self._open = False
        self._before: Callable[[int, FrameType | None], Any] | int | None = None
        self._installed = False

    def __enter__(self) -> Interrupts:
        main = threading.current_thread() is threading.main_thread()
        if main and signal.getsignal(signal.SIGINT) not in (signal.SIG_IGN, None):
            self._before = signal.signal(signal.SIGINT, self._on_signal)
            self._installed = True
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._installed:
            signal.signal(signal.SIGINT, self._before)

    @contextmanager
    def let_through(self) -> Iterator[None]:
        """Let Ctrl-C take effect in this block, one that waits at once.

        Raises:
            KeyboardInterrupt: When it is pressed, or was before.
        """
        if self.asked:
            raise KeyboardInterrupt
        self._open = True
        try:
            yield
        finally:
            self._open = False

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        if self._open or self.asked:
            raise KeyboardInterrupt
        self.asked = True
