"""What keyness shows of each word beside its test: sums, log ratio, dispersion, the top article."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from framing.analysis.intervals import PRIOR_ARTICLES, TYPICAL_DISPERSION
from framing.analysis.keyness.word_matrix import SparseMatrix
from framing.analysis.mantel_haenszel import stratified_ratio
from framing.analysis.ratios import Ratio, Side, rate_ratio

ABSENT = 0.5
"""What a word counts as on a side that never has it, so that its log ratio is finite (Hardie 2014)."""

_DENSE_AT_ONCE = 2_000_000


def side_sums(side: SparseMatrix) -> Side:
    """Return the sums over the articles of one side that rates and their limits need.

    Examples
    --------
    >>> matrix = SparseMatrix(
    ...     np.array(["a", "a"]), np.array(["x", "y"]), np.array([400.0, 600.0]),
    ...     csr_array(np.array([[2, 0]])), np.array(["regime"], dtype=object), {})
    >>> side = side_sums(matrix)
    >>> side.words, side.mentions.tolist(), side.crossed.tolist(), side.articles_with.tolist()
    (1000.0, [2.0], [800.0], [1.0])
    """
    counts, words = side.counts, side.words
    y = csr_array((counts.data.astype(np.float64), counts.indices, counts.indptr), shape=counts.shape)
    return Side(
        len(words), float(words.sum()), float(words @ words), np.asarray(y.sum(axis=1)).ravel(),
        np.asarray(y.multiply(y).sum(axis=1)).ravel(), y @ words, np.diff(y.indptr).astype(np.float64),
    )  # fmt: skip


def log_ratio(
    matrix: SparseMatrix, inside: NDArray[np.bool_], target: Side, reference: Side, level: float
) -> Ratio:
    """Return the binary logarithm of the ratio of rates with its limits.

    With strata it is the Mantel-Haenszel ratio inside them, missing where a side has no occurrence in a
    shared stratum. Without, an absent word counts as half an occurrence, and the limit on that side is
    infinite.
    """
    dispersion = pooled_dispersion(target, reference)
    if matrix.strata is None:
        found = rate_ratio(target, reference, dispersion, level=level)
        above, below = (np.where(s.mentions > 0, s.mentions, ABSENT) / s.words for s in (target, reference))
        middle = np.log2(above / below)
        low, high = _log2(found.low), _log2(found.high)
        return Ratio(middle, np.fmin(low, middle), np.fmax(high, middle))
    ratio, low, high = (np.full(len(dispersion), np.nan) for _ in range(3))
    step = max(1, _DENSE_AT_ONCE // len(matrix))
    for at in range(0, len(dispersion), step):
        some = slice(at, at + step)
        inner = stratified_ratio(
            matrix.counts[some].toarray().T,
            matrix.words,
            inside,
            matrix.strata,
            dispersion[some],
            level=level,
        )
        known = np.where(np.isnan(inner.low), np.nan, inner.ratio)
        ratio[some], low[some], high[some] = _log2(known), _log2(inner.low), _log2(inner.high)
    return Ratio(ratio, low, high)


def top_article_share(side: SparseMatrix) -> NDArray[np.float64]:
    """Return which share of each feature's occurrences stands in one article; NaN if there is none."""
    total = np.asarray(side.counts.sum(axis=1), dtype=np.float64).ravel()
    most = side.counts.max(axis=1).toarray().ravel()
    share = np.divide(most, total, out=np.full(len(total), np.nan), where=total > 0)
    return np.asarray(share, dtype=np.float64)


def pooled_dispersion(*sides: Side) -> NDArray[np.float64]:
    """Return the dispersion within sides, drawn towards the typical one of news, at least 1."""
    variance = np.sum([side.dispersion * side.mentions for side in sides], axis=0)
    mentions = np.sum([side.mentions for side in sides], axis=0)
    weight = np.sum([np.minimum(max(side.articles - 1, 0), side.articles_with) for side in sides], axis=0)
    observed = np.divide(variance, mentions, out=np.zeros_like(mentions), where=mentions > 0)
    spread = (weight * observed + PRIOR_ARTICLES * TYPICAL_DISPERSION) / (weight + PRIOR_ARTICLES)
    return np.asarray(np.maximum(spread, 1.0))


def _log2(value: NDArray[np.float64]) -> NDArray[np.float64]:
    with np.errstate(divide="ignore"):
        return np.asarray(np.log2(value))
