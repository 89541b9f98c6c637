"""Who asks the same asks alike: a request's digest covers every part of it, and each message is hashed once.

A conversation grows by a few messages a turn and is sent whole each time. So the digest of a request is that of its
settings, of its tools and of the digests of its messages, and what was hashed for the request before is not hashed
again.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Final

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from simenv.llm.data import Message, Request, ToolSpec

canonical: Final = msgspec.json.Encoder(order="sorted").encode


class Digest(Struct, frozen=True):
    """A request's digests.

    Attributes:
        settings: The request without its messages and tools.
        tools: SHA-256 of its tools as canonical JSON, in hexadecimal digits; empty where there is no tool.
        messages: SHA-256 of each message as canonical JSON, without its mark.
        marks: Places of the messages that carry a mark.
        whole: SHA-256 of settings, digest of the tools and marks, each as canonical JSON and a line end, and of the
            digests of the messages, in hexadecimal digits.
    """

    settings: Request
    tools: str
    messages: tuple[bytes, ...]
    marks: tuple[int, ...]
    whole: str


class Digests:
    """Digests of one request after another."""

    def __init__(self) -> None:
        self._messages: dict[int, tuple[Message, bytes]] = {}
        self._tools: tuple[tuple[ToolSpec, ...], str] = ((), "")

    def of(self, request: Request) -> Digest:
        """Return the digests of a request."""
        settings = bare(request)
        before, now = self._messages, {}
        for message in request.messages:
            known = before.get(id(message))  # the message is held beside its digest, so its place is not taken
            now[id(message)] = known or (message, sha256(canonical(unmarked(message))).digest())
        self._messages = now
        if request.tools is not self._tools[0]:
            self._tools = (request.tools, sha256(canonical(request.tools)).hexdigest() if request.tools else "")
        messages = tuple([now[id(message)][1] for message in request.messages])
        tools = self._tools[1]
        marks = tuple([place for place, message in enumerate(request.messages) if message.mark])
        whole = sha256(b"\n".join((canonical(settings), canonical(tools), canonical(marks), b"".join(messages))))
        return Digest(settings, tools, messages, marks, whole.hexdigest())


def bare(request: Request) -> Request:
    """Return what of a request is neither a message nor a tool; a temperature of 1 and one of 1.0 are the same."""
    return msgspec.convert(msgspec.to_builtins(replace(request, messages=(), tools=())), Request)


def unmarked(message: Message) -> Message:
    """Return a message without its mark, which moves on with every request while the message stays."""
    return replace(message, mark=False) if message.mark else message
