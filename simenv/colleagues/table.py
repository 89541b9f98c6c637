"""Who takes notice of which events, and who interprets which wake-ups. One table, so that nothing happens unseen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from simenv.colleagues.base import Host
from simenv.colleagues.completion import complete
from simenv.colleagues.invitations import answer, invite
from simenv.colleagues.noticing import notice
from simenv.colleagues.post_office import deliver
from simenv.colleagues.reactions import get_to, react_later
from simenv.colleagues.work import do_step, go_on
from simenv.company.predicates import PREDICATES
from simenv.core.clock import Wakeup
from simenv.core.event import Event

Notice = Callable[[Host, Event], None]

_WRITTEN: Final = frozenset(
    {
        "mail.sent", "chat.posted", "ticket.opened", "ticket.changed", "ticket.commented", "approval.asked",
        "access.asked",
    }
)  # fmt: skip

_NOTICES: Final[tuple[tuple[Notice, frozenset[str]], ...]] = (
    (deliver, frozenset({"mail.sent"})),
    (notice, _WRITTEN),
    (invite, frozenset({"meeting.scheduled", "meeting.changed"})),
    (go_on, frozenset({"work.done"})),
    (complete, frozenset[str]().union(*(predicate.kinds for predicate in PREDICATES.values()))),
)


def noticed_by(kind: str) -> tuple[Notice, ...]:
    """Return who takes notice of events of a kind, in order."""
    return tuple(each for each, kinds in _NOTICES if kind in kinds)


HANDLERS: Final[dict[str, Callable[[Host, Wakeup], None]]] = {
    "work.step": do_step,
    "colleague.reads": get_to,
    "colleague.reacts": react_later,
    "colleague.invited": answer,
}
"""Kind of wake-up -> what interprets it."""
