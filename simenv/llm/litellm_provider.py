"""A provider over LiteLLM, for everything that does not speak the OpenAI protocol itself.

LiteLLM takes seconds to load, so it is loaded at the first request, in a thread. It is told neither to try again nor to
print, to ask nobody for prices, and to leave out what a provider does not know; the last but for tools.
"""

from __future__ import annotations

import asyncio
import logging
import os
from contextlib import suppress
from types import ModuleType
from typing import Any, Final

import msgspec

from simenv.llm.data import Reply, Request
from simenv.llm.errors import ProviderError
from simenv.llm.faults import of_kind
from simenv.llm.keys import Key
from simenv.llm.litellm_faults import of_error
from simenv.llm.loops import PerLoop
from simenv.llm.places import Place
from simenv.llm.replies import NoReplyError, read
from simenv.llm.wire import messages, options, tools

_LOGGERS: Final = ("LiteLLM", "LiteLLM Router", "LiteLLM Proxy")
_TAKES_NO_REASONING: Final = ("cerebras/", "groq/", "mistral/")


class LiteLLMProvider:
    """Answers requests through LiteLLM.

    Args:
        model: Name of the model, with its provider's prefix.
        api_base: Address of the endpoint, or None for the provider's own.
        key: The key; an empty one leaves it to LiteLLM to find what the provider wants.
        timeout: Seconds after which an attempt is given up, the whole of it.
    """

    def __init__(self, model: str, api_base: str | None, key: Key, timeout: float) -> None:
        self._base, self._key = api_base, key
        self._litellm: ModuleType | None = None
        self._place = Place(model, api_base, key.variable, bool(key), timeout)

    def __repr__(self) -> str:
        return f"<LiteLLMProvider {self._place.model}>"

    async def complete(self, request: Request) -> Reply:
        """Return the reply.

        Raises:
            ProviderError: If there is none.
        """
        if self._litellm is None:
            self._litellm = await asyncio.to_thread(load)
        litellm = self._litellm
        await _connections.get()  # from now on somebody closes what LiteLLM opens
        fault = self._unfit(litellm, request)
        if fault is not None:
            raise fault
        got = await self._ask(litellm, request)
        if isinstance(got, ProviderError):
            raise got
        return got

    async def close(self) -> None:
        """Do nothing: LiteLLM shares its connections with whoever uses it, and they are closed with the event loop."""

    async def _ask(self, litellm: ModuleType, request: Request) -> Reply | ProviderError:
        """Return the reply, or the error, for the caller to raise where no frame holds a key."""
        takes_reasoning = not request.model.startswith(_TAKES_NO_REASONING)
        try:
            async with asyncio.timeout(self._place.timeout):
                response = await litellm.acompletion(
                    model=request.model,
                    messages=messages(request, marks=wants_marks(request.model), reasoning=takes_reasoning),
                    api_base=self._base,
                    api_key=self.shown_key(),
                    timeout=self._place.timeout,
                    num_retries=0,
                    max_retries=0,
                    drop_params=True,
                    _skip_mcp_handler=True,  # it wants a library that LiteLLM does not require
                    **({"tools": tools(request)} if request.tools else {}),
                    **options(request),
                )
        except TimeoutError:
            return of_kind(self._place, "timeout")
        except Exception as error:  # noqa: BLE001 - whatever it raises is an answer that was not got
            return of_error(self._place, error, tools=bool(request.tools))
        return _reply(self._place, response, request)

    def shown_key(self) -> str | None:
        """Return the key for LiteLLM, or None where it knows better which of several things a provider wants."""
        if self._key.named or self._base is not None:
            return self._key.reveal() or "none"
        return self._key.reveal() if self._key.variable.endswith("_API_KEY") and "/" in self._place.model else None

    def _unfit(self, litellm: ModuleType, request: Request) -> ProviderError | None:
        """Return the error that LiteLLM would only raise halfway, or not at all: it would leave out the tools."""
        try:
            name, provider, _, _ = litellm.get_llm_provider(request.model, api_base=self._base)
        except Exception:  # noqa: BLE001 - it raises several kinds, all of which mean that it knows no such provider
            return ProviderError("unknown_model", self._place.say_unplaced())
        known = litellm.get_supported_openai_params(model=name, custom_llm_provider=provider)
        if request.tools and known is not None and "tools" not in known:
            return of_kind(self._place, "no_tools")
        return None


def load() -> ModuleType:
    """Return LiteLLM, loaded without the network and silent."""
    os.environ.setdefault("LITELLM_LOCAL_MODEL_COST_MAP", "True")
    os.environ.setdefault("LITELLM_MODE", "PRODUCTION")  # else it reads any .env above the folder it is installed in
    import litellm

    litellm.suppress_debug_info = True
    for name in _LOGGERS:
        logger = logging.getLogger(name)
        if logger.level == logging.NOTSET and "LITELLM_LOG" not in os.environ:
            logger.setLevel(logging.CRITICAL)
    return litellm


def wants_marks(model: str) -> bool:
    """Whether a model's provider caches prompts only where it finds marks."""
    prefix, _, rest = model.casefold().partition("/")
    if prefix == "anthropic" or (not rest and prefix.startswith("claude")):
        return True
    return prefix in ("bedrock", "vertex_ai", "openrouter", "azure_ai") and ("anthropic" in rest or "claude" in rest)


def _reply(place: Place, response: Any, request: Request) -> Reply | ProviderError:
    data = response.model_dump(warnings=False, exclude_none=True)
    try:
        reply = read(data, request)
    except NoReplyError as error:
        return of_kind(place, "garbled", str(error), status=200)
    cost = (getattr(response, "_hidden_params", None) or {}).get("response_cost")
    price = float(cost) if isinstance(cost, int | float) and cost > 0 else None
    return msgspec.structs.replace(reply, cost=price)


async def _drop_connections(loop: asyncio.AbstractEventLoop) -> None:
    """Close what LiteLLM holds open in a loop that ends; it would leave that to chance."""
    cache = load().in_memory_llm_clients_cache.cache_dict
    for name in [name for name in cache if name.endswith(f"-{id(loop)}")]:
        client = cache.pop(name, None)
        close = getattr(client, "close", None) or getattr(client, "aclose", None)
        if close is not None:
            with suppress(Exception):
                await close()


_connections: Final = PerLoop(asyncio.get_running_loop, _drop_connections)
"""One for all: LiteLLM's connections belong to nobody in particular."""
