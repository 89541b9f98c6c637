"""Mail: send, reply, forward."""

from __future__ import annotations

from typing import Annotated, Final

from msgspec import Meta

from simenv.company.answering import back_to
from simenv.company.mail import Message
from simenv.company.state import Antecedent
from simenv.core.calls import ToolResult, refused
from simenv.core.kinds.mail import AccessDenied, Attached, MailSent
from simenv.tools.base import Desk, tool
from simenv.tools.mail_addresses import Addresses, OptionalAddresses, Recipients, look_up, nobody_has
from simenv.tools.mail_own import Id, mine
from simenv.tools.mail_parties import lines, name
from simenv.tools.mail_text import forwarded, quoted

_SEND, _REPLY, _FORWARD = 240, 180, 120
"""Simulated seconds each takes."""

LONGEST: Final = 64_000
"""Characters of a text together with what is quoted below it."""

_TOO_LONG = "With the original below it the message would be too long."

Subject = Annotated[str, Meta(max_length=300)]
Attachments = Annotated[list[Annotated[str, Meta(max_length=80)]], Meta(max_length=10)]


@tool("external", cost=_SEND)
def mail_send(
    desk: Desk,
    to: Addresses,
    subject: Subject,
    body: str,
    cc: OptionalAddresses = [],  # noqa: B006 - the schema shows an empty list; nobody changes it
    bcc: OptionalAddresses = [],  # noqa: B006
    attachments: Attachments = [],  # noqa: B006
) -> ToolResult:
    """Send a new message. It is delivered at once and cannot be called back.

    Args:
        to: Mail addresses of people or distribution lists.
        subject: Subject line.
        body: Text of the message.
        cc: Addresses that get a copy.
        bcc: Addresses that get a copy unseen by the others.
        attachments: Ids of documents to send as they are now.
    """
    who = look_up(desk, to, cc, bcc)
    if isinstance(who, ToolResult):
        return who
    attached = _attached(desk, attachments) if attachments else ()
    if isinstance(attached, ToolResult):
        return attached
    subject = " ".join(subject.split()) or "(no subject)"
    return _deliver(desk, who, subject, body, (desk.person, subject, *who.to, "", *who.cc), _SEND, attached=attached)


@tool("external", cost=_REPLY)
def mail_reply(
    desk: Desk,
    id: Id,
    body: str,
    everyone: bool = False,
    quote: bool = False,
    attachments: Attachments = [],  # noqa: B006
) -> ToolResult:
    """Answer a message; your answer stays in its thread and goes to the sender.

    Args:
        id: Id of the message you answer.
        body: Text of the answer.
        everyone: Also answer everybody else who got the message.
        quote: Put the original below.
        attachments: Ids of documents.
    """
    message = mine(desk, id)
    if isinstance(message, ToolResult):
        return message
    attached = _attached(desk, attachments) if attachments else ()
    if isinstance(attached, ToolResult):
        return attached
    if quote:
        body = quoted(message, body, desk.view)
        if len(body) > LONGEST:
            return refused("too_large", _TOO_LONG)
    subject = message.subject if message.subject[:3].casefold() == "re:" else f"Re: {message.subject}"
    who = _answered(desk.person, message, everyone)
    if not (who.to or who.cc or who.beyond):
        return refused("conflict", f"Nobody got {id} who could be answered.")
    return _deliver(desk, who, subject, body, (desk.person, id), _REPLY, answers=message, attached=attached)


@tool("external", cost=_FORWARD)
def mail_forward(
    desk: Desk,
    id: Id,
    to: Addresses,
    comment: str = "",
    cc: OptionalAddresses = [],  # noqa: B006
) -> ToolResult:
    """Send a message on, whole, with its attachments.

    Args:
        id: Id of the message.
        to: Mail addresses of people or distribution lists.
        comment: Text above the original.
        cc: Addresses that get a copy.
    """
    message = mine(desk, id)
    if isinstance(message, ToolResult):
        return message
    who = look_up(desk, to, cc)
    if isinstance(who, ToolResult):
        return who
    body = forwarded(message, comment, desk.view)
    if len(body) > LONGEST:
        return refused("too_large", _TOO_LONG)
    subject = message.subject if message.subject[:4].casefold() == "fwd:" else f"Fwd: {message.subject}"
    key = (desk.person, subject, *who.to, "", *who.cc)
    return _deliver(desk, who, subject, body, key, _FORWARD, forwards=message, attached=message.attached)


def _answered(me: str, message: Message, everyone: bool) -> Recipients:
    """Return who gets an answer: the sender, or those one wrote to oneself; with everyone, all whom one sees there."""
    to = back_to(me, message)
    if not (message.sender == me or everyone):
        return Recipients(to)
    others = [each for each in dict.fromkeys(message.named) if each != me and each not in to] if everyone else ()
    beyond = [each for each in message.beyond if each not in message.blind]
    return Recipients(to, tuple(others), (), tuple(beyond), message.lists)


def _attached(desk: Desk, ids: list[str]) -> tuple[Attached, ...] | ToolResult:
    """Return these documents as they are now, or the refusal: one does not exist or is not the seat's to read."""
    found = []
    for id in dict.fromkeys(ids):
        try:
            document = desk.view.documents.get(id)
        except PermissionError:
            desk.emit(AccessDenied(id))
            return refused("not_allowed", f"You may not read {id}, so you cannot attach it.")
        if document is None:
            near = desk.view.documents.near(id)
            return refused("not_found", f"There is no document {id[:80]}." + (f" Did you mean {near}?" if near else ""))
        found.append(Attached(id, document.last.number, document.title))
    return tuple(found)


def _deliver(
    desk: Desk,
    who: Recipients,
    subject: str,
    body: str,
    antecedent: Antecedent,
    cost: int,
    *,
    answers: Message | None = None,
    forwards: Message | None = None,
    attached: tuple[Attached, ...] = (),
) -> ToolResult:
    """Send; the id depends on the antecedent and the message's ordinal among those that share it."""
    key = "\x1f".join((*antecedent, str(desk.view.ordinal(antecedent))))
    id = desk.streams.make_id("mail", desk.person, key)
    before = answers or forwards
    thread = before.thread if before else "thread-" + id[5:]
    desk.emit(
        MailSent(
            id, thread, who.to, subject, body, who.cc, answers.id if answers else None, False, who.bcc, who.beyond,
            who.lists, attached, forwards.id if forwards else None, False, who.unknown, who.blind,
        )
    )  # fmt: skip
    view = desk.view
    text = f"Sent to {_names(who, desk)}. Its id is {id}."
    if who.beyond:
        text += f" Not in the address book: {', '.join(who.beyond)}; it left the company for there."
    if who.unknown:
        text += " " + nobody_has(who.unknown, view)
    data = {"id": id, "thread": thread, "beyond": who.beyond, "undelivered": who.unknown}
    return ToolResult(True, "ok", text, data, cost)


def _names(who: Recipients, desk: Desk) -> str:
    """Return the names of all who got a message, as its sender is told of them."""
    people = desk.view.people_by_id
    if who.lists:
        to, cc = lines(who, desk.person, desk.view)
        names = [name(party) for party in to + cc]
    else:
        names = [people[person].name for person in who.to + who.cc]
    if who.bcc or who.beyond:
        names += [f"{people[person].name} (blind copy)" for person in who.bcc]
        names += [f"{each} (blind copy)" if each in who.blind else each for each in who.beyond]
    return ", ".join(names)


TOOLS = (mail_send, mail_reply, mail_forward)
