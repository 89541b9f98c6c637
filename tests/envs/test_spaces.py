"""The space of texts: what it holds, and that it survives what libraries do to spaces."""

from __future__ import annotations

import copy
import pickle

import numpy as np
import pytest
from gymnasium.spaces import Dict, Space, Text
from gymnasium.spaces.utils import flatdim
from gymnasium.vector.utils import batch_space, concatenate, create_empty_array, iterate
from hypothesis import given
from hypothesis import strategies as st

from simenv.envs import AnyText

ANY_CHARACTER = st.text(st.characters(exclude_categories=()), max_size=50)


def test_it_is_no_text_space_of_gymnasium() -> None:
    assert isinstance(AnyText(5), Space)
    assert not isinstance(AnyText(5), Text)


@given(text=ANY_CHARACTER)
def test_every_short_text_is_in_it(text: str) -> None:
    assert text in AnyText(50)
    assert (text in AnyText(10)) == (len(text) <= 10)


@pytest.mark.parametrize("other", [b"bytes", None, 3, ["a"], np.array("a")])
def test_nothing_else_is_in_it(other: object) -> None:
    assert other not in AnyText(50)


@pytest.mark.parametrize("bounds", [{"max_length": 0}, {"max_length": -1}, {"max_length": 5, "max_bytes": 255}])
def test_impossible_bounds_are_refused(bounds: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="must be at least"):
        AnyText(**bounds)


def test_samples_are_short_seeded_and_not_all_ascii() -> None:
    space, twin = AnyText(1000, seed=3), AnyText(1000, seed=3)
    samples = [space.sample() for _ in range(200)]
    assert samples == [twin.sample() for _ in range(200)]
    assert all(sample in space and len(sample) <= 32 for sample in samples)
    assert len(set(samples)) > 100
    assert not all(sample.isascii() for sample in samples)
    space.seed(3)
    assert [space.sample() for _ in range(200)] == samples
    assert all(len(AnyText(2, seed=seed).sample()) <= 2 for seed in range(50))


def test_masks_are_refused() -> None:
    with pytest.raises(ValueError, match="no mask"):
        AnyText(5).sample(mask=np.ones(5, np.int8))
    with pytest.raises(ValueError, match="no mask"):
        AnyText(5).sample(probability=np.ones(5))


def test_equality_and_copies() -> None:
    space = AnyText(50, max_bytes=500, seed=1)
    assert space == AnyText(50, max_bytes=500)
    assert space != AnyText(51, max_bytes=500)
    assert space != AnyText(50, max_bytes=501)
    assert space != Text(50)
    assert hash(space) == hash(AnyText(50, max_bytes=500))
    assert repr(space) == "AnyText(50)"
    twins = (copy.deepcopy(space), pickle.loads(pickle.dumps(space)))  # noqa: S301 - its own bytes
    expected = [space.sample() for _ in range(5)]
    for twin in twins:
        assert twin == space
        assert [twin.sample() for _ in range(5)] == expected


def test_it_has_no_flat_form() -> None:
    assert AnyText(5).is_np_flattenable is False
    assert Dict({"text": AnyText(5)}).is_np_flattenable is False
    with pytest.raises(ValueError, match="cannot be flattened"):
        flatdim(AnyText(5))


def test_json() -> None:
    space = AnyText(50)
    assert space.from_jsonable(space.to_jsonable(["a", "ü"])) == ["a", "ü"]


def test_batches() -> None:
    space = AnyText(50, seed=1)
    batch = batch_space(space, 3)
    texts = batch.sample()
    assert texts in batch
    assert len(texts) == 3
    assert list(iterate(batch, texts)) == list(texts)
    assert concatenate(space, texts, create_empty_array(space, 3)) == texts
