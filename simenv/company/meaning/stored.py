"""The files beside this one that the reader of texts is made of; no other module of the company reads any."""

from __future__ import annotations

from pathlib import Path


def words() -> str:
    """Return the list of words and phrases."""
    return Path(__file__).with_name("words.txt").read_text(encoding="utf-8")


def weights() -> bytes:
    """Return the weights, as JSON."""
    return Path(__file__).with_name("weights.json").read_bytes()
