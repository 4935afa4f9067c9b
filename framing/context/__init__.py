"""Context of a mention: who says it, and what weakens it."""

from framing.context.cues import Cue
from framing.context.modifiers import Modifiers, modifiers
from framing.context.voice import (
    MentionVoice,
    Reading,
    count_words,
    label_readings,
    open_reading,
    voice_of,
)

__all__ = [
    "Cue",
    "MentionVoice",
    "Modifiers",
    "Reading",
    "count_words",
    "label_readings",
    "modifiers",
    "open_reading",
    "voice_of",
]
