"""Small records that travel between the stages of the engine."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple


class Span(NamedTuple):
    """Half-open character range ``[start, end)`` in an original text."""

    start: int
    end: int

    def covers(self, other: Span) -> bool:
        """Return whether ``other`` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Return whether the two spans share at least one character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Document:
    """One article as it arrived.

    ``published`` is an ISO date (``YYYY-MM-DD``) or empty when the corpus has none; ``problem``
    says what the reader could not make sense of (an impossible date, a missing text).
    """

    doc_id: str
    text: str
    outlet: str = ""
    published: str = ""
    title: str = ""
    status: str = "ok"
    problem: str = ""


class Removal(NamedTuple):
    """A stretch of a text that is kept out of the counts, and why."""

    span: Span
    reason: str


class Attribution(NamedTuple):
    """A stretch of text and who says it.

    ``voice`` is one of :data:`framing.tables.VOICES`; ``evidence`` names what decided. ``source`` is where
    the speaker stands in the text, ``None`` if nowhere or if a pronoun was resolved elsewhere; ``chance``
    is the calibrated probability that the words are not the outlet's own, NaN where a rule decided.
    """

    span: Span
    voice: str
    speaker: str
    cue: str
    evidence: str
    source: Span | None = None
    chance: float = math.nan
