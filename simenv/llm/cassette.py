"""Every reply of an episode is written down before it is used, and can be played again without a provider.

A reply belongs to one episode and one index: it replays that episode or a fork of it, and never serves another sample.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable
from pathlib import Path
from time import perf_counter
from typing import Any, Final

import msgspec

from simenv.core.errors import RecordingError, ReplayError
from simenv.llm.base import Purpose, Sends
from simenv.llm.data import Reply, Request
from simenv.llm.differences import difference
from simenv.llm.digests import Digest, Digests
from simenv.llm.errors import BudgetSpentError, ProviderError
from simenv.llm.lines import Record, read_record, read_replies
from simenv.llm.recorded import Failure, Recorded, place_of, standing
from simenv.llm.reply_file import ReplyFile
from simenv.llm.tally import Tally

__all__ = ["Record", "Recorded", "Recorder", "Replayer", "read_record", "read_replies"]

_UNFIT: Final = re.compile("[\ud800-\udfff]")
_encode: Final = msgspec.json.Encoder().encode
_decode: Final = msgspec.json.Decoder(Reply).decode


class Recorder:
    """Asks a client and writes down what came of each request, before anybody uses it.

    What is handed on is what was written. Every line is written at once and whole, so a process that is killed loses
    nothing that was answered.

    Args:
        client: Who gets the replies.
        path: The file to write, which must not be there yet, in a folder that must be; None to write nothing down.
        past: What this very episode has asked and been answered already, in a run that was killed: request n gets
            reply n for as long as the requests are the same, and is written down again; failures at its end are asked
            anew.

    Attributes:
        path: Where it is written, or None.
        tally: What the replies add up to so far.
        asked: Requests made so far; the next one has this index.
    """

    def __init__(self, client: Sends, path: Path | None, *, past: Iterable[Recorded] = ()) -> None:
        self.path = path
        self.tally = Tally()
        self.asked = 0
        self._client = client
        self._digests = Digests()
        self._file = None if path is None else ReplyFile(path)
        self._past = _usable(past)

    async def ask(
        self, request: Request, purpose: Purpose, *, turn: int = 0, in_context: tuple[str, ...] = (), note: str = ""
    ) -> Reply:
        """Return the reply (:class:`simenv.llm.base.Asks`).

        Raises:
            BudgetSpentError: If the run's budget is spent.
            ProviderError: If there is no reply, however often it was tried.
            RecordingError: If the reply cannot be written down.
        """
        if self._file is not None:
            self._file.open()  # before anything is paid for
        digest = self._digests.of(request)
        entry = Recorded(
            index=self.asked,
            purpose=purpose,
            request=request,
            digest=digest.whole,
            turn=turn,
            in_context=in_context,
            note=note,
        )
        self.asked += 1
        known = self._known(entry)
        if known is None:
            known = await self._sent(entry, digest)
        else:
            self._keep(known, digest)
        if known.reply is None:
            raise _error(known)
        self.tally = self.tally.plus(purpose, known.reply)
        return known.reply

    def fork(self, path: Path | None) -> Recorder:
        """Return a recorder for a fork of the episode at this moment; its file begins with what was asked so far.

        Raises:
            RecordingError: If this episode was not written down, and the fork should be.
        """
        other = Recorder(self._client, path)
        other.asked, other.tally = self.asked, self.tally
        if other._file is not None and self.asked:
            if self.path is None:
                raise RecordingError(f"{path} cannot tell the whole fork: what came before it was not written down")
            digests = Digests()
            other._file.open()
            for entry in read_record(self.path).replies:
                other._file.add(entry, digests.of(entry.request))
        other._past = dict(self._past)
        return other

    def close(self) -> None:
        """Close the file; may be called again."""
        if self._file is not None:
            self._file.close()

    def _known(self, entry: Recorded) -> Recorded | None:
        """Return what is known of a request from the past; one that differs ends what can be known."""
        known = self._past.pop(entry.index, None)
        if known is None or known.digest == entry.digest:
            return known
        self._past.clear()
        return None

    async def _sent(self, entry: Recorded, digest: Digest) -> Recorded:
        """Return the request with what came of it, written down."""
        start = perf_counter()
        came: dict[str, Any] = {"failure": Failure("cancelled", "Nobody waited for the reply any more.")}
        try:
            sent = await self._client.send(entry.request)
            came = {"reply": _as_written(sent.reply), "attempts": sent.attempts}
        except (ProviderError, BudgetSpentError) as error:
            came = {"failure": Failure.of(error), "attempts": getattr(error, "attempts", ())}
        except asyncio.CancelledError:
            self._keep(msgspec.structs.replace(entry, **came), digest)
            raise
        entry = msgspec.structs.replace(entry, **came, seconds=round(perf_counter() - start, 3))
        self._keep(entry, digest)
        return entry

    def _keep(self, entry: Recorded, digest: Digest) -> None:
        if self._file is not None:
            self._file.add(entry, digest)


class Replayer:
    """Answers the requests of an episode with what was recorded, without any provider.

    Args:
        path: The file that a :class:`Recorder` has written.
        probes: Whether questions from outside will be asked again; if not, they are left out and change nothing.

    Attributes:
        left_out: Recorded questions from outside that are not served.
        torn: What was cut off a last line that was not written whole, or None.
        tally: What the replies add up to so far.
        asked: Requests made so far.

    Raises:
        EpisodeError: If the file is missing or damaged.
        VersionError: If a newer simenv wrote it.
    """

    def __init__(self, path: Path, *, probes: bool = True) -> None:
        record = read_record(path)
        self.torn = record.torn
        self.tally = Tally()
        self.asked = 0
        self._path = path
        entries = standing(record.replies)
        self._replies = [entry for entry in entries if probes or entry.purpose != "probe"]
        self.left_out = len(entries) - len(self._replies)
        self._digests = Digests()

    @property
    def left(self) -> int:
        """Recorded requests that were not made again yet; what was abandoned need not be."""
        return max(0, len(self._replies) - self.asked)

    async def ask(
        self, request: Request, purpose: Purpose, *, turn: int = 0, in_context: tuple[str, ...] = (), note: str = ""
    ) -> Reply:
        """Return the recorded reply (:class:`simenv.llm.base.Asks`).

        Raises:
            BudgetSpentError: If that was recorded.
            ProviderError: If that was recorded.
            ReplayError: If the request is not the recorded one, or none is recorded.
        """
        index = self.asked
        self.asked += 1
        if index >= len(self._replies):
            torn = f" ({self.torn})" if self.torn else ""
            place = place_of(index, purpose, turn)
            raise ReplayError(f"{self._path}: the record ends here{torn}: nothing is recorded for {place}")
        entry = self._replies[index]
        if self._digests.of(request).whole != entry.digest:
            what = difference(entry.request, request)
            raise ReplayError(f"{self._path}: {entry.place} is not the one that was recorded: {what}")
        if entry.reply is None:
            raise _error(entry)
        self.tally = self.tally.plus(purpose, entry.reply)
        return entry.reply

    def close(self) -> None:
        """Nothing is held open."""


def _usable(past: Iterable[Recorded]) -> dict[int, Recorded]:
    """Return what of a past can be used, by the index it has now: all but failures at its end."""
    entries = standing(past)
    while entries and entries[-1].reply is None:
        entries.pop()
    return {index: msgspec.structs.replace(entry, index=index) for index, entry in enumerate(entries)}


def _as_written(reply: Reply) -> Reply:
    """Return a reply as a reader of the file will get it."""
    try:
        data = _encode(reply)
    except UnicodeEncodeError:  # half a character, which models do write and no file can hold
        data = _encode(_mended(msgspec.to_builtins(reply)))
    return _decode(data)


def _mended(value: object) -> object:
    if isinstance(value, str):
        return _UNFIT.sub("\ufffd", value)
    if isinstance(value, dict):
        return {_mended(key): _mended(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_mended(inner) for inner in value]
    return value


def _error(entry: Recorded) -> ProviderError | BudgetSpentError:
    failure = entry.failure or Failure("garbled", "There is neither a reply nor a reason.")
    return failure.error(entry.attempts)
