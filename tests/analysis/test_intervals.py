from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from scipy import stats

from framing.analysis.intervals import pooled_dispersion, rate_interval, rate_intervals
from framing.errors import AnalysisError


def test_evenly_spread_mentions_give_exact_poisson_limits() -> None:
    # Forty articles with one mention each: no clustering, so the limits are those of 40 events.
    found = rate_interval(np.ones(40), np.full(40, 500.0), dispersion=1)
    assert found.rate == pytest.approx(2.0)
    assert found.low * 20 == pytest.approx(stats.chi2.ppf(0.025, 80) / 2)
    assert found.high * 20 == pytest.approx(stats.chi2.ppf(0.975, 82) / 2)
    assert stats.poisson.sf(39, found.low * 20) == pytest.approx(0.025)
    assert stats.poisson.cdf(40, found.high * 20) == pytest.approx(0.025)


@pytest.mark.parametrize("level", [0.5, 0.9, 0.99])
def test_level_moves_the_limits(level: float) -> None:
    found = rate_interval(np.ones(400), np.full(400, 500.0), level=level, dispersion=1)
    assert stats.poisson.cdf(400, found.high * 200) == pytest.approx((1 - level) / 2)


def test_no_mentions_have_an_honest_upper_limit() -> None:
    found = rate_interval([0, 0, 0, 0], [500, 400, 600, 500], dispersion=2)
    assert (found.rate, found.low) == (0, 0)
    assert found.high * 2 == pytest.approx(2 * stats.chi2.ppf(0.975, 2) / 2)
    assert np.isnan(found.dispersion)
    assert "no mentions" in found.note
    assert rate_interval([0, 0], [500, 500], dispersion=0.1).high == pytest.approx(
        stats.chi2.ppf(0.975, 2) / 2
    )


def test_dispersion_is_variance_over_mean_for_equal_lengths() -> None:
    rng = np.random.default_rng(5)
    counts = rng.negative_binomial(1, 0.3, 50)
    found = rate_interval(counts, np.full(50, 700.0))
    assert found.dispersion == pytest.approx(np.var(counts, ddof=1) / counts.mean())


def test_variance_agrees_with_a_jackknife() -> None:
    rng = np.random.default_rng(6)
    words = rng.integers(200, 900, 400).astype(float)
    counts = rng.negative_binomial(1, 0.2, 400)
    leave_one_out = (counts.sum() - counts) / (words.sum() - words)
    jackknife = 399 / 400 * np.sum((leave_one_out - leave_one_out.mean()) ** 2)
    found = rate_interval(counts, words)
    assert found.dispersion * counts.sum() / words.sum() ** 2 == pytest.approx(jackknife, rel=0.02)


def test_limits_bracket_the_rate_and_never_fall_below_zero() -> None:
    rng = np.random.default_rng(7)
    for articles in (1, 2, 3, 8, 60):
        words = rng.integers(50, 900, articles).astype(float)
        counts = rng.negative_binomial(0.3, 0.2, (articles, 200))
        found = rate_intervals(counts, words)
        assert np.all((found.low >= 0) & (found.low <= found.rate) & (found.rate <= found.high))
        assert np.all(np.isfinite(found.high))
        assert np.all(found.low[found.rate > 0] > 0) or articles < 3


def test_fewer_articles_give_wider_limits() -> None:
    widths = []
    for articles in (1, 2, 4, 8, 32, 128):
        found = rate_interval(np.full(articles, 4), np.full(articles, 500.0), dispersion=2)
        widths.append(found.high - found.low)
    assert widths == sorted(widths, reverse=True)
    lonely = rate_interval([4], [500], dispersion=2)
    assert "one article" in lonely.note
    assert lonely.high > rate_interval([1, 0] * 4, [62.5] * 8, dispersion=2).high


def test_clustered_mentions_give_wider_limits() -> None:
    words = np.full(20, 500.0)
    even, clustered = np.full(20, 2), np.zeros(20)
    clustered[:2] = 20
    assert rate_interval(clustered, words).high > 1.5 * rate_interval(even, words).high


def test_order_and_unit_of_words() -> None:
    rng = np.random.default_rng(8)
    words, counts = rng.integers(100, 900, 30).astype(float), rng.negative_binomial(1, 0.4, 30)
    order = rng.permutation(30)
    found, shuffled = rate_interval(counts, words), rate_interval(counts[order], words[order])
    assert found[:4] == pytest.approx(shuffled[:4])
    scaled = rate_interval(counts, words * 10)
    assert (scaled.low * 10, scaled.high * 10) == pytest.approx((found.low, found.high))


def test_many_columns_equal_one_at_a_time() -> None:
    rng = np.random.default_rng(9)
    words, counts = rng.integers(100, 900, 25).astype(float), rng.negative_binomial(0.4, 0.3, (25, 6))
    shared = np.array([1.0, 1.5, 2.0, 2.5, 3.0, 9.0])
    many = rate_intervals(counts, words, dispersion=shared)
    for i in range(6):
        one = rate_interval(counts[:, i], words, dispersion=float(shared[i]))
        assert one[:3] == pytest.approx((many.rate[i], many.low[i], many.high[i]))


def test_pooled_dispersion_ignores_differences_between_groups() -> None:
    rng = np.random.default_rng(10)
    groups = np.repeat(["low", "high"], 3000)
    counts = rng.poisson(np.repeat([1.0, 20.0], 3000))[:, None]
    pooled = pooled_dispersion(counts, np.full(6000, 500.0), groups)
    assert pooled[0] == pytest.approx(1, abs=0.06)
    assert pooled_dispersion(np.zeros((4, 1)), np.ones(4), np.array(["a", "a", "b", "c"])).tolist() == [3.0]


@pytest.mark.parametrize("articles", [10, 40, 150])
@pytest.mark.parametrize("dispersion", [1, 3, 6])
def test_coverage(
    simulated: Callable[..., tuple[np.ndarray, np.ndarray]], articles: int, dispersion: int
) -> None:
    rng = np.random.default_rng(100 * articles + dispersion)
    rate = max(60 / articles, 1.5) / 0.54  # about 60 expected mentions or more
    words, counts = simulated(rng, articles, rate=rate, dispersion=dispersion, features=1500)
    found = rate_intervals(counts, words, dispersion=np.full(1500, float(dispersion)))
    covered = np.mean((found.low <= rate) & (rate <= found.high))
    assert 0.93 <= covered <= 0.98


@pytest.mark.parametrize("dispersion", [1, 3, 6])
def test_coverage_with_few_mentions_errs_on_the_wide_side(
    simulated: Callable[..., tuple[np.ndarray, np.ndarray]], dispersion: int
) -> None:
    words, counts = simulated(
        np.random.default_rng(dispersion), 60, rate=0.1, dispersion=dispersion, features=1500
    )
    found = rate_intervals(counts, words, dispersion=np.full(1500, float(dispersion)))
    assert np.mean((found.low <= 0.1) & (found.high >= 0.1)) >= 0.95


def test_errors() -> None:
    with pytest.raises(AnalysisError, match="do not belong together"):
        rate_interval([1, 2], [500])
    with pytest.raises(AnalysisError, match="do not belong together"):
        rate_interval([], [])
    with pytest.raises(AnalysisError, match="needs mentions and words") as caught:
        rate_interval([1, 2], [500, 0])
    assert caught.value.where == "article 1"
    with pytest.raises(AnalysisError, match="needs mentions and words"):
        rate_interval([-1], [500])
    with pytest.raises(AnalysisError, match="level must be a share"):
        rate_interval([1], [500], level=95)
