"""Words of one paragraph as plain lists, for questions about a few of them.

A mention has one or two words, and numpy takes longer to find two numbers than Python does.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

from framing.context.labeller.label import Labels
from framing.records import Span


class ParagraphWords(NamedTuple):
    """Columns of :class:`~framing.context.labeller.label.Labels`; ``start`` counts in the whole text."""

    start: list[int]
    label: list[int]
    content: list[float]
    source: list[float]
    quote: list[int]
    sentence: list[int]
    sign: list[int]
    hash: list[int]

    def rows(self, span: Span) -> tuple[int, int]:
        """Return the first word of a span of the text, and the one behind its last."""
        return bisect_left(self.start, span.start), bisect_left(self.start, span.end)


def paragraph_words(labels: Labels, offset: int) -> ParagraphWords:
    """Return the words of a paragraph that starts at ``offset``."""
    names = ParagraphWords._fields[1:]
    return ParagraphWords((labels.start + offset).tolist(), *(getattr(labels, n).tolist() for n in names))
