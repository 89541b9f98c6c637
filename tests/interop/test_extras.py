"""What is missing is named, with the command that brings it."""

from __future__ import annotations

import pytest

from simenv.interop.extras import MissingExtraError, need


def test_what_is_not_installed_is_named_with_the_command() -> None:
    with pytest.raises(MissingExtraError, match=r"simenv x needs no-such-thing 2, which is not installed.* 'extra'"):
        need("simenv x", "no-such-thing", "extra", major=2)


def test_another_version_is_named_with_the_command() -> None:
    with pytest.raises(MissingExtraError, match=r"and 0\.\S+ is installed.* pip install 'msgspec>=99,<100'"):
        need("simenv x", "msgspec", "extra", major=99)


def test_what_is_there_is_not_spoken_of() -> None:
    need("simenv x", "pytest", "extra", major=int(pytest.__version__.split(".")[0]))
