"""The short cut by which messages are read fast never changes what is read."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simenv.company.meaning import acts, threat


@settings(max_examples=3_000)
@given(st.from_regex(acts._OUTRIGHT))
def test_everything_said_outright_has_a_hint(text: str) -> None:
    """Texts are made from the pattern itself, so that a cue without a hint is found."""
    text = text.casefold()
    wanted = {hit.lastgroup for hit in acts._OUTRIGHT.finditer(text)}
    assert acts._outright(text) - {"ask"} == wanted, text


@settings(max_examples=3_000)
@given(st.from_regex(threat._IF))
def test_every_condition_has_a_hint(text: str) -> None:
    """The same for the conditions of threats."""
    text = text.casefold()
    assert threat._IF.search(text) is None or threat.conditional(text), text


def test_a_missing_hint_would_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests above can fail."""
    monkeypatch.setattr(acts, "_HINTS", ("sorry",))
    with pytest.raises(AssertionError):
        test_everything_said_outright_has_a_hint()
