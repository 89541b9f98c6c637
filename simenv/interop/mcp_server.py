"""A seat over the Model Context Protocol: any client of it can hold the seat, through standard input and output here.

The seat's tools are the server's tools, its brief the server's instructions. Some hosts show instructions to nobody, so
the brief can also be had as a prompt and as a resource; it is no tool, because a seat in a company has no such tool.
Answers are text alone: hosts that are given structured content as well show a model that instead of the text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from simenv.core.turns import ToolInfo
from simenv.interop.mcp_seat import ServedSeat

if TYPE_CHECKING:
    from mcp import types
    from mcp.server import Server, ServerRequestContext

BRIEF: Final = "brief"
BRIEF_URI: Final = "desk://brief"
_ABOUT: Final = "Who you are here, what is asked of you, and where things stand."
SESSION: Final = "mcp-session-id"
"""The header by which clients over HTTP are told apart."""


def make_server(seat: ServedSeat) -> Server[Any]:
    """Return a server through which the seat can be held. Its name is the firm's, and it says nothing of itself."""
    from mcp import types
    from mcp.server import Server

    tools = [_tool(info) for info in seat.session.tools]
    desk = _Desk(seat)

    async def list_tools(context: ServerRequestContext, params: object) -> types.ListToolsResult:
        return types.ListToolsResult(tools=tools)

    server: Server[Any] = Server(
        re.sub(r"[^a-z0-9]+", "-", seat.firm.lower()).strip("-") or "office",
        title=seat.firm,
        instructions=seat.brief,
        on_list_tools=list_tools,
        on_call_tool=desk.call_tool,
        on_list_prompts=desk.list_prompts,
        on_get_prompt=desk.get_prompt,
        on_list_resources=desk.list_resources,
        on_read_resource=desk.read_resource,
    )
    return server


async def over_stdio(seat: ServedSeat) -> None:
    """Serve one client on standard input and output until it closes them. Nothing else is written there."""
    from mcp.server.stdio import stdio_server

    server = make_server(seat)
    async with stdio_server() as (reading, writing):
        await server.run(reading, writing, server.create_initialization_options())


class _Desk:
    """What the server answers."""

    def __init__(self, seat: ServedSeat) -> None:
        self._seat = seat

    async def call_tool(
        self, context: ServerRequestContext, params: types.CallToolRequestParams
    ) -> types.CallToolResult:
        """Make the call. It is made at once, without letting go of the loop: calls never overlap."""
        from mcp import types

        answer = self._seat.call(_holder(context), _client(context), params.name, params.arguments or {})
        return types.CallToolResult(content=[types.TextContent(type="text", text=answer.text)], is_error=answer.refused)

    async def list_prompts(self, context: ServerRequestContext, params: object) -> types.ListPromptsResult:
        """Name the one prompt."""
        from mcp import types

        return types.ListPromptsResult(prompts=[types.Prompt(name=BRIEF, title="Brief", description=_ABOUT)])

    async def get_prompt(
        self, context: ServerRequestContext, params: types.GetPromptRequestParams
    ) -> types.GetPromptResult:
        """Return the brief as what a user says first."""
        from mcp import types

        if params.name != BRIEF:
            raise _unknown(f"There is no prompt {params.name!r}; there is {BRIEF!r}.")
        said = types.TextContent(type="text", text=self._seat.brief)
        return types.GetPromptResult(description=_ABOUT, messages=[types.PromptMessage(role="user", content=said)])

    async def list_resources(self, context: ServerRequestContext, params: object) -> types.ListResourcesResult:
        """Name the one resource."""
        from mcp import types

        brief = types.Resource(uri=BRIEF_URI, name=BRIEF, title="Brief", description=_ABOUT, mime_type="text/plain")
        return types.ListResourcesResult(resources=[brief])

    async def read_resource(
        self, context: ServerRequestContext, params: types.ReadResourceRequestParams
    ) -> types.ReadResourceResult:
        """Return the brief as a text."""
        from mcp import types

        if str(params.uri) != BRIEF_URI:
            raise _unknown(f"There is no resource {str(params.uri)!r}; there is {BRIEF_URI!r}.")
        text = types.TextResourceContents(uri=BRIEF_URI, mime_type="text/plain", text=self._seat.brief)
        return types.ReadResourceResult(contents=[text])


def _tool(info: ToolInfo) -> types.Tool:
    from mcp import types

    hints = types.ToolAnnotations(read_only_hint=info.effect == "read")
    return types.Tool(name=info.name, description=info.description, input_schema=info.schema, annotations=hints)


def _holder(context: ServerRequestContext) -> str:
    """Return what tells a client from others: its session over HTTP; over standard input there is only one.

    Raises:
        MCPError: If the request came over HTTP outside any session, as newer revisions of the protocol have it. One
            client could then not be told from another, nor could it be known when the one at the desk has left.
    """
    request: Any = context.request
    if request is None:
        return ""
    session = request.headers.get(SESSION)
    if session is None:
        from mcp import MCPError, types
        from mcp.types.version import HANDSHAKE_PROTOCOL_VERSIONS

        raise MCPError(
            code=types.UNSUPPORTED_PROTOCOL_VERSION,
            message="Over HTTP this server needs a session: open one with the initialize handshake.",
            data={"supported": list(HANDSHAKE_PROTOCOL_VERSIONS), "requested": context.protocol_version},
        )
    return str(session)


def _client(context: ServerRequestContext) -> dict[str, str]:
    params = context.session.client_params
    if params is None:
        return {}
    return {"name": params.client_info.name, "version": params.client_info.version}


def _unknown(message: str) -> Exception:
    from mcp import MCPError, types

    error: Exception = MCPError(code=types.INVALID_PARAMS, message=message)
    return error
