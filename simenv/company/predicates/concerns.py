"""Which checks an event can concern: asked for every event, so worked out once for many checks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from msgspec import Struct

from simenv.company.mail import Message
from simenv.company.predicates.base import Check
from simenv.company.predicates.table import PREDICATES
from simenv.core.event import Event

if TYPE_CHECKING:
    from simenv.company.state import Company

Places = tuple[int, ...]
_ANY = ""


class Concerns(Struct, frozen=True):
    """Many checks, by what can change what they say; they are named by their places among these checks.

    Attributes:
        looked: Kind of event -> id of a thing, or key of a letter -> places of the checks that look at it.
        said: Person id -> places of the checks to which what is said to this person may matter.
    """

    looked: Mapping[str, Mapping[str, Places]]
    said: Mapping[str, Places]

    @classmethod
    def of(cls, checks: Iterable[Check]) -> Concerns:
        """Return what can change what these checks say. Their figures and phrases do not matter."""
        looked: dict[str, dict[str, dict[int, None]]] = {}
        said: dict[str, dict[int, None]] = {}
        for place, check in enumerate(checks):
            for leaf in _leaves(check):
                predicate = PREDICATES[leaf.name]
                if predicate.matters is not None:
                    for person in (leaf.persons or (leaf.to,)) if predicate.by_person else (_ANY,):
                        said.setdefault(person, {})[place] = None
                    continue
                things = (leaf.thing,) if predicate.by_thing else (*leaf.things, *leaf.letters) or (_ANY,)
                for kind in predicate.kinds:
                    for thing in things:
                        looked.setdefault(kind, {}).setdefault(thing, {})[place] = None
        return cls({kind: _with_any(by_thing) for kind, by_thing in looked.items()}, _with_any(said))

    def touched(self, event: Event, company: Company) -> Places:
        """Return the places of the checks with a predicate over the state that an event can change."""
        by_thing = self.looked.get(event.kind)
        if by_thing is None:
            return ()
        data = event.data
        id = getattr(data, "id", "") or getattr(data, "system", "")
        found = by_thing.get(id)
        return by_thing.get(company.letter_keys.get(id) or _ANY, by_thing[_ANY]) if found is None else found

    def heard(self, message: Message) -> Places:
        """Return the places of the checks to which what a seat has said may matter."""
        said = self.said
        found = [places for person in message.recipients if (places := said.get(person)) is not None]
        if not found:
            return said[_ANY]
        return found[0] if len(found) == 1 else tuple(sorted({place for places in found for place in places}))


def _leaves(check: Check) -> Iterator[Check]:
    if not check.parts:
        yield check
    for part in check.parts:
        yield from _leaves(part)


def _with_any(found: Mapping[str, Mapping[int, None]]) -> dict[str, Places]:
    """Return places in order, each list with those of the checks that are concerned whatever it is about."""
    always = found.get(_ANY, {})
    return {_ANY: tuple(always), **{key: tuple(sorted({**always, **places})) for key, places in found.items()}}
