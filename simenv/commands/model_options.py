"""The options of ``simenv run`` that are about a model: what they say, what they mean, how they are written again."""

from __future__ import annotations

import re
from typing import Annotated, Any, Final, get_args
from urllib.parse import urlsplit

import typer
from msgspec import Struct

from simenv.commands.exits import WrongUsageError
from simenv.core.errors import UnknownNameError

CLIENTS: Final = ("auto", "direct", "litellm")
_SECRET: Final = re.compile(r"(?i)key|token|secret|passw")
CONCURRENCY: Final = 8
"""Episodes of a model that are played at a time, if nothing else is said."""


def _text(flag: str, metavar: str, about: str) -> Any:
    return typer.Option(flag, metavar=metavar, help=about, show_default=False)


Model = Annotated[
    str | None,
    _text("--model", "NAME", "A language model, with its provider's prefix: openai/NAME, anthropic/NAME."),
]
ApiBase = Annotated[
    str | None,
    _text("--api-base", "URL", "With --model: address of an OpenAI-compatible server, usually ending with /v1."),
]
ApiKeyEnv = Annotated[
    str | None,
    _text("--api-key-env", "VARIABLE", "Environment variable with the key; the provider's usual one if left out."),
]
ClientName = Annotated[
    str, typer.Option("--client", metavar="NAME", help="Who speaks to the provider: auto, direct or litellm.")
]
Temperature = Annotated[
    float | None,
    typer.Option(min=0.0, metavar="NUMBER", help="Temperature; the provider's own if left out.", show_default=False),
]
ReplyTokens = Annotated[int, typer.Option(min=1, metavar="N", help="Longest reply, in tokens.")]
ModelSeed = Annotated[
    int | None,
    typer.Option(metavar="N", help="Seed that requests are sent with; none if left out.", show_default=False),
]
ReasoningEffort = Annotated[
    str | None, _text("--reasoning-effort", "LEVEL", "low, medium, high, or what else the provider knows.")
]
ToolFormatName = Annotated[
    str, typer.Option("--tool-format", metavar="NAME", help="How calls are made: native, or as text in xml or json.")
]
ContextName = Annotated[
    str,
    typer.Option(
        "--context",
        metavar="NAME",
        help="What of a long conversation is sent: full, block_trim, summary or notes_only.",
    ),
]
ContextTokens = Annotated[int, typer.Option(min=1, metavar="N", help="Tokens from which a conversation is long.")]
VariantName = Annotated[
    str,
    typer.Option(
        "--variant",
        metavar="NAME",
        help="Asked around a decision: direct, explain_first, self_critique, or a file.",
    ),
]
OneShot = Annotated[bool, typer.Option("--one-shot", help="Take the model's first reply and ask no more.")]
Concurrency = Annotated[
    int | None,
    typer.Option(
        min=1, max=1000, metavar="N", help="Episodes at a time: 8 for a model, 1 for an agent.", show_default=False
    ),
]
MaxCost = Annotated[
    float | None,
    typer.Option(min=0.0, metavar="DOLLARS", help="Stop once the run has cost so much.", show_default=False),
]
MaxTokens = Annotated[
    int | None, typer.Option(min=1, metavar="N", help="Stop once the run took so many tokens.", show_default=False)
]
MaxHours = Annotated[
    float | None, typer.Option(min=0.0, metavar="HOURS", help="Stop after so long.", show_default=False)
]
Rpm = Annotated[
    int | None,
    typer.Option("--rpm", min=1, metavar="N", help="Requests a minute, at most.", show_default=False),
]
Tpm = Annotated[
    int | None,
    typer.Option("--tpm", min=1, metavar="N", help="Tokens a minute, at most.", show_default=False),
]
Attempts = Annotated[int, typer.Option(min=1, metavar="N", help="How often a request is tried, at most.")]
Timeout = Annotated[float, typer.Option(min=0.01, metavar="SECONDS", help="When an attempt is given up.")]


class ModelOptions(Struct, frozen=True, kw_only=True):
    """What the command line says about a model; defaults are those of the options."""

    model: str | None = None
    api_base: str | None = None
    api_key_env: str | None = None
    client: str = "auto"
    temperature: float | None = None
    reply_tokens: int = 4096
    model_seed: int | None = None
    reasoning_effort: str | None = None
    tool_format: str = "native"
    context: str = "block_trim"
    context_tokens: int = 100_000
    variant: str = "direct"
    one_shot: bool = False
    max_cost: float | None = None
    max_tokens: int | None = None
    max_hours: float | None = None
    rpm: int | None = None
    tpm: int | None = None
    attempts: int = 6
    timeout: float = 180.0

    def words(self) -> list[str]:
        """Return the options that differ from their defaults, as they are written on the command line."""
        words: list[str] = []
        for name, value in self._given():
            words.append(_flag(name))
            if value is not True:
                words.append(str(value))
        return words

    def check(self, agent: str | None) -> None:
        """Refuse what does not fit together.

        Raises:
            UnknownNameError: If a name is none.
            WrongUsageError: If an option is there that needs another, or excludes it; the message names both.
        """
        if self.model is not None and agent is not None:
            raise WrongUsageError(
                f"--model {self.model!r} and --agent {agent!r}: one of them holds the seat; leave the other out"
            )
        if self.model is None:
            for name, _ in self._given():
                raise WrongUsageError(f"{_flag(name)} is about a model; add --model NAME, or leave it out")
            return
        if not self.model.strip():
            raise WrongUsageError("--model '': name a model, as in --model openai/NAME")
        from simenv.policies.llm.settings import Context, ToolFormat

        for what, given, known in (
            ("client", self.client, CLIENTS),
            ("tool format", self.tool_format, get_args(ToolFormat)),
            ("context strategy", self.context, get_args(Context)),
        ):
            if given not in known:
                raise UnknownNameError(what, given, known)
        self._check_address()
        self._check_price()

    def _given(self) -> list[tuple[str, Any]]:
        """Return the options that differ from their defaults, with their values."""
        defaults = ModelOptions()
        pairs = [(name, getattr(self, name)) for name in self.__struct_fields__]
        return [(name, value) for name, value in pairs if value != getattr(defaults, name)]

    def _check_address(self) -> None:
        if self.api_base is None:
            return
        try:
            parts = urlsplit(self.api_base)
            secret = bool(parts.username or parts.password or _SECRET.search(parts.query))
            good = parts.scheme in ("http", "https") and bool(parts.hostname)
        except ValueError:
            secret = good = False
        if secret:  # not quoted: it would be shown, and written into the record
            raise WrongUsageError(
                "--api-base holds a password or a key, and addresses are written into the record; put the key into an "
                "environment variable and name it with --api-key-env"
            )
        if not good:
            raise WrongUsageError(f"--api-base {self.api_base!r} is no address; write http://HOST:PORT/v1")

    def _check_price(self) -> None:
        if self.max_cost is None:
            return
        from simenv.llm.prices import price_of

        if price_of(self.model or "") is None:
            raise WrongUsageError(
                f"--max-cost cannot be kept: the price of {self.model!r} is not known; limit tokens with --max-tokens"
            )


def _flag(name: str) -> str:
    return "--" + name.replace("_", "-")
