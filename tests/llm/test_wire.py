"""What arrives at a server is what was asked, and what it says comes back whole."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from simenv.bench.model_answers import Fault, Told
from simenv.bench.model_server import ModelServer
from simenv.llm.data import CallPart, Message, Reply, Request, ToolSpec, Usage
from simenv.llm.litellm_provider import wants_marks
from simenv.llm.replies import NoReplyError, read, said

from .desk import HELLO, Desk

SCHEMA = {"type": "object", "properties": {"id": {"type": "string"}}, "required": ["id"]}
LONG = Request(
    "openai/player",
    (
        Message("system", "You are Tessel.", mark=True),
        Message("user", "Good morning."),
        Message("assistant", "I look.", (CallPart("c1", "mail_read", '{"id":"m1"}'),), reasoning="Mail first."),
        Message("tool", "From: Kiran", call_id="c1"),
    ),
    (ToolSpec("mail_read", "Open one message.", SCHEMA),),
    temperature=0.5,
    max_tokens=100,
    seed=11,
    reasoning_effort="low",
)
BODY = {
    "model": "player",
    "messages": [
        {"role": "system", "content": "You are Tessel."},
        {"role": "user", "content": "Good morning."},
        {
            "role": "assistant",
            "content": "I look.",
            "tool_calls": [
                {"id": "c1", "type": "function", "function": {"name": "mail_read", "arguments": '{"id":"m1"}'}}
            ],
            "reasoning_content": "Mail first.",
        },
        {"role": "tool", "tool_call_id": "c1", "content": "From: Kiran"},
    ],
    "tools": [
        {
            "type": "function",
            "function": {"name": "mail_read", "description": "Open one message.", "parameters": SCHEMA},
        }
    ],
    "tool_choice": "auto",
    "temperature": 0.5,
    "max_tokens": 100,
    "seed": 11,
    "reasoning_effort": "low",
}


def arrives(desk: Desk, way: str, request: Request) -> dict[str, Any]:
    """Return the body that a server gets."""
    with ModelServer(lambda _: Told(text="Yes.")) as server:
        desk.run(desk.client(server.url, client=way, model=request.model), lambda each: each.send(request))
        return server.bodies[-1]


def comes(desk: Desk, way: str, body: bytes) -> Reply:
    """Return what becomes of a body that a server sends."""
    with ModelServer(lambda _: Fault(200, body)) as server:
        return desk.run(desk.client(server.url, client=way, attempts=1), lambda each: each.send(HELLO)).reply


def whole(message: dict[str, Any], **rest: Any) -> bytes:
    """Return the body of a completion with this message."""
    choice = {"index": 0, "message": {"role": "assistant", **message}, "finish_reason": rest.pop("finish", "stop")}
    return msgspec.json.encode({"id": "x", "object": "chat.completion", "created": 0, "choices": [choice], **rest})


def test_a_request_arrives_whole(desk: Desk) -> None:
    assert arrives(desk, "direct", LONG) == BODY


def test_litellm_leaves_out_what_it_thinks_a_model_does_not_know(desk: Desk, warm: None) -> None:
    got = arrives(desk, "litellm", LONG)
    got["messages"] = [{key: each[key] for key in each if each[key] is not None} for each in got["messages"]]
    assert got == {key: value for key, value in BODY.items() if key != "reasoning_effort" or key in got}


def test_no_tools_no_choice(desk: Desk, way: str) -> None:
    got = arrives(desk, way, Request("openai/player", (Message("user", "Hello."),)))
    assert got == {"model": "player", "messages": [{"role": "user", "content": "Hello."}]}


def test_a_schema_is_sent_as_one(desk: Desk, way: str) -> None:
    got = arrives(desk, way, Request("openai/player", (Message("user", "Hello."),), schema=SCHEMA))
    assert got["response_format"]["type"] == "json_schema"
    assert got["response_format"]["json_schema"]["schema"] == SCHEMA


@pytest.mark.parametrize(
    ("name", "arguments", "sent_name", "sent"),
    [
        ("mail read", "{}", "mail_read", {}),
        ("", "{}", "unnamed", {}),
        ("mail_read", '{"id": ', "mail_read", {"not_an_object": '{"id": '}),
        ("mail_read", "[1]", "mail_read", {"not_an_object": "[1]"}),
        ("mail_read", "", "mail_read", {"not_an_object": ""}),
        ("x" * 99, '{"a": 1}', "x" * 64, {"a": 1}),
    ],
)
def test_a_slip_goes_back_so_that_no_server_chokes(
    desk: Desk, name: str, arguments: str, sent_name: str, sent: dict[str, Any]
) -> None:
    slip = Message("assistant", calls=(CallPart("c1", name, arguments),))
    got = arrives(desk, "direct", Request("openai/player", (slip, Message("tool", "No.", call_id="c1"))))
    function = got["messages"][0]["tool_calls"][0]["function"]
    assert (function["name"], msgspec.json.decode(function["arguments"])) == (sent_name, sent)
    assert got["messages"][0]["content"] is None


USAGE = {"prompt_tokens": 10, "completion_tokens": 4}
CALL = {"name": "a", "arguments": "{}"}


@pytest.mark.parametrize(
    ("message", "rest", "reply"),
    [
        ({"content": "Hi."}, {}, Reply("Hi.")),
        ({"content": None}, {}, Reply("")),
        ({"content": [{"type": "text", "text": "Hi "}, {"type": "text", "text": "you."}]}, {}, Reply("Hi you.")),
        (
            {
                "content": [
                    {"type": "thinking", "thinking": [{"type": "text", "text": "Hm."}]},
                    {"type": "text", "text": "Hi."},
                ]
            },
            {},
            Reply("Hi.", reasoning="Hm."),
        ),
        ({"content": "Hi.", "reasoning_content": "Hm."}, {}, Reply("Hi.", reasoning="Hm.")),
        (
            {"content": "Hi.", "reasoning": "Hm."},
            {},
            Reply("Hi.", reasoning="Hm.", opaque={"reasoning_field": "reasoning"}),
        ),
        ({"content": "<think>\nHm.\n</think>\n\nHi."}, {}, Reply("Hi.", reasoning="Hm.")),
        ({"content": "Hm.</think>Hi."}, {}, Reply("Hi.", reasoning="Hm.")),
        ({"content": "<think>Hm"}, {"finish": "length"}, Reply("", finish="length", reasoning="Hm")),
        ({"content": "Write <think> and </think>."}, {}, Reply("Write <think> and </think>.")),
        ({"content": None, "refusal": "I will not."}, {}, Reply("I will not.")),
        ({"tool_calls": [{"id": "1", "function": CALL}]}, {}, Reply(calls=(CallPart("1", "a", "{}"),), finish="calls")),
        (
            {"tool_calls": [{"function": {"name": "a", "arguments": {"b": 1}}}, {"id": "", "function": {"name": "c"}}]},
            {"finish": "tool_calls"},
            Reply(calls=(CallPart("call_1_0", "a", '{"b":1}'), CallPart("call_1_1", "c", "{}")), finish="calls"),
        ),
        (
            {"tool_calls": [{"id": "1", "function": CALL}, {"id": "1", "function": CALL}]},
            {},
            Reply(calls=(CallPart("1", "a", "{}"), CallPart("call_1_1", "a", "{}")), finish="calls"),
        ),
        ({"function_call": CALL}, {}, Reply(calls=(CallPart("call_1_0", "a", "{}"),), finish="calls")),
        ({"content": "Hi."}, {"finish": None}, Reply("Hi.")),
        ({"content": "Hi."}, {"finish": "eos"}, Reply("Hi.")),
        ({"content": "Hi."}, {"finish": "abort"}, Reply("Hi.", finish="other")),
        ({"content": "Hi."}, {"usage": None}, Reply("Hi.")),
        ({"content": "Hi."}, {"usage": {"prompt_tokens": None}}, Reply("Hi.")),
        ({"content": "Hi."}, {"usage": USAGE}, Reply("Hi.", usage=Usage(10, 4))),
        (
            {"content": "Hi."},
            {
                "usage": {
                    **USAGE,
                    "prompt_tokens_details": {"cached_tokens": 8},
                    "completion_tokens_details": {"reasoning_tokens": 3},
                }
            },
            Reply("Hi.", usage=Usage(10, 4, 8, 3)),
        ),
        ({"content": "Hi."}, {"usage": {**USAGE, "prompt_tokens_details": None}}, Reply("Hi.", usage=Usage(10, 4))),
        ({"content": "Hi."}, {"usage": {**USAGE, "prompt_cache_hit_tokens": 7}}, Reply("Hi.", usage=Usage(10, 4, 7))),
        (
            {"content": "Hi."},
            {"model": "player-2", "system_fingerprint": "fp_1"},
            Reply("Hi.", served="player-2", fingerprint="fp_1"),
        ),
    ],
)
def test_variants_of_replies(message: dict[str, Any], rest: dict[str, Any], reply: Reply) -> None:
    assert read(msgspec.json.decode(whole(message, **rest)), HELLO) == reply


@pytest.mark.parametrize(
    "data",
    [
        None, 1, "text", [], {}, {"choices": None}, {"choices": {}}, {"choices": [1]}, {"choices": [{}]},
        {"choices": [{"message": "Hi."}]}, {"choices": [{"message": {"content": 1}}]},
        {"choices": [{"message": {"tool_calls": "a"}}]}, {"choices": [{"message": {"tool_calls": [1]}}]},
        {"choices": [{"message": {"tool_calls": [{"function": "a"}]}}]},
    ],
)  # fmt: skip
def test_what_is_no_reply(data: Any) -> None:
    with pytest.raises(NoReplyError):
        read(data, HELLO)


def test_both_ways_read_the_same(desk: Desk, warm: None) -> None:
    body = whole(
        {
            "content": "Hi.",
            "reasoning_content": "Hm.",
            "tool_calls": [{"id": "1", "type": "function", "function": CALL}],
        },
        usage={**USAGE, "total_tokens": 14, "prompt_tokens_details": {"cached_tokens": 8}},
        model="player-2",
        system_fingerprint="fp_1",
    )
    direct, through = comes(desk, "direct", body), comes(desk, "litellm", body)
    assert direct == through
    assert direct == Reply(
        "Hi.", (CallPart("1", "a", "{}"),), "calls", "Hm.", None, Usage(10, 4, 8), None, "player-2", "fp_1"
    )


def test_half_a_surrogate_pair_loses_no_reply(desk: Desk) -> None:
    body = whole({"content": "Hi @."}).replace(b"@", b"\\ud83d")
    assert comes(desk, "direct", body).text == "Hi ?."


def test_reasoning_goes_back_under_the_name_it_came_with(desk: Desk) -> None:
    reply = read(msgspec.json.decode(whole({"content": "Hi.", "reasoning": "Hm."})), HELLO)
    got = arrives(desk, "direct", Request("openai/player", (said(reply), Message("user", "And?"))))
    assert got["messages"][0] == {"role": "assistant", "content": "Hi.", "reasoning": "Hm."}


def test_only_who_wants_marks_gets_them(desk: Desk, warm: None) -> None:
    marked = Request("openrouter/anthropic/claude-sonnet-4", LONG.messages, LONG.tools)
    system = arrives(desk, "litellm", marked)["messages"][0]
    mark = {"type": "ephemeral"}
    assert system["content"] == [{"type": "text", "text": "You are Tessel.", "cache_control": mark}]
    assert wants_marks("anthropic/claude-x")
    assert wants_marks("bedrock/us.anthropic.claude-x")
    assert wants_marks("vertex_ai/claude-x")
    assert not wants_marks("openai/gpt-4o")
    assert not wants_marks("bedrock/meta.llama3")


def test_signed_thinking_of_claude_comes_and_goes_unchanged(desk: Desk, warm: None) -> None:
    thought = {"type": "thinking", "thinking": "Mail first.", "signature": "c2lnbmVk"}
    blocks = [
        thought,
        {"type": "text", "text": "I look."},
        {"type": "tool_use", "id": "toolu_1", "name": "mail_list", "input": {"page": 1}},
    ]
    body = {
        "id": "msg_1", "type": "message", "role": "assistant", "model": "claude-sonnet-4-5", "content": blocks,
        "stop_reason": "tool_use", "usage": {"input_tokens": 12, "output_tokens": 7, "cache_read_input_tokens": 30},
    }  # fmt: skip
    model = "anthropic/claude-sonnet-4-5"
    with ModelServer(lambda _: Fault(200, msgspec.json.encode(body))) as server:
        client = desk.client(server.url.removesuffix("/v1"), client="litellm", model=model)
        asked = Request(model, (Message("system", "You are Tessel.", mark=True), *HELLO.messages), HELLO.tools)

        async def use(each: Any) -> Reply:
            reply: Reply = (await each.send(asked)).reply
            told = Message("tool", "No mail.", call_id=reply.calls[0].id)
            await each.send(msgspec.structs.replace(asked, messages=(*asked.messages, said(reply), told)))
            return reply

        reply = desk.run(client, use)
        first, second = server.bodies
    assert first["system"][0]["cache_control"] == {"type": "ephemeral"}
    assert (reply.text, reply.reasoning, reply.finish) == ("I look.", "Mail first.", "calls")
    assert reply.calls == (CallPart("toolu_1", "mail_list", '{"page": 1}'),)
    assert reply.usage is not None
    assert (reply.usage.input, reply.usage.output, reply.usage.cached) == (42, 7, 30)
    assert reply.cost is not None
    assert reply.cost > 0
    assert second["messages"][1]["content"] == blocks
