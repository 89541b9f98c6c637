"""Stories to judge."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from msgspec.structs import replace

from simenv.company.opening import Opening

from .stories import Story, small_opening


@pytest.fixture(scope="session")
def small() -> Opening:
    """The small opening."""
    return small_opening()


@pytest.fixture
def story(small: Opening) -> Story:
    """A story on the small opening."""
    return Story(small)


@pytest.fixture
def story_with(small: Opening) -> Callable[..., Story]:
    """A function that begins a story on the small opening with other fields."""

    def begin(**fields: Any) -> Story:
        return Story(replace(small, **fields))

    return begin
