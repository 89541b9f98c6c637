"""What a reader would trip over in a resolved text: articles, plurals, pronouns, names written out, glued words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Final

from simenv.worldfile.found import Found
from simenv.worldfile.lines import Lines
from simenv.worldfile.source import Source
from simenv.worldfile.texts import Piece

_ARTICLE: Final = re.compile(r"(?<!\w)(an?) \Z", re.IGNORECASE)
_SPELT: Final = re.compile(r"[A-Z]{2,}(?![a-z])|[A-Z](?![\w'])")
_SILENT_H: Final = ("hour", "honest", "honour", "heir")
_LIKE_YOU: Final = re.compile(r"(?:uni(?!n|m)|us[aeiu]|ut[aei]|eu|ewe|one\b|once\b|ura|uro)")
_PLURAL: Final = re.compile(r" (?!(?:was|has|does|this|plus|minus|less|across|as|is)\b)([a-z]+[^s\W]s)\b")
_SINGULAR: Final = re.compile(r" (hour|day|week|minute|month|euro)\b(?! [a-z])")
_PRONOUNS: Final = {
    **dict.fromkeys(("he", "him", "his", "himself"), "he"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "she"),
    **dict.fromkeys(("man", "gentleman", "boy", "father", "son", "brother", "husband", "sir", "mr"), "=he"),
    **dict.fromkeys(("woman", "lady", "girl", "mother", "daughter", "sister", "wife", "madam", "ms", "mrs"), "=she"),
}
"""Word -> the pronoun it is a form of, or with ``=`` the pronoun that may stand for it."""

_WORD: Final = re.compile(r"[A-Za-z]+")
_DISAGREES: Final = re.compile(
    r"\bthey (?:is|was|has|does|says|wants)\b"
    r"|(?:^|[.,;:!?\n] ?|\band |\bbut |\bthat )(?:he|she|it) (?:are|have|do|say|want)\b",
    re.IGNORECASE,
)
_ADDRESS: Final = re.compile(r"[\w.+-]+@[\w-]+\.\w+")


def check_literals(texts: list[Piece], source: Source, lines: Lines, found: Found) -> None:
    """Find what is wrong in the texts as they were written, whatever the seed.

    Args:
        texts: The world's texts.
        source: The world's files.
        lines: Where things stand.
        found: Takes in what is found.
    """
    names = re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in drawn_names(source)))
    pronouns: dict[str, str] = {role.key: role.pronouns for role in source.people}
    seats = {pronouns.get(scenario.seat, "it") for scenario in source.scenarios.values()}
    for piece in texts:
        parts = piece.parts()
        for literal in parts[::2]:
            for match in names.finditer(literal):
                problem = f"has the name {match.group()!r} written out, which is drawn for some seeds."
                found.add(piece.place(lines, match.group()), problem, "Use a placeholder, or take it out of the draws.")
            for match in _ADDRESS.finditer(literal):
                place = piece.place(lines, match.group())
                found.add(place, f"has the address {match.group()!r} written out.", "Write {role.address}.")
            for match in _DISAGREES.finditer(literal):
                text = match.group().strip(" .,;:!?\n")
                found.add(piece.place(lines, text), f"says {text!r}.", "Let the verb agree with the pronoun.")
        for before, slot, after in _triples(parts):
            if (before and before[-1].isalnum()) or (after and after[0].isalnum()) or (not after and slot != parts[-2]):
                problem = f"has the placeholder {{{slot}}} glued to what stands beside it."
                found.add(piece.place(lines, f"{{{slot}}}"), problem, "Put a blank or a mark between them.")
        if piece.seen:
            for word in _unreferred(parts, piece.writer, pronouns, seats):
                problem = f"says {word!r}, and nobody named before it goes by that."
                found.add(
                    piece.place(lines, word), problem, "Name the person first, or use the pronoun people.yaml gives."
                )


def check_resolved(piece: Piece, values: Mapping[str, str], seed: int, lines: Lines, found: Found) -> None:
    """Find what is wrong in a text with one seed's values put in.

    Args:
        piece: The text.
        values: Placeholder -> value.
        seed: The seed.
        lines: Where things stand.
        found: Takes in what is found.
    """
    parts = piece.parts()
    for before, slot, after in _triples(parts):
        value = values.get(slot)
        if value is None or "{" in value or "}" in value:
            problem = f"has the placeholder {{{slot}}}, which stays unresolved."
            found.add(
                piece.place(lines, f"{{{slot}}}"),
                problem,
                "Draw it; a value may hold no placeholder.",
                seed,
                value or "",
            )
            continue
        if not value:
            problem = f"has the placeholder {{{slot}}}, which is empty."
            found.add(
                piece.place(lines, f"{{{slot}}}"),
                problem,
                "Use another field, or let nobody without it hold the role.",
                seed,
            )
            continue
        wrong = _misfits(before, value, after)
        if wrong:
            problem = f"does not fit what is drawn for {{{slot}}}."
            found.add(piece.place(lines, f"{{{slot}}}"), problem, "Write it so that every value fits.", seed, wrong)


def _triples(parts: list[str]) -> Iterator[tuple[str, str, str]]:
    for index in range(1, len(parts), 2):
        yield parts[index - 1], parts[index], parts[index + 1]


def _misfits(before: str, value: str, after: str) -> str:
    """Return the words that do not fit a value, or nothing."""
    article = _ARTICLE.search(before)
    if article and (len(article[1]) == 2) != vowel_sound(value):
        return f"{article[1]} {value}"
    if value.replace(",", "").isdigit():
        unit = (_PLURAL if value == "1" else _SINGULAR).match(after)
        return f"{value} {unit[1]}" if unit else ""
    return ""


def vowel_sound(text: str) -> bool:
    """Whether a text begins, spoken, with a vowel, so that "an" goes before it."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lstrip("\"'( ")
    if plain[:1].isdigit():
        number = re.match(r"[\d,]+", plain)
        digits = number.group().replace(",", "") if number else ""
        return digits.startswith("8") or (digits[:2] in ("11", "18") and len(digits) % 3 == 2)
    if _SPELT.match(plain):
        return plain[0] in "AEFHILMNORSX"
    lower = plain.casefold()
    return lower.startswith(_SILENT_H) or (lower[:1] in tuple("aeiou") and not _LIKE_YOU.match(lower))


def _unreferred(parts: list[str], writer: str | None, pronouns: Mapping[str, str], seats: set[str]) -> Iterator[str]:
    """Yield the gendered pronouns before which nobody was named whom they could mean."""
    known: set[str] = set()
    for number, part in enumerate(parts):
        if number % 2:
            group = part.partition(".")[0]
            known |= seats if group == "sender" else {pronouns.get(group, "")} if group != writer else set()
            continue
        for word in _WORD.findall(part):
            means = _PRONOUNS.get(word.casefold(), "")
            if means.startswith("="):
                known.add(means[1:])
            elif means and means not in known:
                known.add(means)
                yield word


def drawn_names(source: Source) -> list[str]:
    """Return every name that is drawn for some seed, longer ones first."""
    names = {name for person in source.names.people for name in (person.given, person.family, person.nick) if name}
    names |= {*source.names.systems, *(name for pool in source.names.pools.values() for name in pool)}
    for fields in source.world.draws.values():
        options = fields.get("choose")
        if isinstance(options, list):
            names |= {str(value) for option in options for value in option.values()}
        else:
            names |= {str(value) for spec in fields.values() for value in spec.get("choose") or ()}
    return sorted((name for name in names if any(map(str.isalpha, name))), key=lambda name: (-len(name), name))
