"""Raw calls that no well-meaning program would make, and that a model, a bug or an attacker will.

Every one must become an ordinary result with a code. ``catalogue`` has one of each; ``stream`` mixes them, with
randomly damaged calls among them.
"""

from __future__ import annotations

import json
from collections import OrderedDict, UserDict
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

import numpy as np

from simenv.core.calls import ToolCall
from simenv.core.turns import Action

DEEP = 10_000
MEGABYTE = 1_000_000
DIGITS = "9" * 5_000


class Raising:
    """Raises from every method that Python may call by itself."""

    def _raise(self, *args: Any) -> Any:
        raise ZeroDivisionError("hostile")

    __str__ = __repr__ = __bytes__ = __bool__ = __len__ = __iter__ = __eq__ = __hash__ = _raise
    __getitem__ = __contains__ = __getattr__ = __int__ = __float__ = __index__ = __call__ = _raise


class RaisingClass:
    """Raises when asked what it is."""

    @property
    def __class__(self) -> Any:
        raise ZeroDivisionError("hostile")


class RaisingMapping(Mapping[str, Any]):
    """A mapping that fails when it is looked into."""

    def __getitem__(self, key: str) -> Any:
        raise ZeroDivisionError("hostile")

    def __iter__(self) -> Iterator[str]:
        raise ZeroDivisionError("hostile")

    def __len__(self) -> int:
        raise ZeroDivisionError("hostile")


class EndlessMapping(UserDict[str, Any]):
    """A mapping that says it has the right keys, and gives another answer each time."""

    def __iter__(self) -> Iterator[str]:
        return iter(("name", "arguments"))

    def get(self, key: str, default: Any = None) -> Any:
        """Say that it is a call."""
        return "mail_read" if key == "name" else EndlessMapping()

    def items(self) -> Any:
        """Go on for ever."""
        return [("id", EndlessMapping())]


class RaisingText(str):
    """A text whose methods raise."""

    __slots__ = ()

    def _raise(self, *args: Any, **more: Any) -> Any:
        raise ZeroDivisionError("hostile")

    encode = strip = isascii = __len__ = __str__ = __hash__ = __eq__ = __iter__ = _raise


class LyingText(str):
    """A text that says it is short, clean and something else."""

    __slots__ = ()

    def __len__(self) -> int:
        return 1

    def __str__(self) -> str:
        return LyingText("\x00")

    def isascii(self) -> bool:
        """Lie."""
        return True

    def encode(self, *args: Any) -> Any:
        """Return no bytes."""
        return 7


class LyingNumber(int):
    """A number that says it is within every bound."""

    def __le__(self, other: object) -> bool:
        return True

    __ge__ = __lt__ = __gt__ = __le__

    def __int__(self) -> int:
        return 10**400


class RaisingMeta(type):
    """A class that does not give its name."""

    @property
    def __name__(cls) -> str:  # type: ignore[override]
        raise ZeroDivisionError("hostile")


class Nameless(metaclass=RaisingMeta):
    """An object of such a class."""


def _call(arguments: Any, name: Any = "mail_read") -> dict[str, Any]:
    return {"name": name, "arguments": arguments}


def _text(arguments: str, name: str = '"mail_read"') -> str:
    return f'{{"name": {name}, "arguments": {arguments}}}'


def _nested(depth: int) -> Any:
    value: Any = []
    for _ in range(depth):
        value = [value]
    return value


def _itself() -> Any:
    value: dict[str, Any] = {}
    value["id"] = value
    return value


