"""Every kind of event keeps the contract of events, and the generated documentation says what the code says."""

from __future__ import annotations

import inspect
import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest
from msgspec import Struct
from msgspec import inspect as types
from msgspec.structs import fields

from simenv.core import schema
from simenv.core.errors import EpisodeError
from simenv.core.event import Event, decode, encode
from simenv.core.kinds import HIDDEN, KINDS, OBSERVABLE, OBSERVABLE_KINDS
from simenv.core.kinds.base import EventData

IRREGULAR = {"left", "run", "begun", "done", "read", "sent", "understood", "written"}
"""Participles that do not end in -ed; add yours if it is one."""

NO_PARTICIPLE = {"turn.empty"}
"""What did not happen has no participle."""

PLAIN = (
    types.BoolType,
    types.DictType,
    types.IntType,
    types.NoneType,
    types.StrType,
    types.StructType,
    types.UnionType,
    types.VarTupleType,
)
"""What an event may consist of: no float (it prints differently), nothing mutable but a map, no Any."""

every_kind = pytest.mark.parametrize("kind", KINDS)


def example(info: types.Type) -> Any:
    """Return a value of a type, with every optional part there."""
    if isinstance(info, types.StrType):
        return "Zoë said: \u2028 'now'"
    if isinstance(info, types.BoolType):
        return True
    if isinstance(info, types.IntType):
        return -(2**53)
    if isinstance(info, types.VarTupleType):
        return (example(info.item_type),) * 2
    if isinstance(info, types.DictType):
        return {example(info.key_type): example(info.value_type)}
    if isinstance(info, types.UnionType):
        return example(next(each for each in info.types if not isinstance(each, types.NoneType)))
    assert isinstance(info, types.StructType), info
    return full(info.cls)


def full(cls: type[Struct]) -> Struct:
    """Return an instance with every field given."""
    return cls(**{field.name: example(types.type_info(field.type)) for field in fields(cls)})


def least(cls: type[Struct]) -> Struct:
    """Return an instance with only the required fields given."""
    return cls(**{field.name: example(types.type_info(field.type)) for field in fields(cls) if field.required})


def event(kind: str, data: Any) -> Event:
    """Return an event of a kind with every field of the line given."""
    return Event(3, -60, kind, "person-1", data, cause=2, call="call-1", on_behalf_of="person-2")


def hints(cls: type[Struct]) -> list[types.Type]:
    """Return the types a struct is made of, those of its parts included."""
    structs = [cls, *schema.parts(cls)]
    return [info for each in structs for field in fields(each) for info in schema.walk(types.type_info(field.type))]


def test_there_are_kinds_of_both_sorts() -> None:
    assert {"mail.sent", "tool.called", "world.opened"} <= set(KINDS)
    assert set() < set(OBSERVABLE_KINDS) < set(KINDS)


@every_kind
def test_the_name_says_app_and_what_happened(kind: str) -> None:
    assert re.fullmatch(r"[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*", kind)
    happened = kind.partition(".")[2]
    assert happened.endswith("ed") or happened in IRREGULAR or kind in NO_PARTICIPLE


@every_kind
def test_a_kind_declares_itself(kind: str) -> None:
    declared = vars(KINDS[kind])
    assert declared["kind"] == kind
    assert declared["visibility"] in (OBSERVABLE, HIDDEN), "visibility is declared, never inherited"
    assert (kind in OBSERVABLE_KINDS) == (declared["visibility"] == OBSERVABLE)
    assert KINDS[kind].version >= 1
    assert issubclass(KINDS[kind], EventData)
    assert KINDS[kind].__struct_config__.frozen


@every_kind
def test_a_kind_says_what_it_means(kind: str) -> None:
    for cls in (KINDS[kind], *schema.parts(KINDS[kind])):
        own = vars(cls).get("__doc__")
        assert own, f"{cls.__name__} has no docstring"
        assert inspect.cleandoc(own).splitlines()[0].endswith((".", ":"))


@every_kind
def test_an_event_consists_of_plain_things(kind: str) -> None:
    assert [info for info in hints(KINDS[kind]) if not isinstance(info, PLAIN)] == []


def test_a_float_would_be_noticed() -> None:
    class Planted(EventData, frozen=True):
        """Planted."""

        weights: tuple[dict[str, float | None], ...]

    assert [info for info in hints(Planted) if not isinstance(info, PLAIN)] == [types.FloatType()]
    with pytest.raises(TypeError, match="FloatType"):
        schema._type(types.type_info(float))


@every_kind
@pytest.mark.parametrize("make", [full, least])
def test_what_is_written_is_read_back(kind: str, make: Any) -> None:
    written = event(kind, make(KINDS[kind]))
    line = encode(written)
    assert b"\n" not in line
    read = decode(line)
    assert read == written
    assert type(read.data) is KINDS[kind]
    assert encode(read) == line


@every_kind
@pytest.mark.parametrize("make", [full, least])
def test_what_is_written_keeps_the_schema(kind: str, make: Any, repository: Path) -> None:
    contract = json.loads((repository / "docs" / "events.schema.json").read_text(encoding="utf-8"))
    line = json.loads(encode(event(kind, make(KINDS[kind]))))
    check = jsonschema.Draft202012Validator(contract)
    check.validate(line)
    assert not check.is_valid({**line, "kind": f"{kind}s"})
    assert not check.is_valid({**line, "seq": "3"})
    assert not check.is_valid({name: value for name, value in line.items() if name != "data"})


@pytest.mark.parametrize(
    "line",
    [
        b'{"seq":0,"time":0,"kind":"mail.dreamt","actor":"world","data":{}}',
        b'{"seq":0,"time":0,"kind":"mail.read","actor":"world","data":{}}',
        b'{"seq":0,"time":0,"kind":"mail.read","actor":"world","data":{"id":7}}',
        b'{"seq":0.5,"time":0,"kind":"mail.read","actor":"world","data":{"id":"m"}}',
        b'{"seq":0,"time":0,"kind":"mail.read","actor":"world"}',
        b"[]",
        b"",
        b"\xff",
    ],
)
def test_what_is_no_event_is_one_clear_error(line: bytes) -> None:
    with pytest.raises(EpisodeError):
        decode(line)


def test_an_unknown_kind_is_named() -> None:
    with pytest.raises(EpisodeError, match=r"event 4 is of the unknown kind 'mail\.dreamt'"):
        decode(msgspec.json.encode({"seq": 4, "time": 0, "kind": "mail.dreamt", "actor": "world", "data": {}}))


@pytest.mark.parametrize(("name", "make"), [("events.md", schema.markdown), ("events.schema.json", schema.json_schema)])
def test_the_documentation_is_up_to_date(name: str, make: Any, repository: Path) -> None:
    committed = (repository / "docs" / name).read_bytes()
    assert committed == make().encode(), f"docs/{name} is out of date; run: {schema.COMMAND}"


def test_the_command_writes_both_files(tmp_path: Path) -> None:
    schema.write(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"events.md", "events.schema.json"}
    assert (tmp_path / "events.md").read_bytes() == schema.markdown().encode()


@every_kind
def test_every_kind_is_documented(kind: str) -> None:
    row = next(line for line in schema.markdown().splitlines() if line.startswith(f"| `{kind}` |"))
    assert f"| {KINDS[kind].visibility} | {KINDS[kind].version} |" in row
    assert all(f"`{field.name}`: " in row for field in fields(KINDS[kind]))
