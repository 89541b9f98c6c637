"""A policy in a process of its own, talking lines of JSON over pipes.

The other process loads this package and the agent's file and nothing else of the simulator, so whatever the agent knows
it has read in its brief and its observations. Each side writes one line and waits for one line.

Example:
    >>> from simenv.content import agent_file
    >>> from simenv.policies.remote import RemotePolicy
    >>> with RemotePolicy(agent_file("idle")) as policy:
    ...     policy.answer("Are you there?")
    ''
"""

from __future__ import annotations

import argparse
import base64
import contextlib
import os
import pickle
import queue
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Final, cast

import msgspec
from msgspec import Struct

from simenv.core.errors import PolicyError
from simenv.core.turns import Action, Brief, Observation, Past
from simenv.core.waiting import settle
from simenv.policies.base import Policy
from simenv.policies.load import load_agent

_HERE: Final = "simenv.policies.remote"
_ROOT: Final = Path(__file__).resolve().parents[2]


class Ask(Struct, frozen=True, omit_defaults=True):
    """What is asked of the other process: ``reset``, ``act``, ``state``, ``load``, ``answer`` or ``modules``."""

    do: str
    brief: Brief | None = None
    past: Past = ()
    observation: Observation | None = None
    text: str = ""


class Told(Struct, frozen=True, omit_defaults=True):
    """What it answers: an action, a text, or what went wrong."""

    action: Action | None = None
    text: str = ""
    error: str | None = None


class RemotePolicy:
    """An agent's file, running in a fresh interpreter. It is a context manager; leaving it ends the process.

    Args:
        path: The agent's file.
        settings: What its class is made with; plain data.
        timeout: Seconds on the wall clock after which an answer counts as missing.

    Raises:
        PolicyError: If the file cannot be loaded, here or whenever the other process fails or does not answer.
    """

    def __init__(self, path: Path, settings: Mapping[str, Any] | None = None, timeout: float = 60.0) -> None:
        self.path, self.timeout = Path(path).resolve(), timeout
        given = msgspec.json.encode(dict(settings or {})).decode()
        found = [str(_ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
        self._process = subprocess.Popen(  # noqa: S603 - this very interpreter
            [sys.executable, "-m", _HERE, str(self.path), given],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(found)},
        )
        self._to = cast("IO[bytes]", self._process.stdin)
        self._from = cast("IO[bytes]", self._process.stdout)
        self._lines: queue.Queue[bytes] = queue.Queue()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()  # a thread, since a pipe cannot be read with a time limit on every platform
        try:
            self._receive("load")
        except PolicyError:
            self.close()
            raise

    def reset(self, brief: Brief, past: Past = ()) -> None:
        """Take the seat."""
        self._ask(Ask("reset", brief=brief, past=past))

    def act(self, observation: Observation) -> Action:
        """Decide what to do now."""
        action = self._ask(Ask("act", observation=observation)).action
        if action is None:
            raise PolicyError(f"agent {self.path.stem} returned no action")
        return action

    def state(self) -> str:
        """Return everything needed to go on, as text that only :meth:`load` understands."""
        return self._ask(Ask("state")).text

    def load(self, state: str) -> None:
        """Go on from what :meth:`state` returned, also in another process with the same agent."""
        self._ask(Ask("load", text=state))

    def answer(self, question: str) -> str:
        """Answer a question put from outside the company."""
        return self._ask(Ask("answer", text=question)).text

    def modules(self) -> list[str]:
        """Return the names of all modules the other process has loaded."""
        return self._ask(Ask("modules")).text.split()

    def close(self) -> None:
        """End the other process; may be called again."""
        with contextlib.suppress(OSError):  # it may have gone with a line half read
            self._to.close()
        try:
            self._process.wait(self.timeout)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._listener.join()
        self._from.close()

    def __enter__(self) -> RemotePolicy:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _ask(self, ask: Ask) -> Told:
        try:
            self._to.write(msgspec.json.encode(ask) + b"\n")
            self._to.flush()
        except (OSError, ValueError) as error:
            raise PolicyError(f"agent {self.path.stem}: its process has ended: {error}") from error
        return self._receive(ask.do)

    def _receive(self, what: str) -> Told:
        try:
            line = self._lines.get(timeout=self.timeout)
        except queue.Empty:
            self._process.kill()
            late = f"no answer to '{what}' within {self.timeout:g} seconds"
            raise PolicyError(f"agent {self.path.stem}: {late}") from None
        if not line:
            self._lines.put(line)  # it has ended for whoever asks again, too
            raise PolicyError(f"agent {self.path.stem}: its process ended instead of answering '{what}'")
        told = msgspec.json.decode(line, type=Told)
        if told.error is not None:
            raise PolicyError(told.error)
        return told

    def _listen(self) -> None:
        for line in self._from:
            self._lines.put(line)
        self._lines.put(b"")


def serve(path: Path, settings: Mapping[str, Any], source: IO[bytes], sink: IO[bytes]) -> None:
    """Answer what is asked, line by line, until the source ends.

    Args:
        path: The agent's file.
        settings: What its class is made with.
        source: Where questions come from.
        sink: Where answers go.
    """

    def tell(told: Told) -> None:
        sink.write(msgspec.json.encode(told) + b"\n")
        sink.flush()

    try:
        policy = load_agent(path).new(settings)
    except PolicyError as error:
        tell(Told(error=str(error)))
        return
    tell(Told())
    for line in source:
        try:
            tell(_do(policy, msgspec.json.decode(line, type=Ask)))
        except Exception as error:  # noqa: BLE001 - whatever an agent's file raises goes back to who asked
            tell(Told(error=f"agent {path.stem}: {type(error).__name__}: {error}"))


def _do(policy: Policy, ask: Ask) -> Told:
    match ask.do:
        case "reset" if ask.brief is not None:
            settle(policy.reset(ask.brief, ask.past))
            return Told()
        case "act" if ask.observation is not None:
            return Told(settle(policy.act(ask.observation)))
        case "state":
            return Told(text=base64.b64encode(pickle.dumps(policy.state())).decode())
        case "load":  # what this agent itself wrote down; the asking side never unpickles it
            policy.load(pickle.loads(base64.b64decode(ask.text)))  # noqa: S301
            return Told()
        case "answer":
            return Told(text=settle(policy.answer(ask.text)))
        case "modules":
            return Told(text=" ".join(sys.modules))
    return Told(error=f"nothing is known of {ask.do!r}")


def main() -> None:
    """Run as ``python -m simenv.policies.remote AGENT SETTINGS``."""
    parser = argparse.ArgumentParser(description="Run an agent's file for a process that talks to it over pipes.")
    parser.add_argument("agent", type=Path, help="the agent's file")
    parser.add_argument("settings", help="what its class is made with, as JSON")
    given = parser.parse_args()
    sink = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    sys.stdout = sys.stderr  # what the agent prints must not get between the lines
    os.dup2(sys.stderr.fileno(), 1)
    serve(given.agent, msgspec.json.decode(given.settings), sys.stdin.buffer, sink)


if __name__ == "__main__":
    main()
