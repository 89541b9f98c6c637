"""The company as a Gymnasium environment: one seat, one tool call a step."""

from __future__ import annotations

import copy
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import gymnasium as gym
import numpy as np
from gymnasium.spaces import Box, Dict

from simenv.company.state import Company
from simenv.company.view import CompanyView
from simenv.core.errors import SessionStateError
from simenv.core.turns import Action, Observation, ToolInfo
from simenv.envs.call_space import ToolCallSpace
from simenv.envs.info import InfoMaker
from simenv.envs.past import replay, screens
from simenv.envs.spaces import AnyText
from simenv.session import Session, Turn
from simenv.staging import stage
from simenv.tools.visible import visible
from simenv.truth.report import TruthReport

MAX_TEXT: Final = 400_000
"""Longest text of an observation, in characters."""
MAX_BYTES: Final = 400_000
"""Room for an observation's text in the shared memory of a vector environment, in bytes."""
_SEEDS: Final = 2**53  # every drawn seed is exact in any reader of JSON
_MOST: Final = 2**53
_INT: Final = np.dtype(np.int64)
_CUT: Final = "\n[The text goes on; it was cut here.]"
_KEPT: Final = ("transcript", "reward", "total", "truncated", "calls", "observation")

Obs = dict[str, Any]


class CompanyEnv(gym.Env[Obs, Any]):
    """One employee's seat in a simulated company.

    An action is one tool call: ``{"name": ..., "arguments": {...}}``, its JSON text, a
    :class:`~simenv.core.calls.ToolCall`, or a policy's :class:`~simenv.core.turns.Action` with at most one call.
    Anything else is a ``malformed`` call, of which the seat is told; :meth:`step` never raises over an action.

    An observation has ``text`` (what is new: never the whole history), ``time`` (simulated seconds since the world's
    start), ``unread`` (messages not opened) and ``calls_left`` (in the working day; -1 without a limit), each number an
    ``int64`` array of shape ``(1,)``. The first text is the brief and the first screen. ``info`` is described in
    :mod:`simenv.envs.info`.

    The reward is the change of the task score, so an episode's return is its final score, in [0, 1]. Costs are in
    ``info``. ``terminated``: the world ended the episode. ``truncated``: ``max_calls`` did.

    Args:
        world: Name or folder of a world.
        scenario: Name of a scenario of that world.
        start: Name of an entry point of the scenario, or None for its first.
        condition: Factor -> level; factors left out take their first level.
        max_calls: A cap of the caller's own; reaching it truncates the episode.
        render_mode: ``ansi``, ``human`` or None.

    Attributes:
        session: The session behind it.

    Raises:
        UnknownNameError: If there is no such world, scenario, entry point, factor or level.
        WorldError: If the world has mistakes.
        ValueError: If there is no such render mode.

    Example:
        >>> import gymnasium as gym, simenv.envs
        >>> env = gym.make("simenv/SummitBridge-v0")
        >>> observation, info = env.reset(seed=7)
        >>> observation, reward, terminated, truncated, info = env.step({"name": "mail_list", "arguments": {}})
        >>> info["result_code"], info["cost"]
        ('ok', 0.0)
    """

    metadata: dict[str, Any] = {"render_modes": ["ansi", "human"], "render_fps": 1}  # noqa: RUF012 - so Gymnasium declares it

    def __init__(
        self,
        world: str | Path = "summit_bridge",
        scenario: str = "default",
        start: str | None = None,
        condition: dict[str, str] | None = None,
        max_calls: int | None = None,
        render_mode: str | None = None,
    ) -> None:
        if render_mode is not None and render_mode not in self.metadata["render_modes"]:
            raise ValueError(
                f"there is no render mode {render_mode!r}; there are {', '.join(self.metadata['render_modes'])}"
            )
        self.render_mode = render_mode
        self.session = self._usual = Session(
            world, scenario=scenario, start=start, condition=condition, max_calls=max_calls
        )
        self._infos: InfoMaker | None = None
        self._screen = ""
        self.action_space = _calls_of(self._usual)
        self.observation_space = Dict(
            {
                "text": AnyText(MAX_TEXT, max_bytes=MAX_BYTES),
                "time": Box(0, _MOST, (1,), np.int64),
                "unread": Box(0, _MOST, (1,), np.int64),
                "calls_left": Box(-1, _MOST, (1,), np.int64),
            }
        )

    # Gymnasium's interface.

    def reset(self, *, seed: int | None = None, options: dict[str, Any] | None = None) -> tuple[Obs, dict[str, Any]]:
        """Begin an episode.

        Args:
            seed: The episode's root seed, in [0, 2**64). Without one, a seed is drawn from ``np_random``.
            options: For this episode alone; unknown keys are ignored. ``start``: another entry point. ``condition``:
                levels that replace those of the environment. ``past``: what another policy did in this seed, as
                observation-action pairs (:attr:`simenv.session.Session.past`) or as actions alone; it is played again,
                the episode goes on from there, the first text shows it, and neither its reward nor its costs count.

        Raises:
            ReplayError: If the past's observations are not what happens here, or it ends the episode.
            UnknownNameError: If there is no such entry point, factor or level.
        """
        super().reset(seed=seed)
        wanted: Mapping[str, Any] = options if isinstance(options, Mapping) else {}
        root = int(self.np_random.integers(_SEEDS)) if seed is None else int(seed)
        session = self.session = self._session_for(wanted)
        self._infos = None  # should the past be refused, there is no episode
        text = session.reset(root)
        past = wanted.get("past")
        if past:
            replay(session, past)
            text = screens(session)
        self._infos = infos = InfoMaker(session)
        return self._observe(session.observation, text), infos.at_reset()

    def step(self, action: Any) -> tuple[Obs, float, bool, bool, dict[str, Any]]:
        """Make one call.

        Args:
            action: Anything; what is no call becomes a ``malformed`` one.

        Returns:
            Observation, reward, terminated, truncated, info.

        Raises:
            SessionStateError: Before the first :meth:`reset`, or when the episode is over.
        """
        session = self.session
        infos = self._infos
        if infos is None:
            raise SessionStateError("call reset() first")
        turn = _take(session, action) if type(action) is Action else session.step(action)
        seen = turn.observation
        return self._observe(seen, seen.text), turn.reward, turn.terminated, turn.truncated, infos.after(turn)

    def render(self) -> Any:
        """Return (``ansi``) or print (``human``) the screen: the text of the latest observation."""
        if self.render_mode == "ansi":
            return self._screen
        if self.render_mode == "human":
            sys.stdout.write(f"{self._screen}\n\n")
            sys.stdout.flush()
        return None

    def close(self) -> None:
        """End the episode, if one goes on; may be called again, and :meth:`reset` begins another."""
        self.session.close()

    # What else one may ask.

    @property
    def brief(self) -> str:
        """The job in prose, as the seat is told it at the start."""
        return self.session.brief.text

    @property
    def tools(self) -> tuple[ToolInfo, ...]:
        """What the seat may call."""
        return self.session.tools

    def truth(self) -> TruthReport:
        """Return what really happened so far: for evaluation, never for a policy."""
        return self.session.truth()

    # Copies.

    def __deepcopy__(self, memo: dict[int, Any]) -> CompanyEnv:
        """Return an independent environment at the same moment, without the recorder of this one."""
        other = CompanyEnv.__new__(CompanyEnv)
        memo[id(self)] = other
        other.__dict__.update({name: copy.deepcopy(value, memo) for name, value in self._plain().items()})
        if self._infos is None:
            other.session = other._usual = Session(**_arguments(self._usual))
            other._infos = None
        else:
            other.session = self.session.fork()
            other._usual = other.session if self.session is self._usual else Session(**_arguments(self._usual))
            other._infos = self._infos.fork(other.session)
        return other

    def __getstate__(self) -> dict[str, Any]:
        session, moment = self.session, None
        if self._infos is not None:
            kept = {name: getattr(session, name) for name in _KEPT}
            moment = (_arguments(session), session.export(), kept)
        return self._plain() | {"usual": _arguments(self._usual), "moment": moment}

    def __setstate__(self, state: dict[str, Any]) -> None:
        usual, moment = state.pop("usual"), state.pop("moment")
        self.__dict__.update(state)
        self.session = self._usual = Session(**usual)
        self._infos = None
        if moment is not None:
            arguments, data, kept = moment
            self.session = Session(**arguments)
            self.session.restore(data)
            self.session.__dict__.update(kept)
            self._infos = InfoMaker(self.session)

    # Inside.

    def _plain(self) -> dict[str, Any]:
        return {name: value for name, value in self.__dict__.items() if name not in ("session", "_usual", "_infos")}

    def _session_for(self, options: Mapping[str, Any]) -> Session:
        usual = self._usual
        if "start" not in options and "condition" not in options:
            return usual
        arguments = _arguments(usual)
        arguments["start"] = options.get("start", usual.start)
        arguments["condition"] = {**usual.condition, **(options.get("condition") or {})}
        return Session(**arguments, recorder=usual.recorder)

    def _observe(self, seen: Observation, text: str) -> Obs:
        if len(text) > MAX_TEXT:
            text = text[: MAX_TEXT - len(_CUT)] + _CUT
        self._screen = text
        if self.render_mode == "human":
            self.render()
        numbers = np.array((seen.time, seen.unread, seen.calls_left), _INT)
        return {"text": text, "time": numbers[0:1], "unread": numbers[1:2], "calls_left": numbers[2:3]}


