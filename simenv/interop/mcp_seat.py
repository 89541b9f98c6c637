"""One seat behind a server: who holds it, what it answers, how its episode is written down and ended.

Nothing here knows the protocol. What a client is told is told in the words of the company, because a model reads it.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from msgspec import Struct

from simenv.core.bounds import clean_text
from simenv.core.errors import RecordingError
from simenv.record import EpisodeWriter
from simenv.session import Session

TAKEN: Final = "Somebody else is working at this desk."
ENDED: Final = "The work at this desk has ended. Nothing further can be done here."
FAILED: Final = "This could not be done."

_LONGEST: Final = 200
"""Letters of a client's name, and of its version, that are kept."""


class Answer(Struct, frozen=True):
    """What a caller is told.

    Attributes:
        text: The result of the call and what is new, or why there is none.
        refused: Whether the call came to nothing.
    """

    text: str
    refused: bool


class ServedSeat:
    """A seat that one client at a time can hold: whoever calls a tool first, until it leaves.

    Asking for the brief or for the list of tools does not take the seat: hosts look a server over before they use it.

    Args:
        session: A session that has not begun and has no recorder.
        seed: The episode's root seed.
        place: Returns the folder in which the episode is to be written; asked when the seat is taken.

    Attributes:
        session: The session; over once the client has left.
        brief: What the seat is told when it begins: the job, then what it perceives.
        holder: Who holds the seat, or None before the first call.
        folder: Where the episode is written, or None before the first call.
        error: The error that ended the episode, if one did.
        writing: The error that keeps the episode from being written, if there is one.
    """

    def __init__(self, session: Session, seed: int, place: Callable[[], Path]) -> None:
        self.session, self._place = session, place
        self.brief = session.reset(seed)
        self.holder: str | None = None
        self.folder: Path | None = None
        self.error: str | None = None
        self.writing: RecordingError | None = None
        self._writer: EpisodeWriter | None = None

    @property
    def firm(self) -> str:
        """Name of the firm, as this seed draws it."""
        return self.session.simulation.scene.opening.firm

    def call(self, holder: str, client: Mapping[str, str], name: str, arguments: dict[str, Any]) -> Answer:
        """Make one call.

        Args:
            holder: Tells the caller from other callers.
            client: Name and version of the caller's program.
            name: The tool's name, which need not exist.
            arguments: Arguments by name, whatever they are.
        """
        if self.holder not in (None, holder):
            return Answer(TAKEN, refused=True)
        if self.session.over or self.writing is not None:
            return Answer(ENDED, refused=True)
        try:
            if self.holder is None:
                self._take(holder, client)
            turn = self.session.call(name, arguments)
        except RecordingError as error:
            self.writing = error
            return Answer(FAILED, refused=True)
        except Exception:  # noqa: BLE001 - an error of the engine ends the episode, which says so; the caller learns nothing
            self._fail(traceback.format_exc())
            return Answer(FAILED, refused=True)
        return Answer(turn.text, refused=not turn.ok)

    def _take(self, holder: str, client: Mapping[str, str]) -> None:
        self.holder, self.folder = holder, self._place()
        described = {key: clean_text(value[:_LONGEST]) for key, value in client.items()}
        self._writer = EpisodeWriter(self.folder, policy={"mcp": described})
        self._writer.opened(self.session)
        self.session.recorder = self._writer

    def _fail(self, trace: str) -> None:
        self.error = trace
        if self._writer is not None:
            self._writer.error = trace
        with suppress(Exception):  # an engine that cannot even end leaves a record without an end, as a killed one does
            self._close("engine_error", "engine")

    def leave(self) -> None:
        """Let the client go: an episode that is not over ends as interrupted. May be called again."""
        if self.holder is not None:
            self._close("interrupted", "disconnected")
        if self._writer is not None:
            self._writer.drop()

    def _close(self, outcome: Any, ended_by: str) -> None:
        try:
            self.session.close(outcome, ended_by)
        except RecordingError as error:
            self.writing = error
