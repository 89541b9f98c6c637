"""Texts in the shared memory of vector environments: one buffer, one slot an environment, length before UTF-8.

:class:`gymnasium.vector.AsyncVectorEnv` creates the memory, reads it *once* into an object, and returns a deep copy of
that object at every step. For arrays that object is a view of the memory; for texts it is :class:`SharedTexts`, which
holds no text and decodes what the memory holds at the moment it is copied or indexed.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Sequence
from typing import Any, Final, overload

from gymnasium.vector.utils.shared_memory import create_shared_memory, read_from_shared_memory, write_to_shared_memory

from simenv.envs.spaces import AnyText

CUT: Final = "\n[The text goes on; it was cut here to fit the shared memory.]"
"""Stands at the end of a text that was longer than its slot."""

_CUT: Final = CUT.encode()
_HEAD: Final = 4
_ERRORS: Final = "surrogatepass"  # a lone surrogate is a character of a Python text, and comes back as it was


class SharedTexts(Sequence[str]):
    """The texts that stand in shared memory now.

    A deep copy, a pickle and a slice are plain tuples of texts; an index decodes one text. So two looks may differ, if
    an environment was stepped in between.

    Args:
        memory: The shared buffer.
        slot: Bytes of one slot, length included.
        count: Number of slots.
    """

    __slots__ = ("_count", "_memory", "_slot")

    def __init__(self, memory: memoryview, slot: int, count: int) -> None:
        self._memory, self._slot, self._count = memory, slot, count

    def _text(self, index: int) -> str:
        start = index * self._slot
        body = start + _HEAD
        length = int.from_bytes(self._memory[start:body], "little")
        return str(self._memory[body : body + length], "utf-8", _ERRORS)

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[str, ...]: ...
    def __getitem__(self, index: int | slice) -> str | tuple[str, ...]:
        places = range(self._count)[index]
        return self._text(places) if isinstance(places, int) else tuple(map(self._text, places))

    def __iter__(self) -> Iterator[str]:
        return map(self._text, range(self._count))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, (SharedTexts, tuple, list)) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]  # what it holds changes

    def __repr__(self) -> str:
        return f"SharedTexts({list(self)!r})"

    def __copy__(self) -> tuple[str, ...]:
        return tuple(self)

    def __deepcopy__(self, memo: dict[int, Any]) -> tuple[str, ...]:
        return tuple(self)

    def __reduce__(self) -> tuple[type[tuple[str, ...]], tuple[tuple[str, ...]]]:
        return tuple, (tuple(self),)


@create_shared_memory.register(AnyText)
def create_text_memory(space: AnyText, n: int = 1, ctx: Any = multiprocessing) -> Any:
    """Return a shared buffer with room for ``n`` texts, all empty.

    Args:
        space: The space of one text.
        n: Number of environments.
        ctx: The multiprocessing context.
    """
    return ctx.Array("B", n * (_HEAD + space.max_bytes))


@write_to_shared_memory.register(AnyText)
def write_text(space: AnyText, index: int, value: str, shared_memory: Any) -> None:
    """Write one environment's text; one that is too long is cut at a character's boundary and ends with :data:`CUT`.

    Args:
        space: The space of one text.
        index: Which environment's slot.
        value: The text.
        shared_memory: What :func:`create_text_memory` returned.
    """
    data = value.encode("utf-8", _ERRORS)
    if len(data) > space.max_bytes:
        end = space.max_bytes - len(_CUT)
        while data[end] & 0xC0 == 0x80:  # a continuation byte: the character began before the cut
            end -= 1
        data = data[:end] + _CUT
    start = index * (_HEAD + space.max_bytes)
    body = start + _HEAD
    memory = memoryview(shared_memory.get_obj()).cast("B")
    memory[start:body] = len(data).to_bytes(_HEAD, "little")
    memory[body : body + len(data)] = data


@read_from_shared_memory.register(AnyText)
def read_texts(space: AnyText, shared_memory: Any, n: int = 1) -> SharedTexts:
    """Return the texts in shared memory as an object that decodes them when it is copied or indexed.

    Args:
        space: The space of one text.
        shared_memory: What :func:`create_text_memory` returned.
        n: Number of environments.
    """
    return SharedTexts(memoryview(shared_memory.get_obj()).cast("B"), _HEAD + space.max_bytes, n)
