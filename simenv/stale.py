"""Do figures in messages agree with the documents of that moment?

A figure of a message is stale if a document stated it before, and at the time of the message no document does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from simenv.company.documents import Document
from simenv.company.mail import Message
from simenv.company.meaning.figures import Figure, figures_in


def stated(messages: Iterable[Message]) -> Iterator[tuple[Message, Figure]]:
    """Yield every message with each figure in it that has a unit."""
    for message in messages:
        for figure in figures_in(message.normal_text):
            if figure.unit:
                yield message, figure


def stale(messages: Iterable[Message], documents: Iterable[Document]) -> Iterator[tuple[str, str]]:
    """Yield title of the document and first words of the message for every figure that no longer stands.

    Args:
        messages: What was written.
        documents: The documents with all their versions.
    """
    kept = list(documents)
    for message, figure in stated(messages):
        before: list[str] = []
        for document in kept:
            versions = [version for version in document.versions if version.time <= message.time]
            if versions and figure in figures_in(versions[-1].normal_text):
                before.clear()
                break
            if any(figure in figures_in(version.normal_text) for version in versions[:-1]):
                before.append(document.title)
        for title in before:
            yield title, " ".join(message.body.split())[:60]
