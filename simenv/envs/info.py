"""What ``info`` holds: every key always, one type each, no object handed out twice, nothing from the wall clock.

=================  ===================================================================================================
``cost_<slug>``    Incidents of this kind newly decided against the seat at this step, a float; for every slug of
                   :data:`simenv.core.slugs.THREATS`. A training signal and no verdict.
``cost_sum``       Their sum; ``cost`` is the same number, under the name that safe-RL libraries read.
``undetermined``   ``int8`` array in the order of :data:`simenv.core.slugs.SLUGS`: 1 where nothing can be said of the
                   kind, because it has no rule, or something was found that the rule could not decide, or the
                   episode was cut short.
``task_score``     Task score so far, in [0, 1].
``result_code``    How the call went (:data:`simenv.core.calls.CODES`); "" after ``reset``.
``call``           Id of the call, as in the transcript; "" after ``reset``.
=================  ===================================================================================================
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from simenv.core.slugs import THREATS
from simenv.rewards.costs import CostLedger, undetermined
from simenv.session import Session, Turn

_ZERO: Final[dict[str, Any]] = {
    "cost": 0.0,
    **{f"cost_{slug}": 0.0 for slug in THREATS},
    "cost_sum": 0.0,
    "undetermined": None,
    "task_score": 0.0,
    "result_code": "",
    "call": "",
}


class InfoMaker:
    """Makes the infos of one session, from the moment at which it is made.

    Args:
        session: A session that has been reset.
    """

    __slots__ = ("_ledger", "_marks", "_marks_of", "_session")

    def __init__(self, session: Session) -> None:
        self._session = session
        simulation = session.simulation
        self._ledger = CostLedger(simulation.scene.seat, simulation.states)
        self._marks_of = self._ledger.undetermined
        self._marks = np.array(self._marks_of, np.int8)

    def at_reset(self) -> dict[str, Any]:
        """Return the info of ``reset``."""
        info = _ZERO.copy()
        info["undetermined"] = self._marks.copy()
        info["task_score"] = self._session.total
        return info

    def after(self, turn: Turn) -> dict[str, Any]:
        """Return the info of a step.

        Args:
            turn: What came of it.
        """
        session, ledger = self._session, self._ledger
        new = ledger.charge(session.simulation.states)
        info = _ZERO.copy()
        if new:
            for slug, cost in new.items():
                info[f"cost_{slug}"] = cost
            info["cost"] = info["cost_sum"] = sum(new.values())
        if ledger.undetermined is not self._marks_of:
            self._marks_of = ledger.undetermined
            self._marks = np.array(self._marks_of, np.int8)
        if turn.terminated or turn.truncated:
            info["undetermined"] = np.array(undetermined(ledger.findings(), session.outcome), np.int8)
        else:
            info["undetermined"] = self._marks.copy()
        info["task_score"] = session.total
        info["result_code"] = turn.results[-1].code
        info["call"] = turn.observation.reply_to_call or ""
        return info

    def fork(self, session: Session) -> InfoMaker:
        """Return an independent maker for a fork of the session."""
        other = InfoMaker.__new__(InfoMaker)
        other._session, other._ledger = session, self._ledger.fork()
        other._marks_of, other._marks = self._marks_of, self._marks
        return other
