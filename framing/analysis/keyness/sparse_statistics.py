"""Studentised differences between two sides for many features and many shuffles at once, zeros left out.

The statistics are those of :mod:`framing.analysis.studentised` and :mod:`framing.analysis.stratified` for
two groups. There features are columns that are read whole; here tens of thousands of features stand in
few articles each, and only those articles are visited.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from framing.analysis.studentised import PRIOR_MENTIONS, ROUNDING

_FEATURES_AT_ONCE = 1024  # measured: intermediate results then stay in the processor cache

Floats = NDArray[np.float64]


class SparseRates:
    """Absolute difference of two rates over its article-clustered standard error.

    Parameters
    ----------
    counts
        How often each feature stands in each article, features x articles.
    words
        Words of each article.
    size
        Articles of one side; the others are the other side. At least two on each.
    """

    def __init__(self, counts: csr_array, words: Floats, size: int) -> None:
        self._words = words
        self._sizes = size, len(words) - size
        self._blocks = [
            _Block(csr_array(counts[at : at + _FEATURES_AT_ONCE]), words)
            for at in range(0, counts.shape[0], _FEATURES_AT_ONCE)
        ]

    def of(self, inside: Floats) -> Floats:
        """Return the statistic, features x shuffles; ``inside`` (articles x shuffles) is 1 on one side."""
        below = self._words @ inside, (self._words**2) @ inside
        parts = [block.statistic(inside, below, self._sizes) for block in self._blocks]
        return np.concatenate([np.zeros((0, inside.shape[1])), *parts])


class _Block:
    """Some features: how often they stand in an article, the squares, and the product with its words."""

    def __init__(self, counts: csr_array, words: Floats) -> None:
        y = _like(counts, counts.data.astype(np.float64))
        # Most words stand once in an article: of the squares only what goes beyond the count is visited.
        beyond = _like(counts, y.data * (y.data - 1))
        beyond.eliminate_zeros()
        self._y, self._beyond = y, beyond
        self._crossed = _like(counts, y.data * words[counts.indices])
        self._below = float(words.sum()), float(words @ words)
        every = np.ones((len(words), 1))
        self._total = self._sums(every)
        rate = self._total[0] / self._below[0]
        # The dispersion of all articles: what each side is drawn towards.
        self._shared = np.maximum(_observed(*self._total, rate, self._below[1], len(words)), 1.0)
        self._rate = rate

    def _sums(self, inside: Floats) -> tuple[Floats, Floats, Floats]:
        y = self._y @ inside
        return y, y + self._beyond @ inside, self._crossed @ inside

    def statistic(self, inside: Floats, below: tuple[Floats, Floats], sizes: tuple[int, int]) -> Floats:
        first = self._sums(inside)
        y, yy, yw = (total - part for total, part in zip(self._total, first, strict=True))
        rates, variance = [], np.zeros_like(first[0])
        for sums, words, squares, size in (
            (first, below[0], below[1], sizes[0]),
            ((y, yy, yw), self._below[0] - below[0], self._below[1] - below[1], sizes[1]),
        ):
            rate = sums[0] / words
            weight = np.minimum(sums[0], size - 1)
            spread = weight * _observed(*sums, rate, squares, size) + PRIOR_MENTIONS * self._shared
            variance += spread / ((weight + PRIOR_MENTIONS) * words)
            rates.append(rate)
        difference = np.abs(rates[0] - rates[1])
        difference[difference <= ROUNDING * (rates[0] + rates[1])] = 0.0
        variance *= self._rate
        return np.asarray(difference / np.sqrt(np.where(variance > 0, variance, 1.0)))


def _observed(y: Floats, yy: Floats, yw: Floats, rate: Floats, squares: Floats | float, size: int) -> Floats:
    """Return the dispersion: linearised variance of the total over the total; 0 without occurrences."""
    residual = np.maximum(yy - rate * (2 * yw - rate * squares), 0.0)
    return np.asarray(residual * (size / (size - 1)) / np.where(y > 0, y, 1.0) * (y > 0))


class SparseStrata:
    """Absolute difference of observed and expected occurrences inside strata, over its standard error.

    Parameters
    ----------
    counts
        How often each feature stands in each article, features x articles.
    words, strata
        Words and stratum (0, 1, ...) of each article.
    inside
        Which articles belong to the one side; in each stratum there are articles of both.
    """

    def __init__(
        self, counts: csr_array, words: Floats, strata: NDArray[np.intp], inside: NDArray[np.bool_]
    ) -> None:
        size = np.bincount(strata)
        self._member = csr_array((np.ones(len(strata)), (strata, np.arange(len(strata)))))
        self._words = words
        share = np.bincount(strata, weights=inside) / size
        inflate = size / np.maximum(size - 1, 1)
        in_stratum = self._member @ words
        y = _like(counts, counts.data.astype(np.float64))
        rate = csr_array(y @ self._member.T)
        rate.data = rate.data / in_stratum[rate.indices]
        feature = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
        at = _positions(rate, feature, strata[counts.indices])
        # (y - r w) squared, split into what is not zero only where the feature stands ...
        square = y.data * (y.data - 2 * rate.data[at] * words[counts.indices])
        # ... and r w squared, which is the same for all shuffles but for the words of the side.
        rate_squared = _like(rate, rate.data**2)
        self._squares = self._member @ words**2
        contrast = (1 - 2 * share) * inflate
        self._y, self._rate = y, rate
        self._square = _like(counts, square * contrast[strata[counts.indices]])
        self._rate_squared = _like(rate_squared, rate_squared.data * contrast[rate_squared.indices])
        outside = share**2 * inflate
        rest = np.bincount(
            feature, weights=square * outside[strata[counts.indices]], minlength=counts.shape[0]
        )
        self._rest = (rest + rate_squared @ (outside * self._squares))[:, None]
        self._scale = np.asarray(y.sum(axis=1)).reshape(-1, 1)

    def of(self, inside: Floats) -> Floats:
        """Return the statistic, features x shuffles; ``inside`` (articles x shuffles) is 1 on one side."""
        words = self._member @ (self._words[:, None] * inside)
        squares = self._member @ ((self._words**2)[:, None] * inside)
        excess = np.abs(self._y @ inside - self._rate @ words)
        variance = self._square @ inside + self._rate_squared @ squares + self._rest
        excess[excess <= ROUNDING * self._scale] = 0.0
        known = variance > ROUNDING * self._rest
        return np.asarray(excess / np.sqrt(np.where(known, variance, 1.0)))


def _positions(table: csr_array, row: NDArray[np.intp], column: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return where the cells (row, column) stand in the data of a table that holds all of them."""
    table.sort_indices()
    width = np.int64(table.shape[1])
    held = np.repeat(np.arange(table.shape[0]), np.diff(table.indptr)) * width + table.indices
    return np.searchsorted(held, row * width + column)


def _like(table: csr_array, data: Floats) -> csr_array:
    """Return a table with the cells of another one and new values; it may drop cells of its own."""
    return csr_array((data, table.indices.copy(), table.indptr.copy()), shape=table.shape)
