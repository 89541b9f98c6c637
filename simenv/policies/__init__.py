"""Policies: whatever decides for a seat. This is the public interface that agents import.

A policy gets a :class:`Brief` and observations and nothing else; it never sees the company behind them.
"""

from __future__ import annotations

from simenv.core.calls import ToolCall, ToolResult
from simenv.core.turns import Action, Brief, Observation, Past, ToolInfo, call
from simenv.policies.base import BasePolicy, Policy
from simenv.policies.function import FunctionPolicy
from simenv.policies.script import Script

__all__ = [
    "Action",
    "BasePolicy",
    "Brief",
    "FunctionPolicy",
    "Observation",
    "Past",
    "Policy",
    "Script",
    "ToolCall",
    "ToolInfo",
    "ToolResult",
    "call",
]
