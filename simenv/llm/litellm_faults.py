"""What an exception of LiteLLM means."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from simenv.llm.errors import ProviderError
from simenv.llm.faults import of_answer, of_kind, of_status
from simenv.llm.places import Place

_NO_REPLY: Final = re.compile(r"(?i)empty or invalid response|provider returned|invalid response object")
_NO_KEY: Final = re.compile(
    r"(?i)missing (?:credentials|[\w ]*api.?key)|no api.?key|"
    r"api.?key\W[^.]{0,80}(?:must be set|not set|not found|is required)"
)
_RECEIVED: Final = re.compile(r"(?s)Received: (.*?)(?:\. Check the reverse proxy|$)")
_ITS_WORDS: Final = re.compile(r"(?:litellm\.)?\w+(?:Error|Exception|Timeout)\s*[:-]\s*")
_LINKS: Final = 12


def of_error(place: Place, error: BaseException, *, tools: bool) -> ProviderError:
    """Return what an exception of LiteLLM means.

    Its own statuses are guesses (500 for a refused connection), so what lies below it decides: the HTTP answer if there
    was one, else the connection's error; only then its own word. Classes are told by name, since they belong to
    libraries that LiteLLM chooses.

    Args:
        place: Who was asked.
        error: The exception.
        tools: Whether the request had tools.
    """
    chain = list(_chain(error))
    answer = next((each for each in chain if _is(each, "HTTPStatusError")), None)
    if answer is not None:
        response = getattr(answer, "response", None)
        return of_status(place, getattr(response, "status_code", 500), _body(response), _headers(response), tools=tools)
    below = {name for each in chain for name in _names(each)}
    if below & {"Timeout", "TimeoutException", "TimeoutError"}:
        return of_kind(place, "timeout")
    if below & {"ConnectError", "ClientConnectorError", "UnsupportedProtocol", "InvalidURL"}:
        return of_kind(place, "unreachable", _reason(below))
    if below & {"TransportError", "ClientError", "ConnectionError"}:
        return of_kind(place, "dropped")
    text = str(getattr(error, "message", "") or error)
    undecoded = next((each for each in chain if isinstance(each, json.JSONDecodeError)), None)
    if undecoded is not None:
        return of_answer(place, undecoded.doc, "what is no JSON")
    if _NO_REPLY.search(text):
        found = _RECEIVED.search(text)
        return of_answer(place, found[1].strip("'\"") if found else text, "JSON of another kind")
    if _NO_KEY.search(text):  # found out before anything was sent, whatever status it is given
        return of_kind(place, "auth")
    status = next((each.status_code for each in chain if isinstance(getattr(each, "status_code", None), int)), 500)
    if "ContextWindowExceededError" in below:
        return of_kind(place, "too_long", status=status)
    return of_status(place, status, _ITS_WORDS.sub("", text), tools=tools)


def _chain(error: BaseException | None) -> Iterator[Any]:
    for _ in range(_LINKS):
        if error is None:
            return
        yield error
        error = error.__cause__ or error.__context__


def _names(error: BaseException) -> list[str]:
    return [base.__name__ for base in type(error).__mro__]


def _is(error: BaseException, name: str) -> bool:
    return name in _names(error)


def _body(response: Any) -> str:
    try:
        return str(response.text)
    except Exception:  # noqa: BLE001 - a stream that nobody has read
        return ""


def _headers(response: Any) -> dict[str, str]:
    return {str(name): str(value) for name, value in dict(getattr(response, "headers", None) or {}).items()}


def _reason(names: set[str]) -> str:
    if names & {"InvalidURL", "UnsupportedProtocol"}:
        return "an address begins with http:// or https://"
    if "gaierror" in names:
        return "there is no such host"
    return "connection refused" if "ConnectionRefusedError" in names else ""
