"""Systems: what one person may see."""

from __future__ import annotations

from simenv.company.state import Company


class SystemsView:
    """One person's view.

    Args:
        company: The state to look at.
        person: Id of the person who looks.
    """

    __slots__ = ("_company", "person")

    def __init__(self, company: Company, person: str) -> None:
        self._company, self.person = company, person
