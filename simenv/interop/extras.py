"""What is needed of an extra, said in one sentence where it is missing."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

from simenv.core.errors import SimenvError


class MissingExtraError(SimenvError):
    """Raised when something is asked for whose extra is not installed; the message has the command that installs it."""


def need(what: str, distribution: str, extra: str, *, major: int) -> None:
    """Make sure that a distribution of an extra is there, without importing it.

    Args:
        what: What needs it, as a user calls it.
        distribution: Name of the distribution on the package index.
        extra: Name of the extra that brings it.
        major: Its major version.

    Raises:
        MissingExtraError: If it is not installed, or of another major version.
    """
    try:
        found = version(distribution)
    except PackageNotFoundError:
        found = None
    if found is None or found.split(".")[0] != str(major):
        there = "which is not installed" if found is None else f"and {found} is installed"
        raise MissingExtraError(
            f"{what} needs {distribution} {major}, {there}. The extra {extra!r} brings it: "
            f"pip install '{distribution}>={major},<{major + 1}'"
        )
