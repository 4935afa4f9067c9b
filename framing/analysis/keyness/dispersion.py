"""Dispersion: whether a word stands all over an outlet's articles, or in a few of them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array

from framing.errors import AnalysisError


class Deviation(NamedTuple):
    """DP and normalised DP of each feature, 0 (even) to 1 (in one place); NaN if it does not occur."""

    dp: NDArray[np.float64]
    normalised: NDArray[np.float64]


def deviation_of_proportions(counts: csr_array | ArrayLike, words: ArrayLike) -> Deviation:
    """Return how unevenly each feature is spread over articles, as Gries's DP.

    Parameters
    ----------
    counts
        How often each feature stands in each article, features x articles.
    words
        Words of each article, above 0.

    Returns
    -------
    Deviation
        ``dp``: half the sum over articles of the absolute difference between the share of the
        feature's occurrences and the share of the words that stand there. 0: spread as the words are;
        the more, the clumpier. It cannot quite reach 1; ``normalised`` can. NaN for a feature that
        does not occur, and ``normalised`` for a single article.

    Raises
    ------
    AnalysisError
        If there is not one number of words above 0 for each article.

    Notes
    -----
    A word with fewer occurrences than there are articles cannot be even, so rare words have a DP near
    1 whatever their writer does, and more articles push DP up. Compare DP between words of similar
    frequency, or between sides of similar size.

    References
    ----------
    Gries, S. Th. (2008). Dispersions and adjusted frequencies in corpora. International Journal of
    Corpus Linguistics 13, 403-437.
    Lijffijt, J. and Gries, S. Th. (2012). Correction to "Dispersions and adjusted frequencies in
    corpora". International Journal of Corpus Linguistics 17, 147-149 (normalisation).

    Examples
    --------
    The word "a" in the five parts of Gries's example:

    >>> found = deviation_of_proportions([[1, 2, 3, 4, 5]], [9, 10, 10, 10, 11])
    >>> found.dp.round(2).tolist(), found.normalised.round(2).tolist()
    ([0.18], [0.22])
    """
    table = csr_array(counts)
    below = np.asarray(words, dtype=np.float64)
    if below.shape != table.shape[1:] or not (below > 0).all():
        raise AnalysisError(
            "every article needs its number of words", where="deviation_of_proportions",
            got=f"{table.shape[1]} articles, {below.shape} numbers of words",
            allowed="one number above 0 an article", fix="leave out articles without words",
        )  # fmt: skip
    share = below / below.sum()
    feature = np.repeat(np.arange(table.shape[0]), np.diff(table.indptr))
    total = np.bincount(feature, weights=table.data, minlength=table.shape[0])
    expected = share[table.indices]
    # Articles without the feature add their whole share of the words: all that is not visited.
    difference = np.abs(table.data / total[feature] - expected) - expected
    dp = (np.bincount(feature, weights=difference, minlength=len(total)) + 1) / 2
    dp = np.where(total > 0, np.maximum(dp, 0.0), np.nan)
    least = 1 - share.min(initial=1.0)
    return Deviation(dp, np.minimum(dp / least, 1.0) if least > 0 else np.full(len(dp), np.nan))
