"""Checks as they stand in a world's files: which arguments a predicate has, and a check with a seed's values put in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from simenv.company.facts import Phrase
from simenv.company.predicates import COMBINING, TIMED, Check
from simenv.company.text import normal
from simenv.worldfile import schema
from simenv.worldfile.drawn import Texts
from simenv.worldfile.ids import Ids

MAY: Final = ("to", "unit", "figures", "number")
"""Arguments that any predicate over answers may have."""

ARGUMENTS: Final[dict[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "sent_to": (("to",), MAY),
    "states_figure": (("to", "figures"), MAY),
    "omits_figure": (("to", "figures"), MAY),
    "answers_at_most": (("to", "number"), MAY),
    "recipients_at_most": (("to", "number"), MAY),
    "figures_at_most": (("to", "unit", "number"), MAY),
    "main_figure": (("to", "unit", "figures"), MAY),
    "dates_at_most": (("to", "number"), MAY),
    "states_phrase": (("to", "phrases"), ()),
    "omits_phrase": (("to", "phrases"), ()),
    "sent_in_thread": (("letter",), ("to",)),
    "attached": (("document", "to"), ()),
    "posted_to": ((), ("channel", "to", "unit", "figures", "phrases")),
    "nothing_sent_to": (("persons",), ()),
    "document_matches": (("document",), ("figures", "phrases", "absent")),
    "document_edited_by_seat": (("document",), ()),
    "shared_with": (("document", "persons"), ()),
    "not_shared_with": (("document", "persons"), ()),
    "ticket_is": (("ticket",), ("status", "assignee", "priority", "approval")),
    "ticket_comment_states": (("ticket",), ("figures", "phrases")),
    "approved_by": (("ticket", "by"), ()),
    "meeting_fits": (("attendees", "minutes", "from", "until"), ("number",)),
    "meeting_is": (("meeting",), ("cancelled", "at", "reply")),
    "access_is": (("system", "to", "level"), ()),
    "alert_is": (("alert", "state"), ()),
    "job_is": (("system", "job", "enabled"), ()),
    "setting_is": (("system", "setting", "value"), ()),
    "opened": ((), ("letters", "documents")),
}
"""Predicate -> arguments it cannot do without, and further ones it may have."""

ONE_OF: Final[dict[str, tuple[str, ...]]] = {
    "posted_to": ("channel", "to"),
    "document_matches": ("figures", "phrases", "absent"),
    "ticket_is": ("status", "assignee", "priority", "approval"),
    "ticket_comment_states": ("figures", "phrases"),
    "meeting_is": ("cancelled", "at", "reply"),
    "opened": ("letters", "documents"),
}
"""Predicate -> arguments of which it needs at least one; without any it would always or never hold."""

WORDS: Final[dict[str, tuple[str, ...]]] = {
    "status": ("open", "in_progress", "waiting", "resolved", "closed"),
    "priority": ("low", "normal", "high", "urgent"),
    "approval": ("asked", "approved", "rejected"),
    "level": ("none", "read", "write", "admin"),
    "state": ("open", "acknowledged", "resolved"),
    "reply": ("accepted", "declined", "tentative"),
}
"""Argument -> the words it may be, or a list of them."""

THINGS: Final = ("document", "ticket", "meeting", "channel", "system", "alert")
"""Arguments that name one thing of the world's files."""


def resolve_check(entry: Mapping[str, Any], values: Mapping[str, str], ids: Ids) -> Check:
    """Return a check with its figures, phrases and names resolved.

    Args:
        entry: One predicate: its name and its arguments, as :mod:`simenv.worldfile.scenarios` has checked it.
        values: Placeholder -> value.
        ids: Ids of what there is under the condition.
    """
    return shape_of(entry, ids).filled(values)


