"""The work of an operations desk for a week, done properly by patterns; the scripted agents of the week build on it.

:mod:`~simenv.policies.week.screen` reads what tools show, :mod:`~simenv.policies.week.memory` keeps it, the other
modules hold a family of duties each, and :class:`Clerk` brings them together. Nothing here knows more than what stands
in the brief and on the screen.
"""

from __future__ import annotations

from simenv.policies.week.clerk import Clerk
from simenv.policies.week.duty import Duty
from simenv.policies.week.memory import Worker

__all__ = ["Clerk", "Duty", "Worker"]
