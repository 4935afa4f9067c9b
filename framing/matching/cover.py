"""Ask many times, and fast, whether some span covers another."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate


class Cover:
    """A set of spans that answers whether one of them covers a given span.

    Examples
    --------
    >>> cover = Cover([(10, 30), (0, 5)])
    >>> cover.covers(12, 30), cover.covers(3, 7)
    (True, False)
    """

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(spans)
        self._starts = [start for start, _ in ordered]
        # The furthest end of all spans that start here or before: one look decides.
        self._reach = list(accumulate((end for _, end in ordered), max))

    def covers(self, start: int, end: int) -> bool:
        """Return whether a span of the set starts at or before ``start`` and ends at or after ``end``."""
        before = bisect_right(self._starts, start)
        return before > 0 and self._reach[before - 1] >= end
