"""Studentised permutation of articles for many features, with more shuffles where they decide something.

With twenty thousand words the smallest p that 999 shuffles can give, .001, is far too large to survive
a correction for twenty thousand tests. Doing a million shuffles for every word would take hours and be
wasted on nearly all of them: a word that fifty of 999 shuffles beat will not become a discovery. So the
words that hardly any shuffle has beaten go on, the others are done (Besag and Clifford 1991).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from framing.analysis.choices import check_at_least
from framing.analysis.correction import benjamini_hochberg
from framing.analysis.keyness.sparse_statistics import Floats, SparseRates, SparseStrata
from framing.analysis.permutation import FEWEST
from framing.analysis.studentised import ROUNDING

SETTLED = 10
"""A feature is settled when so many shuffles have beaten it; its p then has a relative error of a third."""

MOST_LABELS = 300_000_000
"""Labels (articles x shuffles) that are drawn at most: about ten seconds."""

LEVEL = 0.05
"""A discovery has a q below this; nothing is refined that already is one."""

_TIMES = 10
_AT_ONCE = 8, 32  # shuffles at least and at most ...
_LABELS_AT_ONCE = 500_000  # ... whose labels stay in the processor cache: twice as slow beyond it, measured
_DRAWN_AT_ONCE = 8_000_000


class SparseTest(NamedTuple):
    """p of each feature, and how many shuffles it rests on."""

    p: NDArray[np.float64]
    shuffles: NDArray[np.int64]


def sparse_permutation_p(
    counts: csr_array,
    words: Floats,
    inside: NDArray[np.bool_],
    *,
    strata: NDArray[np.str_] | None = None,
    family: NDArray[np.bool_] | None = None,
    at_least: Floats | None = None,
    permutations: int = 999,
    seed: int = 0,
) -> SparseTest:
    """Return the two-sided p of each feature, articles ``inside`` against the others.

    Parameters
    ----------
    counts
        How often each feature stands in each article, features x articles.
    words
        Words of each article, above 0.
    inside
        Which articles belong to the one side.
    strata
        Stratum of each article: labels are shuffled inside of strata. Strata without articles of both
        sides do not count.
    family
        Features that are corrected for together; only these get more shuffles. All by default.
    at_least
        p of each feature from another test, which its p is not to fall below.
    permutations
        Shuffles that every feature gets.
    seed
        Seed of the shuffles.

    Returns
    -------
    SparseTest
        p above 0 and up to 1; NaN if a side has fewer than two articles (or none that shares a stratum
        with the other). ``shuffles`` is 0 there.

    Raises
    ------
    AnalysisError
        If there are fewer than 19 permutations, which could not give p = .05.

    Notes
    -----
    The statistic and, without strata, the first shuffles are those of
    :func:`framing.analysis.permutation.permutation_p`. Then features of the family that are no discovery
    (q below .05), but that fewer than ten shuffles have beaten, get ten times as many, and again, until
    they are one, until ten shuffles have beaten them, or until 20 shuffles a feature of the family (or
    300 million labels) are drawn. A feature that goes on has its p from all its shuffles. Whichever
    round it stops in, its rank among the data and the shuffles is uniform if labels are exchangeable.

    References
    ----------
    Besag, J. and Clifford, P. (1991). Sequential Monte Carlo p-values. Biometrika 78, 301-304.
    Phipson, B. and Smyth, G. K. (2010). Permutation p-values should never be zero. Statistical
    Applications in Genetics and Molecular Biology 9, 39.

    Examples
    --------
    >>> counts = csr_array(np.array([
    ...     [4, 6, 5, 7, 3, 5, 1, 0, 2, 0, 1, 1], [1, 0, 1, 0, 0, 0, 1, 0, 0, 1, 0, 1]]))
    >>> found = sparse_permutation_p(counts, np.full(12, 400.0), np.arange(12) < 6)
    >>> bool(found.p[0] < 0.01), bool(found.p[1] > 0.3), found.shuffles.tolist()
    (True, True, [999, 999])
    """
    check_at_least("permutations", permutations, FEWEST)
    features = counts.shape[0]
    chosen = np.ones(features, dtype=bool) if family is None else family
    kept, bounds, place = _exchangeable(inside, strata)
    floor = np.zeros(features) if at_least is None else at_least
    side = inside[kept]
    size = int(side.sum())
    nothing = SparseTest(np.full(features, np.nan), np.zeros(features, dtype=np.int64))
    if features == 0 or min(size, len(side) - size) < (2 if strata is None else 1):
        return nothing
    table, below = csr_array(counts[:, kept]), words[kept]

    def statistic(rows: NDArray[np.intp]) -> _Statistic:
        part = csr_array(table[rows])
        return SparseRates(part, below, size) if strata is None else SparseStrata(part, below, place, side)

    everything = statistic(np.arange(features))
    observed = everything.of(side[:, None].astype(np.float64))[:, 0]
    # A shuffle that makes the same split in another order of summing must count as equal.
    reach = observed - ROUNDING * np.maximum(observed, 1.0)
    hits, shuffles = np.zeros(features, dtype=np.int64), np.zeros(features, dtype=np.int64)
    draws = _Draws(side, bounds, seed)
    most = max(permutations, min(20 * int(chosen.sum()), MOST_LABELS // len(side)))
    open_, tried, target = np.arange(features), 0, permutations
    while len(open_):
        part = everything if len(open_) == features else statistic(open_)
        for block in draws.up_to(target - tried):
            values = part.of(np.ascontiguousarray(block.T, dtype=np.float64))
            hits[open_] += (values >= reach[open_][:, None]).sum(axis=1)
        tried = target
        shuffles[open_] = tried
        p = np.maximum((hits + 1) / (shuffles + 1), floor)
        q = benjamini_hochberg(np.where(chosen, p, np.nan))
        unsettled = (hits < SETTLED) & (q >= LEVEL) & (p > floor) & (shuffles == tried)
        open_ = np.flatnonzero(chosen & unsettled)
        if tried >= most:
            break
        target = min(_TIMES * (tried + 1) - 1, most)
    return SparseTest(np.maximum((hits + 1) / (shuffles + 1), floor), shuffles)


class _Statistic(Protocol):
    """Statistic of each feature (rows) for each shuffle (columns of ``inside``)."""

    def of(self, inside: Floats) -> Floats: ...


def _exchangeable(
    inside: NDArray[np.bool_], strata: NDArray[np.str_] | None
) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]:
    """Return the articles that can be compared, where each stratum begins among them, and its number."""
    if strata is None:
        every = np.arange(len(inside))
        return every, np.array([0, len(inside)]), np.zeros(len(inside), dtype=np.intp)
    place = np.unique(strata, return_inverse=True)[1]
    share = np.bincount(place, weights=inside) / np.bincount(place)
    mixed = (share > 0) & (share < 1)
    kept = np.flatnonzero(mixed[place])
    kept = kept[np.argsort(place[kept], kind="stable")]
    number = np.unique(place[kept], return_inverse=True)[1]
    return kept, np.flatnonzero(np.diff(number, prepend=-1, append=-2)), number


class _Draws:
    """Shuffled labels, one stream of them; shuffles inside of the stretches between ``bounds``."""

    def __init__(self, side: NDArray[np.bool_], bounds: NDArray[np.intp], seed: int) -> None:
        self._rng = np.random.default_rng(seed)
        self._labels = side.astype(np.int8)
        self._stretches = [slice(*ends) for ends in pairwise(bounds.tolist())]
        self._at_once = int(np.clip(_LABELS_AT_ONCE // len(side), *_AT_ONCE))

    def up_to(self, shuffles: int) -> Iterator[NDArray[np.int8]]:
        """Yield the next shuffles in small blocks, shuffles x articles."""
        rows = max(1, _DRAWN_AT_ONCE // len(self._labels))
        for start in range(0, shuffles, rows):
            drawn = np.tile(self._labels, (min(rows, shuffles - start), 1))
            for articles in self._stretches:
                drawn[:, articles] = self._rng.permuted(drawn[:, articles], axis=1)
            for at in range(0, len(drawn), self._at_once):
                yield drawn[at : at + self._at_once]
