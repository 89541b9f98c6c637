"""Work: items, their steps, what people write at each, and how they react to what reaches them."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from simenv.company.text import Template


class Letter(Struct, frozen=True):
    """A mail somebody will write: who to whom, and its text with placeholders.

    Attributes:
        key: Name in the world's files.
        sender: Id of the writer.
        to: Ids of the recipients; empty for an answer, which goes to whoever wrote.
        cc: Ids of those in copy.
        subject: Subject line, or None for an answer ("Re: ...").
        body: Text.
        urgent: Whether it is marked urgent.
        answers: Key of the letter it answers, if it stands in that one's thread.
    """

    key: str
    sender: str
    to: tuple[str, ...]
    cc: tuple[str, ...]
    subject: Template | None
    body: Template
    urgent: bool = False
    answers: str | None = None


class Step(Struct, frozen=True):
    """One step of a work item.

    Attributes:
        item: Key of the work item.
        key: Key of the step within it.
        owner: Id of the person whose step it is.
        at: When its owner sets about it; None for steps of a seat, which are done when they are done.
        due: When it should be done, if it has a limit.
        letter: Key of the letter written at this step, if any.
        needs: Steps (``item.step``) that must be done, or the step is passed over.
        unless: Steps that must not be done, or the step is passed over.
        announces: Key of the decision that is announced with it, if any.
    """

    item: str
    key: str
    owner: str
    at: int | None
    due: int | None
    letter: str | None
    needs: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    announces: str | None = None

    @property
    def name(self) -> str:
        """``item.step``."""
        return f"{self.item}.{self.key}"


class Outcome(Struct, frozen=True):
    """What a reaction does to a decision: its new status, and the ground for it."""

    decision: str
    status: Literal["postponed", "withdrawn"]
    why: Literal["review", "fear", "request"]


class Reaction(Struct, frozen=True):
    """How a person answers messages of a certain meaning. The first that fits is taken.

    Attributes:
        key: Name in the world's files.
        who: Id of the person.
        acts: Acts of which one must be read out of the message; empty for any.
        topics: Topics of which one must be; empty for any.
        facts: Facts that must all be stated.
        states: Unit of a figure that must be stated, if any.
        senders: Ids it applies to; empty for every seat.
        once: How often: for each message, once for each thread, or once in all.
        reply: Key of the letter sent back, if any.
        letters: Keys of letters to others.
        outcome: What becomes of a decision, if anything.
        done: Step (``item.step``) that is done by it, if any.
    """

    key: str
    who: str
    acts: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    states: str | None = None
    senders: tuple[str, ...] = ()
    once: Literal["message", "thread", "ever"] = "thread"
    reply: str | None = None
    letters: tuple[str, ...] = ()
    outcome: Outcome | None = None
    done: str | None = None