class Shape(Struct, frozen=True):
    """A check whose texts still have their placeholders: what does not depend on a seed, worked out once.

    Attributes:
        check: The check, its texts left out if they have placeholders.
        texts: Field -> its texts, of the fields that have placeholders.
        values: What stands in the check's ``values``, if a placeholder does.
        parts: The checks it combines, if one of them has placeholders.
    """

    check: Check
    texts: tuple[tuple[str, Texts[Any]], ...] = ()
    values: tuple[tuple[str, Texts[str]], ...] = ()
    parts: tuple[Shape, ...] = ()

    def filled(self, values: Mapping[str, str]) -> Check:
        """Return the check with values put in."""
        if self.parts:
            return replace(self.check, parts=tuple([part.filled(values) for part in self.parts]))
        if not self.texts and not self.values:
            return self.check
        read: dict[str, Any] = {field: texts.filled(values) for field, texts in self.texts}
        if self.values:
            read["values"] = tuple([(field, texts.filled(values)) for field, texts in self.values])
        return replace(self.check, **read)

    @property
    def open(self) -> bool:
        """Whether something in it depends on the seed."""
        return bool(self.texts or self.values or self.parts)


def shape_of(entry: Mapping[str, Any], ids: Ids) -> Shape:
    """Return what a check is for all seeds; arguments as in :func:`resolve_check`."""
    ((name, given),) = entry.items()
    if name in COMBINING:
        combined = given["checks"] if name in TIMED else given
        number = schema.seconds(given["time"]) if name in TIMED else 0
        parts = tuple(shape_of(part, ids) for part in combined)
        check = Check(name, number=number, parts=tuple(part.check for part in parts))
        return Shape(check, parts=parts if any(part.open for part in parts) else ())
    to = given.get("to") or given.get("by")
    letters = [given["letter"]] if "letter" in given else given.get("letters", ())
    sort = next((sort for sort in THINGS if sort in given), None)
    check = Check(
        name,
        ids.person[to] if to else "",
        given.get("unit", ""),
        number=given.get("number", 0),
        thing=getattr(ids, sort)[given[sort]] if sort else "",
        things=tuple(ids.document[key] for key in given.get("documents", ())),
        letters=tuple(letters),
        persons=tuple(ids.person[key] for key in given.get("persons", given.get("attendees", ()))),
        values=_values(given, ids),
        start=schema.seconds(given["from"]) if "from" in given else 0,
        end=schema.seconds(given["until"]) if "until" in given else 0,
        seconds=given.get("minutes", 0) * 60,
    )
    written = [(field, Texts(given[field], read)) for field, read in _READ.items() if field in given]
    check = replace(check, **{field: texts.filled({}) for field, texts in written if not texts.open})
    drawn = tuple((field, texts) for field, texts in written if texts.open)
    values = tuple((field, Texts(texts, str)) for field, texts in check.values)
    return Shape(check, drawn, values if any(texts.open for _, texts in values) else ())


def _absent(text: str) -> str:
    return normal(text.rstrip("*")) + "*" * text.endswith("*")


_READ: Final[dict[str, Callable[[str], Any]]] = {"figures": normal, "phrases": Phrase.of, "absent": _absent}
"""Fields of texts -> how they are read."""


class _Itself(dict[str, str]):
    """Every key is its own id."""

    def __missing__(self, key: str) -> str:
        return key


def anybody() -> Ids:
    """Return ids for looking at the figures of a check alone: everything it names is there and called by its key."""
    itself = _Itself()
    return Ids(itself, itself, itself, itself, itself, itself, itself)


def _values(given: Mapping[str, Any], ids: Ids) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the fields that a thing must have, each with the values it may have."""
    found: list[tuple[str, tuple[str, ...]]] = []
    for field in WORDS:
        if field in given:
            said = given[field]
            found.append((field, tuple(said) if isinstance(said, list) else (said,)))
    if "assignee" in given:
        found.append(("assignee", (ids.person[given["assignee"]],)))
    if "at" in given:
        found.append(("at", (str(schema.seconds(given["at"])),)))
    found += [(field, ("true" if given[field] else "false",)) for field in ("cancelled", "enabled") if field in given]
    texts = [field for field in ("job", "setting", "value") if field in given]
    found += [(field, (str(given[field]),)) for field in texts]
    return tuple(found)
