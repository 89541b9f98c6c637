"""Keys: where they come from, and how to keep them out of everything that is written or shown."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit, urlunsplit

from simenv.llm.errors import ProviderError

USUAL: Final[Mapping[str, str]] = {
    "azure_ai": "AZURE_AI_API_KEY",
    "bedrock": "AWS_ACCESS_KEY_ID",
    "huggingface": "HF_TOKEN",
    "ollama_chat": "OLLAMA_API_KEY",
    "sagemaker": "AWS_ACCESS_KEY_ID",
    "sagemaker_chat": "AWS_ACCESS_KEY_ID",
    "together_ai": "TOGETHERAI_API_KEY",
    "vertex_ai": "GOOGLE_APPLICATION_CREDENTIALS",
}
"""Prefix of a model -> variable that its provider's key usually stands in, where that is not ``<PREFIX>_API_KEY``."""

_FAMILIES: Final = {"claude": "anthropic", "gemini": "vertex_ai"}

_SECRET_NAME: Final = re.compile(r"(?i)(?:key|token|secret|password|passwd|credentials?)(?:_?id)?$")
_KEY_SHAPE: Final = re.compile(
    r"""(?ix)
    \b(?:sk|pk|rk|gsk|xai|hf|nvapi|pplx|r8|fw|ghp|gho|github_pat|glpat)[-_][\w.*…-]{6,}  # as providers prefix them
    | \bAIza[\w-]{20,} | \bAKIA[0-9A-Z]{12,} | \beyJ[\w-]{8,}\.[\w-]{4,}[\w.-]*  # Google, Amazon, JWT
    | (?<=bearer[ ])[^\s"',;}\]]+ | (?<=basic[ ])[A-Za-z0-9+/]{8,}=*
    | (?<=://)[^/\s@]+(?=@)  # user and password of an address
    """
)
_SHORTEST: Final = 6
_HIDDEN: Final = "[key]"
_used: Final[set[str]] = set()


class Key:
    """A key and where it came from. Showing it shows only where.

    Args:
        variable: Name of the environment variable.
        value: The key, or None if there is none.
        named: Whether somebody named the variable, and it is not only the usual one.
    """

    __slots__ = ("_value", "named", "variable")

    def __init__(self, variable: str, value: str | None, *, named: bool = False) -> None:
        self.variable, self._value, self.named = variable, value, named
        if value is not None:
            _used.add(value)

    def __repr__(self) -> str:
        return f"Key({self.variable}{'' if self else ', not set'})"

    def __bool__(self) -> bool:
        return self._value is not None

    def reveal(self) -> str | None:
        """Return the key itself, for the request alone."""
        return self._value


def find_key(model: str, name: str | None = None, environ: Mapping[str, str] | None = None) -> Key:
    """Return the key for a model.

    Args:
        model: Its name with its provider's prefix; without one it counts as OpenAI's, but for well-known families.
        name: Name of the variable that holds the key, or None for the provider's usual one.
        environ: The environment, if not the process's own.

    Returns:
        The key, which is empty where no variable was named and the usual one is not set: a local endpoint needs none.

    Raises:
        ProviderError: If the variable that was named is not set.
    """
    environ = os.environ if environ is None else environ
    if name is not None:
        if not environ.get(name, "").strip():
            raise ProviderError(
                "auth",
                f"The environment variable {name}, named by --api-key-env, is not set. "
                "Put the key into it, or name the variable that holds it.",
            )
        return Key(name, environ[name].strip(), named=True)
    variable = usual_variable(model)
    return Key(variable, environ.get(variable, "").strip() or None)


def usual_variable(model: str) -> str:
    """Return the name of the variable that the key for a model usually stands in."""
    prefix, slash, _ = model.partition("/")
    prefix = prefix.casefold()
    if not slash:
        prefix = next((maker for family, maker in _FAMILIES.items() if prefix.startswith(family)), "openai")
    return USUAL.get(prefix) or f"{re.sub(r'[^A-Z0-9]', '_', prefix.upper())}_API_KEY"


def redact(text: str, environ: Mapping[str, str] | None = None) -> str:
    """Return a text without keys: none that this process has used or has in its environment, none that looks like one.

    Args:
        text: Any text.
        environ: The environment, if not the process's own.
    """
    environ = os.environ if environ is None else environ
    known = {value.strip() for name, value in environ.items() if _SECRET_NAME.search(name)} | _used
    for value in sorted(known, key=len, reverse=True):
        if len(value) >= _SHORTEST and value in text:
            text = text.replace(value, _HIDDEN)
    return _KEY_SHAPE.sub(_HIDDEN, text)


def shown_address(address: str) -> str:
    """Return an address without what may be secret in it: user, password and query."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return redact(address)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", "")).rstrip("/")
