"""Replaying recorded episodes and showing what came of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rich.console import Console
from rich.text import Text

from simenv.commands.results import agent_of, summary, write_json
from simenv.commands.watch import Watcher
from simenv.core.errors import EpisodeError, ReplayError, SimenvError
from simenv.episode import Episode
from simenv.layout import LOG
from simenv.studies.offline import is_recorded, replay_policy, settings_of
from simenv.viewer.terminal_text import counted, plain, plain_lines
from simenv.viewer.terminal_verdict import Verdict


def episodes_in(folder: Path) -> list[Path]:
    """Return the folders of the episodes in a folder: itself, or those of a study or of a run.

    Raises:
        EpisodeError: If there is none.
    """
    if (folder / LOG).is_file():
        return [folder]
    found = sorted(path for pattern in ("*", "episodes/*") for path in folder.glob(pattern) if (path / LOG).is_file())
    if not found:
        what = "holds no episode" if folder.is_dir() else "there is no such folder"
        raise EpisodeError(f"{folder}: {what}")
    return found


def retrace_one(folder: Path, world: Path | None, day: bool, json: bool, console: Console) -> bool:
    """Replay one episode and show its verdict; return whether it came out the same."""
    episode = Episode.load(folder)
    asked = Asked()
    difference = _difference(episode, world) or asked.difference(episode, world)
    if difference is not None:
        if json:
            write_json({"episode": str(folder), "identical": False, "difference": difference}, console)
        else:
            console.print(plain_lines(difference), style="bad", soft_wrap=True)
        return False
    session = episode.at(-1, world=world)
    if json:
        run = episode.hidden
        about = summary(session, agent_of(episode), folder, run.error, run.invalid, run.played)
        shown = {"identical": True, "complete": episode.complete, "replies": asked.replies, "note": asked.note, **about}
        write_json(shown, console)
        return True
    if day:
        Watcher(console)(session)
        console.print()
    for row in Verdict(session, folder, episode.hidden.error, episode.hidden.invalid).rows():
        console.print(row)
    console.print()
    extent = f"{counted(len(episode.events), 'event')}, {counted(session.calls, 'call')}"
    if asked.note:
        console.print(plain(asked.note, 400), style="doubt")
    console.print(Text(f"identical: {extent}{asked.told()}", "good"))
    if episode.torn:
        console.print(plain(episode.torn, 400), style="doubt")
    return True


def retrace_all(folders: list[Path], world: Path | None, json: bool, console: Console) -> bool:
    """Replay several episodes, one line each; return whether all came out the same."""
    rows: list[dict[str, Any]] = []
    for folder in folders:
        asked = Asked()
        try:
            episode = Episode.load(folder)
            difference = _difference(episode, world) or asked.difference(episode, world)
        except SimenvError as error:
            difference = str(error)
        row = {"episode": str(folder), "identical": difference is None, "difference": difference}
        rows.append(row | {"replies": asked.replies, "note": asked.note})
        if not json:
            text = Text("identical  ", "good") if difference is None else Text("different  ", "bad")
            note = f"; {asked.note}" if asked.note else ""
            console.print(text.append(plain(f"{folder}{asked.told()}{note}", 600), "default"), soft_wrap=True)
            if difference is not None:
                console.print(plain_lines(difference), soft_wrap=True)
    same = all(row["identical"] for row in rows)
    if json:
        write_json({"identical": same, "episodes": rows}, console)
    else:
        console.print(f"{sum(row['identical'] for row in rows)} of {counted(len(rows), 'episode')} identical")
    return same


class Asked:
    """What came of asking a model's policy again, its replies served from the record.

    Attributes:
        replies: Replies that were served; None where no policy was asked.
        note: What people should know about it, or empty.
    """

    def __init__(self) -> None:
        self.replies: int | None = None
        self.note = ""

    def difference(self, episode: Episode, world: Path | None) -> str | None:
        """Ask it, if a model played; return where it departs from the record, or None."""
        if not is_recorded(episode):
            return None
        settings = settings_of(episode)
        if settings is None:
            self.note = "the record does not say how its model was asked, so only the simulation was replayed"
            return None
        try:
            self.replies = replay_policy(episode, settings, world).replies
        except ReplayError as error:
            return str(error)
        return None

    def told(self) -> str:
        """Return how many replies were served, in words that go on with a sentence."""
        return "" if self.replies is None else f"; {replies(self.replies)} served from the record"


def replies(number: int) -> str:
    """Return a number of replies in words."""
    return counted(number, "reply", "replies")


def _difference(episode: Episode, world: Path | None) -> str | None:
    """Return the first difference between an episode and its replay, or None."""
    try:
        replayed = episode.replay(world=world)
    except ReplayError as error:
        return str(error)
    if replayed.truth_same is False:
        return f"{episode.folder}: every event is the same, and the verdict that was written down is another one"
    return None
