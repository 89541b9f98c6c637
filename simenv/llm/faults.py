"""What went wrong, told from what a server says: the one place where answers become errors.

Servers word the same refusal in many ways; the patterns here are the wordings of OpenAI, Anthropic, Google, Bedrock,
Mistral, Groq, DeepSeek, OpenRouter, Together, vLLM, SGLang, Ollama, llama.cpp and LM Studio.
"""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import Any, Final

import msgspec

from simenv.llm.errors import Kind, ProviderError
from simenv.llm.places import Place

_TOOLS: Final = r"\b(?:tools?|tool[ _-]?(?:calls?|calling|choice|use)|function[ _-]?call(?:s|ing)?|functions)\b"
_LACK: Final = (
    r"(?:not (?:\w+ )?(?:support\w*|available|enabled|allowed)|n't support|unsupported|no endpoints|"
    r"--enable-auto-tool-choice|--jinja|--tool-call-parser)"
)
_NO_TOOLS: Final = re.compile(rf"(?is){_TOOLS}.{{0,160}}?{_LACK}|{_LACK}.{{0,160}}?{_TOOLS}")
_TOO_LONG: Final = re.compile(
    r"(?i)context[ _-]?(?:length|window|size)|maximum (?:context|prompt|model) length|max_model_len|prompt is too long|"
    r"input is too long|(?:input|prompt)(?: token count| tokens| length)?[^.]{0,60}exceeds?|prompt contains \d+ tokens|"
    r"reduce the length of|too many (?:input )?tokens|exceeds the (?:model's )?max\w*(?: number of)? (?:input )?tokens"
)
_PAID_OUT: Final = re.compile(
    r"(?i)insufficient[ _](?:quota|balance|funds|credits?)|credit balance|out of credits?|requires more credits"
)
_BAD_KEY: Final = re.compile(
    r"(?i)api[ _-]?key (?:is )?(?:not valid|invalid|not found)|(?:invalid|incorrect) api[ _-]?key"
)
_AGAIN: Final = re.compile(r"(?i)(?:retry(?:Delay)?|try again) ?(?:in)?[\": ]*(\d+(?:\.\d+)?) ?(ms|s)\b")
_QUOTED: Final = 1000


def of_status(
    place: Place, status: int, text: str, headers: Mapping[str, str] | None = None, *, tools: bool = False
) -> ProviderError:
    """Return the error that an answer with an HTTP status other than 200 means.

    Args:
        place: Who was asked.
        status: The HTTP status.
        text: The answer's body.
        headers: Its headers, in whatever case.
        tools: Whether the request had tools.
    """
    words = words_of(text)
    kind = kind_of(status, text, tools=tools)
    wait = None
    if kind in ("rate_limit", "server", "timeout"):
        wait = retry_after({name.lower(): value for name, value in (headers or {}).items()}, text)
    return ProviderError(kind, place.say(kind, status=status, words=words), status=status, retry_after=wait)


def of_kind(place: Place, kind: Kind, words: str = "", *, status: int | None = None) -> ProviderError:
    """Return an error of which the kind is known: nobody answers, too late, broken off, or no reply at all."""
    return ProviderError(kind, place.say(kind, status=status, words=words), status=status)


def of_answer(place: Place, text: str, what: str) -> ProviderError:
    """Return the error that an answer with status 200 means which is no reply.

    Args:
        place: Who was asked.
        text: The answer's body.
        what: What it is instead.
    """
    data = _parsed(text)
    error = data.get("error") if isinstance(data, dict) else None
    if isinstance(error, dict) and isinstance(error.get("code"), int) and 400 <= error["code"] < 600:
        return of_status(place, error["code"], text, tools=True)  # some gateways wrap what went wrong behind them
    if not text.strip():
        what = "nothing at all"
    elif re.match(r"(?is)\s*<(?:!doctype|html|\?xml)", text):
        what = "a web page"
    return of_kind(place, "garbled", what, status=200)


def kind_of(status: int, text: str, *, tools: bool) -> Kind:
    """Return what a status and the words with it mean."""
    if status == 402 or (status in (400, 403, 429) and _PAID_OUT.search(text)):
        return "paid_out"
    if status in (401, 403) or (status == 400 and _BAD_KEY.search(text)):
        return "auth"
    if status == 429:
        return "rate_limit"
    if status == 413 or (status in (400, 422, 500) and _TOO_LONG.search(text)):
        return "too_long"
    if tools and status in (400, 404, 422, 500, 501) and _NO_TOOLS.search(text):
        return "no_tools"
    if status == 404 or status == 405 or 300 <= status < 400:
        return "unknown_model"
    if status == 408:
        return "timeout"
    if status in (409, 425) or status >= 500:
        return "server"
    return "refused"


def words_of(text: str) -> str:
    """Return the sentence in an error's body, in whichever of the usual places it stands."""
    data: Any = _parsed(text)
    for _ in range(4):
        if isinstance(data, list) and data:
            data = data[0]
        if not isinstance(data, dict):
            break
        data = next((data[name] for name in ("error", "message", "detail", "msg") if data.get(name)), "")
    return data if isinstance(data, str) else "" if data is not None else text[:_QUOTED]


def retry_after(headers: Mapping[str, str], text: str = "") -> float | None:
    """Return the seconds that a server asks to wait, or None if it asks for nothing that can be read.

    Args:
        headers: Headers of the answer, names in lower case.
        text: Its body, where some servers say it instead.
    """
    told = headers.get("retry-after-ms", "")
    if _is_number(told):
        return float(told) / 1000
    told = headers.get("retry-after", "").strip()
    if _is_number(told):
        return float(told)
    if told:
        return _until(told, headers.get("date"))
    found = _AGAIN.search(text[:_QUOTED])
    return float(found[1]) / (1000 if found[2].lower() == "ms" else 1) if found else None


def _until(told: str, now: str | None) -> float | None:
    """Return the seconds until a date, by the server's own clock where it tells the time."""
    try:
        begin = parsedate_to_datetime(now).timestamp() if now else time.time()
        return max(0.0, parsedate_to_datetime(told).timestamp() - begin)
    except (ValueError, TypeError):
        return None


def _is_number(text: str) -> bool:
    return re.fullmatch(r"\d+(\.\d+)?", text.strip()) is not None


def _parsed(text: str) -> Any:
    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeError):
        return None
