"""Differences between two shares, with limits that take the article as the unit."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm

from framing.analysis.choices import check_share
from framing.analysis.naming.shares import Floats, Shares, clustered_effect
from framing.analysis.studentised import membership


class Difference(NamedTuple):
    """Share of one side minus that of the other, -1 to 1, with limits; missing where a side has none."""

    difference: Floats
    low: Floats
    high: Floats


def share_difference(first: Shares, second: Shares) -> Difference:
    """Return the difference of two independent shares; its limits are made from theirs.

    Square-and-add (Newcombe 1998; "MOVER"): the distance to each limit is the root of the summed
    squares of the distances from the shares to those of their limits that lie that way.

    References
    ----------
    Newcombe, R. G. (1998). Interval estimation for the difference between independent proportions:
    comparison of eleven methods. Statistics in Medicine 17, 873-890.

    Examples
    --------
    >>> of = lambda *values: Shares(*(np.array([value]) for value in values))
    >>> found = share_difference(of(0.6, 0.5, 0.7, 1.0), of(0.2, 0.1, 0.4, 1.0))
    >>> [round(float(value[0]), 3) for value in found]
    [0.4, 0.176, 0.541]
    """
    difference = first.share - second.share
    down = np.hypot(first.share - first.low, second.high - second.share)
    up = np.hypot(first.high - first.share, second.share - second.low)
    return Difference(difference, difference - down, difference + up)


def stratified_difference(
    named: NDArray[np.generic],
    references: Floats,
    inside: NDArray[np.bool_],
    strata: NDArray[np.str_],
    likeness: Floats,
    *,
    level: float = 0.95,
) -> Difference:
    """Return the Mantel-Haenszel difference of the shares of a group and of the others in the same strata.

    Parameters
    ----------
    named, references
        References by each name (articles x names), and all references of each article.
    inside
        Which articles are the group's.
    strata
        Label of each article. Strata that hold one side only tell nothing.
    likeness
        How alike the references of one article are, by name
        (:func:`framing.analysis.naming.shares.pooled_likeness`).
    level
        Confidence level, 0 to 1.

    Returns
    -------
    Difference
        By name, -1 to 1; missing if no stratum holds both sides.

    Notes
    -----
    Each stratum weighs by the product of the references of both sides over their sum. The variance
    is linearised, from the deviations of the articles from what the difference and their stratum let
    expect, each over 1 less the article's part of the references of its stratum (jackknife). It is
    drawn towards the one that ``likeness`` lets expect and widened for few articles. In simulations
    (6 to 60 strata of 2 to 10 articles, likeness 0 to .7) the 95 per cent limits cover in 94 to 97
    per cent, with two articles a stratum in up to 99.7 per cent.

    References
    ----------
    Greenland, S. and Robins, J. M. (1985). Estimation of a common effect parameter from sparse
    follow-up data. Biometrics 41, 55-68.

    Examples
    --------
    >>> found = stratified_difference(
    ...     np.array([[4], [4], [4], [0], [4], [0], [0], [0]]), np.full(8, 4.0),
    ...     np.array([True, True, True, True, False, False, False, False]),
    ...     np.array(["war", "war", "war", "sport", "war", "sport", "sport", "sport"]), np.array([0.3]))
    >>> float(found.difference[0])
    0.0
    """
    check_share("level", level)
    y = np.asarray(named, dtype=np.float64)
    place = np.unique(strata, return_inverse=True)[1].astype(np.int32)
    n = int(place.max(initial=-1)) + 1
    inner, outer = (membership(place[None, side], n).T for side in (inside, ~inside))
    t, others = inner @ references[inside], outer @ references[~inside]
    shared, total = (t > 0) & (others > 0), np.maximum(t + others, 1.0)
    mine, theirs = np.asarray(inner @ y[inside]), np.asarray(outer @ y[~inside])
    weight = float((t * others / total)[shared].sum())
    if weight == 0:
        blank = np.full(y.shape[1], np.nan)
        return Difference(blank, blank, blank)
    excess = (mine * (others / total)[:, None] - theirs * (t / total)[:, None])[shared].sum(axis=0)
    difference = excess / weight
    pooled = (mine + theirs) / total[:, None]
    used = shared[place]
    y, place, here, size = y[used], place[used], inside[used][:, None], references[used][:, None]
    fraction = (t / total)[place][:, None]
    factor = np.where(here, 1 - fraction, fraction)
    expected = (pooled[place] + difference * (here - fraction)) * size
    # An article draws its stratum towards itself, the more the larger its part of the references.
    lever = 1 / (1 - size / total[place][:, None])
    observed = ((factor * lever * (y - expected)) ** 2).sum(axis=0)
    single = factor**2 * (pooled * (1 - pooled))[place]
    scattered, repeated = (single * size).sum(axis=0), (single * size**2).sum(axis=0)
    known = scattered > 0
    per_article = np.divide(repeated, scattered, out=np.ones_like(scattered), where=known)
    dispersed = np.divide(observed, scattered, out=np.zeros_like(scattered), where=known)
    # Whichever is rarer decides how well the spread is known: either side, the name, or another name.
    sides = int(here.sum()), int((~here).sum())
    rarest = np.minimum(np.minimum((y > 0).sum(axis=0), (y < size).sum(axis=0)), min(sides))
    alike = size.sum() ** 2 / ((size**2).sum() * len(size))  # 1 if all articles have as many references
    informative = np.maximum(rarest - 1, 0) * alike
    prior = np.maximum(1 + likeness * (per_article - 1), 1.0)
    effect = clustered_effect(dispersed, informative, prior, level)
    half = norm.ppf(0.5 + level / 2) * np.sqrt(effect * scattered) / weight
    return Difference(difference, np.maximum(difference - half, -1.0), np.minimum(difference + half, 1.0))
