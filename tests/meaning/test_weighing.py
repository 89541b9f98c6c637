"""Weighing adds up the same cues that fitting counts, and the weights are what they should be."""

from __future__ import annotations

from math import isqrt
from pathlib import Path

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from simenv.company.meaning import weighing
from simenv.company.meaning.cues import cues_in, units_in
from simenv.company.meaning.labels import ACTS, SUBJECTS
from simenv.company.meaning.lexicon import lexicon, verb_forms
from simenv.company.meaning.weighing import SIZES, UNIT, ZERO, Scale, Weights, scale
from simenv.company.text import normal

_WEIGHTS = Path(weighing.__file__).with_name("weights.json")
_SOME = (
    "i i'll you please send sent sorry for the delay if not unless tell nobody , . ? over to yours really invoice "
    "hours 97 order keep me running and my report is late can't would be grateful zoë thanks"
)
_WORDS = st.sampled_from(_SOME.split())
_TEXTS = st.lists(_WORDS, max_size=25).map(" ".join) | st.text(max_size=60)


def one_by_one(text: str, weights: Weights) -> list[int]:
    """Weigh a text by its list of cues."""
    units = units_in(text, lexicon())
    shown = cues_in(units, lexicon())
    found: list[int] = []
    for group, labels in weights.labels.items():
        said = weights.cues[group]
        for place, _ in enumerate(labels):
            steps = [ord(said[cue][place]) - ZERO for cue in shown if cue in said]
            heard = sum(SIZES[step] if step > 0 else -SIZES[-step] for step in steps)
            found.append(weights.lean[group][place] + heard * 100_000 // UNIT // isqrt(len(units) * 1_000_000))
    return found


@given(_TEXTS)
def test_the_fast_way_adds_up_what_the_slow_one_does(text: str) -> None:
    """Units are remembered, and sums packed; neither changes a sum."""
    text = normal(text)
    weights = msgspec.json.decode(_WEIGHTS.read_bytes(), type=Weights)
    fast, slow = scale().weigh(text), one_by_one(text, weights)
    assert max(abs(one - other) for one, other in zip(fast, slow, strict=True)) <= 1  # rounded at another place


def test_what_is_remembered_makes_no_difference() -> None:
    """A fresh scale weighs like one that has seen much."""
    weights = msgspec.json.decode(_WEIGHTS.read_bytes(), type=Weights)
    text = normal("Could you send me the invoice, please? Otherwise I cannot pay it.")
    assert Scale(weights, lexicon()).weigh(text) == scale().weigh(text)


def test_weights_are_small_and_complete() -> None:
    """One character for every label, and a file that is quickly read."""
    weights = msgspec.json.decode(_WEIGHTS.read_bytes(), type=Weights)
    assert weights.labels == {"acts": list(ACTS), "subjects": list(SUBJECTS)}
    for group, labels in weights.labels.items():
        assert {len(said) for said in weights.cues[group].values()} == {len(labels)}
    assert len(_WEIGHTS.read_bytes()) < 2_000_000


def test_verbs_have_their_forms() -> None:
    """Regular ones by rule, irregular ones as they stand."""
    assert [word for word, _ in verb_forms("give/gave/given")] == ["give", "gives", "giving", "gave", "given"]
    assert [word for word, _ in verb_forms("stop")] == ["stop", "stops", "stopping", "stopped"]
    assert [word for word, _ in verb_forms("carry")] == ["carry", "carries", "carrying", "carried"]
    assert [word for word, _ in verb_forms("open")] == ["open", "opens", "opening", "opened"]
