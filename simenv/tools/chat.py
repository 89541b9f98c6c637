"""Chat: read, search, post. Making, joining and leaving channels stands in :mod:`simenv.tools.channels`."""

from __future__ import annotations

from typing import Annotated, Final

from msgspec import Meta

from simenv.company.chat import MAX_LINES, MAX_POST, Channel
from simenv.company.mail import Message
from simenv.company.state import antecedent_of
from simenv.company.text import words
from simenv.core.calls import ToolResult, refused
from simenv.core.kinds.chat import ChatListed, ChatPosted, ChatRead, ChatSearched
from simenv.tools import channels
from simenv.tools.base import Desk, tool
from simenv.tools.channels import Address, Name, find_channel, member, new_direct
from simenv.tools.chat_text import channel_line, heading, hit, page_of, post, title, typed_channel, typed_post
from simenv.tools.mail_text import snippet
from simenv.tools.pages import Page, empty, listed

PAGE: Final = 20
HITS: Final = 10
_LIST, _READ, _POST, _SEARCH = 20, 45, 60, 45
"""Simulated seconds each takes."""

Body = Annotated[str, Meta(min_length=1, max_length=MAX_POST)]


@tool("read", cost=_LIST)
def chat_channels(desk: Desk, page: Page = 1) -> ToolResult:
    """List your channels and conversations, latest post first, then open ones you may read or join. Twenty a page.

    Args:
        page: From 1.
    """
    view = desk.view
    mine, others = view.chat.mine(), view.chat.joinable()
    start, found = (page - 1) * PAGE, [*mine, *others]
    shown = found[start : start + PAGE]
    desk.emit(ChatListed(tuple([channel.id for channel in shown])))
    lines, data = [], []
    for place, channel in enumerate(shown, start):
        if place == len(mine):
            lines.append("Open to all, you are not a member:")
        unread = len(view.chat.unread_posts(channel)) if place < len(mine) else 0
        lines.append(channel_line(channel, unread, view))
        data.append(typed_channel(channel, unread, view))
    return listed(lines, data, page, _LIST, more=len(found) > start + PAGE, nothing="No channels.")


@tool("read", cost=_READ)
def chat_read(desk: Desk, channel: Name, page: Page = 1) -> ToolResult:
    """Read a channel or conversation: page 1 has the latest posts, up to ten, oldest of them first.

    Args:
        channel: "#name", id, or a colleague's address.
        page: From 1; higher ones are earlier.
    """
    found = find_channel(desk, channel)
    if isinstance(found, ToolResult):
        return found
    view, chat = desk.view, desk.view.chat
    posts = chat.messages(found.posts)
    start, end = page_of(posts, page, view)
    shown, new = posts[start:end], chat.unread_posts(found) if desk.person in found.members else frozenset()
    desk.emit(ChatRead(found.id, tuple([message.id for message in shown])))
    if not shown:
        nothing = f"{heading(found, view)}: nothing was posted yet."
        return ToolResult(True, "ok", empty(page, nothing), [], _READ)
    lines = [heading(found, view), *[post(message, view, message.id in new) for message in shown]]
    if start:
        unread = sum(message.id in new for message in posts[:start])
        lines.append(f"Earlier ones on page {page + 1}{f', {unread} of them NEW' if unread else ''}.")
    return ToolResult(True, "ok", "\n".join(lines), [typed_post(message, view) for message in shown], _READ)


@tool("write", cost=_POST)
def chat_post(desk: Desk, channel: Name, text: Body, reply_to: Annotated[str, Meta(max_length=80)] = "") -> ToolResult:
    """Post in a channel or conversation you are in. "@name" draws somebody's attention.

    Args:
        channel: "#name" or id.
        text: What you say.
        reply_to: Id of the post you answer, if any.
    """
    found = find_channel(desk, channel)
    if isinstance(found, ToolResult):
        return found
    if desk.person not in found.members:
        return refused("not_allowed", f"You are not in {found.name}; chat_join comes first.")
    if reply_to and reply_to not in found.posts:
        return refused("not_found", f"No post in {title(found, desk.view)} has the id {reply_to}.")
    return _post(desk, found, text, reply_to or None)


@tool("write", cost=_POST)
def chat_direct(desk: Desk, to: Address, text: Body) -> ToolResult:
    """Send a colleague a direct message.

    Args:
        to: The colleague's mail address.
        text: What you say.
    """
    person = member(desk, to)
    if isinstance(person, ToolResult):
        return person
    if person.id == desk.person:
        return refused("conflict", "That is you.")
    return _post(desk, desk.view.chat.direct_with(person.id) or new_direct(desk, person), text, None)


@tool("read", cost=_SEARCH)
def chat_search(desk: Desk, query: Annotated[str, Meta(min_length=1, max_length=200)], page: Page = 1) -> ToolResult:
    """Search your channels, conversations and the open channels. A hit has all the words. Newest first, ten a page.

    Args:
        query: Words to look for.
        page: From 1.
    """
    terms = words(query)
    if not terms:
        return refused("bad_arguments", "chat_search: the query has no word in it.")
    view = desk.view
    found = view.chat.search(terms, (page - 1) * HITS, HITS + 1)
    shown = found[:HITS]
    snippets = [snippet(message, terms[0]) for message in shown]
    desk.emit(ChatSearched(query, tuple([part for part, _ in snippets])))
    lines = [hit(each, view.chat.of(each), text, view) for each, (_, text) in zip(shown, snippets, strict=True)]
    data = [
        {
            "id": message.id,
            "channel": message.thread,
            "from": view.person_of(message.sender).address,
            "time": message.time,
        }
        for message in shown
    ]
    return listed(lines, data, page, _SEARCH, more=len(found) > HITS, nothing="No post has all these words.")


def _post(desk: Desk, channel: Channel, text: str, answers: str | None) -> ToolResult:
    """Post; the id depends on the channel, what is answered, and the ordinal among the like."""
    if not text.strip():
        return refused("bad_arguments", "There is nothing in the text.")
    if len(text.splitlines()) > MAX_LINES:
        return refused("too_large", f"A post has {MAX_LINES} lines at most; a document holds more.")
    me, view = desk.person, desk.view
    to = tuple([person for person in channel.members if person != me])
    draft = Message("", channel.id, me, to, "", text, desk.now, in_reply_to=answers)
    antecedent = antecedent_of(draft)
    key = "\x1f".join((channel.id, *antecedent, str(view.ordinal(antecedent))))
    id = desk.streams.make_id("chat", me, key)
    desk.emit(ChatPosted(id, channel.id, to, text, answers, channel.direct))
    where = title(channel, view)
    return ToolResult(True, "ok", f"Posted: {where}. Its id is {id}.", {"id": id, "channel": channel.id}, _POST)


TOOLS = (chat_channels, chat_read, chat_post, chat_direct, chat_search, *channels.TOOLS)
