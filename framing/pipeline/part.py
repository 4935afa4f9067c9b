"""A title or a text on its way through the stages of the engine."""

from __future__ import annotations

from typing import NamedTuple

from framing.context import Reading
from framing.matching import RawHit, Resolved
from framing.records import Span
from framing.text.fold import FoldedText


class Placed(NamedTuple):
    """A mention with its span in the original text and the paragraph that it starts in."""

    found: Resolved
    span: Span
    paragraph: int


class Part(NamedTuple):
    """A title or a text on its way through the stages."""

    text: str
    folded: FoldedText
    reading: Reading
    placed: list[Placed]
    cue_hits: list[RawHit]

    def numbers(self) -> list[int]:
        """Return the paragraphs that hold a mention."""
        return sorted({placed.paragraph for placed in self.placed})
