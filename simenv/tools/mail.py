"""Mail: list, read, search, open what is attached."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from simenv.company.mail import INBOX, SENT, Message
from simenv.company.text import words
from simenv.company.view import CompanyView
from simenv.core.calls import ToolResult, refused
from simenv.core.kinds.documents import DocumentRead
from simenv.core.kinds.mail import MailListed, MailRead, MailSearched
from simenv.tools.base import Desk, tool
from simenv.tools.mail_own import Id, mine
from simenv.tools.mail_text import Header, header, sent_header, show, snippet, title_line, typed
from simenv.tools.pages import Page, listed, part

PAGE = 10
_FOLDERS = 30
_LIST, _READ, _SEARCH, _OPEN = 30, 90, 45, 90
"""Simulated seconds each takes."""


@tool("read", cost=_LIST)
def mail_list(
    desk: Desk, folder: Annotated[str, Meta(max_length=60)] = INBOX, unread_only: bool = False, page: Page = 1
) -> ToolResult:
    """List your messages, newest first, ten a page: id, time, sender and subject. New ones carry a star.

    Args:
        folder: inbox, sent, archive, trash, or one of your own.
        unread_only: Leave out messages you have opened.
        page: Page of the list, from 1.
    """
    view = desk.view
    if folder not in (INBOX, SENT):
        known = view.folders.named(folder.strip())
        if known is None:
            names = view.folders.names()
            more = f" and {len(names) - _FOLDERS} more" if len(names) > _FOLDERS else ""
            return refused("not_found", f"There is no such folder. Yours are: {', '.join(names[:_FOLDERS])}{more}.")
        folder = known
    found = view.folder(folder, unread_only, (page - 1) * PAGE, PAGE + 1)
    shown = found[:PAGE]
    ids = tuple([message.id for message in shown])
    desk.emit(MailListed(folder, ids))
    render = header if folder == INBOX else _own_header
    headers = [render(message, view) for message in shown]
    unread = view.unread_among(ids)
    lines = [f"* {each.line}" if each.id in unread else f"  {each.line}" for each in headers]
    return listed(lines, headers, page, _LIST, more=len(found) > PAGE, nothing="Nothing here.")


def _own_header(message: Message, view: CompanyView) -> Header:
    """Return a message as it stands where one's own lie: of what one sent one wants to know to whom."""
    return sent_header(message, view) if message.sender == view.person else header(message, view)


@tool("read", cost=_READ)
def mail_read(desk: Desk, id: Id) -> ToolResult:
    """Open one message and read all of it.

    Args:
        id: The message's id, as mail_list and mail_search show it.
    """
    message = mine(desk, id)
    if isinstance(message, ToolResult):
        return message
    desk.emit(MailRead(id))
    view = desk.view
    return ToolResult(True, "ok", show(message, view), typed(message, view), _READ)


@tool("read", cost=_SEARCH)
def mail_search(desk: Desk, query: Annotated[str, Meta(min_length=1, max_length=200)], page: Page = 1) -> ToolResult:
    """Search subject and text of your messages, in all folders but trash. A hit has all the words. Ten a page.

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
    headers = [header(message, view) for message in shown]
    lines = [f"{each.line}\n{text}" for each, (_, text) in zip(headers, snippets, strict=True)]
    return listed(lines, headers, page, _SEARCH, more=len(found) > PAGE, nothing="No message has all these words.")


@tool("read", cost=_OPEN)
def mail_attachment(desk: Desk, id: Id, number: Annotated[int, Meta(ge=1, le=20)] = 1, page: Page = 1) -> ToolResult:
    """Read a document attached to one of your messages, as it was when it was sent.

    Args:
        id: The message's id.
        number: Which attachment, from 1.
        page: Page of the text, from 1.
    """
    message = mine(desk, id)
    if isinstance(message, ToolResult):
        return message
    view = desk.view
    version = view.attached(message, number)
    if version is None:
        count = len(message.attached)
        what = "has no attachment" if not count else f"has {count} attachment{'s' if count > 1 else ''}"
        return refused("not_found", f"{id} {what}.")
    attached = message.attached[number - 1]
    shown = part(version.text, page)
    if shown is None:
        return refused("not_found", f"There is no page {page} of it.")
    desk.emit(DocumentRead(attached.document, version.number, shown.start, shown.end, id))
    head = f"{title_line(attached)}\nPage {shown.page} of {shown.pages}"
    data = {
        "id": attached.document,
        "version": version.number,
        "title": attached.title,
        "text": shown.text,
        "page": shown.page,
        "pages": shown.pages,
    }
    return ToolResult(True, "ok", f"{head}\n\n{shown.text}", data, _OPEN)


TOOLS = (mail_list, mail_read, mail_search, mail_attachment)
