"""How a run talks to a provider."""

from __future__ import annotations

from msgspec import Struct


class ClientSettings(Struct, frozen=True, kw_only=True):
    """How a run talks to a provider. None of it changes what a model may answer.

    Attributes:
        model: Name of the model; its prefix names the provider.
        api_base: Address of an OpenAI-compatible endpoint, or None for the provider's own.
        client: ``direct`` speaks the OpenAI protocol over HTTP itself; ``litellm`` leaves that to LiteLLM; ``auto`` is
            direct where ``api_base`` is given and the model has no prefix but ``openai/``.
        api_key_env: Name of the environment variable that holds the key, or None for the provider's usual one.
        attempts: How often a request is tried at most.
        timeout: Seconds after which an attempt is given up.
        concurrency: Requests under way at the same time, at most.
        requests_per_minute: Limit of one's own, or None.
        tokens_per_minute: Limit of one's own, or None.
        max_cost: US dollars after which no further request is sent, or None.
        max_tokens: Tokens, in and out, after which none is sent, or None.
        max_seconds: Seconds on the wall clock after which none is sent, or None.
    """

    model: str
    api_base: str | None = None
    client: str = "auto"
    api_key_env: str | None = None
    attempts: int = 6
    timeout: float = 180.0
    concurrency: int = 8
    requests_per_minute: int | None = None
    tokens_per_minute: int | None = None
    max_cost: float | None = None
    max_tokens: int | None = None
    max_seconds: float | None = None
