from __future__ import annotations

from itertools import combinations, pairwise

import numpy as np
import pytest
from scipy.stats import poisson

from framing.analysis.trends.segments import changes, penalty


def best(y: np.ndarray, w: np.ndarray, n: np.ndarray, price: float, least: int) -> list[int]:
    """Try every cut, with the likelihood of scipy."""
    size = len(y)
    costs = {
        (a, b): -2 * poisson.logpmf(y[a:b], y[a:b].sum() / w[a:b].sum() * w[a:b]).sum() + price
        for a, b in combinations(range(size + 1), 2)
        if n[a:b].sum() >= least
    }
    found = []
    for k in range(size):
        for cuts in combinations(range(1, size), k):
            stretches = list(pairwise([0, *cuts, size]))
            if all(stretch in costs for stretch in stretches):
                found.append((sum(costs[stretch] for stretch in stretches), list(cuts)))
    return min(found)[1]


@pytest.mark.parametrize("least", [1, 6])
def test_no_other_cut_is_better(least: int) -> None:
    rng = np.random.default_rng(least)
    several = 0
    for _ in range(30):
        n = rng.integers(1, 6, 9)
        w = n * 400.0
        y = rng.poisson(np.repeat(rng.choice([1, 4, 12], 3), 3) * w / 1000).astype(float)
        expected = best(y, w, n, penalty(int(n.sum()), 1.2), least)
        assert changes(y, w, n, dispersion=1.2, least=least) == expected
        several += len(expected) > 1
    assert several > 3


def test_dispersion_and_articles_raise_the_price() -> None:
    assert penalty(100, 2.0) == pytest.approx(4 * np.log(100))
    y, w, n = np.array([2.0, 3, 2, 3, 6, 5, 7, 6]), np.full(8, 1000.0), np.full(8, 5)
    assert changes(y, w, n, dispersion=0.5, least=5) == [4]
    assert changes(y, w, n, dispersion=4.0, least=5) == []


def test_words_are_the_exposure() -> None:
    """Twice the words and twice the mentions are no change."""
    w = np.repeat([1000.0, 4000.0], 6)
    assert changes(5 * w / 1000, w, np.full(12, 9), dispersion=1.0, least=5) == []
    assert changes(np.full(12, 20.0), w, np.full(12, 9), dispersion=1.0, least=5) == [6]


def test_no_mention_and_few_articles_have_no_change() -> None:
    assert changes(np.zeros(6), np.full(6, 500.0), np.full(6, 9), dispersion=1.0, least=5) == []
    assert changes(np.array([0.0, 90]), np.full(2, 500.0), np.array([4, 5]), dispersion=1.0, least=5) == []
    assert changes(np.array([90.0]), np.full(1, 500.0), np.array([50]), dispersion=1.0, least=5) == []


def test_long_series_are_searched_in_steps() -> None:
    rng = np.random.default_rng(5)
    y = rng.poisson(np.where(np.arange(1100) < 700, 3, 9)).astype(float)
    (cut,) = changes(y, np.full(1100, 1000.0), np.full(1100, 2), dispersion=1.0, least=5)
    assert abs(cut - 700) <= 3
