"""How colleagues say something in the chat."""

from __future__ import annotations

from simenv.colleagues.base import Host
from simenv.company.chat import direct_id
from simenv.core.kinds.chat import ChatPosted


def say(host: Host, author: str, channel: str, id: str, text: str, cause: int, answers: str | None = None) -> int:
    """Post a message in a channel, or in a direct conversation that has begun.

    Args:
        host: The simulation.
        author: Id of who says it.
        channel: Id of the channel; in one that does not exist nothing is said.
        id: Id of the message.
        text: What is said.
        cause: ``seq`` of the event that brought it about.
        answers: Id of the message it answers, if any.

    Returns:
        ``seq`` of the event, or ``cause`` if nothing was said.
    """
    found = host.company.channels.get(channel)
    if found is None:
        return cause
    to = tuple([person for person in found.members if person != author])
    return host.emit(ChatPosted(id, channel, to, text, answers, found.direct), author, cause).seq


def say_to(host: Host, author: str, to: str, id: str, text: str, cause: int) -> int:
    """Write directly to one person; return the ``seq`` of the event."""
    both = {author, to}
    begun = (each.id for each in host.company.channels.values() if each.direct and set(each.members) == both)
    channel = next(begun, None) or direct_id(host.streams, author, to)
    return host.emit(ChatPosted(id, channel, (to,), text, None, True), author, cause).seq
