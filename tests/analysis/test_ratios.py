from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from scipy import stats

from framing.analysis.intervals import pooled_dispersion
from framing.analysis.ratios import rate_ratio, side_of
from framing.errors import AnalysisError

Simulated = Callable[..., tuple[np.ndarray, np.ndarray]]


def by_hand(y1: list[int], w1: list[float], y2: list[int], w2: list[float], prior: float) -> list[float]:
    """Jeffreys limits of the share in effective mentions, one article at a time."""
    effective, exposure = [], []
    for y, w in ((y1, w1), (y2, w2)):
        rate = sum(y) / sum(w)
        spread = len(y) / (len(y) - 1) * sum((a - rate * b) ** 2 for a, b in zip(y, w, strict=True)) / sum(y)
        weight = min(len(y) - 1, sum(a > 0 for a in y))
        widen = (stats.t.ppf(0.975, weight + 2) / stats.norm.ppf(0.975)) ** 2
        effect = max(1.0, (weight * spread + 2 * prior) / (weight + 2) * widen)
        effective.append(sum(y) / effect)
        exposure.append(sum(w) / effect)
    share = stats.beta.ppf([0.025, 0.975], effective[0] + 0.5, effective[1] + 0.5)
    return [float(s / (1 - s) * exposure[1] / exposure[0]) for s in share]


def test_limits_agree_with_a_calculation_by_hand() -> None:
    y1, w1 = [4, 0, 7, 2, 3], [410.0, 350.0, 900.0, 500.0, 620.0]
    y2, w2 = [1, 0, 0, 2, 0, 1], [380.0, 700.0, 410.0, 560.0, 300.0, 450.0]
    found = rate_ratio(
        side_of(np.array(y1)[:, None], np.array(w1)),
        side_of(np.array(y2)[:, None], np.array(w2)),
        np.array([2.5]),
    )
    assert found.ratio[0] == pytest.approx((16 / 2780) / (4 / 2800))
    assert [found.low[0], found.high[0]] == pytest.approx(by_hand(y1, w1, y2, w2, 2.5))


def test_many_scattered_mentions_agree_with_the_limits_of_two_poisson_counts() -> None:
    rng = np.random.default_rng(4)
    words = np.full(400, 500.0)
    first, second = rng.poisson(3, (400, 1)), rng.poisson(2, (400, 1))
    found = rate_ratio(side_of(first, words), side_of(second, words), np.array([1.0]))
    half = 1.96 * np.sqrt(1 / first.sum() + 1 / second.sum())
    expected = np.log(first.sum() / second.sum()) + np.array([-half, half])
    assert np.log([found.low[0], found.high[0]]) == pytest.approx(expected, abs=0.02)


def test_sides_without_mentions_leave_a_limit_open() -> None:
    words = np.full(3, 400.0)
    some, none = side_of(np.array([[2], [1], [0]]), words), side_of(np.zeros((3, 1), dtype=int), words)
    prior = np.array([3.0])
    more = rate_ratio(some, none, prior)
    assert (np.isnan(more.ratio[0]), more.high[0]) == (True, np.inf)
    assert more.low[0] > 0
    less = rate_ratio(none, some, prior)
    assert (less.ratio[0], less.low[0]) == (0, 0)
    assert less.high[0] == pytest.approx(1 / more.low[0])
    assert all(np.isnan(value[0]) for value in rate_ratio(none, none, prior))
    nobody = side_of(np.zeros((0, 1), dtype=int), np.zeros(0))
    assert all(np.isnan(value[0]) for value in rate_ratio(some, nobody, prior))


def test_turning_the_sides_round_turns_the_ratio_round() -> None:
    rng = np.random.default_rng(1)
    first = side_of(rng.poisson(3, (20, 4)), rng.uniform(200, 900, 20))
    second = side_of(rng.poisson(2, (35, 4)), rng.uniform(200, 900, 35))
    there = rate_ratio(first, second, np.full(4, 1.5))
    back = rate_ratio(second, first, np.full(4, 1.5))
    assert there.ratio == pytest.approx(1 / back.ratio)
    assert there.low == pytest.approx(1 / back.high)


def test_sums_of_the_rest_are_those_of_the_other_articles() -> None:
    rng = np.random.default_rng(2)
    counts, words = rng.poisson(2, (30, 3)), rng.uniform(200, 900, 30)
    rest = side_of(counts, words).without(side_of(counts[:12], words[:12]))
    direct = side_of(counts[12:], words[12:])
    for mine, expected in zip(rest, direct, strict=True):
        assert mine == pytest.approx(expected)
    assert rest.dispersion == pytest.approx(direct.dispersion)


@pytest.mark.parametrize(("articles", "dispersion", "true"), [(15, 3.0, 1.0), (60, 3.0, 2.0), (60, 1.0, 1.0)])
def test_limits_cover_the_true_ratio(
    simulated: Simulated, articles: int, dispersion: float, true: float
) -> None:
    rng = np.random.default_rng(articles)
    covered = []
    for _ in range(6):
        words, counts = simulated(rng, articles, rate=2 * true, dispersion=dispersion, features=100)
        others, versus = simulated(rng, 80, rate=2, dispersion=dispersion, features=100)
        groups = np.repeat(["a", "b"], [articles, 80])
        prior = pooled_dispersion(np.vstack([counts, versus]), np.concatenate([words, others]), groups)
        found = rate_ratio(side_of(counts, words), side_of(versus, others), prior)
        covered.append((found.low <= true) & (true <= found.high))
    assert 0.93 < np.mean(covered) < 0.985


def test_level_must_be_a_share() -> None:
    side = side_of(np.array([[1], [1]]), np.full(2, 300.0))
    with pytest.raises(AnalysisError, match="level must be a share"):
        rate_ratio(side, side, np.ones(1), level=95)
