from __future__ import annotations

from itertools import combinations
from math import comb, log

import numpy as np
import pytest
from scipy import stats

from framing.analysis.events.paired import Pairs, Sums, covered, event_sums, log_arrangements, paired_effect
from framing.errors import AnalysisError


def drawn(
    rng: np.random.Generator, events: int, *, ratio: float = 1.0, rate: float = 3.0, features: int = 1
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Draw one to three articles a side and event: event, side, words, counts (dispersion 3)."""
    size = rng.integers(1, 4, (2, events))
    event = np.concatenate([np.repeat(np.arange(events), n) for n in size])
    inside = np.repeat([True, False], size.sum(axis=1))
    words = np.round(np.exp(rng.normal(6, 0.5, len(event)))) + 50
    level = rng.gamma(1.5, rate / 1.5, (events, features))[event] * np.where(inside, ratio, 1)[:, None]
    counts = rng.poisson(rng.gamma(level * words[:, None] / 1000 / 2, 2))
    return event, inside, words, counts


def pairs_of(event: np.ndarray, inside: np.ndarray, words: np.ndarray, counts: np.ndarray) -> Pairs:
    n = int(event.max()) + 1
    sides = (event_sums(counts[m], words[m], event[m], n) for m in (inside, ~inside))
    return covered(np.arange(n), *sides)


def mean_difference(event: np.ndarray, inside: np.ndarray, words: np.ndarray, y: np.ndarray) -> float:
    """Event by event, from articles: the weighted mean of the differences of the rates."""
    total = weights = 0.0
    for name in sorted(set(event.tolist())):
        mine, theirs = inside & (event == name), ~inside & (event == name)
        if mine.any() and theirs.any():
            w, versus = words[mine].sum(), words[theirs].sum()
            weight = w * versus / (w + versus)
            total += weight * 1000 * (y[mine].sum() / w - y[theirs].sum() / versus)
            weights += weight
    return total / weights


def test_effect_agrees_with_articles_event_by_event() -> None:
    rng = np.random.default_rng(1)
    event, inside, words, counts = drawn(rng, 15, features=3)
    one_sided = (event % 5 == 0) & inside
    event, inside, words, counts = (part[~one_sided] for part in (event, inside, words, counts))
    found = paired_effect(pairs_of(event, inside, words, counts), level=0.9)
    shared = [e for e in range(15) if e % 5]
    for i in range(3):
        y = counts[:, i]
        expected = mean_difference(event, inside, words, y)
        assert found.difference[i] == pytest.approx(expected)
        assert found.rate[i] - found.rate_versus[i] == pytest.approx(expected)
        without = [mean_difference(*(p[event != e] for p in (event, inside, words, y))) for e in shared]
        error = np.sqrt((len(shared) - 1) * np.var(without))
        used = sum(y[event == e].any() for e in shared)
        assert found.n_with[i] == used
        assert found.high[i] - expected == pytest.approx(stats.t.ppf(0.95, used - 1) * error)
        assert expected - found.low[i] == pytest.approx(stats.t.ppf(0.95, used - 1) * error)


def test_equal_weights_are_the_paired_t_test() -> None:
    """With one article of 400 words everywhere the mean difference is that of pairs."""
    rng = np.random.default_rng(2)
    y, other = rng.poisson(5, (12, 1)), rng.poisson(4, (12, 1))
    ones, words = np.ones(12), np.full(12, 400.0)
    found = paired_effect(Pairs(np.arange(12), Sums(ones, words, y), Sums(ones, words, other)))
    expected = stats.ttest_rel(y[:, 0] * 2.5, other[:, 0] * 2.5).confidence_interval(0.95)
    assert (found.low[0], found.high[0]) == pytest.approx((expected.low, expected.high))


def test_ratio_of_the_mean_rates_is_that_of_mantel_and_haenszel() -> None:
    event, inside, words, counts = drawn(np.random.default_rng(3), 20, ratio=2)
    found = paired_effect(pairs_of(event, inside, words, counts))
    above = below = 0.0
    for e in range(20):
        mine, theirs = inside & (event == e), ~inside & (event == e)
        total = words[event == e].sum()
        above += counts[mine].sum() * words[theirs].sum() / total
        below += counts[theirs].sum() * words[mine].sum() / total
    assert found.rate[0] / found.rate_versus[0] == pytest.approx(above / below)


def test_equal_rates_are_neither_higher_nor_lower() -> None:
    words, versus = np.array([300.0, 300, 700]), np.array([900.0, 500, 100])
    group = Sums(np.ones(3), words, np.array([[1], [1], [0]]))
    other = Sums(np.ones(3), versus, np.array([[3], [1], [0]]))
    found = paired_effect(Pairs(np.arange(3), group, other))
    assert (found.n_higher[0], found.n_lower[0], found.n_with[0]) == (1, 0, 2)


def test_sides_change_the_sign_only() -> None:
    pairs = pairs_of(*drawn(np.random.default_rng(4), 10, features=4))
    found = paired_effect(pairs)
    back = paired_effect(Pairs(pairs.events, pairs.versus, pairs.group))
    assert back.difference == pytest.approx(-found.difference)
    assert back.low == pytest.approx(-found.high)
    assert np.array_equal(back.n_higher, found.n_lower)


def test_thin_data_have_no_limits() -> None:
    def effect(events: int, y: list[int], other: list[int]) -> tuple[float, float]:
        ones, words = np.ones(events), np.full(events, 500.0)
        sides = (Sums(ones, words, np.array(v, dtype=float).reshape(events, 1)) for v in (y, other))
        found = paired_effect(Pairs(np.arange(events), *sides))
        return float(found.difference[0]), float(found.low[0])

    assert np.isnan(effect(0, [], [])).all()
    difference, low = effect(1, [2], [1])
    assert difference == 2
    assert np.isnan(low)
    difference, low = effect(3, [0, 0, 0], [0, 0, 0])
    assert difference == 0
    assert np.isnan(low)
    difference, low = effect(20, [5] + [0] * 19, [0] * 20)
    assert low < 0 < difference


@pytest.mark.parametrize(("ratio", "least", "most"), [(1.0, 0.94, 0.985), (2.5, 0.9, 0.975)])
def test_limits_cover(ratio: float, least: float, most: float) -> None:
    rng = np.random.default_rng(5)
    covers = []
    for _ in range(12):
        found = paired_effect(pairs_of(*drawn(rng, 40, ratio=ratio, rate=2, features=100)))
        covers.append((found.low <= (ratio - 1) * 2) & ((ratio - 1) * 2 <= found.high))
    assert least < np.mean(covers) < most


def test_arrangements_of_articles() -> None:
    group = Sums(np.array([1.0, 2.0]), np.ones(2), np.ones((2, 1)))
    versus = Sums(np.array([3.0, 2.0]), np.ones(2), np.ones((2, 1)))
    expected = len(list(combinations(range(4), 1))) * comb(4, 2)
    assert log_arrangements(Pairs(np.arange(2), group, versus)) == pytest.approx(log(expected))


def test_level_is_a_share() -> None:
    with pytest.raises(AnalysisError, match="must be a share"):
        paired_effect(pairs_of(*drawn(np.random.default_rng(6), 3)), level=95)
