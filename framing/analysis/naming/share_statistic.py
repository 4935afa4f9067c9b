"""Permutation tests of names: could luck have made a group's choice of names differ so much.

If outlets chose names alike, any article that refers to the referent could have come from any of
them. So outlet labels are shuffled over those articles, inside strata if there are some.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from framing.analysis.choices import check_at_least
from framing.analysis.naming.shares import Floats
from framing.analysis.permutation import FEWEST
from framing.analysis.stratified import in_mixed_strata
from framing.analysis.studentised import ROUNDING, membership
from framing.analysis.units import ArticleMatrix

PRIOR_ARTICLES = 2.0
"""How many articles the dispersion over all articles is worth, next to those of one side."""

_LABELS_AT_ONCE = 2_000_000
_CELLS_AT_ONCE = 3_000_000


class ShareTests(NamedTuple):
    """Tests of each group against the rest.

    ``p`` by name (groups x names), ``p_any`` of any difference between the names (groups),
    ``distance_by_chance`` the mean distance of the shuffles (groups). Missing for groups with fewer
    than two articles on a side, or without a stratum that they share with another group.
    """

    groups: tuple[str, ...]
    p: Floats
    p_any: Floats
    distance_by_chance: Floats


class ShareStatistic:
    """Absolute studentised difference between each group's shares and those of all other articles.

    Parameters
    ----------
    named, references
        References by each name (articles x names), and all references of each article, above 0.
    labels
        Group of each article, 0 to ``groups - 1``.
    strata
        Stratum of each article, 0 to the number of strata less one; all 0 without strata.
    groups
        Number of groups.

    Notes
    -----
    With the share p of a name in a stratum, an article with t references deviates by e = y - p t.
    The deviations of a group sum to observed minus expected references, U; over the weight of the
    group (the sum over strata of its references times those of the others over both) U is the
    difference of the shares, with strata the Mantel-Haenszel difference. The variance of U takes
    each side for itself: p (1 - p) t, the variance of independent references, times the side's
    dispersion, which is its sum of squared deviations over that of p (1 - p) t. It is averaged with
    the dispersion of all articles as if that were two further articles, because a side that never
    uses a name shows no spread and would look certain.

    A name and "any other name" have the same statistic: it does not matter which of the two is asked.
    """

    def __init__(
        self,
        named: NDArray[np.generic],
        references: Floats,
        labels: NDArray[np.int32],
        strata: NDArray[np.intp],
        groups: int,
    ) -> None:
        y, t = np.asarray(named, dtype=np.float64), references[:, None]
        size = np.bincount(strata)
        in_stratum = membership(strata[None, :].astype(np.int32), len(size)).T
        below = in_stratum @ references
        share = np.asarray(in_stratum @ y) / below[:, None]
        spread = share * (1 - share)
        deviation = y - share[strata] * t
        inflate = (size / np.maximum(size - 1, 1))[strata][:, None]
        self._width: int = y.shape[1]
        self._columns = np.hstack(
            [
                deviation,
                deviation**2 * inflate,
                spread[strata] * t,
                (y > 0).astype(float),
                (y < t).astype(float),
            ]
        )
        self._total = self._columns.sum(axis=0)
        self._scale = y.sum(axis=0)
        self._groups, self._references, self._strata = groups, references, strata
        # Shuffles inside strata leave the pairs of group and stratum that occur as they are.
        key = labels * np.intp(len(size)) + strata
        pairs = np.unique(key)
        self._pair = np.zeros((groups, len(size)), dtype=np.int32)
        self._pair[pairs // len(size), pairs % len(size)] = np.arange(len(pairs))
        self._pairs: int = len(pairs)
        of_group, of_stratum = pairs // len(size), pairs % len(size)
        self._below = below[of_stratum]
        self._by_group = csr_array(
            (np.ones(len(pairs)), (np.arange(len(pairs)), of_group)), (len(pairs), groups)
        )
        cell = of_group[:, None] * self._width + np.arange(self._width)
        row = np.repeat(np.arange(len(pairs)), self._width)
        self._spread = csr_array(
            (spread[of_stratum].ravel(), (row, cell.ravel())), (len(pairs), groups * self._width)
        )
        members = np.bincount(labels, minlength=groups).astype(np.float64)
        self._members = members[:, None], len(labels) - members[:, None]
        self._known = (members >= 2) & (len(labels) - members >= 2)

    @property
    def at_once(self) -> int:
        """Return how many shuffles to do at once, so that memory stays at about a hundred megabytes."""
        cells = self._groups * 5 * self._width + self._pairs
        return max(1, min(_LABELS_AT_ONCE // len(self._strata), _CELLS_AT_ONCE // cells))

    def of(self, labels: NDArray[np.int32]) -> tuple[Floats, Floats]:
        """Return the statistic and the signed difference, each by shuffle, group and name."""
        shuffles = len(labels)
        inside = np.asarray(membership(labels, self._groups).T @ self._columns)
        inside = inside.reshape(shuffles, self._groups, -1)
        cell = self._pair[labels, self._strata]
        mine = np.asarray(membership(cell, self._pairs).T @ self._references).reshape(shuffles, -1)
        fraction = mine / self._below
        here, there = mine * (1 - fraction) ** 2, mine * fraction * (1 - fraction)
        shape = shuffles, self._groups, self._width
        variance = self._dispersion(inside, self._members[0]) * (here @ self._spread).reshape(shape)
        variance += self._dispersion(self._total - inside, self._members[1]) * (there @ self._spread).reshape(
            shape
        )
        weight = ((here + there) @ self._by_group)[:, :, None]
        excess = inside[..., : self._width].copy()
        excess[np.abs(excess) <= ROUNDING * self._scale] = 0.0
        statistic = np.abs(excess) / np.sqrt(np.where(variance > 0, variance, 1.0))
        difference = excess / np.where(weight > 0, weight, np.nan)
        statistic[:, ~self._known] = np.nan
        difference[:, ~self._known] = np.nan
        return statistic, difference

    def _dispersion(self, sums: Floats, articles: Floats) -> Floats:
        _, squared, independent, with_it, without = np.split(sums, 5, axis=-1)
        everywhere = np.split(self._total, 5)
        shared = np.divide(
            everywhere[1], everywhere[2], out=np.ones_like(everywhere[1]), where=everywhere[2] > 0
        )
        seen = np.divide(squared, independent, out=np.zeros_like(squared), where=independent > 0)
        weight = np.maximum(np.minimum(np.minimum(with_it, without), articles - 1), 0.0)
        return np.asarray((weight * seen + PRIOR_ARTICLES * shared) / (weight + PRIOR_ARTICLES))


def share_tests(matrix: ArticleMatrix, *, permutations: int = 999, seed: int = 0) -> ShareTests:
    """Test whether each group chooses names like all other articles do, name by name and altogether.

    Parameters
    ----------
    matrix
        Articles that refer to one referent: ``counts`` are references by name and ``words`` all
        references (:func:`framing.analysis.naming.references.references`). With strata, labels are shuffled
        inside them.
    permutations
        Number of shuffles B. The smallest p is 1 / (B + 1).
    seed
        Seed of the shuffles: the same seed gives the same p.

    Returns
    -------
    ShareTests
        Two-sided p-values: the share of shuffles, the data themselves included, with a statistic at
        least as large. ``p_any`` holds the sum over names of the squared statistics against the same
        sum of the shuffles. The distance of two distributions over names is half the sum of the
        absolute differences of their shares, 0 to 1.

    Raises
    ------
    AnalysisError
        If there are fewer than 19 permutations, which could not give p = .05.

    Notes
    -----
    The tests are exact if the labels of the articles are exchangeable. They do not hold when articles
    of one event or one agency stand together in a group: compare inside events then, and drop copies.

    References
    ----------
    Chung, E. and Romano, J. P. (2013). Exact and asymptotically robust permutation tests. Annals of
    Statistics 41, 484-507.
    Phipson, B. and Smyth, G. K. (2010). Permutation p-values should never be zero. Statistical
    Applications in Genetics and Molecular Biology 9, 39.

    Examples
    --------
    >>> matrix = ArticleMatrix(
    ...     groups=np.repeat(["a", "b"], 8), doc_ids=np.arange(16).astype(str), words=np.full(16, 3.0),
    ...     counts=np.array([[3, 0], [2, 1]] * 4 + [[0, 3], [1, 2]] * 4, dtype=np.int32),
    ...     features=("government", "regime"), filter={})
    >>> found = share_tests(matrix)
    >>> bool((found.p < 0.01).all()), bool((found.p_any < 0.01).all())
    (True, True)
    """
    check_at_least("permutations", permutations, FEWEST)
    names = np.asarray(matrix.names, dtype=np.str_)
    unknown = np.full(len(names), np.nan)
    nothing = ShareTests(matrix.names, np.full((len(names), len(matrix.features)), np.nan), unknown, unknown)
    strata = np.zeros(len(matrix), dtype=np.intp)
    if matrix.strata is not None:
        strata = np.unique(matrix.strata, return_inverse=True)[1].astype(np.intp)
    labels = np.searchsorted(names, matrix.groups).astype(np.int32)
    kept = np.flatnonzero(in_mixed_strata(strata, labels))
    if not len(kept):
        return nothing
    kept = kept[np.lexsort([matrix.doc_ids[kept], strata[kept]])]
    labels, strata = labels[kept], np.unique(strata[kept], return_inverse=True)[1].astype(np.intp)
    statistic = ShareStatistic(matrix.counts[kept], matrix.words[kept], labels, strata, len(names))
    single, _ = (value[0] for value in statistic.of(labels[None, :]))
    together = (single**2).sum(axis=-1)
    # A shuffle that makes the same split in another order of summing must count as equal.
    reach, reach_any = (value - ROUNDING * np.maximum(value, 1.0) for value in (single, together))
    hits, hits_any, distance = np.zeros(single.shape), np.zeros(len(names)), np.zeros(len(names))
    for block in _shuffles(labels, strata, permutations, statistic.at_once, seed):
        found, difference = statistic.of(block)
        hits += (found >= reach).sum(axis=0)
        hits_any += ((found**2).sum(axis=-1) >= reach_any).sum(axis=0)
        distance += np.abs(difference).sum(axis=(0, 2)) / 2
    missing = np.isnan(together)
    p, p_any = (hits + 1) / (permutations + 1), (hits_any + 1) / (permutations + 1)
    p[missing], p_any[missing] = np.nan, np.nan
    return ShareTests(matrix.names, p, p_any, distance / permutations)


def _shuffles(
    labels: NDArray[np.int32], strata: NDArray[np.intp], permutations: int, at_once: int, seed: int
) -> Iterator[NDArray[np.int32]]:
    """Yield shuffled labels, shuffles x articles; articles are sorted by stratum, and stay in theirs."""
    rng = np.random.default_rng(seed)
    whole = not strata.any()
    for start in range(0, permutations, at_once):
        shape = min(at_once, permutations - start), len(labels)
        if whole:
            yield rng.permuted(np.tile(labels, (shape[0], 1)), axis=1)
        else:
            yield labels[np.argsort(rng.random(shape) + strata, axis=1)]
