"""Under which names Inspect finds what is ours: always ``simenv/...``.

Inspect puts a package's name before the names of its parts only where the package lies among the installed ones, or
its distribution is called like it. Of a checkout installed for development it takes neither to be so.
"""

from __future__ import annotations

from typing import Final

from inspect_ai.scorer import Metric, metric
from inspect_ai.util import registry_info


@metric(name="named_by_inspect")
def _probe() -> Metric:
    return lambda scores: float("nan")


_PREFIXED: Final = registry_info(_probe).name.startswith("simenv/")


def named(name: str) -> str:
    """Return the name to register something under, so that it is found as ``simenv/<name>``."""
    return name if _PREFIXED else f"simenv/{name}"
