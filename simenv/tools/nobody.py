"""What one is told of an address that nobody has."""

from __future__ import annotations

from simenv.company.view import CompanyView
from simenv.core.errors import near_miss


def nobody_at(address: str, shown: str, view: CompanyView, where: str = "the directory") -> str:
    """Return that nobody has an address, with the closest one that somebody has, or else where addresses stand.

    Args:
        address: The address.
        shown: As much of it as is fit to be shown.
        view: What whoever is told may see.
        where: Where addresses stand.
    """
    near = near_miss(address.strip().casefold(), view.known_addresses())
    hint = f"Did you mean {near}?" if near else f"Addresses stand in {where}."
    return f"Nobody has the address {shown}. {hint}"