LIGHT: dict[str, Callable[[], object]] = {
    "none": lambda: None,
    "true": lambda: True,
    "number": lambda: 7,
    "nan": lambda: float("nan"),
    "object": object,
    "class": lambda: dict,
    "function": lambda: len,
    "array": lambda: np.zeros(3),
    "numpy_number": lambda: np.int64(3),
    "list": list,
    "list_of_calls": lambda: [_call({"id": "x"})],
    "tuple": lambda: ("mail_read", {"id": "x"}),
    "empty_mapping": dict,
    "empty_text": str,
    "spaces": lambda: " \n\t ",
    "prose": lambda: "I will now read my mail.",
    "fenced": lambda: '```json\n{"name": "mail_list", "arguments": {}}\n```',
    "xml": lambda: "<tool_call>mail_list</tool_call>",
    "bytes": lambda: b'{"name": "mail_list", "arguments": {}}',
    "bad_bytes": lambda: b"\xff\xfe\x00{",
    "bytearray": lambda: bytearray(b"{}"),
    "memoryview": lambda: memoryview(b"{}"),
    "truncated": lambda: '{"name": "mail_read", "arguments": {"id": "mail',
    "trailing_comma": lambda: '{"name": "mail_list", "arguments": {},}',
    "single_quotes": lambda: "{'name': 'mail_list', 'arguments': {}}",
    "two_calls": lambda: '{"name": "mail_list"} {"name": "mail_list"}',
    "comment": lambda: '{"name": "mail_list"} // done',
    "byte_order_mark": lambda: '\ufeff{"name": "mail_list", "arguments": {}}',
    "json_null": lambda: "null",
    "json_number": lambda: "12",
    "json_string": lambda: '"mail_list"',
    "json_array": lambda: "[1, 2]",
    "json_nan": lambda: _text('{"page": NaN}', '"mail_list"'),
    "json_infinity": lambda: _text('{"page": -Infinity}', '"mail_list"'),
    "json_huge_float": lambda: _text('{"page": 1e999}', '"mail_list"'),
    "json_digits": lambda: _text(f'{{"page": {DIGITS}}}', '"mail_list"'),
    "json_minus_digits": lambda: _text(f'{{"page": -{DIGITS}}}', '"mail_list"'),
    "json_float_digits": lambda: _text(f'{{"page": 0.{DIGITS}}}', '"mail_list"'),
    "json_duplicate": lambda: _text('{"id": "a", "id": "b"}'),
    "json_duplicate_name": lambda: '{"name": "mail_list", "name": "finish", "arguments": {}}',
    "json_surrogate": lambda: _text('{"id": "\\ud800"}'),
    "json_control": lambda: _text('{"id": "a\x01b"}'),
    "json_nul": lambda: _text('{"id": "a\\u0000b"}'),
    "json_null_value": lambda: _text('{"id": null}'),
    "json_number_name": lambda: _text("{}", "7"),
    "json_extra": lambda: '{"name": "mail_list", "arguments": {}, "id": "call_1"}',
    "arguments_text": lambda: _call('{"id": "x"}'),
    "arguments_bad_text": lambda: _call('{"id": '),
    "arguments_blank": lambda: _call("  ", "mail_list"),
    "arguments_list": lambda: _call([1, 2]),
    "arguments_number": lambda: _call(3),
    "arguments_none": lambda: _call(None),
    "arguments_bytes": lambda: _call(b"{}"),
    "name_none": lambda: _call({}, None),
    "name_empty": lambda: _call({}, ""),
    "name_number": lambda: _call({}, 3),
    "name_unknown": lambda: _call({}, "rm_rf"),
    "name_near": lambda: _call({}, "mail_lits"),
    "name_dunder": lambda: _call({}, "__class__"),
    "name_newline": lambda: _call({}, "mail_list\n"),
    "name_long": lambda: _call({}, "a" * 129),
    "name_nul": lambda: _call({}, "mail\x00list"),
    "name_unicode": lambda: _call({}, "mаil_list"),  # noqa: RUF001 - a Cyrillic letter among Latin ones
    "name_raising": lambda: _call({}, RaisingText("mail_list")),
    "name_lying": lambda: _call({}, LyingText("mail_list")),
    "no_name": lambda: {"arguments": {}},
    "extra_key": lambda: {"name": "mail_list", "arguments": {}, "x": 1},
    "extra_key_raising": lambda: {"name": "mail_list", Raising: 1},
    "unknown_argument": lambda: _call({"id": "x", "colour": "red"}),
    "missing_argument": lambda: _call({}),
    "wrong_type": lambda: _call({"id": 7}),
    "number_key": lambda: _call({7: "x"}),
    "none_key": lambda: _call({None: "x"}),
    "long_key": lambda: _call({"k" * 300: "x"}),
    "nan_value": lambda: _call({"page": float("nan")}, "mail_list"),
    "infinite_value": lambda: _call({"page": float("-inf")}, "mail_list"),
    "huge_value": lambda: _call({"page": 10**5_000}, "mail_list"),
    "numpy_value": lambda: _call({"page": np.int64(1)}, "mail_list"),
    "array_value": lambda: _call({"page": np.zeros(2)}, "mail_list"),
    "bytes_value": lambda: _call({"id": b"x"}),
    "set_value": lambda: _call({"id": {1, 2}}),
    "complex_value": lambda: _call({"page": 1j}, "mail_list"),
    "object_value": lambda: _call({"id": object()}),
    "raising_value": lambda: _call({"id": Raising()}),
    "raising_text_value": lambda: _call({"id": RaisingText("x")}),
    "lying_text_value": lambda: _call({"id": LyingText("x" * 300)}),
    "lying_text_key": lambda: _call({LyingText("id"): "x"}),
    "lying_number": lambda: _call({"page": LyingNumber(10**30)}, "mail_list"),
    "nul": lambda: _call({"id": "a\x00b"}),
    "surrogate": lambda: _call({"query": "a\udcffb"}, "mail_search"),
    "surrogate_pair": lambda: _call({"query": "\ud83d\ude00"}, "mail_search"),
    "right_to_left": lambda: _call({"query": "\u202eevil\u202c \u200f\u2066x"}, "mail_search"),
    "zero_width": lambda: _call({"query": "\u200b\u200d\ufeff"}, "mail_search"),
    "combining": lambda: _call({"query": "e" + "\u0301" * 199}, "mail_search"),
    "nul_body": lambda: _call({"to": ["x\x00@y"], "subject": "\ud800", "body": "\x00"}, "mail_send"),
    "newline_subject": lambda: _call({"to": ["a@b.c"], "subject": "x\nBcc: d@e.f", "body": ""}, "mail_send"),
    "format": lambda: _call({"query": "{0.__class__} %s %n ${jndi:x} '; drop table"}, "mail_search"),
    "path": lambda: _call({"id": "../../etc/passwd"}),
    "nested": lambda: _call({"id": _nested(30)}),
    "itself": lambda: _call(_itself()),
    "raising": Raising,
    "raising_class": RaisingClass,
    "raising_mapping": RaisingMapping,
    "raising_arguments": lambda: _call(RaisingMapping()),
    "endless_mapping": EndlessMapping,
    "raising_text": lambda: RaisingText('{"name": "mail_list"}'),
    "lying_text": lambda: LyingText('{"name": "mail_list"}'),
    "nameless": Nameless,
    "nameless_class": lambda: Nameless,
    "proxy": lambda: MappingProxyType(_call({})),
    "ordered": lambda: OrderedDict(_call({})),
    "generator": lambda: (each for each in "abc"),
    "call_none": lambda: ToolCall(None, None),  # type: ignore[arg-type]
    "call_raising": lambda: ToolCall("mail_read", {"id": Raising()}),
    "call_text": lambda: ToolCall("mail_read", '{"id": "x"'),
    "call_raising_text": lambda: ToolCall("mail_read", RaisingText("{}")),
    "action_none": lambda: Action(None),  # type: ignore[arg-type]
    "action_many": lambda: Action((ToolCall("mail_list"), ToolCall("mail_list"))),
    "action_wrong": lambda: Action((3,), 4, 5),  # type: ignore[arg-type]
    "action_raising": lambda: Action((ToolCall("mail_list"),), RaisingText("x"), None),
    "action_nothing": Action,
    "action_surrogate": lambda: Action((), "\ud800", "\x00\ud800"),
}
"""Name -> what makes one; cheap to make and to refuse."""

