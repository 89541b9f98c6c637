"""Watching an episode while it is recorded: the day passes before one's eyes."""

from __future__ import annotations

from collections.abc import Callable

from rich.console import Console

from simenv.commands.holder import Introduced
from simenv.company.people import DAY
from simenv.session import Recorder, Session
from simenv.viewer.terminal import DayPrinter
from simenv.viewer.terminal_card import opening_rows
from simenv.viewer.terminal_day import Narrator
from simenv.viewer.terminal_names import Names


class Watched:
    """A recorder that also tells somebody what has happened.

    Args:
        recorder: Who writes the episode down, if anybody.
        watch: Called with the session at its opening and after every step, if anybody watches.
    """

    def __init__(self, recorder: Recorder | None, watch: Callable[[Session], object] | None) -> None:
        self._recorder, self._watch = recorder, watch

    def opened(self, session: Session) -> None:
        """Pass the opening on."""
        if self._recorder is not None:
            self._recorder.opened(session)
        self._tell(session)

    def stepped(self, session: Session) -> None:
        """Pass a step on."""
        if self._recorder is not None:
            self._recorder.stepped(session)
        self._tell(session)

    def closed(self, session: Session) -> None:
        """Pass the end on."""
        if self._recorder is not None:
            self._recorder.closed(session)

    def _tell(self, session: Session) -> None:
        if self._watch is not None:
            self._watch(session)


class Watcher:
    """Prints a session's day as it passes.

    Args:
        console: Where to.
        agent: The agent, to be introduced; None for a session that is not introduced.
        told: Events that are not told, because they were told before.
    """

    def __init__(self, console: Console, agent: Introduced | None = None, told: int = 0) -> None:
        self._console, self._agent, self._told = console, agent, told
        self._printer: DayPrinter | None = None
        self._narrator: Narrator | None = None

    def __call__(self, session: Session) -> None:
        """Print what has happened since the last time."""
        simulation = session.simulation
        if self._printer is None or self._narrator is None:
            today = simulation.log[self._told - 1].time // DAY if self._told else None
            self._printer = DayPrinter(self._console, simulation.company.opening.dates, today)
            self._narrator = Narrator(Names(simulation.company, simulation.scene.seat))
            if self._agent is not None:
                for row in opening_rows(session, self._agent.name, self._agent.doc):
                    self._console.print(row)
                self._console.print()
        self._printer.print(self._narrator.lines(simulation.log.since(self._told)))
        self._told = len(simulation.log)
