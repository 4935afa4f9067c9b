"""Look for a change at every date and in every length of time, and pay for looking.

For each date the articles just before it are held against the articles just after it: five on each
side, then ten, twenty, forty and so on, up to the whole series. The largest difference of all is
what luck has to beat: the dates of the articles are shuffled, and the largest difference anywhere in
each shuffled series is kept.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from framing.analysis.studentised import PRIOR_MENTIONS, ROUNDING, membership

_GROWTH = 2.0  # steps of 1.4 find no more and take twice as long
_CELLS_AT_ONCE = 500_000


class Windows(NamedTuple):
    """Where a series is cut and what is compared there, as borders between periods (0: the start)."""

    cut: NDArray[np.intp]
    left: NDArray[np.intp]
    right: NDArray[np.intp]


class Scan(NamedTuple):
    """Statistic of each window (windows x features) and the largest of each shuffle (shuffles x features)."""

    windows: Windows
    observed: NDArray[np.float64]
    largest: NDArray[np.float64]

    def p(self, statistic: NDArray[np.float64] | float, feature: int) -> NDArray[np.float64]:
        """Return the share of shuffles, the data included, whose largest statistic is at least as large."""
        value = np.asarray(statistic, dtype=np.float64)
        reach = value - ROUNDING * np.maximum(value, 1.0)
        hits = (self.largest[:, feature] >= reach[..., None]).sum(axis=-1)
        return np.asarray((hits + 1) / (len(self.largest) + 1))


def windows_of(articles: NDArray[np.int64], least: int) -> Windows:
    """Return the windows of a series: for each border between periods, growing stretches around it.

    Parameters
    ----------
    articles
        Articles of each period, above 0, in the order of time.
    least
        Articles that each side of a border must have.

    Examples
    --------
    >>> found = windows_of(np.array([3, 2, 4, 4]), 4)
    >>> list(zip(found.left.tolist(), found.cut.tolist(), found.right.tolist()))
    [(0, 2, 3), (0, 2, 4), (0, 3, 4), (2, 3, 4)]
    """
    reached = np.concatenate([[0], np.cumsum(articles)])
    cuts = np.flatnonzero((reached >= least) & (reached[-1] - reached >= least))
    parts = []
    size = float(least)
    while len(cuts):
        left = np.searchsorted(reached, reached[cuts] - size, side="right") - 1
        right = np.searchsorted(reached, reached[cuts] + size, side="left")
        parts.append(np.column_stack([cuts, np.maximum(left, 0), np.minimum(right, len(articles))]))
        if size >= reached[-1]:
            break
        size *= _GROWTH
    rows = np.unique(np.concatenate(parts), axis=0) if parts else np.zeros((0, 3), dtype=np.intp)
    return Windows(*(rows[:, i].astype(np.intp) for i in range(3)))


def scan(
    counts: NDArray[np.int32],
    words: NDArray[np.float64],
    period: NDArray[np.intp],
    *,
    least: int,
    permutations: int,
    seed: int,
) -> Scan:
    """Return the statistics of all windows, and the largest one in each series with shuffled dates.

    Parameters
    ----------
    counts, words
        Mentions (articles x features) and words of each article.
    period
        Period of each article, 0 to the number of periods less one, none of them empty, rising.
    least
        Articles on each side of a window.
    permutations, seed
        Number of shuffles, and their seed.

    Notes
    -----
    The statistic is that of :mod:`framing.analysis.permutation`: the difference of two rates over
    its standard error, each side with a dispersion of its own that is drawn towards the dispersion
    of the series. If nothing changes, any order of the articles was as likely as the one observed,
    so the largest statistic stands out with the stated chance and no more.

    References
    ----------
    Chan, H. P. and Walther, G. (2013). Detection with the scan and the average likelihood ratio.
    Statistica Sinica 23, 409-428.
    """
    y, w = counts.astype(np.float64), words
    sizes = np.bincount(period)
    windows = windows_of(sizes, least)
    columns = np.hstack([y, y * y, y * w[:, None], w[:, None], (w * w)[:, None]])
    shared = np.maximum(_dispersion(columns.sum(axis=0)[None, :], np.array([len(w)]))[0], 1.0)
    labels = period.astype(np.int32)
    reached = np.concatenate([[0], np.cumsum(sizes)])

    def values(block: NDArray[np.int32]) -> NDArray[np.float64]:
        sums = np.asarray(membership(block, len(sizes)).T @ columns)
        sums = sums.reshape(len(block), len(sizes), -1).cumsum(axis=1)
        sums = np.concatenate([np.zeros_like(sums[:, :1]), sums], axis=1)
        return _statistic(sums, windows, reached, shared)

    observed = values(labels[None, :])[0]
    largest = np.zeros((permutations, y.shape[1]))
    cells = max(len(w), (len(windows.cut) + len(sizes)) * columns.shape[1], 1)
    step = max(1, _CELLS_AT_ONCE // cells)
    rng = np.random.default_rng(seed)
    for start in range(0, permutations, step):
        block = np.tile(labels, (min(step, permutations - start), 1))
        block = rng.permuted(block, axis=1)
        largest[start : start + len(block)] = values(block).max(axis=1, initial=0.0)
    return Scan(windows, observed, largest)


def _statistic(
    reached: NDArray[np.float64], windows: Windows, articles: NDArray[np.int64], shared: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the studentised difference by shuffle, window and feature from cumulated sums."""
    before = reached[:, windows.cut] - reached[:, windows.left]
    after = reached[:, windows.right] - reached[:, windows.cut]
    width = len(shared)
    w, v = before[..., -2, None], after[..., -2, None]
    y, z = before[..., :width], after[..., :width]
    common = (y + z) / (w + v)
    first = _shrunken(before, articles[windows.cut] - articles[windows.left], shared)
    second = _shrunken(after, articles[windows.right] - articles[windows.cut], shared)
    variance = common * (first / w + second / v)
    difference = np.abs(y / w - z / v)
    return np.divide(difference, np.sqrt(variance), out=np.zeros_like(variance), where=variance > 0)


def _shrunken(
    sums: NDArray[np.float64], articles: NDArray[np.int64], shared: NDArray[np.float64]
) -> NDArray[np.float64]:
    weight = np.minimum(articles[:, None] - 1, sums[..., : len(shared)])
    observed = _dispersion(sums, articles)
    return np.asarray((weight * observed + PRIOR_MENTIONS * shared) / (weight + PRIOR_MENTIONS))


def _dispersion(sums: NDArray[np.float64], articles: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return variance over mean of the totals, linearised; 0 without mentions or with one article."""
    width = (sums.shape[-1] - 2) // 3
    y, yy, yw = (sums[..., i * width : (i + 1) * width] for i in range(3))
    w, ww = sums[..., -2, None], sums[..., -1, None]
    n = articles[:, None].astype(np.float64)
    rate = y / w
    variance = n / np.maximum(n - 1, 1) * np.maximum(yy - 2 * rate * yw + rate * rate * ww, 0.0)
    return np.divide(variance, y, out=np.zeros_like(variance), where=y > 0)
