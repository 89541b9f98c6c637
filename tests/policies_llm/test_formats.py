"""Calls written as text: what is written is read back, and whatever else a model writes does no harm."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simenv import Session
from simenv.core.bounds import read_call
from simenv.core.calls import ToolCall
from simenv.llm import CallPart, Reply
from simenv.policies.llm.attempts import attempted
from simenv.policies.llm.formats import FORMATS
from simenv.policies.llm.formats.describe import described
from simenv.policies.llm.formats.json_blocks import JsonBlocks
from simenv.policies.llm.formats.xml_blocks import XmlBlocks
from simenv.policies.llm.hearing import read

TEXTS = {"xml": XmlBlocks(), "json": JsonBlocks()}
NAMES = {"mail_list", "mail_read", "finish"}

TAGS = ["</tool_call>", "</arguments>", "```", '{"tool": "finish"}', "<tool_call>", "&lt;", "\\", '"', "]]>"]
nasty = st.one_of(st.text(max_size=30), st.sampled_from(TAGS))
leaves = st.one_of(nasty, st.booleans(), st.none(), st.integers(-99, 99))
values = st.recursive(leaves, lambda inner: st.lists(inner) | st.dictionaries(nasty, inner), max_leaves=6)
names = st.from_regex(r"[a-z][a-z0-9_]{0,20}", fullmatch=True)
PIECES = ["<name>", "</name>", "<arguments>", "mail_list", "{", "}", "[", '{"tool": "', '"arguments": {', "```json\n"]
PIECES += ["\n", "&amp;", "<!DOCTYPE x [<!ENTITY a 'b'>]>", "&a;", "\x00", "<think>", "</think>"]
pieces = st.sampled_from([*TAGS, *PIECES])
HUGE = ["<tool_call>", "<tool_call><name>x</name><arguments>", '{"tool": ', '{"tool": {', "[", '{"arguments":"', "``` "]
HUGE += [
    "```json",
    "<tool_call>{",
    "\n`",
    "mail_list(",
    "<think>",
    "</think>",
    "<tool_call><name>",
    '{"name": [',
    "&#9;",
]


@pytest.mark.parametrize("name", TEXTS)
@given(calls=st.lists(st.tuples(names, st.dictionaries(nasty, values, max_size=4)), min_size=1, max_size=4))
def test_what_is_written_is_read(name: str, calls: list[tuple[str, dict[str, Any]]]) -> None:
    form = TEXTS[name]
    parts = [CallPart("", tool, json.dumps(given)) for tool, given in calls]
    text = "\n\n".join(["I think:", *map(form.block, parts), "That is all."])
    found = form.read(text, ())
    assert [(call.name, json.loads(call.arguments)) for call in found.calls] == calls
    assert "".join(found.prose.split()) == "Ithink:Thatisall."


@pytest.mark.parametrize("name", FORMATS)
@given(text=st.lists(st.one_of(pieces, st.text(max_size=8)), max_size=25).map("".join))
def test_nothing_a_model_writes_raises(name: str, text: str) -> None:
    reading = read(Reply(text), FORMATS[name], NAMES)
    for call in reading.calls:
        read_call(ToolCall(call.name, call.arguments))


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("piece", [*HUGE, "a" * 70 + "("])
def test_huge_replies_are_read_in_good_time(name: str, piece: str) -> None:
    # Whoever read these with a backtracking expression, or each anew from every place, would not come to an end.
    reading = read(Reply(piece * (1_000_000 // len(piece))), FORMATS[name], NAMES)
    assert len(reading.calls) <= 50
    assert len(reading.kept) <= 64_000


READ = "<tool_call><name>mail_read</name>"
ID = '{"id": "m"}'


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("xml", '<tool_call>{"name": "mail_read", "arguments": {"id": "m"}}</tool_call>', ("mail_read", ID)),
        ("xml", "<TOOL_CALL>\n <name> finish </name>\n</tool_call>", ("finish", "")),
        ("xml", f"{READ}<arguments>{ID}", ("mail_read", ID)),
        ("xml", f"{READ}<arguments>{ID}</tool_call>", ("mail_read", ID)),
        ("xml", READ + "<arguments>{&quot;id&quot;: &quot;m&quot;}</arguments></tool_call>", ("mail_read", ID)),
        ("xml", READ + '<arguments>{"id": "&lt;m"}</arguments></tool_call>', ("mail_read", '{"id": "&lt;m"}')),
        ("xml", READ + "<arguments>{id: m}</arguments></tool_call>", ("mail_read", "{id: m}")),
        ("xml", READ + "<arguments>{id", ("mail_read", "{id")),
        ("xml", "<tool_call>mail_list", ("", "mail_list")),
        ("json", '{"tool": "mail_read", "arguments": {"id": "m"}}', ("mail_read", ID)),
        ("json", 'So:\n```\n[{"name": "mail_read", "parameters": {"id": "m"}}]\n```', ("mail_read", ID)),
        (
            "json",
            '{"type": "function", "function": {"name": "mail_read", "arguments": {"id": "m"}}}',
            ("mail_read", ID),
        ),
        ("json", '{"tool": "mail_read", "arguments": "{\\"id\\": \\"m\\"}"}', ("mail_read", ID)),
        ("json", '```json\n{"tool": "finish"}\n```', ("finish", "{}")),
        ("json", '```json\n{"tool": "finish", "a": {x}}\n```', ("finish", '{"tool": "finish", "a": {x}}')),
        ("json", '```json\n{"tool": "finish", "argu', ("finish", '{"tool": "finish", "argu')),
    ],
)
def test_near_misses(name: str, text: str, expected: tuple[str, str]) -> None:
    (call,) = TEXTS[name].read(text, ()).calls
    assert (call.name, call.arguments) == expected


@pytest.mark.parametrize("text", ['```json\n{"name": "Bob", "age": 4}\n```', '{"function": 3, "args": []}', "{}"])
def test_other_objects_are_no_calls(text: str) -> None:
    assert JsonBlocks().read(text, ()).calls == ()


@pytest.mark.parametrize("name", FORMATS)
def test_calls_that_are_only_thought_of_are_not_made(name: str) -> None:
    inside = FORMATS[name].kept("", (CallPart("", "finish", "{}"),)) or "finish"
    assert read(Reply(f"<think>\n{inside}\n</think>\nNo."), FORMATS[name], NAMES).calls == ()
    assert read(Reply(f"{inside}\n</think>\nNo."), FORMATS[name], NAMES).prose == "No."


@pytest.mark.parametrize("name", TEXTS)
def test_a_server_may_take_the_blocks_out_itself(name: str) -> None:
    reading = read(Reply("Done.", (CallPart("1", "finish", "{}"),)), FORMATS[name], NAMES)
    assert [call.name for call in reading.calls] == ["finish"]
    assert TEXTS[name].read(reading.kept, ()).calls == (CallPart("", "finish", "{}"),)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("[TOOL_CALLS][{}]", True),
        ("<function=mail_list>{}</function>", True),
        ("`functions.mail_list()`", True),
        ("mail_list({})", True),
        ('I do this: {"name": "mail_list", "parameters": {}}', True),
        ("I could use mail_list() here, or not.", False),
        ("unheard_of()", False),
        ('{"name": "Bob"}', False),
        ("Dear all, (see below)", False),
    ],
)
def test_an_attempt_at_a_call_is_seen(text: str, is_one: bool) -> None:
    assert attempted(text, NAMES) == is_one


def test_every_argument_of_every_tool_is_described() -> None:
    for tool in Session("summit_bridge", start="decision").tools:
        lines = described(tool).splitlines()
        assert lines[0] == f"{tool.name}: {tool.description}"
        assert [line.split()[0] for line in lines[1:]] == list(tool.schema.get("properties", {}))
        assert "JSON" not in "".join(lines[1:])
