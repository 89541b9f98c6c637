"""Checks as they stand in a world's files: which arguments a predicate has, and a check with a seed's values put in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from simenv.company.facts import Phrase
from simenv.company.predicates import COMBINING, TIMED, Check
from simenv.company.text import Template, normal, template
from simenv.worldfile import schema
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

    What does not depend on the values is worked out once for an entry and kept with the ids.

    Args:
        entry: One predicate: its name and its arguments, as :mod:`simenv.worldfile.scenarios` has checked it.
        values: Placeholder -> value.
        ids: Ids of what there is under the condition.
    """
    said = str(entry)
    shape = ids.memo.get(said)
    if shape is None:
        shape = ids.memo[said] = _shape(entry, ids)
    return shape.filled(values)


class _Shape(Struct, frozen=True):
    """A check whose texts still have their placeholders.

    Attributes:
        check: The check, its texts left out if they have placeholders.
        texts: Field -> its texts, of the fields that have placeholders.
        parts: The checks it combines, if one of them has placeholders.
    """

    check: Check
    texts: tuple[tuple[str, tuple[Template, ...]], ...] = ()
    parts: tuple[_Shape, ...] = ()

    def filled(self, values: Mapping[str, str]) -> Check:
        """Return the check with values put in."""
        if self.parts:
            return replace(self.check, parts=tuple(part.filled(values) for part in self.parts))
        if not self.texts:
            return self.check
        read: dict[str, Any] = {field: _read(field, texts, values) for field, texts in self.texts if field != "values"}
        if len(read) < len(self.texts):
            read["values"] = tuple(
                (field, tuple(template(text).render(values) for text in texts)) for field, texts in self.check.values
            )
        return replace(self.check, **read)


def _shape(entry: Mapping[str, Any], ids: Ids) -> _Shape:
    ((name, given),) = entry.items()
    if name in COMBINING:
        combined = given["checks"] if name in TIMED else given
        number = schema.seconds(given["time"]) if name in TIMED else 0
        parts = tuple(_shape(part, ids) for part in combined)
        check = Check(name, number=number, parts=tuple(part.check for part in parts))
        return _Shape(check, (), parts if any(part.texts or part.parts for part in parts) else ())
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
    written = [
        (field, tuple(map(template, given[field]))) for field in ("figures", "phrases", "absent") if field in given
    ]
    if any(text.slots for _, texts in check.values for text in map(template, texts)):
        written.append(("values", ()))
    plain = [(field, texts) for field, texts in written if texts and not any(text.slots for text in texts)]
    check = replace(check, **{field: _read(field, texts, {}) for field, texts in plain})
    drawn = [(field, texts) for field, texts in written if (field, texts) not in plain]
    return _Shape(check, tuple(drawn))


def _read(field: str, texts: tuple[Template, ...], values: Mapping[str, str]) -> tuple[Any, ...]:
    said = [text.render(values) for text in texts]
    if field == "phrases":
        return tuple(Phrase.of(text) for text in said)
    if field == "absent":
        return tuple(normal(text.rstrip("*")) + "*" * text.endswith("*") for text in said)
    return tuple(map(normal, said))


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
