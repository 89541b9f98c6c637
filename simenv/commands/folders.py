"""Where runs lie."""

from __future__ import annotations

from datetime import datetime  # where runs lie is named by the wall clock; nothing in them depends on it
from pathlib import Path


def new_folder(world: str, root: Path = Path("runs")) -> Path:
    """Make and return a new folder for a run: ``runs/<date>-<time>-<world>``, numbered if that is taken.

    Args:
        world: Name of the world.
        root: Folder of all runs; made if it is not there.
    """
    stamp = datetime.now().strftime("%Y%m%d-%H%M%S")  # noqa: DTZ005, TID251 - local time is what people look for
    root.mkdir(parents=True, exist_ok=True)
    number = 1
    while True:
        folder = root / (f"{stamp}-{world}" if number == 1 else f"{stamp}-{world}-{number}")
        try:
            folder.mkdir()
        except FileExistsError:
            number += 1
        else:
            return folder
