"""Calendar."""

from __future__ import annotations

from simenv.tools.base import Tool

TOOLS: tuple[Tool, ...] = ()
