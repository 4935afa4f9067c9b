"""The difference of each group's rates from the rest, over its standard error, for many shuffles at once.

Everything a rate and its linearised variance need are sums over the articles of a group: mentions,
their squares, mentions times words, words, words squared. For a block of shuffles those sums are one
product of a sparse matrix.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

_LABELS_AT_ONCE = 2_000_000  # measured: larger blocks leave the processor cache and are slower
_SUMS_AT_ONCE = 3_000_000
_SPARSE_BELOW = 0.02  # below this share of filled cells visiting those alone saves memory and time

ROUNDING = 1e-10
"""Differences smaller than this share of what is compared are rounding."""

PRIOR_MENTIONS = 2.0
"""How many mentions the dispersion over all articles is worth, next to those of one side.

A group without a mention shows no spread at all: on its own it would look certain, whatever its size.
"""


class RateStatistic:
    """Absolute studentised difference of each group from all other articles.

    Parameters
    ----------
    counts, words
        Mentions (articles x features) and words of each article.
    labels
        Group of each article, 0 to ``groups - 1``.
    groups
        Number of groups.
    """

    def __init__(
        self, counts: NDArray[np.int32], words: NDArray[np.float64], labels: NDArray[np.int32], groups: int
    ) -> None:
        self._columns = _columns(counts, words)
        self._groups = groups
        self._sizes = np.bincount(labels, minlength=groups).astype(np.float64)
        self._total = _sums(self._columns, labels[None, :], groups)[0].sum(axis=0)

    @property
    def at_once(self) -> int:
        """Return how many shuffles to do at once, so that memory stays at about a hundred megabytes."""
        columns = self._columns
        labels = _LABELS_AT_ONCE // max(len(columns.full), len(columns.row))
        return max(1, min(labels, _SUMS_AT_ONCE // (self._groups * (3 * columns.width + 2))))

    def of(self, labels: NDArray[np.int32]) -> NDArray[np.float64]:
        """Return the statistic by shuffle, group and feature; missing for fewer than two articles a side."""
        return _statistic(_sums(self._columns, labels, self._groups), self._total, self._sizes)


def membership(
    labels: NDArray[np.int32], groups: int, values: NDArray[np.float64] | None = None
) -> csr_array:
    """Return the matrix of articles by (shuffle, group) with 1, or a value, where an article is put.

    It has one entry a shuffle in each row, so that its product with the columns of the articles
    reads each article once for all shuffles of the block. ``values`` are shuffles x articles.
    """
    shuffles, articles = labels.shape
    cell = labels + np.arange(0, shuffles * groups, groups, dtype=np.int32)[:, None]
    starts = np.arange(0, articles * shuffles + 1, shuffles, dtype=np.int32)
    data = np.ones(cell.size) if values is None else np.ascontiguousarray(values.T).ravel()
    return csr_array(
        (data, np.ascontiguousarray(cell.T).ravel(), starts), shape=(articles, shuffles * groups)
    )


class _Columns(NamedTuple):
    """Columns to be summed by label: full ones, and the filled cells of sparse ones.

    In the order y, y squared, y times w (``width`` features each), w, w squared; ``filled`` holds
    the values of the first three at ``row`` and ``feature`` when they are not among the full ones.
    """

    full: NDArray[np.float64]
    row: NDArray[np.intp]
    feature: NDArray[np.intp]
    filled: tuple[NDArray[np.float64], ...]
    width: int


def _columns(counts: NDArray[np.int32], words: NDArray[np.float64]) -> _Columns:
    """Prepare y, y squared and y times w of each feature, and w and w squared: all that a rate needs."""
    below = np.column_stack([words, words**2])
    if np.count_nonzero(counts) >= _SPARSE_BELOW * counts.size:
        y = counts.astype(np.float64)
        nothing = np.zeros(0, dtype=np.intp)
        return _Columns(
            np.hstack([y, y * y, y * words[:, None], below]), nothing, nothing, (), counts.shape[1]
        )
    row, feature = np.nonzero(counts)
    y = counts[row, feature].astype(np.float64)
    return _Columns(below, row, feature, (y, y * y, y * words[row]), counts.shape[1])


def _sums(columns: _Columns, labels: NDArray[np.int32], groups: int) -> NDArray[np.float64]:
    """Sum the columns by shuffle and label: result shuffles x groups x columns.

    Columns that are nearly all zero are summed over their filled cells alone.
    """
    shuffles = len(labels)
    member = membership(labels, groups)
    full = np.asarray(member.T @ columns.full).reshape(shuffles, groups, -1)
    if not columns.filled:
        return full
    cell = labels + np.arange(0, shuffles * groups, groups, dtype=np.int32)[:, None]
    key = (cell[:, columns.row].astype(np.intp) * columns.width + columns.feature).ravel()
    size = shuffles * groups * columns.width
    parts = [np.bincount(key, weights=np.tile(value, shuffles), minlength=size) for value in columns.filled]
    return np.concatenate([*(part.reshape(shuffles, groups, -1) for part in parts), full], axis=-1)


def _statistic(
    sums: NDArray[np.float64], total: NDArray[np.float64], sizes: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the absolute studentised difference of each group from the rest, by shuffle and feature."""
    common, shared = _side(total[None, :], sizes.sum()[None])
    shared = np.maximum(shared[0], 1.0)
    inside, spread_inside = _side(sums, sizes, shared)
    outside, spread_outside = _side(total - sums, sizes.sum() - sizes, shared)
    difference = np.abs(inside - outside)
    difference[difference <= ROUNDING * (np.abs(inside) + np.abs(outside))] = 0.0
    below = sums[..., -2, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = common[0] * (spread_inside / below + spread_outside / (total[-2] - below))
        result = difference / np.sqrt(variance)
    result[(difference == 0) & ~np.isnan(variance)] = 0.0  # nobody uses the feature: no difference
    return np.asarray(result)


def _side(
    sums: NDArray[np.float64], sizes: NDArray[np.float64], shared: NDArray[np.float64] | None = None
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return rates and dispersions, drawn towards the shared dispersion; missing for fewer than two articles.

    The dispersion is the linearised variance of a ratio over what a Poisson count would have.
    """
    width = (sums.shape[-1] - 2) // 3
    y, yy, yw = (sums[..., i * width : (i + 1) * width] for i in range(3))
    w, ww = sums[..., -2, None], sums[..., -1, None]
    n = np.where(sizes > 1, sizes, np.nan)[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = y / w
        variance = n / (n - 1) * np.maximum(yy - 2 * rate * yw + rate * rate * ww, 0.0)
        if shared is None:
            return rate, np.nan_to_num(variance / y)
        weight = np.minimum(n - 1, y)
        observed = np.divide(variance, y, out=np.zeros_like(variance), where=y > 0)
        return rate, (weight * observed + PRIOR_MENTIONS * shared) / (weight + PRIOR_MENTIONS)
