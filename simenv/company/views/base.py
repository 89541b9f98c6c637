"""What the views of the apps have in common: the state that is looked at, and who looks."""

from __future__ import annotations

from simenv.company.state import Company


class View:
    """What one person may see.

    Args:
        company: The state to look at.
        person: Id of the person who looks.
    """

    __slots__ = ("_company", "person")

    def __init__(self, company: Company, person: str) -> None:
        self._company, self.person = company, person
