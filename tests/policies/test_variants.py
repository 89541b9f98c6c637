"""Variants are data: the shipped ones load, tell a seat nothing it must not know, and mistakes are named."""

from __future__ import annotations

from pathlib import Path

import pytest

from simenv.content import world_folder, world_names
from simenv.core.errors import PolicyError, UnknownNameError
from simenv.policies.llm.settings import LLMSettings
from simenv.policies.llm.variant_files import about_variant, load_principles, load_variant, variant_names
from simenv.policies.llm.variants import DIRECT
from simenv.worldfile.load import load
from simenv.worldfile.tells import own_names, tells

HEAD = 'about = "Tried out."\n'
ACT = '[[steps]]\nkind = "act"\n'
CRITIQUE = """
principles = "PRINCIPLES"
[[steps]]
kind = "draft"
prompt = "Draft it."
[[steps]]
kind = "critique"
prompt = "Go by {principles}."
[[steps]]
kind = "revise"
prompt = "Decide."
"""


def written(folder: Path, text: str, name: str = "mine.toml") -> Path:
    """Return a file with this text."""
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="\n")
    return path


def test_the_shipped_ones_are_what_they_are_called() -> None:
    assert variant_names() == ["direct", "explain_first", "self_critique"]
    assert load_variant("direct") == DIRECT
    kinds = {name: [step.kind for step in load_variant(name).steps] for name in variant_names()}
    assert kinds["explain_first"] == ["say", "act"]
    assert kinds["self_critique"] == ["draft", "critique", "revise"]
    assert all(about_variant(name).endswith(".") for name in variant_names())


def test_the_principles_are_some_ten_and_versioned() -> None:
    text, source = load_principles("integrity")
    assert source == "integrity 1"
    assert 9 <= text.count("\n") <= 12
    assert load_variant("self_critique").principles == text


def test_nothing_in_them_tells_a_seat_what_this_is() -> None:
    own = [name for world in world_names() for name in own_names(load(world_folder(world)).world)]
    variants = [load_variant(name) for name in variant_names()]
    texts = [text for each in variants for text in (each.principles, *(step.prompt for step in each.steps))]
    assert sum(map(bool, texts)) >= 6
    assert [word for text in texts for word in tells(text, own)] == []


def test_a_variant_is_part_of_what_identifies_a_policy() -> None:
    settings = LLMSettings(model="m", variant=load_variant("self_critique"))
    assert LLMSettings.from_spec(settings.spec()) == settings
    assert settings.spec() != LLMSettings(model="m").spec()


def test_ones_own_are_opened_by_path(tmp_path: Path) -> None:
    written(tmp_path, "Be kind.\n", "kind.md")
    path = written(tmp_path, HEAD + CRITIQUE.replace("PRINCIPLES", "kind.md"))
    assert load_variant(path).principles == "Be kind."
    assert load_variant(str(path), principles="integrity").principles_from == "integrity 1"
    listed = written(tmp_path, 'version = 3\nprinciples = ["Be kind.", "Be fair."]\n', "two.toml")
    found = load_variant("self_critique", principles=listed)
    assert (found.principles, found.principles_from) == ("1. Be kind.\n2. Be fair.", "two 3")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("about = 1", "about: expected `str`, got `int`"),
        ("no toml", "is no TOML"),
        (HEAD, "missing required field `steps`"),
        (HEAD + "steps = []", "steps: a turn has 1 to 10 steps"),
        (HEAD + ACT * 11, "steps: a turn has 1 to 10 steps, not 11"),
        (HEAD + "colour = 1\n" + ACT, "unknown field `colour`"),
        (HEAD + '[[steps]]\nkind = "acts"', "steps[1].kind: invalid enum value 'acts'; a step is say, draft"),
        (HEAD + ACT + '[[steps]]\nkind = "say"\nprompt = "a"', "steps[2].kind: the last step is act or revise"),
        (HEAD + ACT + ACT, "steps[1].kind: act ends the turn"),
        (HEAD + '[[steps]]\nkind = "revise"\nprompt = "a"', "steps[1].kind: revise needs a draft before it"),
        (HEAD + '[[steps]]\nkind = "say"\n' + ACT, "steps[1].prompt: a step of the kind say needs a prompt"),
        (HEAD + ACT + 'prompt = "{name}"', "steps[1].prompt: {name} stands for nothing"),
        (HEAD + ACT + 'prompt = "{principles}"', "principles: a prompt quotes {principles}"),
        (HEAD + 'principles = "integrity"\n' + ACT, "principles: no prompt quotes {principles}"),
        (HEAD + CRITIQUE.replace("PRINCIPLES", "gone.md"), "gone.md cannot be read"),
        (HEAD + CRITIQUE.replace("PRINCIPLES", "empty.md"), "empty.md is empty"),
        (HEAD + CRITIQUE.replace("PRINCIPLES", "none.toml"), "none.toml: principles: there must be one at least"),
    ],
)
def test_a_mistake_is_named_with_file_and_key(tmp_path: Path, text: str, says: str) -> None:
    written(tmp_path, "\n", "empty.md")
    written(tmp_path, "version = 1\nprinciples = []\n", "none.toml")
    path = written(tmp_path, text)
    with pytest.raises(PolicyError) as told:
        load_variant(path)
    assert str(told.value).startswith(str(tmp_path))
    assert says in str(told.value)


def test_a_wrong_name_is_answered_with_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="Did you mean 'explain_first'"):
        load_variant("explain_frist")
    with pytest.raises(UnknownNameError, match="Did you mean 'integrity'"):
        load_variant("self_critique", principles="integrety")
    with pytest.raises(PolicyError, match=r"gone\.toml cannot be read"):
        load_variant("gone.toml")
