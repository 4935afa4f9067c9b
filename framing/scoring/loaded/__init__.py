"""The trained classifier: is a mention loaded in its context, and how sure is that."""

from framing.scoring.loaded.columns import (
    FRAMES,
    OTHER_FRAME,
    VOICE_CODES,
    Mentions,
    Surroundings,
    Words,
    chosen,
    join,
)
from framing.scoring.loaded.model import LoadedModel, LoadedWeights

__all__ = [
    "FRAMES",
    "OTHER_FRAME",
    "VOICE_CODES",
    "LoadedModel",
    "LoadedWeights",
    "Mentions",
    "Surroundings",
    "Words",
    "chosen",
    "join",
]
