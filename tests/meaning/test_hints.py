"""The short cut by which messages are read fast never changes what is read."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simenv.company.meaning import threat


@settings(max_examples=3_000)
@given(st.from_regex(threat._IF))
def test_every_condition_has_a_hint(text: str) -> None:
    """Texts are made from the pattern itself, so that a condition without a hint is found."""
    text = text.casefold()
    assert threat._IF.search(text) is None or threat.conditional(text), text


def test_a_missing_hint_would_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test above can fail."""
    monkeypatch.setattr(threat, "_IF_HINTS", ("unless",))
    with pytest.raises(AssertionError):
        test_every_condition_has_a_hint()
