"""Notes: what one person may see, which is the person's own."""

from __future__ import annotations

from simenv.company.views.base import View


class NotesView(View):
    """One person's view."""

    __slots__ = ()

    def get(self, title: str) -> str | None:
        """Return the text of a note of one's own, or None if there is none of this title."""
        return self._company.notes.get(f"{self.person} {title}") or None

    def titles(self) -> list[str]:
        """Return the titles of one's own notes, in the order in which they were first written."""
        notes, mine = self._company.notes, f"{self.person} "
        return [key[len(mine) :] for key in notes if key.startswith(mine) and notes[key]]
