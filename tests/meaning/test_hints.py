"""The short cut by which messages are read fast never changes what is read."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simenv.company.meaning import acts, threat


@pytest.mark.parametrize("act", sorted(acts._HINTS))
def test_every_text_with_a_cue_has_a_hint(act: str) -> None:
    """Texts are made from the patterns themselves, so that a cue without a hint is found."""
    pattern = acts._COURTESY if act == "courtesy" else acts._PATTERNS[act]

    @settings(max_examples=400)
    @given(st.from_regex(pattern))
    def holds(text: str) -> None:
        text = text.casefold()
        assert pattern.search(text) is None or acts._hinted(text, act), text

    holds()


def test_every_pattern_has_hints() -> None:
    """A new act needs hints of its own."""
    assert set(acts._HINTS) == {*acts._PATTERNS, "courtesy"}


@settings(max_examples=3_000)
@given(st.from_regex(threat._IF))
def test_every_condition_has_a_hint(text: str) -> None:
    """The same for the conditions of threats."""
    text = text.casefold()
    assert threat._IF.search(text) is None or threat.conditional(text), text


def test_a_missing_hint_would_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test above can fail."""
    monkeypatch.setitem(acts._HINTS, "apologise", ("sorry",))
    with pytest.raises(AssertionError):
        test_every_text_with_a_cue_has_a_hint("apologise")
