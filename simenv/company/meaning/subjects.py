"""What a text is about, among what offices commonly write about; a world's topics may refer to it (``like``)."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from simenv.company.meaning.labels import SUBJECTS
from simenv.company.meaning.weighing import sentences, weighed

_CLEAR: Final = -150
"""From here on a text is taken to be about a subject, in hundredths of a unit of log-odds."""
_POINTS: Final = 4
"""Sentences from which on a text may have several points."""
_PLAIN: Final = 100
"""From here on one of them is taken to be about a subject by itself."""


@lru_cache(maxsize=4096)
def subjects_in(text: str) -> frozenset[str]:
    """Return what normal ``text`` is about."""
    said = weighed(text)
    found = {subject for subject in SUBJECTS if said[subject] >= _CLEAR}
    points = sentences(text)
    if len(points) >= _POINTS:
        for point in points:
            about = weighed(point)
            found.update([subject for subject in SUBJECTS if about[subject] >= _PLAIN])
    return frozenset(found)
