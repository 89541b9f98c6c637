"""What a text is about, among what offices commonly write about; a world's topics may refer to it (``like``)."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from simenv.company.meaning.labels import SUBJECTS
from simenv.company.meaning.weighing import weighed

_CLEAR: Final = -150
"""From here on a text is taken to be about a subject, in hundredths of a unit of log-odds."""


@lru_cache(maxsize=4096)
def subjects_in(text: str) -> frozenset[str]:
    """Return what normal ``text`` is about."""
    said = weighed(text)
    return frozenset([subject for subject in SUBJECTS if said[subject] >= _CLEAR])
