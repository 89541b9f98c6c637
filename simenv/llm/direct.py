"""A provider that speaks the OpenAI protocol over HTTP itself: vLLM, SGLang, Ollama, LM Studio, llama.cpp, OpenAI.

It costs well under a millisecond a call, a tenth of what a library in between costs.
"""

from __future__ import annotations

import asyncio
import json
import re
from typing import TYPE_CHECKING, Any, Final

import msgspec

from simenv.llm.data import Reply, Request, ToolSpec
from simenv.llm.errors import ProviderError
from simenv.llm.faults import of_answer, of_kind, of_status
from simenv.llm.keys import Key
from simenv.llm.loops import PerLoop
from simenv.llm.places import Place
from simenv.llm.replies import NoReplyError, read
from simenv.llm.wire import messages, options, tools

if TYPE_CHECKING:
    import aiohttp

OPENAI: Final = "https://api.openai.com/v1"
LARGEST: Final = 16 * 2**20
"""Bytes of the largest answer that is read."""

_LISTING: Final = 5.0
_LOCAL: Final = re.compile(r"https?://(?:localhost|127\.|0\.0\.0\.0|\[::1\])")


class DirectProvider:
    """Answers requests through one endpoint that speaks the OpenAI protocol.

    Args:
        model: Name of the model; ``openai/`` before it is not sent.
        api_base: Address of the endpoint, or None for OpenAI's own.
        key: The key; an empty one is not sent.
        timeout: Seconds after which an attempt is given up, the whole of it.
    """

    def __init__(self, model: str, api_base: str | None, key: Key, timeout: float) -> None:
        self._base = (api_base or OPENAI).rstrip("/").removesuffix("/chat/completions")
        self._key = key
        self._place = Place(model, api_base, key.variable, bool(key), timeout)
        self._tools: tuple[tuple[ToolSpec, ...], msgspec.Raw] = ((), msgspec.Raw())
        self._sessions: PerLoop[aiohttp.ClientSession] = PerLoop(self._open, _shut)

    def __repr__(self) -> str:
        return f"<DirectProvider {self._place.name.removeprefix('The ')}>"

    async def complete(self, request: Request) -> Reply:
        """Return the reply.

        Raises:
            ProviderError: If there is none.
        """
        if not self._base.startswith(("http://", "https://")):
            raise of_kind(self._place, "unreachable", "an address begins with http:// or https://")
        name = request.model.removeprefix("openai/")
        body = msgspec.json.encode({"model": name, "messages": messages(request), **self._options(request)})
        got = await self._post(body)
        if isinstance(got, ProviderError):
            raise got
        status, headers, answer = got
        if status != 200:
            fault = of_status(self._place, status, _text(answer), headers, tools=bool(request.tools))
            if fault.kind == "unknown_model":
                fault = await self._with_models(status, _text(answer))
            raise fault
        reply = self._read(answer, request)
        if isinstance(reply, ProviderError):
            raise reply
        return reply

    async def close(self) -> None:
        """Let go of connections; may be called again."""
        await self._sessions.close()

    def _options(self, request: Request) -> dict[str, Any]:
        chosen = options(request)
        if request.tools:
            if request.tools is not self._tools[0]:  # the same for a whole run, as a rule, and most of its words
                self._tools = request.tools, msgspec.Raw(msgspec.json.encode(tools(request)))
            chosen["tools"] = self._tools[1]
        if self._base == OPENAI and "max_tokens" in chosen:  # its newer models refuse the name that all others know
            chosen["max_completion_tokens"] = chosen.pop("max_tokens")
        return chosen

    async def _post(self, body: bytes) -> tuple[int, dict[str, str], bytes] | ProviderError:
        """Return status, headers and body, or the error, for the caller to raise where no frame holds a header."""
        import aiohttp

        try:
            async with asyncio.timeout(self._place.timeout):
                session = await self._sessions.get()
                url = f"{self._base}/chat/completions"
                async with session.post(url, data=body, allow_redirects=False) as response:
                    return response.status, dict(response.headers), await _bounded(response)
        except TimeoutError:
            return of_kind(self._place, "timeout")
        except (aiohttp.ClientConnectorError, aiohttp.InvalidURL) as error:
            return of_kind(self._place, "unreachable", _reason(error))
        except (aiohttp.ClientError, ConnectionError):
            return of_kind(self._place, "dropped")
        except _TooLargeError:
            return of_kind(self._place, "garbled", f"more than {LARGEST >> 20} MB")

    def _read(self, answer: bytes, request: Request) -> Reply | ProviderError:
        try:
            return read(_decoded(answer), request)
        except NoReplyError as error:
            return of_answer(self._place, _text(answer), str(error))
        except (ValueError, RecursionError):
            return of_answer(self._place, _text(answer), "what is no JSON")

    async def _with_models(self, status: int, text: str) -> ProviderError:
        """Return the error that a model is unknown, naming those that are known, if the server tells."""
        import aiohttp

        known: tuple[str, ...] = ()
        try:
            async with asyncio.timeout(min(_LISTING, self._place.timeout)):
                session = await self._sessions.get()
                async with session.get(f"{self._base}/models", allow_redirects=False) as response:
                    listed = msgspec.json.decode(await _bounded(response))
            known = tuple(str(each["id"]) for each in listed["data"])
        except (aiohttp.ClientError, OSError, _TooLargeError, ValueError, LookupError, TypeError):
            pass  # not every server lists its models
        return of_status(msgspec.structs.replace(self._place, known=known), status, text)

    def _open(self) -> aiohttp.ClientSession:
        import aiohttp

        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self._key:
            headers["Authorization"] = f"Bearer {self._key.reveal()}"
        return aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=0),  # the client limits
            timeout=aiohttp.ClientTimeout(total=None),
            headers=headers,
            cookie_jar=aiohttp.DummyCookieJar(),
            trust_env=not _LOCAL.match(self._base),  # no proxy stands between a machine and itself
        )


class _TooLargeError(Exception):
    """Raised when an answer is larger than any reply."""


async def _bounded(response: aiohttp.ClientResponse) -> bytes:
    parts, size = [], 0
    async for part in response.content.iter_any():
        size += len(part)
        if size > LARGEST:
            raise _TooLargeError
        parts.append(part)
    return b"".join(parts)


async def _shut(session: aiohttp.ClientSession) -> None:
    await session.close()


def _decoded(answer: bytes) -> Any:
    try:
        return msgspec.json.decode(answer)
    except msgspec.DecodeError:  # half a surrogate pair, as models write now and then, is no reason to lose a reply
        text = json.dumps(json.loads(_text(answer)), ensure_ascii=False)
        return msgspec.json.decode(text.encode("utf-8", "replace"))


def _text(answer: bytes) -> str:
    return answer.decode("utf-8", "replace")


def _reason(error: Exception) -> str:
    import aiohttp

    if isinstance(error, aiohttp.InvalidURL):
        return "that is no address"
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return "there is no such host"
    if isinstance(error, aiohttp.ClientSSLError):
        return "no secure connection: is it http, or is its certificate unknown?"
    return "connection refused" if isinstance(getattr(error, "os_error", None), ConnectionRefusedError) else ""
