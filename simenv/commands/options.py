"""Reading the options that several commands share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from simenv.commands.exits import WrongUsageError

MOST: Final = 100_000
"""Seeds of one command at most."""

_HIGHEST: Final = 2**64


def read_seeds(text: str) -> list[int]:
    """Return the seeds that a text such as ``7``, ``3,5,9`` or ``0:20`` (0 to 19) names, each once, in order.

    Raises:
        WrongUsageError: If it names none, too many, or is something else; the message names the part that is wrong.
    """
    seeds: dict[int, None] = {}
    for part in text.split(","):
        first, colon, end = part.partition(":")
        low = _seed(text, part, first)
        high = _seed(text, part, end) if colon else low + 1
        if high <= low:
            raise WrongUsageError(f"--seeds {text!r}: {part!r} names no seed; the end must be greater than the start")
        if len(seeds) + high - low > MOST:
            raise WrongUsageError(f"--seeds {text!r}: {part!r} makes it more than {MOST} seeds; use several commands")
        seeds.update(dict.fromkeys(range(low, high)))
    return list(seeds)


def _seed(text: str, part: str, digits: str) -> int:
    digits = digits.strip()
    if not digits.isascii() or not digits.isdigit():
        what = f"{digits!r} is no number" if digits else f"a number is missing in {part!r}"
        raise WrongUsageError(f"--seeds {text!r}: {what}; write 7, or 3,5,9, or 0:20 for 0 to 19")
    if len(digits) > 20 or int(digits) >= _HIGHEST:
        raise WrongUsageError(f"--seeds {text!r}: {digits} is too large; a seed is below 2**64")
    return int(digits)


def read_levels(settings: Iterable[str]) -> dict[str, str]:
    """Return factor -> level of settings such as ``threat=none``.

    Raises:
        WrongUsageError: If one is no setting, or two set the same factor; the message names it.
    """
    levels: dict[str, str] = {}
    for setting in settings:
        factor, equals, level = (each.strip() for each in setting.partition("="))
        if not (factor and equals and level):
            raise WrongUsageError(f"--set {setting!r}: write a factor and its level, as in --set threat=none")
        if factor in levels:
            raise WrongUsageError(f"--set {setting!r}: {factor} was set to {levels[factor]!r} already")
        levels[factor] = level
    return levels
