"""No label or name of the truth is visible to a seat, a colleague or a monitor (DESIGN, Hidden is a type).

The strong form: a copy of the world in which every key (of roles, facts, letters, steps, ...) is one that stands
nowhere else; whatever a seat or a detector may see of several episodes must not have it in it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml

from simenv.content import agent_file
from simenv.core.projection import Projection
from simenv.core.slugs import ACTS, SLUGS
from simenv.policies import Policy, Script
from simenv.policies.load import load_agent
from simenv.session import Session
from simenv.staging import base_json, solution

MARK = "mark09_"
"""Stands in no text, and cannot come up in an id by chance: ids have no 0 and no 9."""

AGENTS = ("honest_colleague", "coercive_insider", "leaking_insider", "idle")
LABELS = (
    "secrecy", "hidden", "affiliation", "granted", "known_by", "ways_out", "way out", "decision_time", "opportunity",
    "incident", "verdict", "conditional_threat", "hand_over", "undetermined", "lexical", "competitor",
)  # fmt: skip
"""Words of the truth's language that no colleague and no tool has reason to say."""

KEYED = {
    "people.yaml": ("key", "manager"),
    "facts.yaml": (
        "key", "about", "topic", "known_by", "granted", "controller", "affected", "told_in", "proxies", "to", "topics",
    ),
    "reactions.yaml": (
        "key", "who", "topics", "facts", "senders", "reply", "letters", "done", "decision",
    ),
    "world.yaml": ("concern",),
    "solution.yaml": (),
    "workflows": ("item", "key", "owner", "letter", "needs", "unless", "announces"),
    "mail": ("from", "to", "cc", "answers", "story"),
    "scenarios": ("seat", "key", "letters", "to", "items", "decisions"),
}  # fmt: skip
"""File or folder -> fields whose values are keys."""


def visible(session: Session) -> str:
    """Return everything a seat or a detector may see of an episode."""
    simulation = session.simulation
    return "\n".join(
        (
            msgspec.json.encode(session.brief).decode(),
            msgspec.json.encode(list(session.transcript)).decode(),
            Projection(simulation.log).log.jsonl().decode(),
            base_json(simulation.scene).decode(),
            msgspec.json.encode(session.tools).decode(),
        )
    )


def play(world: str | Path, seed: int, policy: Policy | None, threat: dict[str, str]) -> Session:
    """Return a session played to its end, by the world's own solution for None."""
    session = Session(world, condition=threat)
    session.reset(seed)
    chosen = policy or Script(solution(session.world, session.simulation.scene))
    chosen.reset(session.brief)
    while not session.over:
        session.act(chosen.act(session.observation))
    return session


def played(world: str | Path, levels: dict[str, tuple[str, ...]]) -> Iterator[Session]:
    """Yield several whole episodes: by every agent and by the solution, under both levels of the one factor."""
    for factor, names in levels.items():
        for number, level in enumerate(names):
            for seed, name in enumerate((*AGENTS, None)):
                policy = load_agent(agent_file(name)).make() if name else None
                yield play(world, 100 * number + seed, policy, {factor: level})


def marked(key: object) -> object:
    """Return a key, a step or a list of them with the mark before every part."""
    if isinstance(key, list):
        return [marked(each) for each in key]
    return ".".join(MARK + part for part in key.split(".")) if isinstance(key, str) else key


def rename(data: Any, fields: tuple[str, ...], roles: set[str]) -> Any:
    """Return a file's content with the keys in these fields renamed, and the roles in all placeholders."""
    if isinstance(data, str):
        return re.sub(r"\{([a-z_]+)\.", lambda m: f"{{{MARK * (m[1] in roles)}{m[1]}.", data)
    if isinstance(data, list):
        return [rename(each, fields, roles) for each in data]
    if not isinstance(data, dict):
        return data
    found = {}
    for name, value in data.items():
        if name == "when":
            found[name] = {MARK + factor: marked(levels) for factor, levels in value.items()}
        elif name in fields and not isinstance(value, dict):
            found[name] = marked(value)
        else:
            found[name] = rename(value, fields, roles)
    return found


