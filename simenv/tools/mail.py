"""Mail: list, read, search, send, reply."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from simenv.company.mail import Message
from simenv.company.state import Antecedent
from simenv.company.text import words
from simenv.core.calls import ToolResult, refused
from simenv.core.errors import near_miss
from simenv.core.kinds.mail import AccessDenied, MailListed, MailRead, MailSearched, MailSent
from simenv.tools.base import Desk, tool
from simenv.tools.mail_text import header, sent_header, show, snippet, typed

PAGE = 10
MAX_RECIPIENTS = 50
_LIST, _READ, _SEARCH, _SEND, _REPLY = 30, 90, 45, 240, 180
"""Simulated seconds each takes."""

Page = Annotated[int, Meta(ge=1, le=10_000)]
Id = Annotated[str, Meta(min_length=1, max_length=80)]
Address = Annotated[str, Meta(min_length=3, max_length=320)]
Addresses = Annotated[list[Address], Meta(min_length=1, max_length=MAX_RECIPIENTS)]
OptionalAddresses = Annotated[list[Address], Meta(max_length=MAX_RECIPIENTS)]
Subject = Annotated[str, Meta(max_length=300)]


@tool("read", cost=_LIST)
def mail_list(
    desk: Desk, folder: Literal["inbox", "sent"] = "inbox", unread_only: bool = False, page: Page = 1
) -> ToolResult:
    """List your messages, newest first, ten a page: id, time, sender and subject. New ones carry a star.

    Args:
        folder: Which folder to list.
        unread_only: Leave out messages you have opened (inbox only).
        page: Page of the list, from 1.
    """
    view = desk.view
    found = view.folder(folder, unread_only and folder == "inbox", (page - 1) * PAGE, PAGE + 1)
    shown = found[:PAGE]
    ids = tuple([message.id for message in shown])
    desk.emit(MailListed(folder, ids))
    if not shown:
        return ToolResult(True, "ok", "Nothing here." if page == 1 else f"There is no page {page}.", [], _LIST)
    render = sent_header if folder == "sent" else header
    headers = [render(message, view) for message in shown]
    unread = view.unread_among(ids)
    lines = [f"* {each.line}" if each.id in unread else f"  {each.line}" for each in headers]
    if len(found) > PAGE:
        lines.append(f"More on page {page + 1}.")
    return ToolResult(True, "ok", "\n".join(lines), headers, _LIST)


@tool("read", cost=_READ)
def mail_read(desk: Desk, id: Id) -> ToolResult:
    """Open one message and read all of it.

    Args:
        id: The message's id, as mail_list and mail_search show it.
    """
    message = _mine(desk, id)
    if isinstance(message, ToolResult):
        return message
    desk.emit(MailRead(id))
    view = desk.view
    return ToolResult(True, "ok", show(message, view), typed(message, view), _READ)


@tool("read", cost=_SEARCH)
def mail_search(desk: Desk, query: Annotated[str, Meta(min_length=1, max_length=200)], page: Page = 1) -> ToolResult:
    """Search subject and text of your messages, sent ones too. A hit has all the words. Newest first, ten a page.

    Args:
        query: Words to look for; case does not matter.
        page: Page of the hits, from 1.
    """
    terms = words(query)
    if not terms:
        return refused("bad_arguments", "mail_search: the query has no word in it.")
    view = desk.view
    found = view.search(terms, (page - 1) * PAGE, PAGE + 1)
    shown = found[:PAGE]
    snippets = [snippet(message, terms[0]) for message in shown]
    desk.emit(MailSearched(query, tuple([hit for hit, _ in snippets])))
    if not shown:
        nothing = "No message has all these words." if page == 1 else f"There is no page {page}."
        return ToolResult(True, "ok", nothing, [], _SEARCH)
    headers = [header(message, view) for message in shown]
    lines = [f"{each.line}\n{text}" for each, (_, text) in zip(headers, snippets, strict=True)]
    if len(found) > PAGE:
        lines.append(f"More on page {page + 1}.")
    return ToolResult(True, "ok", "\n".join(lines), headers, _SEARCH)


@tool("external", cost=_SEND)
def mail_send(
    desk: Desk,
    to: Addresses,
    subject: Subject,
    body: str,
    cc: OptionalAddresses = [],  # noqa: B006 - the schema shows an empty list; nobody changes it
) -> ToolResult:
    """Send a new message. It is delivered at once and cannot be called back.

    Args:
        to: Mail addresses of the recipients.
        subject: Subject line.
        body: Text of the message.
        cc: Mail addresses of those who get a copy.
    """
    people, problem = _recipients(desk, to)
    copied, problem_cc = _recipients(desk, cc)
    if problem or problem_cc:
        return refused("not_found", problem or problem_cc)
    copied = tuple(person for person in copied if person not in people)
    subject = " ".join(subject.split()) or "(no subject)"
    return _deliver(desk, people, copied, subject, body, (desk.person, subject, *people, "", *copied), None, _SEND)


@tool("external", cost=_REPLY)
def mail_reply(desk: Desk, id: Id, body: str, everyone: bool = False) -> ToolResult:
    """Answer a message; your answer stays in its thread and goes to the sender.

    Args:
        id: Id of the message you answer.
        body: Text of the answer.
        everyone: Also answer everybody else who got the message.
    """
    message = _mine(desk, id)
    if isinstance(message, ToolResult):
        return message
    me = desk.person
    to = message.to if message.sender == me else (message.sender,)
    others = tuple(p for p in dict.fromkeys(message.recipients) if p != me and p not in to) if everyone else ()
    subject = message.subject if message.subject[:3].casefold() == "re:" else f"Re: {message.subject}"
    return _deliver(desk, to, others, subject, body, (me, id), message, _REPLY)


def _mine(desk: Desk, id: str) -> Message | ToolResult:
    """Return a message of the seat's mailbox, or the refusal: there is none of this id, or it is not the seat's."""
    try:
        message = desk.view.message(id)
    except PermissionError:
        desk.emit(AccessDenied(id))
        return refused("not_allowed", f"{id} is not in your mailbox.")
    if message is None:
        return refused(
            "not_found", f"There is no message {id[:40]} in your mailbox. Ids come from mail_list or mail_search."
        )
    return message


def _deliver(
    desk: Desk,
    to: tuple[str, ...],
    cc: tuple[str, ...],
    subject: str,
    body: str,
    antecedent: Antecedent,
    answers: Message | None,
    cost: int,
) -> ToolResult:
    """Send; the id depends on the antecedent and the message's ordinal among those that share it."""
    key = "\x1f".join((*antecedent, str(desk.view.ordinal(antecedent))))
    id = desk.streams.make_id("mail", desk.person, key)
    thread = answers.thread if answers else "thread-" + id[5:]
    desk.emit(MailSent(id, thread, to, subject, body, cc, answers.id if answers else None))
    names = ", ".join([desk.view.person_of(person).name for person in to + cc])
    return ToolResult(True, "ok", f"Sent to {names}. Its id is {id}.", {"id": id, "thread": thread}, cost)


def _recipients(desk: Desk, addresses: list[str]) -> tuple[tuple[str, ...], str]:
    """Return the ids behind these addresses, or what is wrong with the first that has none."""
    view, ids = desk.view, []
    for address in addresses:
        person = view.person_at(address)
        if person is None:
            near = near_miss(address.casefold(), view.known_addresses())
            hint = f" Did you mean {near}?" if near else " Addresses stand in messages and in the directory."
            return (), f"Nobody has the address {address[:80]}.{hint}"
        ids.append(person.id)
    return tuple(dict.fromkeys(ids)), ""


TOOLS = (mail_list, mail_read, mail_search, mail_send, mail_reply)
