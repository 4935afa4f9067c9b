"""Rate ratios with limits that take the article as the unit.

How many times as often does one side use a term? Given how many mentions both sides have together,
the share of one side is a binomial with known odds if mentions are scattered at random. They are
not, so both sides enter with their *effective* mentions, as in :mod:`framing.analysis.intervals`.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv

from framing.analysis.choices import check_share
from framing.analysis.intervals import design_effect

_HALF = 0.5  # Jeffreys' prior: limits that cover at their level instead of above it


class Side(NamedTuple):
    """Sums over the articles of one side, the last four by feature; sides can be added and subtracted."""

    articles: int
    words: float
    words_squared: float
    mentions: NDArray[np.float64]
    squared: NDArray[np.float64]
    crossed: NDArray[np.float64]
    articles_with: NDArray[np.float64]

    def without(self, other: Side) -> Side:
        """Return the sums of the articles that are not in ``other``, a part of this side."""
        return Side(
            self.articles - other.articles,
            self.words - other.words,
            self.words_squared - other.words_squared,
            self.mentions - other.mentions,
            self.squared - other.squared,
            self.crossed - other.crossed,
            self.articles_with - other.articles_with,
        )

    @property
    def dispersion(self) -> NDArray[np.float64]:
        """Variance over mean of the total, linearised, by feature; 0 where nothing is known."""
        if self.articles < 2:
            return np.zeros(len(self.mentions))
        rate = self.mentions / self.words
        residual = self.squared - 2 * rate * self.crossed + rate**2 * self.words_squared
        variance = self.articles / (self.articles - 1) * np.maximum(residual, 0.0)
        return np.divide(variance, self.mentions, out=np.zeros_like(variance), where=self.mentions > 0)


def side_of(counts: NDArray[np.generic], words: NDArray[np.float64]) -> Side:
    """Return the sums of some articles: ``counts`` are articles x features.

    Examples
    --------
    >>> side = side_of(np.array([[2], [0]]), np.array([400.0, 600.0]))
    >>> side.articles, side.words, side.mentions.tolist(), side.crossed.tolist()
    (2, 1000.0, [2.0], [800.0])
    """
    y = np.asarray(counts, dtype=np.float64)
    return Side(
        len(words), float(words.sum()), float(words @ words), y.sum(axis=0), np.einsum("ij,ij->j", y, y),
        words @ y, (y > 0).sum(axis=0).astype(np.float64),
    )  # fmt: skip


class Ratio(NamedTuple):
    """Rate of one side over that of the other, with its limits; ``nan`` where neither has a mention."""

    ratio: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]


def rate_ratio(
    target: Side, reference: Side, dispersion: NDArray[np.float64], *, level: float = 0.95
) -> Ratio:
    """Return how many times as often the target uses each feature as the reference does.

    Parameters
    ----------
    target, reference
        Sums over the articles of both sides.
    dispersion
        Dispersion of each feature in similar articles, at least 1
        (:func:`framing.analysis.intervals.pooled_dispersion`); it steadies sides with few articles.
    level
        Confidence level, 0 to 1.

    Returns
    -------
    Ratio
        ``0 <= low <= ratio <= high``. A side without mentions gives a ratio of 0 or no ratio (not a
        number); the limit on the other side stays open: 0 or infinity.

    Notes
    -----
    Mentions and words of each side are divided by its design effect: its dispersion, averaged with
    ``dispersion`` as if that were two articles, times the square of t/z (Korn and Graubard 1998).
    The share of the target in the effective mentions of both has Jeffreys limits (beta quantiles),
    which the effective words turn into limits of the ratio.

    Examples
    --------
    >>> target = side_of(np.array([[4], [6], [5], [5]]), np.full(4, 1000.0))
    >>> reference = side_of(np.array([[2], [3], [2], [3]]), np.full(4, 1000.0))
    >>> found = rate_ratio(target, reference, np.array([1.0]))
    >>> [f"{float(value[0]):.2f}" for value in found]
    ['2.00', '0.96', '4.38']
    """
    check_share("level", level)
    first, second = (_design_effect(side, dispersion, level) for side in (target, reference))
    above, below = target.mentions / first, reference.mentions / second
    blank = np.full(len(above), np.nan)
    used = (target.mentions > 0) | (reference.mentions > 0)
    if not (target.words > 0 and reference.words > 0):
        return Ratio(blank, blank, blank)
    versus = reference.mentions / reference.words
    ratio = np.divide(target.mentions / target.words, versus, out=blank.copy(), where=versus > 0)
    words = (reference.words / second) / (target.words / first)
    tail = (1 - level) / 2
    low = np.where(above > 0, _odds(betaincinv(above + _HALF, below + _HALF, tail)), 0.0) * words
    high = np.where(below > 0, _odds(betaincinv(above + _HALF, below + _HALF, 1 - tail)), np.inf) * words
    # Rounding and Jeffreys' half must not push a limit beyond what was observed.
    low, high = np.fmin(low, ratio), np.fmax(high, ratio)
    return Ratio(ratio, np.where(used, low, np.nan), np.where(used, high, np.nan))


def _odds(share: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(np.divide(share, 1 - share, out=np.full_like(share, np.inf), where=share < 1))


def _design_effect(side: Side, prior: NDArray[np.float64], level: float) -> NDArray[np.float64]:
    """Return by how much the mentions of a side must be discounted, at least 1."""
    # A count that one article could have made alone tells nothing about the spread between articles.
    weight = np.minimum(max(side.articles - 1, 0), side.articles_with)
    effect = design_effect(side.dispersion, weight, prior, level)
    return np.where(side.mentions > 0, effect, np.maximum(prior, 1.0))
