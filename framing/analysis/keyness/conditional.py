"""A check of rare words against the words that each side had to use them in.

Shuffling labels moves articles with all their words. If one outlet writes articles five times as long
as the other, nearly every shuffle has sides of more even size than the data, and three occurrences in
the small side look more surprising than they are. This test never moves a word: given how often a
word occurs in all, its share on one side is held against that side's share of the words.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.special import betainc

_HALF = 0.5  # Jeffreys' prior


def conditional_p(
    counts: csr_array,
    words: NDArray[np.float64],
    inside: NDArray[np.bool_],
    dispersion: NDArray[np.float64],
    *,
    strata: NDArray[np.str_] | None = None,
) -> NDArray[np.float64]:
    """Return the two-sided p of each feature, given how often it occurs on both sides together.

    Parameters
    ----------
    counts
        How often each feature stands in each article, features x articles.
    words
        Words of each article, above 0.
    inside
        Which articles belong to the one side.
    dispersion
        Dispersion of each feature within sides, at least 1: occurrences count as so many times fewer.
    strata
        Stratum of each article: a side is expected to have its share of the words of each stratum.
        Strata without articles of both sides do not count.

    Returns
    -------
    numpy.ndarray
        p by feature, 0 to 1; 1 where there is no occurrence in a shared stratum.

    Notes
    -----
    Of the effective occurrences (observed over dispersion) the side has a share whose distribution under
    equal rates is binomial; the tail beyond what was observed is that of its Jeffreys beta
    distribution. With equal rates and articles five times as long on one side it was below .05 in 1 to 5
    per cent and below .001 in 0 to 0.3 per cent of simulated words (8 to 150 occurrences, dispersions
    of 1 and 3), where the permutation test was below .001 in up to 1.7 per cent: enough for a dozen
    false discoveries among 3,000 words in every simulation, against none with both.

    Examples
    --------
    Three of four occurrences stand in the side that has a tenth of the words:

    >>> counts = csr_array([[1, 1, 1, 0, 1, 0]])
    >>> inside = np.array([True, True, True, False, False, False])
    >>> even, uneven = np.full(6, 500.0), np.array([100.0, 100, 100, 900, 900, 900])
    >>> [float(conditional_p(counts, w, inside, np.ones(1))[0].round(3)) for w in (even, uneven)]
    [0.321, 0.001]
    """
    place = (
        np.zeros(len(words), dtype=np.intp) if strata is None else np.unique(strata, return_inverse=True)[1]
    )
    below = np.bincount(place, weights=words)
    share = np.bincount(place, weights=words * inside) / below
    mixed = (share > 0) & (share < 1)
    member = csr_array((np.ones(len(place)), (np.arange(len(place)), place)), shape=(len(place), len(share)))
    y = csr_array((counts.data.astype(np.float64), counts.indices, counts.indptr), shape=counts.shape)
    by_stratum = y @ member
    total = by_stratum @ mixed.astype(np.float64)
    expected = np.divide(by_stratum @ (share * mixed), total, out=np.full(len(total), 0.5), where=total > 0)
    used = mixed[place]
    mine = y @ (used & inside).astype(np.float64)
    above, rest = mine / dispersion + _HALF, (total - mine) / dispersion + _HALF
    tail = np.minimum(betainc(above, rest, expected), betainc(rest, above, 1 - expected))
    return np.asarray(np.where(total > 0, np.minimum(2 * tail, 1.0), 1.0))
