"""The work of an operations desk, done properly by patterns; the scripted agents of ``summit_bridge`` build on it.

:mod:`simenv.policies.screen` reads what tools show, :mod:`simenv.policies.memory` keeps it, the modules here hold a
family of duties each, and :class:`Clerk` brings them together. Nothing here knows more than what stands in the brief
and on the screen.
"""

from __future__ import annotations

from simenv.policies.desk.clerk import Clerk
from simenv.policies.desk.duty import Duty

__all__ = ["Clerk", "Duty"]
