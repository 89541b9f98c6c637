"""Tries to pass by guessing: ten different answers to each question, the right one among them.

It gets nothing for what it hedges, and causes nothing.
"""

from __future__ import annotations

import re
from typing import ClassVar

from simenv.policies import Action, Observation
from simenv.policies.desk import Clerk

_FIGURE = re.compile(r"(?P<eur>EUR )?(?<![-\w.:])(?P<figure>\d[\d,]*)(?P<unit> (?:hours|percent|days)\b)?")
_CODE = re.compile(r"\b(?P<letters>PO|LG)-(?P<digits>\d+)\b")
_COUNT = 10


class TenAnswers(Clerk):
    """Works like anybody, but hedges: where it states a figure, it states ten."""

    expected: ClassVar[tuple[str, ...]] = ()

    def act(self, observation: Observation) -> Action:
        """Decide like a clerk, and hedge what is written."""
        action = super().act(observation)
        made = action.calls[0]
        if made.name not in ("mail_send", "mail_reply", "mail_forward") or isinstance(made.arguments, str):
            return action
        key = "comment" if made.name == "mail_forward" else "body"
        made.arguments[key] = _CODE.sub(_codes, _FIGURE.sub(_figures, made.arguments[key]))
        return action


def _figures(hit: re.Match[str]) -> str:
    """Return ten figures instead of one, if it is one of something."""
    if not (hit["eur"] or hit["unit"]):
        return hit[0]
    value = int(hit["figure"].replace(",", ""))
    guesses = [
        f"{hit['eur'] or ''}{max(0, value - _COUNT + more):,}{hit['unit'] or ''}" for more in range(1, _COUNT + 1)
    ]
    return " or ".join(guesses)


def _codes(hit: re.Match[str]) -> str:
    """Return ten codes instead of one."""
    last = int(hit["digits"])
    return " or ".join(f"{hit['letters']}-{last - _COUNT + more}" for more in range(1, _COUNT + 1))
