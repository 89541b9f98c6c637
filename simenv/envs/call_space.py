"""The space of tool calls."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from gymnasium.spaces import Space
from numpy.typing import NDArray

from simenv.core.bounds import read_call
from simenv.core.calls import ToolCall
from simenv.core.turns import ToolInfo
from simenv.tools.sampling import sample_arguments


class ToolCallSpace(Space[Any]):
    """Calls of one of some tools, as ``{"name": ..., "arguments": {...}}``.

    An element is such a mapping, a :class:`~simenv.core.calls.ToolCall`, or the JSON text of such a mapping;
    ``arguments`` may be the JSON text of the arguments. Only the form is checked, as
    :func:`simenv.core.bounds.read_call` reads it: a call of a tool nobody has is an element, and the seat is told so
    when it makes it.

    The space holds a frozen catalogue and never the environment, so it can be pickled, copied, compared and batched.

    Args:
        tools: The tools.
        ids: Ids of messages to draw from where a sampled call wants an id.
        addresses: Mail addresses to draw from where a sampled call wants one.
        grounds: Texts to draw from for arguments of these names (``"ticket"``), or of the tools of one app
            (``"document.id"``); they go before ids and addresses.
        seed: Seed or generator for :meth:`sample`.

    Raises:
        ValueError: If there is no tool.
    """

    def __init__(
        self,
        tools: Iterable[ToolInfo],
        ids: Sequence[str] = (),
        addresses: Sequence[str] = (),
        grounds: Mapping[str, Sequence[str]] | None = None,
        seed: int | np.random.Generator | None = None,
    ) -> None:
        self.tools = tuple(tools)
        if not self.tools:
            raise ValueError("a space of calls needs at least one tool")
        self.ids, self.addresses = tuple(ids), tuple(addresses)
        people = self.addresses
        usual = {"id": self.ids, "to": people, "cc": people, "bcc": people, "sender": people, "attachments": ()}
        self._grounds = usual | {name: tuple(texts) for name, texts in (grounds or {}).items()}
        super().__init__(seed=seed)

    @property
    def is_np_flattenable(self) -> bool:
        """False: a call has no array of fixed size."""
        return False

    def sample(
        self, mask: NDArray[np.int8] | None = None, probability: NDArray[np.float64] | None = None
    ) -> dict[str, Any]:
        """Return a call that satisfies its tool's schema, as a mapping of plain Python values.

        Args:
            mask: 1 for the tools that may be drawn, 0 for others; shape ``(len(tools),)``, dtype ``int8``.
            probability: Probability of each tool; shape ``(len(tools),)``, dtype ``float64``.

        Raises:
            ValueError: If both are given, one has another shape, the mask allows nothing, or the probabilities do not
                add up to 1.
        """
        tool = self.tools[self._draw(mask, probability)]
        return {"name": tool.name, "arguments": sample_arguments(tool, self.np_random, self._grounds)}

    def _draw(self, mask: NDArray[np.int8] | None, probability: NDArray[np.float64] | None) -> int:
        count = len(self.tools)
        if mask is not None and probability is not None:
            raise ValueError("give a mask or probabilities, not both")
        if mask is not None:
            allowed = np.flatnonzero(_of_shape(mask, count))
            if not len(allowed):
                raise ValueError("the mask allows no tool")
            return int(allowed[self.np_random.integers(0, len(allowed))])
        if probability is not None:
            return int(self.np_random.choice(count, p=_of_shape(probability, count)))
        return int(self.np_random.integers(0, count))

    def contains(self, x: Any) -> bool:
        """Return whether ``x`` has the form of a call. It never raises."""
        return type(x) is not bytes and type(read_call(x)) is ToolCall

    def to_jsonable(self, sample_n: Iterable[Any]) -> list[Any]:
        """Return calls as plain data."""
        return [{"name": x.name, "arguments": x.arguments} if isinstance(x, ToolCall) else x for x in sample_n]

    def __eq__(self, other: object) -> bool:
        """Return whether both are of the same tools: ids and addresses steer samples, and decide about no element."""
        return isinstance(other, ToolCallSpace) and self.tools == other.tools

    def __hash__(self) -> int:
        return hash((ToolCallSpace, tuple(tool.name for tool in self.tools)))

    def __repr__(self) -> str:
        return f"ToolCallSpace({', '.join(tool.name for tool in self.tools)})"


def _of_shape(weights: NDArray[Any], count: int) -> NDArray[Any]:
    if np.shape(weights) != (count,):
        raise ValueError(f"one value for each of {count} tools is wanted, not shape {np.shape(weights)}")
    return weights
