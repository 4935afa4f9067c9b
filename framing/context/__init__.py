"""Context of a mention: who says it, and what weakens it."""

from framing.context.cues import Cue
from framing.context.mention import MentionVoice, voice_of
from framing.context.modifiers import Modifiers, modifiers
from framing.context.voice import Reading, count_words, label_readings, open_reading

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
