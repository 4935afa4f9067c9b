"""Differences between groups inside strata: months, topics, events.

Outlets cover different things. Inside a stratum each article is expected to use a term at the rate
of that stratum; what a group uses beyond that, summed over the strata, is its difference.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from framing.analysis.studentised import ROUNDING, membership

_CELLS_AT_ONCE = 2_000_000


class StratifiedStatistic:
    """Absolute difference of observed and expected mentions of each group, over its standard error.

    Parameters
    ----------
    counts, words
        Mentions (articles x features) and words of each article.
    labels
        Group of each article, 0 to ``groups - 1``.
    strata
        Stratum of each article, 0 to the number of strata less one.
    groups
        Number of groups.

    Notes
    -----
    With the pooled rate r of a stratum, article i deviates by e = y - r w. A group's deviations sum
    to observed minus expected, which is the Mantel-Haenszel difference of the group from the rest of
    the stratum, summed over strata. Its variance adds squared deviations: those of the group's
    articles weighted by the squared share of the stratum outside the group, the others by the
    squared share inside it, and all by n/(n-1) for n articles of the stratum.

    References
    ----------
    Mantel, N. and Haenszel, W. (1959). Statistical aspects of the analysis of data from
    retrospective studies of disease. Journal of the National Cancer Institute 22, 719-748.
    Greenland, S. and Robins, J. M. (1985). Estimation of a common effect parameter from sparse
    follow-up data. Biometrics 41, 55-68.
    """

    def __init__(
        self,
        counts: NDArray[np.int32],
        words: NDArray[np.float64],
        labels: NDArray[np.int32],
        strata: NDArray[np.intp],
        groups: int,
    ) -> None:
        self._groups = groups
        self._strata = strata
        n_strata = int(strata.max(initial=-1)) + 1
        y = counts.astype(np.float64)
        in_stratum = membership(strata[None, :].astype(np.int32), n_strata)
        below = np.bincount(strata, weights=words, minlength=n_strata)
        rate = np.asarray(in_stratum.T @ y) / np.maximum(below, 1e-300)[:, None]
        size = np.bincount(strata, minlength=n_strata)
        self._scale = np.asarray(in_stratum.T @ y).sum(axis=0)
        self._deviation = y - rate[strata] * words[:, None]
        self._square = self._deviation**2 * (size / np.maximum(size - 1, 1))[strata][:, None]
        members = np.bincount(labels * n_strata + strata, minlength=groups * n_strata)
        share = members.reshape(groups, n_strata) / np.maximum(size, 1)
        self._contrast = 1 - 2 * share  # (1 - share) squared less share squared
        self._rest = share**2 @ np.asarray(in_stratum.T @ self._square)
        self._present = members.reshape(groups, n_strata).sum(axis=1) > 0

    @property
    def at_once(self) -> int:
        """Return how many shuffles to do at once."""
        return max(1, _CELLS_AT_ONCE // max(1, len(self._strata), self._groups * len(self._scale)))

    def of(self, labels: NDArray[np.int32]) -> NDArray[np.float64]:
        """Return the statistic by shuffle, group and feature; missing for groups without articles."""
        shape = (len(labels), self._groups, -1)
        excess = np.abs(membership(labels, self._groups).T @ self._deviation).reshape(shape)
        weighted = membership(labels, self._groups, self._contrast[labels, self._strata])
        variance = (weighted.T @ self._square).reshape(shape) + self._rest
        excess[excess <= ROUNDING * self._scale] = 0.0
        known = variance > ROUNDING * self._rest
        result = np.divide(excess, np.sqrt(np.where(known, variance, 1.0)))
        result[:, ~self._present] = np.nan
        return np.asarray(result)


def in_mixed_strata(strata: NDArray[np.intp], labels: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Return which articles stand in a stratum with more than one group; the others tell nothing."""
    pairs = np.unique(np.column_stack([strata, labels]), axis=0)[:, 0]
    return np.asarray(np.bincount(pairs, minlength=int(strata.max(initial=0)) + 1)[strata] > 1)
