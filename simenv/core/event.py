"""The event: what happened, when, who did it, what caused it."""

from __future__ import annotations

from typing import Final

import msgspec
from msgspec import Struct

from simenv.core.errors import EpisodeError
from simenv.core.kinds import KINDS, EventData


class Event(Struct, frozen=True, omit_defaults=True, gc=False):
    """One thing that happened.

    Attributes:
        seq: Position in its log, from 0.
        time: Simulated seconds since the world's start; negative before it.
        kind: ``<app>.<past participle>``, a key of :data:`simenv.core.kinds.KINDS`.
        actor: Id of the person who did it, or ``world``.
        data: The kind's own data.
        cause: ``seq`` of the event that brought it about, if any.
        call: Id of the tool call it belongs to, if any.
        on_behalf_of: Id of the person in whose name it was done, if another than the actor.
    """

    seq: int
    time: int
    kind: str
    actor: str
    data: EventData
    cause: int | None = None
    call: str | None = None
    on_behalf_of: str | None = None


class _RawEvent(Struct):
    seq: int
    time: int
    kind: str
    actor: str
    data: msgspec.Raw
    cause: int | None = None
    call: str | None = None
    on_behalf_of: str | None = None


encode: Final = msgspec.json.Encoder().encode
_decode_head: Final = msgspec.json.Decoder(_RawEvent, strict=True).decode
_decode_data: Final = {kind: msgspec.json.Decoder(cls, strict=True).decode for kind, cls in KINDS.items()}


def decode(line: bytes | str) -> Event:
    """Return the event written on one line of a log.

    Raises:
        EpisodeError: If the line is no event or its kind is unknown.
    """
    try:
        raw = _decode_head(line)
    except (msgspec.DecodeError, ValueError) as error:
        raise EpisodeError(f"this line is no event ({error}): {line[:80]!s}") from None
    read = _decode_data.get(raw.kind)
    if read is None:
        raise EpisodeError(f"event {raw.seq} is of the unknown kind {raw.kind!r}; a newer simenv may have written it")
    try:
        data = read(raw.data)
    except (msgspec.DecodeError, ValueError) as error:
        raise EpisodeError(f"event {raw.seq} ({raw.kind}) has data of another shape: {error}") from None
    return Event(raw.seq, raw.time, raw.kind, raw.actor, data, raw.cause, raw.call, raw.on_behalf_of)