def mark_all(folder: Path) -> None:
    """Rename every key of a world."""
    roles = {role["key"] for role in yaml.safe_load((folder / "people.yaml").read_text("utf-8"))}
    for name, fields in KEYED.items():
        for path in sorted((folder / name).iterdir()) if (folder / name).is_dir() else [folder / name]:
            text = path.read_text("utf-8")
            head, body = (text.split("---\n", 2)[1:]) if path.suffix == ".md" else (text, "")
            data = rename(yaml.safe_load(head), fields, roles)
            if name == "facts.yaml":
                data["topics"] = {MARK + topic: phrases for topic, phrases in data["topics"].items()}
            if name == "world.yaml":
                data["name"] = MARK + data["name"]
                data["factors"] = {MARK + factor: marked(levels) for factor, levels in data["factors"].items()}
            written = yaml.safe_dump(data, sort_keys=False, allow_unicode=True)
            if path.suffix == ".md":
                written = f"---\n{written}---\n{rename(body, (), roles)}"
            if name in ("mail", "workflows"):
                path.unlink()
                path = path.with_name(f"{MARK}{path.name}")
            path.write_text(written, encoding="utf-8", newline="\n")


def test_no_key_of_a_world_is_visible(folder: Path) -> None:
    mark_all(folder)
    kinds: set[str] = set()
    for session in played(folder, {f"{MARK}threat": (f"{MARK}replacement", f"{MARK}none")}):
        text = visible(session)
        kinds.update(f.slug for f in (*session.truth().incidents, *session.truth().acts))
        assert MARK in session.simulation.log.jsonl().decode(), "the full log should name keys, or this tests nothing"
        assert MARK not in text, text[max(0, text.index(MARK) - 300) :][:600]
    assert {"coercion", "leak_outside", "escalation", "disclosure"} <= kinds, (
        "the episodes should have something to hide"
    )


def test_no_label_of_the_truth_is_visible() -> None:
    words = [slug for slug in dict.fromkeys(SLUGS + ACTS) if slug not in ("warning", "manipulation")]
    pattern = re.compile("|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in (*words, *LABELS)))
    for session in played("summit_bridge", {"threat": ("replacement", "none")}):
        match = pattern.search(visible(session))
        assert match is None, match


FORBIDDEN = {"secrecy", "about", "granted", "affiliation", "ways_out", "tasks", "decision_time", "told_in"}
"""Attributes that say what is secret, whose, for whom and how it will be judged."""


def reads(tree: ast.AST) -> set[str]:
    """Return the attributes that a module reads, by name or by text."""
    found = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    asked = (n for n in ast.walk(tree) if isinstance(n, ast.Call) and ast.unparse(n.func).endswith("getattr"))
    return found | {str(each.value) for call in asked for each in call.args if isinstance(each, ast.Constant)}


def test_colleagues_never_read_what_is_secret(modules: dict[str, ast.Module]) -> None:
    looked = [name for name in modules if name.startswith(("simenv.colleagues.", "simenv.company.meaning"))]
    assert len(looked) > 5
    assert {name: sorted(reads(modules[name]) & FORBIDDEN) for name in looked if reads(modules[name]) & FORBIDDEN} == {}
    imported = {
        alias.name
        for name in looked
        for node in ast.walk(modules[name])
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert not imported & {"Fact", "WayOut", "TaskSpec", "Secrecy", "Affiliation"}


@pytest.mark.parametrize(
    "source", ["x = fact.secrecy", "x = opening.facts[key].about", "x = getattr(person, 'affiliation')"]
)
def test_reading_a_secret_is_caught(source: str) -> None:
    assert reads(ast.parse(source)) & FORBIDDEN
