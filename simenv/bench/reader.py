"""Fits the weights of the reader of texts: ``python -m simenv.bench.reader FILE...``, with labelled messages.

Labelled messages are counted out into cues (:mod:`simenv.company.meaning.cues`). Acts are fitted together, as one
choice of which the first named is the best; subjects one by one. Weights are then rounded to integers and written
to ``simenv/company/meaning/weights.json``; whoever reads a text needs nothing but integers. Names of people and firms
are unknown words here, as they are in a world: what is learned is English, not a world's names.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import msgspec
import numpy as np
from msgspec import Struct
from scipy import sparse
from scipy.optimize import minimize

import simenv.company.meaning
from simenv.bench.meaning import load, named
from simenv.company.meaning.cues import PIECE, cues_in, units_in
from simenv.company.meaning.labels import ACTS, SUBJECTS
from simenv.company.meaning.lexicon import lexicon
from simenv.company.meaning.weighing import SIZES, UNIT, ZERO, Weights
from simenv.company.text import normal

TARGET: Final = Path(simenv.company.meaning.__file__).with_name("weights.json")
_BOUNDS: Final = (np.array(SIZES[1:]) + np.array(SIZES[:-1])) / 2
"""Where one size of weights ends and the next begins."""
_SECOND: Final = 0.5
"""What a further act counts against the first."""
_FEWEST: Final = 2
"""Messages in which a cue must stand."""
_NAME: Final = "zz"
"""What made-up names begin with."""
_NEIGHBOURS: Final = re.compile(r"[^@&^ ]+ [^@&^ ]+")
"""Two neighbours as they stand."""
_ACTS, _SUBJECTS = "acts", "subjects"

Floats = np.ndarray[Any, np.dtype[np.float64]]


class Example(Struct, frozen=True):
    """A labelled message, in normal form."""

    text: str
    acts: tuple[str, ...]
    topics: tuple[str, ...]


def examples(path: Path) -> list[Example]:
    """Return the labelled messages of a file, without those that a reader would have to ask back about."""
    return [Example(normal(named(each.text)), each.acts, each.topics) for each in load(path) if not each.unclear]


def fit(messages: Sequence[Example], strength: tuple[float, float] = (0.05, 0.2), most: int = 32_000) -> Weights:
    """Fit the weights.

    Args:
        messages: What to learn from.
        strength: How strongly weights are held near nought: those for acts, those for subjects.
        most: Cues that are kept for each group: those that say most.
    """
    words = lexicon()
    units = [units_in(each.text, words) for each in messages]
    shown = [cues_in(each, words) for each in units]
    length = np.sqrt(np.array([len(each) for each in units], dtype=float))
    stand = Counter(cue for each in shown for cue in each)
    common = sorted(cue for cue, n in stand.items() if n >= _FEWEST and _NAME not in cue)
    for_acts = [cue for cue in common if not cue.startswith(PIECE)]
    for_subjects = [cue for cue in common if cue.startswith((PIECE, "w:")) or _NEIGHBOURS.fullmatch(cue)]
    table = _table(shown, for_acts, length)
    acts = _choice(table, _shares(messages), strength[0])
    table = _table(shown, for_subjects, length)
    subjects = np.stack(
        [
            _alone(table, np.array([1.0 if key in each.topics else -1.0 for each in messages]), strength[1])
            for key in SUBJECTS
        ],
        axis=1,
    )
    return Weights(
        {_ACTS: list(ACTS), _SUBJECTS: list(SUBJECTS)},
        {_ACTS: _lean(acts), _SUBJECTS: _lean(subjects)},
        {_ACTS: _kept(for_acts, acts, most), _SUBJECTS: _kept(for_subjects, subjects, most)},
    )


def _table(shown: Sequence[set[str]], known: Sequence[str], length: Floats) -> sparse.csr_matrix:
    place = {cue: n for n, cue in enumerate(known)}
    rows = [row for row, each in enumerate(shown) for cue in each if cue in place]
    columns = [place[cue] for each in shown for cue in each if cue in place]
    return sparse.csr_matrix((1 / length[rows], (rows, columns)), shape=(len(shown), len(place)))


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
    return [round(100 * float(each)) for each in weights[-1]]


def _kept(known: Sequence[str], weights: Floats, most: int) -> dict[str, str]:
    """Return the cues that say most, a character a label."""
    size = np.abs(UNIT * weights[:-1])
    steps = (np.searchsorted(_BOUNDS, size) * np.sign(weights[:-1])).astype(int)
    best = sorted(np.argsort(-size.sum(axis=1), kind="stable")[:most])
    return {known[n]: "".join(chr(ZERO + each) for each in steps[n]) for n in best if steps[n].any()}


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
