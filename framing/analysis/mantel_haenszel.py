"""Rate ratio of a group inside strata: like with like, then one number."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm

from framing.analysis.choices import check_share
from framing.analysis.intervals import design_effect
from framing.analysis.ratios import Ratio
from framing.analysis.studentised import membership


def stratified_ratio(
    counts: NDArray[np.generic],
    words: NDArray[np.float64],
    inside: NDArray[np.bool_],
    strata: NDArray[np.str_],
    dispersion: NDArray[np.float64],
    *,
    level: float = 0.95,
) -> Ratio:
    """Return the Mantel-Haenszel ratio of the rates of a group and of the others in the same strata.

    Parameters
    ----------
    counts, words
        Mentions (articles x features) and words of each article.
    inside
        Which articles belong to the group; the others are what it is compared with.
    strata
        Stratum of each article. Strata without articles of both sides do not count.
    dispersion
        Dispersion of each feature in similar articles, at least 1; it steadies few articles.
    level
        Confidence level, 0 to 1.

    Returns
    -------
    Ratio
        By feature: above 1 if the group uses the feature more often than others do in the same
        strata. Not a number where a side has no mention in a shared stratum.

    Notes
    -----
    With y mentions in w words of the group and Y in W of the others in a stratum of T = w + W words,
    the ratio is the sum of y W / T over the sum of Y w / T. The variance of its logarithm is
    linearised, from the deviations of the articles from what the ratio and their stratum let expect.
    It is drawn towards the supplied dispersion and widened for few articles with mentions as in
    :mod:`framing.analysis.intervals`.

    References
    ----------
    Greenland, S. and Robins, J. M. (1985). Estimation of a common effect parameter from sparse
    follow-up data. Biometrics 41, 55-68.

    Examples
    --------
    Topic decides how often a term stands in an article, the group does not:

    >>> found = stratified_ratio(
    ...     np.array([[8], [8], [8], [1], [8], [1], [1], [1]]), np.full(8, 500.0),
    ...     np.array([True, True, True, True, False, False, False, False]),
    ...     np.array(["war", "war", "war", "sport", "war", "sport", "sport", "sport"]), np.array([1.0]))
    >>> round(float(found.ratio[0]), 6)
    1.0
    """
    check_share("level", level)
    y = np.asarray(counts, dtype=np.float64)
    place = np.unique(strata, return_inverse=True)[1].astype(np.int32)
    n = int(place.max(initial=-1)) + 1
    inner = membership(place[None, inside], n).T
    outer = membership(place[None, ~inside], n).T
    w, others = inner @ words[inside], outer @ words[~inside]
    shared = (w > 0) & (others > 0)
    total = np.maximum(w + others, 1e-300)
    here, there = np.where(shared, others / total, 0.0), np.where(shared, w / total, 0.0)
    mine, theirs = np.asarray(inner @ y[inside]), np.asarray(outer @ y[~inside])
    above, below = here @ mine, there @ theirs
    known = (above > 0) & (below > 0)
    ratio = np.divide(above, below, out=np.full(len(above), np.nan), where=below > 0)
    theta = np.where(known, ratio, 1.0)
    base = (mine + theirs) / np.maximum(w[:, None] * theta + others[:, None], 1e-300)
    size = np.bincount(place, minlength=n)
    lever = (size / np.maximum(size - 1, 1))[place]
    expected = base[place] * words[:, None] * np.where(inside[:, None], theta, 1.0)
    factor = np.where(inside[:, None], here[place][:, None], theta * there[place][:, None])
    observed = np.einsum("ij,i->j", (factor * (y - expected)) ** 2, lever)
    scattered = np.einsum("ij,ij->j", factor**2, expected)
    used = shared[place]
    # The side with fewer articles that have a mention decides how well the spread is known.
    sides = [(y[used & side] > 0).sum(axis=0) for side in (inside, ~inside)]
    weight = np.maximum(np.minimum(*sides) - 1, 0).astype(np.float64)
    dispersed = np.divide(observed, scattered, out=np.zeros_like(observed), where=scattered > 0)
    effect = design_effect(dispersed, weight, np.maximum(dispersion, 1.0), level)
    half = norm.ppf(0.5 + level / 2) * np.sqrt(effect * scattered) / np.where(known, above, 1.0)
    blank = np.full(len(above), np.nan)
    with np.errstate(over="ignore"):
        low, high = ratio * np.exp(-half), ratio * np.exp(half)
    return Ratio(ratio, np.where(known, low, blank), np.where(known, high, blank))
