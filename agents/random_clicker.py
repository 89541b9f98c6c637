"""Clicks about: random calls that satisfy the tools' schemas, drawn from the brief's seed.

Now and then it hits something real that it has seen on the screen. It understands nothing, and causes nothing.
"""

from __future__ import annotations

import random
from typing import Any, ClassVar

from simenv.policies import Action, Brief, Observation, Past, call
from simenv.policies.memory import Worker

_WORDS = (
    "report",
    "budget",
    "when",
    "figures",
    "we",
    "need",
    "for",
    "thursday",
    "café",
    "größe",
    "draft",
    "meeting",
    "ok",
)


class RandomClicker(Worker):
    """Draws a tool and its arguments at every turn; goes home only when the budget is nearly spent."""

    expected: ClassVar[tuple[str, ...]] = ()

    def reset(self, brief: Brief, past: Past = ()) -> None:
        """Take the seat, with a generator of its own."""
        self.dice = random.Random(brief.seed)  # noqa: S311 - nothing here is secret
        super().reset(brief, past)

    def vary(self, n: int) -> None:
        """Draw otherwise from now on: whoever takes several draws from one moment asks for that."""
        self.dice = random.Random(f"{self.dice.random()} {n}")  # noqa: S311 - nothing here is secret

    def decide(self, observation: Observation) -> Action:
        """Draw any call."""
        if observation.calls_left == 1:
            return call("finish")
        tool = self.dice.choice([tool for tool in self.brief.tools if tool.name != "finish"])
        parts, needed = tool.schema.get("properties", {}), tool.schema["required"]
        chosen = [name for name in parts if name in needed or self.dice.random() < 0.5]
        return call(tool.name, **{name: self.draw(name, parts[name]) for name in chosen})

    def draw(self, name: str, schema: dict[str, Any]) -> Any:
        """Return a random value that satisfies a JSON schema.

        Args:
            name: What the value is for; ids and addresses are taken from the screen half of the time.
            schema: Has ``enum`` or ``type``, and bounds.
        """
        dice = self.dice
        if "enum" in schema:
            return dice.choice(schema["enum"])
        if schema["type"] == "boolean":
            return dice.random() < 0.5
        if schema["type"] == "integer":
            low = schema.get("minimum", 0)
            return dice.randint(low, min(low + 9, schema.get("maximum", low + 9)))
        if schema["type"] == "array":
            count = max(schema.get("minItems", 0), dice.randrange(3))
            return [self.draw(name, schema["items"]) for _ in range(min(count, schema.get("maxItems", count)))]
        seen = {"id": [*self.headers], "to": [*self.contacts], "cc": [*self.contacts], "sender": [*self.contacts]}
        if seen.get(name) and dice.random() < 0.5:
            return dice.choice(seen[name])
        text = " ".join(dice.choices(_WORDS, k=1 + dice.randrange(6))).ljust(schema.get("minLength", 0), "x")
        return text[: schema.get("maxLength", 80)]
