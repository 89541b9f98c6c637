"""The space of texts."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from gymnasium.spaces import Space

_SHORT: Final = 32
_CHARACTERS: Final = "abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLMNOPQRSTUVWXYZ 0123456789 .,;:!?@<>()-_\n éßñ€漢😀"
LEAST_BYTES: Final = 256


class AnyText(Space[str]):
    """Every text up to a length, whatever its characters.

    Not a :class:`gymnasium.spaces.Text`: that one admits only a small alphabet, and through the shared memory of
    :class:`gymnasium.vector.AsyncVectorEnv` it returns padding instead of the text, without an error (seen in Gymnasium
    1.2.2 and 1.4.0). What passes through shared memory here is decoded anew on every step
    (:mod:`simenv.envs.shared_text`).

    Args:
        max_length: Longest text, in characters.
        max_bytes: Room for one text in shared memory, in bytes of UTF-8; what is longer is cut there, with a mark. By
            default room for any text of the space.
        seed: Seed or generator for :meth:`sample`.

    Raises:
        ValueError: If ``max_length`` is below 1 or ``max_bytes`` below 256.

    Example:
        >>> "any text — with “signs”" in AnyText(100)
        True
    """

    def __init__(
        self, max_length: int, *, max_bytes: int | None = None, seed: int | np.random.Generator | None = None
    ) -> None:
        if max_length < 1:
            raise ValueError(f"max_length must be at least 1, not {max_length}")
        if max_bytes is not None and max_bytes < LEAST_BYTES:
            raise ValueError(f"max_bytes must be at least {LEAST_BYTES}, not {max_bytes}")
        self.max_length = int(max_length)
        self.max_bytes = max(LEAST_BYTES, 4 * self.max_length) if max_bytes is None else int(max_bytes)
        super().__init__(dtype=str, seed=seed)

    @property
    def is_np_flattenable(self) -> bool:
        """False: a text has no array of fixed size."""
        return False

    def sample(self, mask: Any | None = None, probability: Any | None = None) -> str:
        """Return a random text of at most 32 characters, ASCII and others.

        Args:
            mask: Must be None.
            probability: Must be None.

        Raises:
            ValueError: If a mask or probabilities are given; texts have none.
        """
        if mask is not None or probability is not None:
            raise ValueError("a space of texts takes no mask and no probabilities")
        length = int(self.np_random.integers(0, min(_SHORT, self.max_length) + 1))
        return "".join(_CHARACTERS[place] for place in self.np_random.integers(0, len(_CHARACTERS), length))

    def contains(self, x: Any) -> bool:
        """Return whether ``x`` is a text that is not too long."""
        return isinstance(x, str) and len(x) <= self.max_length

    def __eq__(self, other: object) -> bool:
        """Return whether both admit the same texts and have the same room for them."""
        return isinstance(other, AnyText) and (self.max_length, self.max_bytes) == (other.max_length, other.max_bytes)

    def __hash__(self) -> int:
        return hash((AnyText, self.max_length, self.max_bytes))

    def __repr__(self) -> str:
        return f"AnyText({self.max_length})"
