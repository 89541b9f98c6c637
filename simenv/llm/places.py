"""Who was asked, and what people are told when it went wrong: one sentence, and what to do about it."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from simenv.llm.errors import Kind
from simenv.llm.keys import redact, shown_address

_LONGEST: Final = 160
_LATER: Final = "The same command goes on later where it stopped."


class Place(Struct, frozen=True):
    """Who is asked.

    Attributes:
        model: Name of the model.
        api_base: Address that was given, or None for the provider's own.
        variable: Environment variable in which the key stands, or should.
        keyed: Whether there was a key to send.
        timeout: Seconds after which an attempt is given up.
        known: Names of the models that the server says it has, where it was asked.
    """

    model: str
    api_base: str | None
    variable: str
    keyed: bool
    timeout: float
    known: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What to call it."""
        if self.api_base is None:
            return f"The provider of {self.model}"
        return f"The server at {shown_address(self.api_base)}"

    def say(self, kind: Kind, *, status: int | None = None, words: str = "") -> str:
        """Return what people are told.

        Args:
            kind: What went wrong.
            status: HTTP status, where there was one.
            words: The server's own, of which at most a short piece is quoted, without keys.
        """
        code = f" ({status})" if status else ""
        told = f": {quoted(words)}" if words.strip() else "."
        limits = "Lower --concurrency, or set --rpm or --tpm."
        match kind:
            case "rate_limit":
                return f"{self.name} asks for fewer requests{code}{told} {limits}"
            case "server":
                return f"{self.name} failed{code}{told} {_LATER}"
            case "timeout":
                return (
                    f"{self.name} gave no whole answer within {self.timeout:g} s. Allow more, or lower --concurrency."
                )
            case "dropped":
                return f"{self.name} broke off the connection before its answer was whole. {_LATER}"
            case "garbled":
                return f"{self.name} answered with {words or 'what is no reply'} instead of a reply. {self._address()}"
            case "unreachable":
                return self._unreachable(words)
            case "auth":
                return self._auth(code, status, words)
            case "unknown_model":
                return self._unknown(code, words)
            case "no_tools":
                return (
                    f"{self.name} takes no tools for {self._model()}{code}{told} Choose a model with function calling, "
                    "start the server with it, or have calls written as text with --tool-format xml."
                )
            case "too_long":
                return (
                    f"{self.name} says that the conversation is too long for {self._model()}{code}{told} "
                    "Lower --context-tokens."
                )
            case "paid_out":
                return f"{self.name} says that the account is empty{code}{told} Add credit, or use another key."
            case "refused":
                return f"{self.name} refuses the request{code}{told} Change the settings that it names."

    def say_unplaced(self) -> str:
        """Return what people are told if it cannot be said who is to be asked."""
        begin = f"No provider is known for the model {self.model!r}. Begin --model with its provider"
        if self.api_base is not None:
            return f"{begin}; openai/ fits most servers."
        return f"{begin} (openai/, anthropic/, gemini/ ...), or give the address of its server as --api-base."

    def _model(self) -> str:
        return f"{self.model!r}"

    def _address(self) -> str:
        if self.api_base is None:
            return _LATER
        return "Check --api-base: it is the address before /chat/completions and usually ends with /v1."

    def _unreachable(self, words: str) -> str:
        reason = f" ({redact(words)})" if words.strip() else ""
        if self.api_base is None:
            return f"The provider of {self.model} cannot be reached{reason}. Check the connection to the network."
        return f"Nobody answers at {shown_address(self.api_base)}{reason}. Start the server, or correct --api-base."

    def _auth(self, code: str, status: int | None, words: str) -> str:
        """Quote nothing where the key is wrong: some servers repeat it, in part."""
        remedy = f"into {self.variable}, or name its variable with --api-key-env."
        if not self.keyed:
            return f"{self.name} wants a key, and none was sent{code}. Put one {remedy}"
        if status == 403:
            told = f": {quoted(words)}" if words.strip() else "."
            return f"{self.name} says that the key may not do this{code}{told} Put one that may {remedy}"
        return f"{self.name} says that the key is wrong{code}. Put the right one {remedy}"

    def _unknown(self, code: str, words: str) -> str:
        if "model" not in words.casefold() and self.api_base is not None:
            return f"{self.name} knows no such address{code}. {self._address()}"
        if not self.known:
            return f"{self.name} has no model {self._model()}{code}. Correct --model."
        if self.model in self.known:  # its own name begins like a provider's prefix, which is not sent
            return f"{self.name} has no model of that name{code}. Write --model openai/{self.model}."
        listed = ", ".join(self.known[:8]) + (", ..." if len(self.known) > 8 else "")
        return f"{self.name} has no model {self._model()}{code}. It has: {redact(listed)}. Give one of them as --model."


def quoted(words: str) -> str:
    """Return a short piece of somebody's words, on one line, without keys, with a full stop."""
    plain = " ".join(redact(words[: 10 * _LONGEST]).split())
    if len(plain) > _LONGEST:
        plain = plain[:_LONGEST].rstrip() + " ..."
    return f'"{plain.rstrip(".")}".'
