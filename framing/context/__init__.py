"""Context of a mention: who says it, and what weakens it."""

from framing.context.cues import Cue
from framing.context.modifiers import Modifiers, modifiers
from framing.context.voice import MentionVoice, Reading, count_words, read_voices, voice_of

__all__ = [
    "Cue",
    "MentionVoice",
    "Modifiers",
    "Reading",
    "count_words",
    "modifiers",
    "read_voices",
    "voice_of",
]
