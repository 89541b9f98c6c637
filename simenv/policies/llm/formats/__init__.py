"""How a model makes calls: by its provider's function calling, or as blocks of text. One file a format."""

from __future__ import annotations

from typing import Final

from simenv.policies.llm.formats.base import MAX_CALLS, Format, Heard
from simenv.policies.llm.formats.json_blocks import JsonBlocks
from simenv.policies.llm.formats.native import Native
from simenv.policies.llm.formats.xml_blocks import XmlBlocks

FORMATS: Final[dict[str, Format]] = {each.name: each for each in (Native(), XmlBlocks(), JsonBlocks())}
"""Every format by its name."""

__all__ = ["FORMATS", "MAX_CALLS", "Format", "Heard"]
