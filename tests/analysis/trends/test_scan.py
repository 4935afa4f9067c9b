from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from framing.analysis.trends.scan import scan, windows_of

Simulated = Callable[..., tuple[np.ndarray, np.ndarray]]


def series(
    simulated: Simulated, *, seed: int, features: int = 2
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    words, counts = simulated(rng, 60, rate=4, dispersion=2, features=features)
    return counts, words, np.repeat(np.arange(12), [3, 7, 4, 6, 5, 5, 2, 8, 5, 5, 6, 4])


def dispersion(y: np.ndarray, w: np.ndarray) -> float:
    residual = y - w * y.sum() / w.sum()
    return len(y) / (len(y) - 1) * (residual**2).sum() / y.sum() if y.any() else 0.0


def test_windows_hold_enough_articles_and_reach_the_whole_series() -> None:
    articles = np.array([3, 7, 4, 6, 5, 5, 2, 8, 5, 5, 6, 4])
    reached = np.concatenate([[0], articles.cumsum()])
    found = windows_of(articles, 5)
    assert (reached[found.cut] - reached[found.left] >= 5).all()
    assert (reached[found.right] - reached[found.cut] >= 5).all()
    # Three articles before the first border and four after the last are too few.
    whole = {int(c) for a, c, b in zip(found.left, found.cut, found.right, strict=True) if (a, b) == (0, 12)}
    assert whole == set(range(2, 11))
    assert len(set(zip(*(x.tolist() for x in found), strict=True))) == len(found.cut)
    for cut in range(2, 11):
        # The smallest window has just enough articles: one period less on either side is too little.
        at = found.cut == cut
        left, right = found.left[at].max(), found.right[at].min()
        assert reached[cut] - reached[left + 1] < 5
        assert reached[right - 1] - reached[cut] < 5


@pytest.mark.parametrize("articles", [[9], [4, 9], [9, 4], [2, 2, 2]])
def test_series_that_are_too_short_have_no_window(articles: list[int]) -> None:
    assert not len(windows_of(np.array(articles), 5).cut)


def test_statistics_are_those_of_the_articles_of_each_window(simulated: Simulated) -> None:
    """Recomputed article by article: difference over its error, dispersions drawn to that of all."""
    counts, words, period = series(simulated, seed=1)
    found = scan(counts, words, period, least=5, permutations=19, seed=0)
    for at, (cut, left, right) in enumerate(zip(*found.windows, strict=True)):
        for feature in range(2):
            shared = max(dispersion(counts[:, feature], words), 1.0)
            rates, errors = [], []
            sides = [(period >= left) & (period < cut), (period >= cut) & (period < right)]
            both = sides[0] | sides[1]
            common = counts[both, feature].sum() / words[both].sum()
            for side in sides:
                y, w = counts[side, feature], words[side]
                weight = min(len(y) - 1, y.sum())
                spread = (weight * dispersion(y, w) + 2 * shared) / (weight + 2)
                rates.append(y.sum() / w.sum())
                errors.append(common * spread / w.sum())
            expected = abs(rates[0] - rates[1]) / np.sqrt(sum(errors)) if common else 0.0
            assert found.observed[at, feature] == pytest.approx(expected)


def test_shuffles_keep_the_articles_of_each_period(simulated: Simulated) -> None:
    """The largest statistic of own shuffles has the same distribution."""
    counts, words, period = series(simulated, seed=2, features=1)
    found = scan(counts, words, period, least=5, permutations=199, seed=0)
    rng = np.random.default_rng(9)
    own = []
    for _ in range(100):
        order = rng.permutation(60)
        own.append(scan(counts[order], words[order], period, least=5, permutations=1, seed=0).observed.max())
    assert np.mean(own) == pytest.approx(found.largest.mean(), rel=0.06)
    assert np.quantile(own, 0.9) == pytest.approx(np.quantile(found.largest, 0.9), rel=0.12)


def test_p_is_a_rank_among_the_shuffles(simulated: Simulated) -> None:
    found = scan(*series(simulated, seed=3), least=5, permutations=99, seed=4)
    values = np.array([0.0, np.median(found.largest[:, 1]), found.largest[:, 1].max(), 99.0])
    expected = [(1 + (found.largest[:, 1] >= v).sum()) / 100 for v in values]
    assert found.p(values, 1).tolist() == expected
    assert (expected[0], expected[2], expected[3]) == (1.0, 0.02, 0.01)


def test_a_constant_rate_gives_a_p_of_one_and_a_jump_a_small_one() -> None:
    period = np.repeat(np.arange(10), 4)
    words = np.full(40, 500.0)
    counts = np.column_stack([np.full(40, 2), np.where(period < 6, 1, 5), np.zeros(40)]).astype(np.int32)
    found = scan(counts, words, period, least=4, permutations=199, seed=0)
    p = [float(found.p(found.observed[:, i].max(), i)) for i in range(3)]
    assert p == [1.0, 0.005, 1.0]
    assert found.windows.cut[found.observed[:, 1].argmax()] == 6
