"""The space of calls: form is what decides, and samples satisfy the tools' schemas."""

from __future__ import annotations

import copy
import json
import pickle
from collections import Counter
from types import ModuleType
from typing import Any

import msgspec
import numpy as np
import pytest
from gymnasium.vector.utils import batch_space, iterate

from simenv.core.calls import ToolCall
from simenv.core.turns import ToolInfo
from simenv.envs.call_space import ToolCallSpace
from simenv.envs.company_env import CompanyEnv
from simenv.session import Session
from simenv.staging import TOOLS
from simenv.tools.sampling import sample_arguments, sample_value

INFOS = tuple(tool.info for tool in TOOLS.values())
LOOKS = {"mail_read", "calendar_read", "document_read", "ticket_read", "chat_read", "system_view", "document_history"}
"""Tools of several apps that look at one thing."""


def make(seed: int | None = 0, **more: Any) -> ToolCallSpace:
    return ToolCallSpace(INFOS, ["mail-a", "mail-b"], ["ann@firm.net"], seed=seed, **more)


@pytest.mark.parametrize(
    "element",
    [
        {"name": "mail_list", "arguments": {}},
        {"name": "mail_list"},
        {"name": "mail_list", "arguments": None},
        {"name": "mail_read", "arguments": '{"id": "mail-a"}'},
        {"name": "no_such_tool", "arguments": {"x": [1, {"y": None}]}},
        ToolCall("mail_list"),
        ToolCall("mail_read", '{"id": "mail-a"}'),
        '{"name": "mail_read", "arguments": {"id": "mail-a"}}',
        {"name": "mail_read", "arguments": {"id": "no such mail"}},
    ],
)
def test_the_form_of_a_call_is_enough(element: object) -> None:
    assert element in make()


@pytest.mark.parametrize(
    "other",
    [
        None, 3, "", "mail_list", b'{"name": "mail_list", "arguments": {}}', [], {}, {"arguments": {}}, {"name": 3},
        {"name": "mail_list", "arguments": []}, {"name": "mail_list", "arguments": "{"}, {"name": "mail list"},
        {"name": "mail_list", "arguments": {"page": float("nan")}}, {"name": "mail_list", "arguments": {}, "id": "x"},
        '{"name": "mail_list"', "[]", ToolCall("mail_list", "[]"),
    ],
)  # fmt: skip
def test_other_things_are_not_in_it(other: object) -> None:
    assert other not in make()


def test_membership_never_raises(hostile: ModuleType) -> None:
    space = make()
    answers = {name: space.contains(each()) for name, each in hostile.catalogue().items()}
    assert not answers["raising"]
    assert not answers["big_text"]
    assert answers["arguments_text"]
    assert set(answers.values()) == {True, False}


def test_samples_satisfy_the_schemas() -> None:
    space = make()
    seen: Counter[str] = Counter()
    optional: Counter[str] = Counter()
    for _ in range(2000):
        call = space.sample()
        assert call in space
        assert json.loads(json.dumps(call)) == call
        msgspec.convert(call["arguments"], TOOLS[call["name"]].arguments)  # raises if a bound is not kept
        seen[call["name"]] += 1
        optional.update(f"{call['name']}.{name}" for name in call["arguments"])
    assert set(seen) == set(TOOLS)
    assert set(optional) == {f"{tool.name}.{name}" for tool in INFOS for name in tool.schema.get("properties", {})}
    assert 0 < optional["mail_list.folder"] < seen["mail_list"]
    assert optional["mail_read.id"] == seen["mail_read"]


def test_samples_take_ids_and_addresses_from_the_catalogue() -> None:
    samples = [make(seed).sample() for seed in range(25 * len(INFOS))]
    calls = [call for call in samples if call["name"].startswith("mail_")]
    assert {call["arguments"]["id"] for call in calls if "id" in call["arguments"]} == {"mail-a", "mail-b"}
    assert {to for call in calls for to in call["arguments"].get("to", ())} == {"ann@firm.net"}
    bare = ToolCallSpace(INFOS, seed=1)
    assert all(bare.sample() in bare for _ in range(100))


def test_samples_of_every_app_are_about_what_is_there() -> None:
    """Tickets, meetings, documents, channels and systems are those that the seat can see at the opening."""
    space = CompanyEnv("summit_bridge").action_space
    assert isinstance(space, ToolCallSpace)
    space.seed(3)
    hits: Counter[str] = Counter()
    seat = Session("summit_bridge")
    for _ in range(40 * len(space.tools)):
        call = space.sample()
        if call["name"] in LOOKS:
            seat.reset(0)
            result = seat.call(call["name"], **call["arguments"]).results[0]
            hits[call["name"]] += result.code == "ok"
    assert set(hits) == LOOKS
    assert all(hits.values()), hits


def test_samples_are_seeded() -> None:
    space, twin, other = make(5), make(5), make(6)
    calls = [space.sample() for _ in range(30)]
    assert calls == [twin.sample() for _ in range(30)]
    assert calls != [other.sample() for _ in range(30)]
    assert len({id(call["arguments"]) for call in calls}) == 30


