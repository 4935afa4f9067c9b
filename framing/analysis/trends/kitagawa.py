"""Split the difference of two rates into what is covered and how it is worded (Kitagawa 1955)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.stats import t

from framing.analysis.intervals import PER_WORDS, PRIOR_ARTICLES
from framing.analysis.studentised import membership


class Part(NamedTuple):
    """A number of mentions per 1,000 words with its limits, by feature."""

    value: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]


class Sums(NamedTuple):
    """Sums of one side by stratum (mentions: by feature too)."""

    articles: NDArray[np.float64]
    words: NDArray[np.float64]
    mentions: NDArray[np.float64]
    articles_with: NDArray[np.float64]

    @property
    def share(self) -> NDArray[np.float64]:
        """Return the share of each stratum in the words of the side."""
        return np.asarray(self.words / self.words.sum())

    def rate(self) -> NDArray[np.float64]:
        """Return mentions per word in each stratum; 0 where there is no word."""
        below = np.where(self.words > 0, self.words, 1.0)
        return np.asarray(self.mentions / below[:, None])


class Kitagawa(NamedTuple):
    """The difference, its two parts, and what each stratum adds to them (strata x features)."""

    difference: Part
    coverage: Part
    wording: Part
    coverage_by_stratum: NDArray[np.float64]
    wording_by_stratum: NDArray[np.float64]
    sides: tuple[Sums, Sums]


def kitagawa(
    counts: NDArray[np.generic],
    words: NDArray[np.float64],
    later: NDArray[np.bool_],
    stratum: NDArray[np.intp],
    dispersion: NDArray[np.float64],
    *,
    level: float = 0.95,
) -> Kitagawa:
    """Split the rate of one side minus that of the other.

    Parameters
    ----------
    counts, words
        Mentions (articles x features) and words of each article.
    later
        Which articles belong to the side that is looked at; the others are what it differs from.
        Both sides have articles.
    stratum
        Stratum of each article, 0 to the number of strata less one.
    dispersion
        Dispersion of each feature inside strata, at least 1.
    level
        Confidence level, 0 to 1.

    Returns
    -------
    Kitagawa
        Per 1,000 words. Coverage and wording add up to the difference, in total and by stratum.

    Notes
    -----
    With the shares p and q of a stratum in the words of both sides and its rates b and a, coverage is
    the sum of (p - q)(a + b)/2 and wording the sum of (p + q)/2 (b - a). A stratum that one side does
    not cover has one rate only, so all that it adds is coverage. What one stratum adds to coverage is
    written with its rate minus the mean of both total rates, which changes no sum: a topic that grows
    raises the rate only if the term is more frequent there than elsewhere.

    The limits come from the delta method. Articles vary in which stratum they belong to and how long
    they are (their linearised deviations, squared, with n/(n-1)), and mentions vary in given articles
    (dispersion times the expected number; in each stratum the mean of the observed number and the one
    at the rate of both sides). The quantile is that of t with the articles with a mention of the
    poorer side plus two degrees of freedom.

    References
    ----------
    Kitagawa, E. M. (1955). Components of a difference between two rates. Journal of the American
    Statistical Association 50, 1168-1194.

    Examples
    --------
    War takes more of the words, the rates inside war and sport stay as they were:

    >>> found = kitagawa(
    ...     np.array([[4], [1], [1], [4], [4], [1]]), np.full(6, 1000.0),
    ...     np.array([False, False, False, True, True, True]), np.array([0, 1, 1, 0, 0, 1]), np.array([1.0]))
    >>> [round(float(part.value[0]), 6) for part in found[:3]]
    [1.0, 1.0, 0.0]
    """
    y = np.asarray(counts, dtype=np.float64)
    strata = int(stratum.max(initial=-1)) + 1
    first, second = (_sums(y[side], words[side], stratum[side], strata) for side in (~later, later))
    q, p, a, b = first.share[:, None], second.share[:, None], first.rate(), second.rate()
    seen_first, seen_second = (side.words[:, None] > 0 for side in (first, second))
    # A side without a stratum has no rate there: the other side's stands in, and the rates cancel.
    a, b = np.where(seen_first, a, b), np.where(seen_second, b, a)
    middle, half = (a + b) / 2, (b - a) / 2
    centre = ((p * b).sum(axis=0) + (q * a).sum(axis=0)) / 2
    coverage, wording = (p - q) * (middle - centre) * PER_WORDS, (p + q) * half * PER_WORDS
    both = seen_first & seen_second
    tilt = np.where(both, (p - q) / 2, 0.0)
    mean = np.where(both, (p + q) / 2, 0.0)
    spread = {name: np.zeros(y.shape[1]) for name in ("coverage", "wording", "difference")}
    for side, own, sums, sign in ((~later, q, first, -1.0), (later, p, second, 1.0)):
        alone = np.where(both, 0.0, own)  # a stratum of one side moves coverage with its whole share
        noise = (
            dispersion
            * _expected(sums, first, second)
            / np.where(sums.words > 0, sums.words, 1.0)[:, None] ** 2
        )
        place, w, n = stratum[side], words[side], int(side.sum())
        lever = n / max(n - 1, 1) * (w / w.sum()) ** 2
        for name, slope, coefficient in (
            ("coverage", sign * middle, tilt + sign * alone),
            ("wording", half, sign * mean),
            ("difference", sign * middle + half, tilt + sign * mean + sign * alone),
        ):
            centred = slope - (own * slope).sum(axis=0)
            mix = np.bincount(place, weights=lever, minlength=strata) @ centred**2
            spread[name] = spread[name] + mix + (coefficient**2 * noise).sum(axis=0)
    known = np.minimum(first.articles_with.sum(axis=0), second.articles_with.sum(axis=0))
    quantile = t.ppf(0.5 + level / 2, known + PRIOR_ARTICLES)
    totals = {"coverage": coverage.sum(axis=0), "wording": wording.sum(axis=0)}
    totals["difference"] = totals["coverage"] + totals["wording"]
    parts = {}
    for name, value in totals.items():
        reach = quantile * np.sqrt(spread[name]) * PER_WORDS
        parts[name] = Part(value, value - reach, value + reach)
    return Kitagawa(
        parts["difference"], parts["coverage"], parts["wording"], coverage, wording, (first, second),
    )  # fmt: skip


def _sums(y: NDArray[np.float64], words: NDArray[np.float64], stratum: NDArray[np.intp], strata: int) -> Sums:
    member = membership(stratum[None, :].astype(np.int32), strata).T
    return Sums(
        np.asarray(member @ np.ones(len(words))), np.asarray(member @ words), np.asarray(member @ y),
        np.asarray(member @ (y > 0).astype(np.float64)),
    )  # fmt: skip


def _expected(side: Sums, first: Sums, second: Sums) -> NDArray[np.float64]:
    """Return how many mentions each stratum of a side has by its own rate and that of both, averaged."""
    words = first.words + second.words
    rate = (first.mentions + second.mentions) / np.where(words > 0, words, 1.0)[:, None]
    return np.asarray((side.mentions + rate * side.words[:, None]) / 2)
