"""Context of a mention: who says it, and what weakens it."""

from framing.context.cues import Cue
from framing.context.mention import MentionVoice, voice_of
from framing.context.modifiers import Modifiers, modifiers
from framing.context.voice import (
    WORD_VOICES,
    Reading,
    count_words,
    label_readings,
    open_reading,
    word_voices,
)

__all__ = [
    "WORD_VOICES",
    "Cue",
    "MentionVoice",
    "Modifiers",
    "Reading",
    "count_words",
    "label_readings",
    "modifiers",
    "open_reading",
    "voice_of",
    "word_voices",
]