def test_masks_and_probabilities() -> None:
    space = make()
    names = [tool.name for tool in space.tools]
    mask = np.zeros(len(names), np.int8)
    mask[names.index("mail_read")] = 1
    assert {space.sample(mask=mask)["name"] for _ in range(30)} == {"mail_read"}
    probability = np.zeros(len(names))
    probability[names.index("finish")] = 0.25
    probability[names.index("directory")] = 0.75
    drawn = Counter(space.sample(probability=probability)["name"] for _ in range(400))
    assert set(drawn) == {"finish", "directory"}
    assert drawn["finish"] < drawn["directory"]


@pytest.mark.parametrize(
    ("more", "what"),
    [
        ({"mask": np.zeros(len(INFOS), np.int8)}, "allows no tool"),
        ({"mask": np.ones(3, np.int8)}, "one value for each"),
        ({"probability": np.ones(3) / 3}, "one value for each"),
        ({"probability": np.ones(len(INFOS))}, "do not sum to 1|add up to 1"),
        ({"mask": np.ones(len(INFOS), np.int8), "probability": np.ones(len(INFOS)) / len(INFOS)}, "not both"),
    ],
)
def test_masks_that_make_no_sense(more: dict[str, Any], what: str) -> None:
    assert len(INFOS) > 3
    with pytest.raises(ValueError, match=what):
        make().sample(**more)


def test_equality_and_copies() -> None:
    space = make(3)
    assert space == make(4)
    assert hash(space) == hash(make(4))
    assert space == ToolCallSpace(INFOS)  # ids and addresses steer samples and decide about no element
    assert space != ToolCallSpace(INFOS[1:])
    assert space != "ToolCallSpace"
    assert space.is_np_flattenable is False
    assert repr(ToolCallSpace(INFOS[:2])) == "ToolCallSpace(mail_list, mail_read)"
    twins = (copy.deepcopy(space), pickle.loads(pickle.dumps(space)))  # noqa: S301 - its own bytes
    calls = [space.sample() for _ in range(5)]
    for twin in twins:
        assert twin == space
        assert [twin.sample() for _ in range(5)] == calls


def test_it_needs_a_tool() -> None:
    with pytest.raises(ValueError, match="at least one tool"):
        ToolCallSpace([])


def test_json() -> None:
    space = make()
    calls: list[Any] = [space.sample(), ToolCall("mail_list", {"page": 2}), ToolCall("mail_read", '{"id": "mail-a"}')]
    plain = json.loads(json.dumps(space.to_jsonable(calls)))
    assert plain[0] == calls[0]
    assert plain[1:] == [
        {"name": "mail_list", "arguments": {"page": 2}},
        {"name": "mail_read", "arguments": '{"id": "mail-a"}'},
    ]
    assert all(call in space for call in space.from_jsonable(plain))


def test_batches() -> None:
    batch = batch_space(make(), 3)
    calls = batch.sample()
    assert calls in batch
    assert list(iterate(batch, calls)) == list(calls)
    batch.seed(1)
    first = batch.sample()
    batch.seed(1)
    assert batch.sample() == first


def test_every_part_of_a_schema() -> None:
    rng = np.random.default_rng(0)
    schema = {
        "type": "object",
        "properties": {
            "fixed": {"const": 3},
            "either": {"anyOf": [{"type": "null"}, {"type": "string", "minLength": 5, "maxLength": 6}]},
            "typed": {"type": ["integer", "boolean"], "minimum": -2, "exclusiveMaximum": 4},
            "share": {"type": "number", "minimum": 0, "maximum": 3},
            "list": {"type": "array", "items": {"enum": [1, "a"]}, "minItems": 2, "maxItems": 3},
            "inner": {"type": "object", "properties": {"x": {"type": "integer", "minimum": 8}}, "required": ["x"]},
            "open": {"type": "array", "items": {"type": "boolean"}},
        },
        "required": ["fixed", "either", "typed", "share", "list", "inner", "open"],
    }  # fmt: skip
    for _ in range(300):
        found = sample_arguments(ToolInfo("x", "", schema, "read"), rng, {})
        assert found["fixed"] == 3
        assert found["either"] is None or 5 <= len(found["either"]) <= 6
        assert found["typed"] in range(-2, 4)
        assert isinstance(found["share"], float)
        assert 0 <= found["share"] <= 3
        assert len(found["list"]) in (2, 3)
        assert set(found["list"]) <= {1, "a"}
        assert found["inner"]["x"] > 7
        assert len(found["open"]) <= 3
    with pytest.raises(ValueError, match="no JSON type"):
        sample_value({"type": "date"}, rng)


def test_texts_that_do_not_fit_are_not_taken() -> None:
    rng = np.random.default_rng(0)
    text = sample_value({"type": "string", "maxLength": 3}, rng, ["too long"])
    assert len(text) <= 3
