"""What a text is about, among what offices commonly write about; a world's topics may refer to it (``like``)."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from simenv.company.meaning.labels import SUBJECTS
from simenv.company.meaning.weighing import points, weighed

_CLEAR: Final = -150
"""From here on a text is taken to be about a subject, in hundredths of a unit of log-odds."""
_PLAIN: Final = 100
"""From here on one of several points is taken to be about a subject by itself."""


@lru_cache(maxsize=4096)
def subjects_in(text: str) -> frozenset[str]:
    """Return what normal ``text`` is about."""
    said = weighed(text)
    found = {subject for subject in SUBJECTS if said[subject] >= _CLEAR}
    for about in points(text):
        found.update([subject for subject in SUBJECTS if about[subject] >= _PLAIN])
    return frozenset(found)
