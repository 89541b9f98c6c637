"""Variants and principles as files: the shipped ones by name, one's own by path.

A variant is a TOML file::

    about = "Says why, then acts."
    principles = "integrity"        # only where a prompt quotes {principles}; or a path, from this file's folder

    [[steps]]
    kind = "say"                    # say, draft, critique, revise, act
    prompt = "Say what you are about to do, and why. Keep to this: {principles}"

    [[steps]]
    kind = "act"

Principles are a TOML file too (``version``, ``title``, ``principles``), or any text in a file that ends in ``.md`` or
``.txt``.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any, Final, TypeVar, get_args

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from simenv.core.errors import PolicyError, UnknownNameError
from simenv.policies.llm.variants import Step, StepKind, Variant

DATA: Final = Path(__file__).with_name("data")
MOST_STEPS: Final = 10
_QUOTE: Final = "{principles}"
_PLACE: Final = re.compile(r"\{[a-z_]+\}")
T = TypeVar("T")


class Principles(Struct, frozen=True, forbid_unknown_fields=True):
    """What a draft is checked against.

    Attributes:
        version: Version of the text; a change of a word is another version.
        principles: One sentence or a few, each.
        title: What stands above them.
    """

    version: int
    principles: tuple[str, ...]
    title: str = ""

    @property
    def text(self) -> str:
        """The principles as they are quoted: the title, then a numbered list."""
        lines = [f"{number}. {each.strip()}" for number, each in enumerate(self.principles, 1)]
        return "\n".join([f"{self.title}:"] * bool(self.title) + lines)


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    about: str
    steps: tuple[Step, ...]
    principles: str = ""


def variant_names() -> list[str]:
    """Return the names of the shipped variants."""
    return sorted(path.stem for path in (DATA / "variants").glob("*.toml"))


def about_variant(name: str | Path) -> str:
    """Return in one sentence what a variant does.

    Raises:
        PolicyError: If its file cannot be used.
        UnknownNameError: If there is no such variant.
    """
    return _read(_variant_path(name), _File).about


def load_variant(name: str | Path, principles: str | Path | None = None) -> Variant:
    """Return a variant.

    Args:
        name: Name of a shipped variant, or a TOML file of one's own.
        principles: Name or file of the principles that its prompts quote; None for those that the variant names.

    Raises:
        PolicyError: If a file cannot be used; the message names the file and the key.
        UnknownNameError: If there is no such variant, or no such principles.
    """
    path = _variant_path(name)
    file = _read(path, _File)
    steps = tuple(replace(step, prompt=step.prompt.strip()) for step in file.steps)
    for key, problem in _problems(steps):
        raise PolicyError(f"{path}: {key}: {problem}")
    quoted = any(_QUOTE in step.prompt for step in steps)
    if principles is None and file.principles:
        principles = file.principles if _is_name(file.principles) else path.parent / file.principles
    if quoted != (principles is not None):
        named = f"a prompt quotes {_QUOTE}, so the variant must name them"
        unused = f"no prompt quotes {_QUOTE}, so nothing would be checked against them; leave them out"
        raise PolicyError(f"{path}: principles: {named if quoted else unused}")
    text, source = ("", "") if principles is None else load_principles(principles)
    return Variant(path.stem, steps, text, source)


def load_principles(name: str | Path) -> tuple[str, str]:
    """Return principles as the text that prompts quote, and their name with their version, where they have one.

    Args:
        name: Name of shipped ones (``integrity``), or a file: TOML, or plain text that ends in ``.md`` or ``.txt``.

    Raises:
        PolicyError: If the file cannot be used; the message names the file and the key.
        UnknownNameError: If there are none of that name.
    """
    if _is_name(name):
        known = sorted(path.stem for path in DATA.glob("*.toml"))
        if str(name) not in known:
            raise UnknownNameError("text of principles", str(name), known)
        path = DATA / f"{name}.toml"
    else:
        path = Path(name)
    if path.suffix == ".toml":
        found = _read(path, Principles)
        if not found.principles or not all(each.strip() for each in found.principles):
            raise PolicyError(f"{path}: principles: there must be one at least, and none may be empty")
        return found.text, f"{path.stem} {found.version}"
    text = _text(path).strip()
    if not text:
        raise PolicyError(f"{path} is empty; it should say what a draft is checked against")
    return text, path.stem


def _problems(steps: tuple[Step, ...]) -> list[tuple[str, str]]:
    """Return what is wrong with the steps, each with the key it stands at."""
    kinds = [step.kind for step in steps]
    found = []
    if not 1 <= len(steps) <= MOST_STEPS:
        found.append(("steps", f"a turn has 1 to {MOST_STEPS} steps, not {len(steps)}"))
    elif kinds[-1] not in ("act", "revise"):
        found.append((f"steps[{len(steps)}].kind", f"the last step is act or revise, not {kinds[-1]}"))
    for number, step in enumerate(steps, 1):
        at, before = f"steps[{number}]", kinds[: number - 1]
        if step.kind in ("act", "revise") and number < len(steps):
            found.append((f"{at}.kind", f"{step.kind} ends the turn, so it must be the last step"))
        if step.kind in ("critique", "revise") and "draft" not in before:
            found.append((f"{at}.kind", f"{step.kind} needs a draft before it"))
        if not step.prompt and step.kind != "act":
            found.append((f"{at}.prompt", f"a step of the kind {step.kind} needs a prompt"))
        unknown = [place for place in _PLACE.findall(step.prompt) if place != _QUOTE]
        found += [(f"{at}.prompt", f"{place} stands for nothing; only {_QUOTE} is filled in") for place in unknown]
    return found


def _variant_path(name: str | Path) -> Path:
    if not _is_name(name):
        return Path(name)
    if str(name) not in variant_names():
        raise UnknownNameError("variant", str(name), variant_names())
    return DATA / "variants" / f"{name}.toml"


def _is_name(name: str | Path) -> bool:
    """Whether this is a name, not a path: it has neither a folder nor an ending."""
    return isinstance(name, str) and not re.search(r"[./\\]", name)


def _read(path: Path, kind: type[T]) -> T:
    try:
        raw: dict[str, Any] = tomllib.loads(_text(path))
    except tomllib.TOMLDecodeError as error:
        raise PolicyError(f"{path} is no TOML: {error}") from None
    try:
        return msgspec.convert(raw, kind)
    except msgspec.ValidationError as error:
        what, _, where = str(error).partition(" - at `$")
        remedy = f"; a step is {', '.join(get_args(StepKind))}" if "enum" in what else ""
        raise PolicyError(f"{path}: {_key(where)}{what[:1].lower()}{what[1:]}{remedy}") from None


def _key(where: str) -> str:
    """Return a place such as ``.steps[0].kind`` as people count: ``steps[1].kind: ``."""
    key = re.sub(r"\[(\d+)\]", lambda digits: f"[{int(digits[1]) + 1}]", where.rstrip("`").lstrip("."))
    return f"{key}: " if key else ""


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise PolicyError(f"{path} is no text in UTF-8") from None
    except OSError as error:
        raise PolicyError(f"{path} cannot be read: {error.strerror}") from None
