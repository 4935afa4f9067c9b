"""A title or a text on its way through the stages of the engine."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from framing.context import Reading
from framing.matching import RawHit, Resolved
from framing.records import Span
from framing.text.fold import FoldedText

Ints = NDArray[np.int64]


class Placed(NamedTuple):
    """A mention with its span in the original text and the paragraph that it starts in."""

    found: Resolved
    span: Span
    paragraph: int


class HitColumns(NamedTuple):
    """Hits of one text as columns, in order of their start; ``owner`` as the matcher has it."""

    start: Ints
    end: Ints
    owner: Ints

    def rows(self) -> list[RawHit]:
        """Return the hits one by one."""
        columns = (self.start.tolist(), self.end.tolist(), self.owner.tolist())
        return [
            RawHit(start, end, owner // 2, owner % 2 == 1) for start, end, owner in zip(*columns, strict=True)
        ]

    def within(self, start: int, end: int) -> HitColumns:
        """Return the hits that start from ``start`` on and before ``end``."""
        first, stop = np.searchsorted(self.start, (start, end)).tolist()
        return HitColumns(self.start[first:stop], self.end[first:stop], self.owner[first:stop])


class Part(NamedTuple):
    """A title or a text on its way through the stages."""

    text: str
    folded: FoldedText
    reading: Reading
    placed: list[Placed]
    cue_hits: HitColumns

    def numbers(self) -> list[int]:
        """Return the paragraphs that hold a mention."""
        return sorted({placed.paragraph for placed in self.placed})

    def cue_hits_near(self, span: Span, reach: int) -> HitColumns:
        """Return the cue hits that start in a stretch of the text or so many characters around it."""
        low, high = span.start - reach, span.end + reach
        origin = self.folded.origin
        if origin is not None:
            low, high = np.searchsorted(origin, (low, high)).tolist()
        return self.cue_hits.within(low, high)
