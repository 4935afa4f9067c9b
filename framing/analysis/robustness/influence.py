"""How much one article moves a ratio of rates."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def ratios_without_each_article(
    counts: NDArray[np.float64],
    words: NDArray[np.float64],
    inside: NDArray[np.bool_],
    strata: NDArray[np.str_] | None = None,
) -> NDArray[np.float64]:
    """Return the ratio of rates (Mantel-Haenszel inside strata) with each article left out in turn.

    Parameters
    ----------
    counts, words
        Mentions of one feature and words, by article.
    inside
        Which articles belong to the group; the others are what it is compared with.
    strata
        Stratum of each article; without strata the plain ratio of the two rates.

    Returns
    -------
    numpy.ndarray
        By article: the ratio of all the others, 0 or more; infinite or not a number where the other
        side, or both, are left without a mention.

    Examples
    --------
    >>> ratios_without_each_article(
    ...     np.array([4.0, 1, 1, 1]), np.full(4, 500.0), np.array([True, True, False, False])).tolist()
    [1.0, 4.0, 2.5, 2.5]
    """
    place = np.zeros(len(counts), dtype=np.intp)
    if strata is not None:
        place = np.unique(strata, return_inverse=True)[1]
    n = int(place.max(initial=-1)) + 1

    def sums(values: NDArray[np.float64], side: NDArray[np.bool_]) -> NDArray[np.float64]:
        return np.bincount(place[side], weights=values[side], minlength=n).astype(np.float64)

    y, w, others, versus = (
        sums(counts, inside),
        sums(words, inside),
        sums(counts, ~inside),
        sums(words, ~inside),
    )
    above, below = _parts(y, w, others, versus)
    mine, theirs = np.where(inside, counts, 0.0), np.where(inside, 0.0, counts)
    own, rest = np.where(inside, words, 0.0), np.where(inside, 0.0, words)
    new_above, new_below = _parts(
        y[place] - mine, w[place] - own, others[place] - theirs, versus[place] - rest
    )
    numerator = above.sum() - above[place] + new_above
    denominator = below.sum() - below[place] + new_below
    # What is left of a sum after taking everything out again is rounding, not a mention.
    tiny = 1e-12 * max(above.sum(), below.sum(), 1e-300)
    numerator, denominator = (np.where(x > tiny, x, 0.0) for x in (numerator, denominator))
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(numerator / denominator)


def _parts(
    y: NDArray[np.float64], w: NDArray[np.float64], others: NDArray[np.float64], versus: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return what each stratum adds above and below the line of the ratio."""
    total = w + versus
    share = np.divide(1.0, total, out=np.zeros_like(total), where=total > 1e-9)
    return y * versus * share, others * w * share
