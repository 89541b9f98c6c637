"""The log, its blocks and its projection."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simenv.core.event import Event, decode
from simenv.core.kinds.agent import TurnEmpty
from simenv.core.kinds.work import WorkBegun
from simenv.core.log import BLOCK, EventLog
from simenv.core.projection import Projection


def _event(seq: int, cause: int | None = None, hidden: bool = False) -> Event:
    data = WorkBegun("item", "step") if hidden else TurnEmpty(seq)
    return Event(seq, seq * 10, data.kind, "someone", data, cause)


def _log(count: int) -> EventLog:
    log = EventLog()
    for seq in range(count):
        log.append(_event(seq))
    return log


@given(st.integers(0, 3 * BLOCK), st.integers(0, 3 * BLOCK))
def test_it_reads_the_same_across_its_blocks(count: int, start: int) -> None:
    """Whether a block is full or not shows nowhere."""
    log = _log(count)
    events = [_event(seq) for seq in range(count)]
    assert list(log) == events
    assert log.since(start) == events[start:]
    assert [decode(line) for line in log.lines_since(start)] == events[start:]
    assert log.jsonl().count(b"\n") == len(log) == count
    if count:
        assert log[-1] == events[-1]
        assert log[count // 2] == events[count // 2]
    with pytest.raises(IndexError):
        log[count]


@given(st.integers(0, 3 * BLOCK))
def test_its_digest_is_the_chain_it_says(count: int) -> None:
    """Blocks of 256 lines, each hashed with the head before it; asking in between changes nothing."""
    log, asked = _log(count), EventLog()
    for seq in range(count):
        asked.append(_event(seq))
        if seq % 100 == 0:
            asked.digest()
    head, lines = b"\0" * 32, [line + b"\n" for line in log.lines_since(0)]
    for start in range(0, count // BLOCK * BLOCK, BLOCK):
        head = sha256(head + b"".join(lines[start : start + BLOCK])).digest()
    expected = sha256(head + b"".join(lines[count // BLOCK * BLOCK :])).hexdigest()
    assert log.digest() == asked.digest() == expected


def test_a_projection_cuts_causes_to_what_is_shown() -> None:
    """Hidden events leave no number behind, and causes lead to the nearest ancestor that is shown."""
    full = [_event(0), _event(1, 0, hidden=True), _event(2, 1, hidden=True), _event(3, 2), _event(4, 3)]
    projection = Projection(full)
    assert [event.seq for event in projection.log] == [0, 1, 2]
    assert [event.cause for event in projection.log] == [None, 0, 1]
    assert projection.numbers == {0: 0, 3: 1, 4: 2}
