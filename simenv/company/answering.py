"""Answering and carrying on: whom an answer goes to, its subject, and the lines that mail puts above an original."""

from __future__ import annotations

from typing import Final

from simenv.company.mail import Message

FORWARDED: Final = "---------- Forwarded message ----------"
"""What a mail program puts above a message that is carried on."""

PASSED_ON: Final = "-- Forwarded message --"
"""What colleagues put above one."""


def back_to(writer: str, before: Message | None) -> tuple[str, ...]:
    """Return the ids of those to whom an answer goes: who wrote, or, on one's own message, those it went to."""
    if before is None:
        return ()
    return before.to if before.sender == writer else (before.sender,)


def subject_of(before: Message | None, carried: Message | None) -> str:
    """Return the subject of a letter that has none of its own.

    Args:
        before: What it answers, if anything.
        carried: What it carries on, if anything.
    """
    if before is not None and before.subject:
        return before.subject if before.subject.startswith("Re: ") else f"Re: {before.subject}"
    return f"Fwd: {carried.subject}" if carried is not None else "(no subject)"


def origin(sender: str, when: str, subject: str) -> tuple[str, ...]:
    """Return the lines that say where a message that is carried on comes from.

    Args:
        sender: Name and address of who wrote it.
        when: When it was written, as the company writes times.
        subject: Its subject.
    """
    return f"From: {sender}", f"Date: {when}", f"Subject: {subject}"


def carried_on(message: Message, mark: str, sender: str, when: str) -> str:
    """Return a message as it stands in another one that carries it on: a mark, where it comes from, its text.

    Args:
        message: The message.
        mark: :data:`FORWARDED` or :data:`PASSED_ON`.
        sender: Name and address of who wrote it.
        when: When it was written, as the company writes times.
    """
    return "\n".join([mark, *origin(sender, when, message.subject), "", message.body])


def introduction(sender: str, when: str) -> str:
    """Return the line above what is quoted.

    Args:
        sender: Name of who wrote it.
        when: When it was written, as the company writes times.
    """
    return f"On {when}, {sender} wrote:"
