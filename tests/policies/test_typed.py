"""What people type becomes the call they meant, or one clear line."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest

from simenv.core.calls import ToolCall
from simenv.core.turns import ToolInfo
from simenv.policies.typed import TypedError, kind_of, typed_call
from simenv.session import Session


@pytest.fixture(scope="module")
def typed() -> Callable[..., ToolCall]:
    """A function that reads a line, and further lines, as a call of the shipped world's tools."""
    tools = {tool.name: tool for tool in Session("summit_bridge").tools}

    def read(line: str, *further: str, tools: dict[str, ToolInfo] = tools) -> ToolCall:
        lines: Iterable[str | None] = iter([*further, None])
        return typed_call(line, tools, lambda: next(iter(lines)))

    return read


@pytest.mark.parametrize(
    ("line", "name", "arguments"),
    [
        ("mail_list", "mail_list", {}),
        ("  mail_read id=mail-abc ", "mail_read", {"id": "mail-abc"}),
        ("mail_read mail-abc", "mail_read", {"id": "mail-abc"}),
        ("mail_list page=2 unread_only=yes", "mail_list", {"page": 2, "unread_only": True}),
        (
            'mail_send to=a@b.net,c@d.net subject="Two words" body="It\'s \\"so\\""',
            "mail_send",
            {"to": ["a@b.net", "c@d.net"], "subject": "Two words", "body": 'It\'s "so"'},
        ),
        (
            'mail_send ["a@b.net", "c@d.net"] cc= Subject Text',
            "mail_send",
            {"to": ["a@b.net", "c@d.net"], "cc": [], "subject": "Subject", "body": "Text"},
        ),
        ("mail_send to=a@b.net subject= body=a=b", "mail_send", {"to": ["a@b.net"], "subject": "", "body": "a=b"}),
        ("log_erase system=crm numbers=3,4", "log_erase", {"system": "crm", "numbers": [3, 4]}),
        ("log_erase system=crm numbers=[3, 4]", "log_erase", {"system": "crm", "numbers": [3, 4]}),
        ("wait_for kind=mail sender='a@b'", "wait_for", {"kind": "mail", "sender": "a@b"}),
        ("note_write title=größe text=’ü’", "note_write", {"title": "größe", "text": "’ü’"}),
    ],
)
def test_what_is_typed_is_meant(
    typed: Callable[..., ToolCall], line: str, name: str, arguments: dict[str, Any]
) -> None:
    assert typed(line) == ToolCall(name, arguments)


def test_a_text_of_several_lines_ends_with_a_dot(typed: Callable[..., ToolCall]) -> None:
    made = typed("mail_reply id=mail-a body=<< quote=no", "Dear all,", "", '  "quoted" = fine', "..", ".", "left")
    assert made.arguments == {"id": "mail-a", "body": 'Dear all,\n\n  "quoted" = fine\n.', "quote": False}
    with pytest.raises(TypedError, match=r"has no end: a line with a single \. ends it"):
        typed("mail_reply id=mail-a body=<<", "Dear all,")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("mail_raed id=a", "There is no tool 'mail_raed'. Did you mean 'mail_read'?"),
        ("xyzzy", "There is no tool 'xyzzy'. Type help."),
        ("mail_read", "mail_read needs id. It takes id."),
        (
            "mail_send to=a@b.net",
            "mail_send needs subject and body. It takes to subject body [cc] [bcc] [attachments].",
        ),
        ("mail_read idd=a", "mail_read takes no 'idd'. Did you mean 'id'? It takes id."),
        ("finish note=a b", "'b' stands alone. It takes [note]."),
        ("mail_read a b", "'b' stands alone. It takes id."),
        ("mail_read id=a id=b", "id was given twice."),
        ("wait minutes=soon", "minutes is a whole number, not 'soon'."),
        ("wait minutes=1.5", "minutes is a whole number, not '1.5'."),
        ("wait minutes=[5]", "minutes is a whole number, not '[5]'."),
        ("mail_list unread_only=perhaps", "unread_only is yes or no, not 'perhaps'."),
        ("wait_for kind=male", "kind is one of alert, any, chat, mail, meeting, ticket, not 'male'."),
        ("log_erase system=crm numbers=a", "numbers is a whole number, not 'a'."),
        ("mail_send to=a@b subject=[x] body=c", "'[x] body=c' is no JSON; put text in quotation marks."),
        ('note_write title={"a":1} text=b', "title is text, not '{\"a\": 1}'."),
        ("note_write title=[1]x text=b", "'[1]x text=b' goes on after its end; leave a blank there."),
        ("note_write title=It's text=b", "A quotation mark is not closed"),
    ],
)
def test_a_mistake_is_one_clear_line(typed: Callable[..., ToolCall], line: str, says: str) -> None:
    with pytest.raises(TypedError) as told:
        typed(line)
    assert says in str(told.value)
    assert "\n" not in str(told.value)


def test_every_argument_of_every_tool_can_be_typed(typed: Callable[..., ToolCall]) -> None:
    kinds = set()
    for tool in Session("summit_bridge").tools:
        values = {}
        for key, schema in tool.schema.get("properties", {}).items():
            kinds.add(kind_of(schema))
            one = schema.get("items", schema)
            values[key] = one["enum"][0] if "enum" in one else {"integer": "7", "boolean": "no"}.get(one["type"], "a")
        line = " ".join([tool.name, *(f"{key}={value}" for key, value in values.items())])
        assert set(typed(line).arguments) == set(values)
    assert {"text", "a whole number", "yes or no", "several, each text"} <= kinds
    assert "JSON" not in kinds
