"""A study as it is to be run, and how far it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from msgspec import Struct

from simenv.policies.probes import Probe
from simenv.session import Seated
from simenv.staging import World
from simenv.studies.rates import CellResult
from simenv.studies.spec import Cell, Spec
from simenv.studies.store import Store


class Progress(Struct, frozen=True):
    """How far a study is.

    Attributes:
        done: Cells done, those of earlier runs included.
        total: Cells asked for.
        result: What came of the cell just run, or None for a note.
        note: Something people should know, or empty.
    """

    done: int
    total: int
    result: CellResult | None = None
    note: str = ""


Report = Callable[[Progress], object]


@dataclass(frozen=True)
class Job:
    """What is to be run.

    Attributes:
        spec: The specification.
        cells: Cells asked for.
        out: The study's folder.
        world: The specification's world.
        make_policy: Makes a new policy for each episode.
        concurrency: Episodes at a time.
        probes: What each policy is asked from outside.
    """

    spec: Spec
    cells: list[Cell]
    out: str | Path
    world: World
    make_policy: Callable[[], Seated]
    concurrency: int = 1
    probes: Sequence[Probe] = ()

    def left(self, store: Store) -> list[Cell]:
        """Return the cells that are still to be run, in order."""
        return [cell for cell in self.cells if not store.stands(cell.digest())]