def _take(session: Session, action: Action) -> Turn:
    """Take a policy's action of one call or none; one with more is not a Gymnasium action, and the session says so."""
    calls, reasoning, say = action.calls, action.reasoning, action.say
    if type(calls) is not tuple or len(calls) > 1 or {type(reasoning), type(say)} - {str, type(None)}:
        return session.step(action)
    return session.step(calls[0], reasoning, say) if calls else session.say(say or "", reasoning)


def _arguments(session: Session) -> dict[str, Any]:
    return {
        "world": session.world,
        "scenario": session.scenario,
        "start": session.start,
        "condition": dict(session.condition),
        "max_calls": session.max_calls,
    }


def _calls_of(session: Session) -> ToolCallSpace:
    """Return the space of a seat's calls.

    Its ids, addresses and whatever else a call may be about are those of one draw: most ids are the same in every seed,
    most addresses are not.
    """
    scene = stage(session.world, session.scenario, session.start, session.condition, 0)
    opening, seat = scene.opening, scene.seat
    ids = (*opening.inboxes.get(seat, ()), *opening.outboxes.get(seat, ()))
    people = [person.address for person in opening.people.values() if person.inside]
    return ToolCallSpace(session.tools, ids, people, grounds=visible(CompanyView(Company(opening), seat)))