HEAVY: dict[str, Callable[[], object]] = {
    "json_nested": lambda: _text("[" * DEEP + "]" * DEEP),
    "json_nested_open": lambda: "[" * DEEP,
    "json_nested_mappings": lambda: _text('{"a":' * DEEP + "1" + "}" * DEEP),
    "nested_deep": lambda: _call({"id": _nested(DEEP)}),
    "big_text": lambda: "x" * MEGABYTE,
    "big_bytes": lambda: b"x" * MEGABYTE,
    "big_body": lambda: _call({"to": ["a@b.c"], "subject": "x", "body": "y" * MEGABYTE}, "mail_send"),
    "big_body_text": lambda: _text(
        json.dumps({"to": ["a@b.c"], "subject": "x", "body": "y" * MEGABYTE}), '"mail_send"'
    ),
    "big_arguments_text": lambda: _call(json.dumps({"id": "y" * MEGABYTE})),
    "big_wide_text": lambda: "😀" * (MEGABYTE // 4),
    "big_surrogates": lambda: "\ud800" * (MEGABYTE // 4),
    "body_at_the_bound": lambda: _call({"id": "x", "body": "€" * 63_000}, "mail_reply"),
    "huge_mapping": lambda: _call({f"k{number}": number for number in range(50_000)}),
    "huge_list": lambda: _call({"to": ["a@b.c"] * 50_000, "subject": "", "body": ""}, "mail_send"),
    "huge_numbers": lambda: _call({"to": [1] * 50_000, "subject": "", "body": ""}, "mail_send"),
    "huge_empty_texts": lambda: ToolCall("mail_send", {"to": [""] * 50_000, "subject": "", "body": ""}),
    "huge_call": lambda: ToolCall("mail_list", {f"k{number}": None for number in range(50_000)}),
    "huge_json_mapping": lambda: _text(json.dumps({f"k{number}": 1 for number in range(8_000)})),
    "many_digits": lambda: _text(json.dumps({"page": [0] * 20}).replace("0", DIGITS)),
}
"""Name -> what makes one; each takes a millisecond or more."""


def catalogue() -> dict[str, Callable[[], object]]:
    """Return one of each."""
    return {**LIGHT, **HEAVY}


def stream(rng: np.random.Generator, count: int, sample: Callable[[], dict[str, Any]]) -> Iterator[object]:
    """Yield hostile calls: two in three out of the catalogue, the rest the damaged JSON text of good ones.

    Args:
        rng: The generator drawn from.
        count: How many.
        sample: Returns a good call.
    """
    light, heavy = list(LIGHT.values()), list(HEAVY.values())
    for number in range(count):
        if number % 500 == 499:
            yield heavy[number // 500 % len(heavy)]()
        elif number % 3:
            yield light[int(rng.integers(0, len(light)))]()
        else:
            yield damaged(json.dumps(sample(), ensure_ascii=bool(rng.integers(0, 2))), rng)


def damaged(text: str, rng: np.random.Generator) -> str:
    """Return a text with a few characters changed, lost or doubled."""
    junk = '{}[]":,\\\x00\ud800\u202e0e-+NaN'
    for _ in range(int(rng.integers(1, 4))):
        at, to = sorted(int(place) for place in rng.integers(0, len(text) + 1, 2))
        match int(rng.integers(0, 4)):
            case 0:
                text = text[:at] + junk[int(rng.integers(0, len(junk)))] + text[at:]
            case 1:
                text = text[:at] + text[at + 1 :]
            case 2:
                text = text[:to] + text[at:]
            case _:
                text = text[:to]
    return text
