"""Writing the file of what was asked and answered: one unbuffered write a line, and none is forgotten."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Final

from simenv.core.errors import RecordingError
from simenv.llm.digests import Digest
from simenv.llm.lines import LineWriter
from simenv.llm.recorded import Recorded

_FLAGS: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND | getattr(os, "O_BINARY", 0)


class ReplyFile:
    """A file of lines that is made when the first one is due.

    Args:
        path: Where; its folder must be there, the file must not.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._writer = LineWriter()
        self._rest = b""
        self._fd: int | None = None
        self._closed = False

    def open(self) -> None:
        """Make the file, if it is not made yet.

        Raises:
            RecordingError: If it cannot be made, or is there already, or was closed.
        """
        if self._fd is not None:
            return
        if self._closed:
            raise RecordingError(f"{self._path} is closed: its episode is over. Open another for another episode")
        try:
            self._fd = os.open(self._path, _FLAGS, 0o644)
        except FileExistsError:
            raise RecordingError(
                f"{self._path} is there already; another episode's replies need another file"
            ) from None
        except OSError as error:
            raise _failed(self._path, error) from error
        self._write(self._writer.head())

    def add(self, entry: Recorded, digest: Digest) -> None:
        """Write the line of a request; ``digest`` is that of its request.

        Raises:
            RecordingError: If it cannot be written. What could not be written is kept and comes first the next time.
        """
        self._write(self._writer.line(entry, digest))

    def _write(self, data: bytes) -> None:
        data, done = self._rest + data, 0
        try:
            while done < len(data) and self._fd is not None:
                done += os.write(self._fd, data[done:])
        except OSError as error:
            raise _failed(self._path, error) from error
        finally:
            self._rest = data[done:]

    def close(self) -> None:
        """Close the file; may be called again."""
        self._closed = True
        fd, self._fd = self._fd, None
        if fd is not None:
            os.close(fd)


def _failed(path: Path, error: OSError) -> RecordingError:
    if error.errno == errno.ENOENT:
        return RecordingError(f"{path} cannot be written: there is no such folder. Make it, or write elsewhere")
    return RecordingError(f"{path} cannot be written: {error.strerror}. Mend that and go on, or write elsewhere")
