"""Sums of rows of a table over stretches of words, many stretches at once.

Everything is added up in whole numbers, so that a stretch has the same sum in any order and any company.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]

_WORDS = 16384
"""Words that are read together: enough to hide the overhead of numpy, few enough for the cache."""

_GROUP = 8
"""Columns that are read together: numpy copies 4, 8, 16 or 32 bytes at a time much faster than others."""

_TOO_LARGE = 1 << 31


class SummedTable:
    """A table of whole numbers whose rows are added up; row 0 is all 0.

    Examples
    --------
    >>> table = SummedTable(np.array([[0, 0], [1, 10], [2, 20]]))
    >>> rows = np.array([1, 2, 0, 2])
    >>> table.sums(rows, np.array([0, 1, 2]), np.array([4, 2, 2])).tolist()
    [[5, 50], [2, 20], [0, 0]]
    """

    def __init__(self, table: NDArray[np.integer]) -> None:
        self._columns = table.shape[1]
        self._groups = []
        for first in range(0, self._columns, _GROUP):
            part = table[:, first : first + _GROUP]
            group = np.zeros((len(part), 1 << (part.shape[1] - 1).bit_length()), dtype=np.int32)
            group[:, : part.shape[1]] = part
            self._groups.append(group)
        self._width = sum(group.shape[1] for group in self._groups)
        self._strongest = int(np.abs(table).max(initial=0))

    def sums(self, rows: NDArray[np.integer], low: Ints, high: Ints) -> Ints:
        """Return the sum over the words from ``low`` to ``high`` of each stretch, shape (stretches, columns).

        ``rows`` has the row of each word in the table.
        """
        length = high - low
        # Stretches of about one length are read together, the longest first.
        order = np.argsort(-length, kind="stable")
        first, length = low[order], length[order]
        found = np.empty((len(order), self._width), dtype=np.int64)
        start = 0
        while start < len(order):
            stop = start + max(1, _WORDS // max(1, int(length[start])))
            found[start:stop] = self._together(rows, first[start:stop], length[start:stop])
            start = stop
        result = np.empty((len(order), self._columns), dtype=np.int64)
        result[order] = found[:, : self._columns]
        return result

    def _together(self, rows: NDArray[np.integer], first: Ints, length: Ints) -> Ints:
        """Return the sums of stretches; the shorter ones are filled up with row 0."""
        longest, shortest = int(length[0]), int(length[-1])
        step = np.arange(longest)[:, None]
        words = rows.take(first + step, mode="clip").astype(np.intp)
        words[shortest:] *= step[shortest:] < length
        # Numbers of half the size are added twice as fast, where no sum is too large for them.
        kind = np.int32 if self._strongest * longest < _TOO_LARGE else np.int64
        found = np.empty((len(first), self._width), dtype=np.int64)
        column = 0
        for group in self._groups:
            size = group.shape[1]
            found[:, column : column + size] = group.take(words, axis=0, mode="clip").sum(axis=0, dtype=kind)
            column += size
        return found
