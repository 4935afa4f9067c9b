"""One group over time: sums by period, and between which dates a change lies."""

from __future__ import annotations

from math import log, sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from framing.analysis.intervals import pooled_dispersion
from framing.analysis.trends.periods import Days, first_days, period_numbers


class Series(NamedTuple):
    """Sums of a group by period, mentions by feature too; periods without articles are left out.

    ``starts`` is the first day of each period, ``gaps`` the day after the end of the one before it:
    a change may lie in a gap. ``dispersion`` is that of each feature inside periods, at least 1.
    """

    starts: Days
    gaps: Days
    articles: NDArray[np.int64]
    words: NDArray[np.float64]
    mentions: NDArray[np.float64]
    dispersion: NDArray[np.float64]

    def can_be_cut(self, least: int) -> bool:
        """Return whether some border leaves at least this many articles on both sides."""
        reached = self.articles.cumsum()
        return bool(((reached >= least) & (reached[-1] - reached >= least)).any())


def series_of(
    counts: NDArray[np.int32], words: NDArray[np.float64], days: Days, unit: str
) -> tuple[Series, NDArray[np.intp]]:
    """Return the sums by period of articles in the order of time, and the period of each article.

    Examples
    --------
    >>> days = np.array(["2017-01-05", "2017-01-09", "2017-04-01"], dtype="datetime64[D]")
    >>> series, period = series_of(np.array([[1], [2], [0]]), np.full(3, 500.0), days, "month")
    >>> series.starts.astype(str).tolist(), series.gaps.astype(str).tolist(), period.tolist()
    (['2017-01-01', '2017-04-01'], ['2017-01-01', '2017-02-01'], [0, 0, 1])
    """
    covered, period = np.unique(period_numbers(days, unit), return_inverse=True)
    first = np.searchsorted(period, np.arange(len(covered)))
    series = Series(
        first_days(covered, unit),
        first_days(np.concatenate([covered[:1], covered[:-1] + 1]), unit),
        np.bincount(period),
        np.add.reduceat(words, first),
        np.add.reduceat(counts.astype(np.float64), first),
        pooled_dispersion(counts, words, period.astype(np.str_)),
    )
    return series, period


def likely_borders(
    series: Series, feature: int, span: tuple[int, int, int], least: int, confidence: float
) -> tuple[int, int]:
    """Return the first and last border between which the change inside a stretch lies.

    Parameters
    ----------
    series, feature
        The series, and which of its features.
    span
        Start of the stretch, the border found, end of the stretch.
    least
        Articles that each side of a border must have.
    confidence
        Confidence level, 0 to 1.

    Notes
    -----
    Borders belong to the set if twice their log likelihood, over the dispersion, falls short of that
    of the border found by no more than -2 log(1 - sqrt(confidence)): the limiting distribution of a
    small change (Yao 1987).
    """
    start, cut, end = span
    n = series.articles[start:end].cumsum()
    y, w = (np.asarray(v)[start:end].cumsum() for v in (series.mentions[:, feature], series.words))
    gain = _log_likelihood(y[:-1], w[:-1]) + _log_likelihood(y[-1] - y[:-1], w[-1] - w[:-1])
    allowed = (n[:-1] >= least) & (n[-1] - n[:-1] >= least)
    limit = -log(1 - sqrt(confidence)) * series.dispersion[feature]
    close = np.flatnonzero(allowed & (gain >= gain[cut - start - 1] - limit)) + start + 1
    return int(min(close.min(), cut)), int(max(close.max(), cut))


def _log_likelihood(y: NDArray[np.float64], w: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.where(y > 0, y * np.log(np.maximum(y, 1) / w), 0.0)
