"""Texts through shared memory arrive as they were sent, and a look at them shows what stands there at that moment."""

from __future__ import annotations

import copy
import multiprocessing
import pickle

import numpy as np
import pytest
from gymnasium.spaces import Box, Dict
from gymnasium.vector.utils import create_shared_memory, read_from_shared_memory, write_to_shared_memory
from hypothesis import given
from hypothesis import strategies as st

from simenv.envs import AnyText
from simenv.envs.shared_text import CUT, SharedTexts

SPACE = AnyText(1000)
CHARACTERS = {"a": 1, "é": 2, "漢": 3, "😀": 4}


def through(space: AnyText, text: str) -> str:
    memory = create_shared_memory(space, 1)
    write_to_shared_memory(space, 0, text, memory)
    return copy.deepcopy(read_from_shared_memory(space, memory, 1))[0]


@given(texts=st.tuples(*[st.text(st.characters(exclude_categories=()), max_size=60)] * 3))
def test_every_text_arrives(texts: tuple[str, ...]) -> None:
    memory = create_shared_memory(SPACE, 3)
    seen = read_from_shared_memory(SPACE, memory, 3)
    for index, text in enumerate(texts):
        write_to_shared_memory(SPACE, index, text, memory)
    assert copy.deepcopy(seen) == texts
    assert tuple(seen) == texts


def test_the_longest_texts_of_the_space_arrive_whole() -> None:
    for character in CHARACTERS:
        assert through(SPACE, character * 1000) == character * 1000


@pytest.mark.parametrize("character", CHARACTERS)
@pytest.mark.parametrize("before", range(4))
def test_what_is_too_long_is_cut_at_a_character(character: str, before: int) -> None:
    space = AnyText(10_000, max_bytes=300)
    text = "x" * before + character * 400
    arrived = through(space, text)
    kept = arrived.removesuffix(CUT)
    assert kept != arrived
    assert text.startswith(kept)
    room = 300 - len(CUT.encode())
    assert room - CHARACTERS[character] < len(kept.encode()) <= room


@given(text=st.text(st.characters(exclude_categories=()), min_size=90, max_size=400), room=st.integers(256, 300))
def test_a_cut_never_raises(text: str, room: int) -> None:
    arrived = through(AnyText(400, max_bytes=room), text)
    assert arrived == text or (arrived.endswith(CUT) and text.startswith(arrived.removesuffix(CUT)))


def test_a_text_that_just_fits_is_not_cut() -> None:
    space = AnyText(10_000, max_bytes=300)
    assert through(space, "x" * 300) == "x" * 300
    assert through(space, "x" * 301).endswith(CUT)


def test_a_look_shows_the_present_and_a_copy_stays() -> None:
    memory = create_shared_memory(SPACE, 2)
    seen = read_from_shared_memory(SPACE, memory, 2)
    assert isinstance(seen, SharedTexts)
    assert list(seen) == ["", ""]
    write_to_shared_memory(SPACE, 0, "a long first text", memory)
    first = copy.deepcopy(seen)
    write_to_shared_memory(SPACE, 0, "short", memory)
    assert first == ("a long first text", "")
    assert type(first) is tuple
    assert seen[0] == "short"
    assert seen[-1] == ""
    assert seen[:1] == ("short",)
    assert copy.copy(seen) == pickle.loads(pickle.dumps(seen)) == ("short", "")  # noqa: S301 - its own bytes
    assert seen == ("short", "")
    assert seen == ["short", ""]
    assert seen != ("short",)
    assert repr(seen) == "SharedTexts(['short', ''])"
    with pytest.raises(IndexError):
        seen[2]


def test_beside_numbers() -> None:
    space = Dict({"text": AnyText(50), "time": Box(0, 9, (1,), np.int64)})
    memory = create_shared_memory(space, 2)
    seen = read_from_shared_memory(space, memory, 2)
    write_to_shared_memory(space, 1, {"text": "häm", "time": np.array([7])}, memory)
    copied = copy.deepcopy(seen)
    assert copied["text"] == ("", "häm")
    assert copied["time"].tolist() == [[0], [7]]


@pytest.mark.parametrize("method", multiprocessing.get_all_start_methods())
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")  # about fork, under xdist
def test_from_another_process(method: str) -> None:
    context = multiprocessing.get_context(method)
    memory = create_shared_memory(SPACE, 2, context)
    seen = read_from_shared_memory(SPACE, memory, 2)
    text = "from another process — 漢"
    process = context.Process(target=write_to_shared_memory, args=(SPACE, 1, text, memory))
    process.start()
    process.join()
    assert process.exitcode == 0
    assert copy.deepcopy(seen) == ("", text)
