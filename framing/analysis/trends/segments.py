"""Cut a series of counts into stretches of one rate each: the search, with ``ruptures``."""

from __future__ import annotations

from math import log

import numpy as np
from numpy.typing import NDArray

PENALTY = "twice the logarithm of the number of articles, times the dispersion"


_AT_MOST = 500  # borders to try


def penalty(articles: int, dispersion: float) -> float:
    """Return what a further change must gain in twice the log likelihood of Poisson counts.

    A change adds two numbers, its date and a rate, and each costs the logarithm of the number of
    articles (as in the Bayesian information criterion of Schwarz 1978). Over-dispersed counts gain
    by luck in proportion to their dispersion, so the price rises with it.

    Examples
    --------
    >>> round(penalty(100, 3.0), 2)
    27.63
    """
    return 2 * log(articles) * dispersion


def changes(
    mentions: NDArray[np.float64],
    words: NDArray[np.float64],
    articles: NDArray[np.int64],
    *,
    dispersion: float,
    least: int,
) -> list[int]:
    """Return the borders between stretches of one rate: ``k`` lies before period ``k``.

    Parameters
    ----------
    mentions, words, articles
        Sums of each period, in the order of time; no period is without articles.
    dispersion
        Variance over mean of the counts, at least 1.
    least
        Articles that each stretch must have.

    Returns
    -------
    list of int
        Borders in order, empty if no change is worth its penalty.

    Notes
    -----
    The stretches minimise minus twice the log likelihood of Poisson counts plus the penalty a
    change, over all cuts that respect ``least``. The recursion is that of PELT (Killick, Fearnhead
    and Eckley 2012) without its pruning, which misses the best cut where stretches need several
    articles. Its time grows with the square of the number of periods, so in series of more than 500
    borders are sought in steps of two periods, of more than 1,000 in steps of three, and so on.

    References
    ----------
    Killick, R., Fearnhead, P. and Eckley, I. A. (2012). Optimal detection of changepoints with a
    linear computational cost. Journal of the American Statistical Association 107, 1590-1598.
    Truong, C., Oudre, L. and Vayatis, N. (2020). Selective review of offline change point detection
    methods. Signal Processing 167, 107299.

    Examples
    --------
    >>> y = np.array([2.0, 3, 2, 3, 9, 8, 10, 9])
    >>> changes(y, np.full(8, 1000.0), np.full(8, 5), dispersion=1.0, least=5)
    [4]
    """
    from ruptures import Pelt
    from ruptures.base import BaseCost

    class PoissonCost(BaseCost):  # type: ignore[misc]  # the library has no types
        """Cost of a stretch; more than any cut can gain where it has too few articles."""

        model = "poisson"
        min_size = 1

        def fit(self, signal: NDArray[np.float64]) -> PoissonCost:
            self.signal = signal
            sums = np.vstack([np.zeros(3), signal.cumsum(axis=0)])
            self.mentions, self.words, self.articles = sums.T.tolist()
            return self

        def error(self, start: int, end: int) -> float:
            y, w, n = (x[end] - x[start] for x in (self.mentions, self.words, self.articles))
            return _cost(y, w) - slack + (forbidden if n < least else 0.0)

    price = penalty(int(articles.sum()), dispersion)
    single = sum(_cost(*pair) for pair in zip(mentions.tolist(), words.tolist(), strict=True))
    forbidden = 1 + _cost(float(mentions.sum()), float(words.sum())) - single + price * len(words)
    # A start that loses more than the penalty is pruned, also one whose stretch is only still too
    # short. What is taken off each stretch here is added to the penalty: the sums stay as they are,
    # and nothing can lose as much.
    slack = 3 * forbidden
    if articles.sum() < 2 * least:
        return []
    search = Pelt(custom_cost=PoissonCost(), min_size=1, jump=1 + (len(words) - 1) // _AT_MOST)
    search.fit(np.column_stack([mentions, words, articles]))
    return [int(border) for border in search.predict(pen=price + slack)[:-1]]


def _cost(mentions: float, words: float) -> float:
    """Return minus twice the log likelihood of counts at one rate, up to what all cuts share."""
    return -2 * mentions * log(mentions / words) if mentions else 0.0
