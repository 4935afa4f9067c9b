"""Welch's t test between the articles of two sides: what many features cost next to nothing with."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.stats import t as student


def welch_p(counts: csr_array, words: NDArray[np.float64], inside: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return the two-sided p of each feature for the mean of its rates in the articles of two sides.

    Parameters
    ----------
    counts
        How often each feature stands in each article, features x articles.
    words
        Words of each article, above 0.
    inside
        Which articles belong to the one side.

    Returns
    -------
    numpy.ndarray
        p by feature, 0 to 1. NaN if a side has fewer than two articles, or no article of either side
        differs from the others of its side.

    Notes
    -----
    Every article counts alike, however long it is, so that this tests the mean of the articles' rates
    and not the rate over all words. With rare words the rates are far from normal: a side without any
    has no spread, however few its articles are, and the p is that of the other side alone. Of 100 random
    articles against 1,400 others it called 27 per cent of the words different (p below .05). So it
    is not to be used alone: :func:`framing.analysis.keyness.conditional.conditional_p` catches such words.

    References
    ----------
    Welch, B. L. (1947). The generalization of "Student's" problem when several different population
    variances are involved. Biometrika 34, 28-35.

    Examples
    --------
    >>> counts = csr_array(np.array([[4, 6, 5, 7, 3, 5, 1, 0, 2, 0, 1, 1]]))
    >>> welch_p(counts, np.full(12, 400.0), np.arange(12) < 6).round(5).tolist()
    [0.00026]
    """
    feature = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
    rate = counts.data / words[counts.indices]
    means, variances, sizes = [], [], []
    for side in (inside, ~inside):
        here = side[counts.indices]
        size = int(side.sum())
        if size < 2:
            return np.full(counts.shape[0], np.nan)
        total = np.bincount(feature[here], weights=rate[here], minlength=counts.shape[0])
        mean = total / size
        # Squares of the deviations, those of the articles without the feature included.
        away = np.bincount(
            feature[here], weights=(rate[here] - mean[feature[here]]) ** 2, minlength=len(mean)
        )
        without = size - np.bincount(feature[here], minlength=len(mean))
        means.append(mean)
        variances.append((away + without * mean**2) / (size - 1) / size)
        sizes.append(size)
    spread = variances[0] + variances[1]
    with np.errstate(divide="ignore", invalid="ignore"):
        statistic = np.abs(means[0] - means[1]) / np.sqrt(spread)
        freedom = spread**2 / sum(v**2 / (n - 1) for v, n in zip(variances, sizes, strict=True))
        p = 2 * student.sf(statistic, freedom)
    return np.asarray(np.where(spread > 0, p, np.nan))
