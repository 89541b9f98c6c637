"""Which provider a run talks to."""

from __future__ import annotations

from typing import Final

from simenv.core.errors import UnknownNameError
from simenv.llm.base import Provider
from simenv.llm.direct import DirectProvider
from simenv.llm.keys import find_key
from simenv.llm.litellm_provider import LiteLLMProvider
from simenv.llm.settings import ClientSettings

CLIENTS: Final = ("auto", "direct", "litellm")

PREFIXES: Final = frozenset(
    {
        "ai21", "anthropic", "azure", "azure_ai", "bedrock", "cerebras", "cloudflare", "codestral", "cohere",
        "cohere_chat", "dashscope", "databricks", "deepinfra", "deepseek", "featherless_ai", "fireworks_ai",
        "friendliai", "gemini", "github", "gradient_ai", "groq", "hosted_vllm", "huggingface", "hyperbolic",
        "lambda_ai", "litellm_proxy", "llamafile", "lm_studio", "meta_llama", "mistral", "moonshot", "nebius",
        "novita", "nscale", "nvidia_nim", "oci", "ollama", "ollama_chat", "openrouter", "perplexity", "replicate",
        "sagemaker", "sagemaker_chat", "sambanova", "snowflake", "together_ai", "vercel_ai_gateway", "vertex_ai",
        "volcengine", "watsonx", "xai", "zai",
    }
)  # fmt: skip
"""Prefixes that name a provider of LiteLLM's; any other belongs to the model's own name (``Qwen/Qwen3-8B``)."""


def is_direct(settings: ClientSettings) -> bool:
    """Whether the OpenAI protocol is spoken without LiteLLM.

    Raises:
        UnknownNameError: If there is no such client.
    """
    if settings.client not in CLIENTS:
        raise UnknownNameError("client", settings.client, CLIENTS)
    if settings.client != "auto":
        return settings.client == "direct"
    return settings.api_base is not None and settings.model.partition("/")[0] not in PREFIXES


def provider_for(settings: ClientSettings) -> Provider:
    """Return the provider that some settings name.

    Raises:
        ProviderError: If the variable that is to hold the key is not set.
        UnknownNameError: If there is no such client.
    """
    direct = is_direct(settings)
    own = settings.api_base is not None and settings.model.partition("/")[0] not in PREFIXES
    key = find_key("openai/" if own else settings.model, settings.api_key_env)
    make = DirectProvider if direct else LiteLLMProvider
    return make(settings.model, settings.api_base, key, settings.timeout)
