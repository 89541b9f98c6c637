"""Fits the weights of the reader of texts: ``python -m simenv.bench.reader tests/data/messages/tuned.yaml``.

Labelled messages are counted out into cues (:mod:`simenv.company.meaning.cues`). Acts are fitted together, as one
choice of which the first named is the best; subjects one by one. Weights are then rounded to small integers and written
to ``simenv/company/meaning/weights.json``; whoever reads a text needs nothing but integers. Names of people and firms
are unknown words here, as they are in a world: what is learned is English, not a world's names.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import msgspec
import numpy as np
from msgspec import Struct
from scipy import sparse
from scipy.optimize import minimize

import simenv.company.meaning
from simenv.bench.meaning import load, named
from simenv.company.meaning.cues import cues_in
from simenv.company.meaning.labels import ACTS, SUBJECTS
from simenv.company.meaning.lexicon import lexicon
from simenv.company.meaning.weighing import Weights
from simenv.company.text import normal

TARGET: Final = Path(simenv.company.meaning.__file__).with_name("weights.json")
UNIT: Final = 30
"""Weights are in thirtieths of a unit of log-odds."""
LARGEST: Final = 28
"""Weights lie between this and its negative."""
_SECOND: Final = 0.5
"""What a further act counts against the first."""
_ACTS, _SUBJECTS = "acts", "subjects"

Floats = np.ndarray[Any, np.dtype[np.float64]]


class Example(Struct, frozen=True):
    """A labelled message, in normal form."""

    text: str
    acts: tuple[str, ...]
    topics: tuple[str, ...]


def examples(path: Path) -> list[Example]:
    """Return the labelled messages of a file, without those that a reader would have to ask back about."""
    return [
        Example(normal(named(each["text"])), tuple(each["acts"]), tuple(each["topics"]))
        for each in load(path)
        if not each.get("unclear")
    ]


def fit(messages: Sequence[Example], strength: float = 20.0, fewest: int = 3, most: int = 2600) -> Weights:
    """Fit the weights.

    Args:
        messages: What to learn from.
        strength: How strongly weights are held near nought.
        fewest: Messages in which a cue must stand.
        most: Cues that are kept for each group: those that say most.
    """
    words = lexicon()
    counted = [cues_in(each.text, words) for each in messages]
    known = sorted(cue for cue, n in Counter(cue for each in counted for cue in each).items() if n >= fewest)
    known = [cue for cue in known if "zz" not in cue]
    table = _table(counted, {cue: n for n, cue in enumerate(known)})
    acts = _choice(table, _shares(messages), strength)
    subjects = np.stack(
        [
            _alone(table, np.array([1.0 if key in each.topics else -1.0 for each in messages]), strength)
            for key in SUBJECTS
        ],
        axis=1,
    )
    return Weights(
        {_ACTS: list(ACTS), _SUBJECTS: list(SUBJECTS)},
        {_ACTS: _lean(acts), _SUBJECTS: _lean(subjects)},
        {_ACTS: _kept(known, acts, most), _SUBJECTS: _kept(known, subjects, most)},
    )


def _table(counted: Sequence[Counter[str]], place: Mapping[str, int]) -> sparse.csr_matrix:
    rows = [row for row, each in enumerate(counted) for cue in each if cue in place]
    columns = [place[cue] for each in counted for cue in each if cue in place]
    counts = [float(n) for each in counted for cue, n in each.items() if cue in place]
    return sparse.csr_matrix((counts, (rows, columns)), shape=(len(counted), len(place)))


def _shares(messages: Sequence[Example]) -> Floats:
    shares = np.zeros((len(messages), len(ACTS)))
    for row, each in enumerate(messages):
        for number, act in enumerate(each.acts):
            shares[row, ACTS.index(act)] = _SECOND if number else 1.0
    found: Floats = shares / shares.sum(axis=1, keepdims=True)
    return found


def _choice(table: sparse.csr_matrix, shares: Floats, strength: float) -> Floats:
    """Return the weights, cue by act, of a choice among all acts; the last row is what is said beforehand."""
    cues, acts = table.shape[1], shares.shape[1]
    across = table.T.tocsr()

    def loss(flat: Floats) -> tuple[float, Floats]:
        weights = flat.reshape(cues + 1, acts)
        said = table @ weights[:cues] + weights[cues]
        said = said - said.max(axis=1, keepdims=True)
        odds = np.exp(said)
        total = odds.sum(axis=1, keepdims=True)
        wrong = odds / total - shares
        slope = np.vstack([across @ wrong + strength * weights[:cues], wrong.sum(axis=0)])
        price = -(shares * (said - np.log(total))).sum() + strength * (weights[:cues] ** 2).sum() / 2
        return float(price), slope.ravel()

    found = minimize(loss, np.zeros((cues + 1) * acts), jac=True, method="L-BFGS-B", options={"maxiter": 300})
    weights: Floats = found.x.reshape(cues + 1, acts)
    return weights


def _alone(table: sparse.csr_matrix, sign: Floats, strength: float) -> Floats:
    """Return the weights of every cue for one yes or no, and as the last what is said beforehand."""
    cues = table.shape[1]

    def loss(weights: Floats) -> tuple[float, Floats]:
        said = sign * (table @ weights[:cues] + weights[cues])
        wrong = -sign / (1 + np.exp(np.minimum(said, 500)))
        price = np.logaddexp(0, -said).sum() + strength * (weights[:cues] ** 2).sum() / 2
        return float(price), np.append(table.T @ wrong + strength * weights[:cues], wrong.sum())

    found = minimize(loss, np.zeros(cues + 1), jac=True, method="L-BFGS-B", options={"maxiter": 300})
    weights: Floats = found.x
    return weights


def _lean(weights: Floats) -> list[int]:
    return [round(UNIT * float(each)) for each in weights[-1]]


def _kept(known: Sequence[str], weights: Floats, most: int) -> dict[str, str]:
    """Return the cues that say most, a character a label."""
    rounded = np.clip(np.rint(UNIT * weights[:-1]), -LARGEST, LARGEST).astype(int)
    weight = np.abs(UNIT * weights[:-1]).sum(axis=1)
    best = sorted(np.argsort(-weight, kind="stable")[:most])
    return {known[n]: "".join(chr(63 + each) for each in rounded[n]) for n in best if rounded[n].any()}


def main() -> None:
    """Fit the weights on the files named on the command line and write them."""
    parser = argparse.ArgumentParser(description="Fit the weights of the reader of texts.")
    parser.add_argument("files", nargs="+", type=Path, help="Labelled messages (YAML).")
    parser.add_argument("--to", type=Path, default=TARGET, help="Where the weights are written.")
    given = parser.parse_args()
    weights = fit([each for path in given.files for each in examples(path)])
    given.to.write_bytes(msgspec.json.format(msgspec.json.encode(weights), indent=0) + b"\n")


if __name__ == "__main__":
    main()
