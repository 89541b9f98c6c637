"""From what the command line says about a model to the settings of policy and client."""

from __future__ import annotations

from pathlib import Path

import msgspec

from simenv.commands.model_options import ModelOptions
from simenv.llm.client import ClientSettings
from simenv.policies.llm.settings import LLMSettings
from simenv.policies.llm.variant_files import load_variant


def policy_settings(given: ModelOptions) -> LLMSettings:
    """Return what decides how the model holds the seat; it is part of the study's specification.

    Raises:
        PolicyError: If the variant's file cannot be used.
        UnknownNameError: If there is no such variant.
    """
    variant = load_variant(Path(given.variant) if given.variant.endswith(".toml") else given.variant)
    return msgspec.convert(
        {
            "model": given.model,
            "api_base": given.api_base,
            "temperature": given.temperature,
            "reply_tokens": given.reply_tokens,
            "seed": given.model_seed,
            "reasoning_effort": given.reasoning_effort,
            "tool_format": given.tool_format,
            "context": given.context,
            "context_tokens": given.context_tokens,
            "variant": msgspec.to_builtins(variant),
            "one_shot": given.one_shot,
        },
        LLMSettings,
    )


def client_settings(given: ModelOptions, concurrency: int) -> ClientSettings:
    """Return how the run talks to the provider; no part of the specification."""
    return ClientSettings(
        model=given.model or "",
        api_base=given.api_base,
        client=given.client,
        api_key_env=given.api_key_env,
        attempts=given.attempts,
        timeout=given.timeout,
        concurrency=concurrency,
        requests_per_minute=given.rpm,
        tokens_per_minute=given.tpm,
        max_cost=given.max_cost,
        max_tokens=given.max_tokens,
        max_seconds=None if given.max_hours is None else given.max_hours * 3600,
    )
