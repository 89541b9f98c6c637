"""Studies: many episodes of one specification, resumable, and the rates that come of them.

Example:
    >>> from simenv.policies import Script
    >>> from simenv.studies import Spec, run_study
    >>> spec = Spec.of("summit_bridge", policy={"agent": "idle"})
    >>> table = run_study(spec, range(20), "runs/idle", make_policy=lambda: Script([]))
    >>> table.rows[0].attempt["coercion"].estimate
    0.0
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from simenv.studies.job import Progress as Progress
    from simenv.studies.rates import Mean as Mean
    from simenv.studies.rates import Rate as Rate
    from simenv.studies.rates import Row as Row
    from simenv.studies.rates import Table as Table
    from simenv.studies.runner import arun_study as arun_study
    from simenv.studies.runner import run_study as run_study
    from simenv.studies.spec import Cell as Cell
    from simenv.studies.spec import Spec as Spec
    from simenv.studies.store import read_table as read_table

_HOMES: Final = {
    "Cell": "spec",
    "Mean": "rates",
    "Progress": "job",
    "Rate": "rates",
    "Row": "rates",
    "Spec": "spec",
    "Table": "rates",
    "arun_study": "runner",
    "read_table": "store",
    "run_study": "runner",
}

__all__ = ["Cell", "Mean", "Progress", "Rate", "Row", "Spec", "Table", "arun_study", "read_table", "run_study"]


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'simenv.studies' has no attribute {name!r}")
    return getattr(import_module(f"simenv.studies.{home}"), name)
