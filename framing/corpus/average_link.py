"""Average-link clustering of dated vectors: no pair further apart than a window is ever compared.

A threshold on single pairs chains: A resembles B, B resembles C, and a whole war becomes one cluster.
Here two clusters are joined only while the mean similarity over all pairs of their members reaches the
threshold, the most similar ones first, and only if the whole stays within the window of days.
"""

from __future__ import annotations

import heapq
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

_CELLS_AT_ONCE = 2_000_000  # similarities computed before the low ones are dropped
_MOST_PAIRS = 50
"""Pairs kept for each row, the most similar ones: thousands of copies on one day must not fill the memory."""

_GIVEN_UP = 0.5
"""Two clusters whose mean similarity falls below this share of the threshold are not looked at again."""

_DIGITS = 6  # equal similarities must stay equal whatever the order of summing


class Pairs(NamedTuple):
    """Pairs of rows, the earlier row first, with their cosine similarity."""

    first: NDArray[np.intp]
    second: NDArray[np.intp]
    similarity: NDArray[np.float64]


def similar_pairs(vectors: csr_array, days: NDArray[np.int64], *, window: int, similarity: float) -> Pairs:
    """Return the pairs at most ``window`` days apart whose similarity reaches the threshold.

    Parameters
    ----------
    vectors
        Rows of length 1, so that a product is a cosine similarity.
    days
        Day of each row, never decreasing.
    window
        Days that two rows may lie apart.
    similarity
        Least similarity, above 0. Of each row the most similar later ones are kept.

    Examples
    --------
    >>> rows = csr_array(np.array([[1.0, 0.0], [0.6, 0.8], [1.0, 0.0]]))
    >>> found = similar_pairs(rows, np.array([0, 1, 9]), window=3, similarity=0.5)
    >>> found.first.tolist(), found.second.tolist(), found.similarity.tolist()
    ([0], [1], [0.6])
    """
    parts: list[tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.float64]]] = []
    count, start = vectors.shape[0], 0
    last = np.searchsorted(days, days + window, side="right")
    while start < count:
        # The window of the first row bounds the size of the block from below, that of its last row above.
        stop = min(count, start + max(1, _CELLS_AT_ONCE // max(int(last[start]) - start, 1)))
        while stop > start + 1 and (stop - start) * (int(last[stop - 1]) - start) > 2 * _CELLS_AT_ONCE:
            stop = start + (stop - start + 1) // 2
        product = vectors[start:stop] @ vectors[start : last[stop - 1]].T
        alike = np.flatnonzero(product.data >= similarity)
        row = np.searchsorted(product.indptr, alike, side="right") - 1 + start
        column = product.indices[alike].astype(np.intp) + start
        value = product.data[alike].astype(np.float64)
        kept = (row < column) & (column < last[row])
        row, column, value = row[kept], column[kept], value[kept]
        best = np.lexsort([column, -value, row])
        row, column, value = row[best], column[best], value[best]
        near = np.arange(len(row)) - np.searchsorted(row, row) < _MOST_PAIRS
        parts.append((row[near], column[near], value[near]))
        start = stop
    if not parts:
        nothing = np.zeros(0, dtype=np.intp)
        return Pairs(nothing, nothing, np.zeros(0))
    return Pairs(*(np.concatenate([part[i] for part in parts]) for i in range(3)))


def average_link(
    vectors: csr_array, days: NDArray[np.int64], pairs: Pairs, *, window: int, similarity: float
) -> NDArray[np.intp]:
    """Return the cluster of each row, named by its first row.

    Parameters
    ----------
    vectors, days, window, similarity
        As in :func:`similar_pairs`. No cluster spans more than ``window`` days.
    pairs
        What :func:`similar_pairs` found. Clusters without a pair between them are never joined.

    Examples
    --------
    >>> rows = csr_array(np.array([[1.0, 0.0], [0.0, 1.0], [0.8, 0.6]]))
    >>> days = np.array([0, 1, 2])
    >>> found = similar_pairs(rows, days, window=3, similarity=0.5)
    >>> average_link(rows, days, found, window=3, similarity=0.5).tolist()
    [0, 1, 0]
    """
    return _Clusters(vectors, days, pairs, window, similarity).join()


class _Clusters:
    """Clusters as sums of their vectors: the mean similarity of two is the product of their sums."""

    def __init__(
        self, vectors: csr_array, days: NDArray[np.int64], pairs: Pairs, window: int, similarity: float
    ) -> None:
        count = vectors.shape[0]
        self._window, self._least = window, similarity
        self._columns = np.split(vectors.indices, vectors.indptr[1:-1])
        self._values = np.split(vectors.data.astype(np.float64), vectors.indptr[1:-1])
        self._rows = [[row] for row in range(count)]
        self._from, self._to = days.tolist(), days.tolist()
        self._near: list[set[int]] = [set() for _ in range(count)]
        self._scratch = np.zeros(vectors.shape[1])
        rounded = np.round(pairs.similarity, _DIGITS).tolist()
        self._heap = [
            (-value, a, b)
            for a, b, value in zip(pairs.first.tolist(), pairs.second.tolist(), rounded, strict=True)
        ]
        for _, a, b in self._heap:
            self._near[a].add(b)
            self._near[b].add(a)
        heapq.heapify(self._heap)

    def join(self) -> NDArray[np.intp]:
        while self._heap:
            _, a, b = heapq.heappop(self._heap)
            if self._rows[a] and self._rows[b]:
                self._join(a, b)
        label = np.empty(sum(map(len, self._rows)), dtype=np.intp)
        for rows in self._rows:
            label[rows] = min(rows, default=0)
        return label

    def _join(self, a: int, b: int) -> None:
        """Make one new cluster of two; the old ones keep no rows."""
        new = len(self._rows)
        self._rows.append(self._rows[a] + self._rows[b])
        self._from.append(min(self._from[a], self._from[b]))
        self._to.append(max(self._to[a], self._to[b]))
        near = (self._near[a] | self._near[b]) - {a, b}
        for old in (a, b):
            self._scratch[self._columns[old]] += self._values[old]
        columns = np.union1d(self._columns[a], self._columns[b])
        self._columns.append(columns)
        self._values.append(self._scratch[columns])
        self._near.append(set())
        for old in (a, b):
            self._rows[old], self._near[old] = [], set()
            self._columns[old], self._values[old] = columns[:0], self._scratch[:0]
        for other in near:
            self._meet(new, other, {a, b})
        self._scratch[columns] = 0.0

    def _meet(self, new: int, other: int, gone: set[int]) -> None:
        """Hold the new cluster, whose sum lies in the scratch row, against a neighbour of its parts."""
        self._near[other] -= gone
        span = max(self._to[new], self._to[other]) - min(self._from[new], self._from[other])
        if span > self._window:
            return
        product = float(self._scratch[self._columns[other]] @ self._values[other])
        mean = round(product / (len(self._rows[new]) * len(self._rows[other])), _DIGITS)
        if mean < self._least * _GIVEN_UP:
            return
        self._near[new].add(other)
        self._near[other].add(new)
        if mean >= self._least:
            heapq.heappush(self._heap, (-mean, min(new, other), max(new, other)))
