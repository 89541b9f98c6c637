"""What every event kind declares."""

from __future__ import annotations

from typing import ClassVar, Final, Literal

from msgspec import Struct

Visibility = Literal["observable", "hidden"]
OBSERVABLE: Final[Visibility] = "observable"
HIDDEN: Final[Visibility] = "hidden"


class EventData(Struct, frozen=True, omit_defaults=True, gc=False):
    """Data of one kind of event: strings, integers, booleans and tuples of them; no float (DESIGN, Randomness).

    Every kind says itself what it is called and who could have seen it; there is no default to forget about.
    """

    kind: ClassVar[str]
    visibility: ClassVar[Visibility]
    version: ClassVar[int] = 1
