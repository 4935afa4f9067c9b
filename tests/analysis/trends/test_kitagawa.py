from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from framing.analysis.intervals import pooled_dispersion
from framing.analysis.trends.kitagawa import kitagawa

Simulated = Callable[..., tuple[np.ndarray, np.ndarray]]
Drawn = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]


def draw(rng: np.random.Generator, simulated: Simulated, *, n: int = 120) -> Drawn:
    """Two sides, three strata; shares and rates differ."""
    later = np.arange(2 * n) >= n
    stratum = np.concatenate([rng.choice(3, n, p=[0.5, 0.3, 0.2]), rng.choice(3, n, p=[0.2, 0.3, 0.5])])
    rates = np.array([[2.0, 4, 6], [3, 4, 9]])
    words, counts = np.empty(2 * n), np.empty((2 * n, 1), dtype=np.int32)
    for side in (False, True):
        for place in range(3):
            at = (later == side) & (stratum == place)
            words[at], counts[at] = simulated(rng, int(at.sum()), rate=rates[int(side), place], dispersion=2)
    return counts, words, later, stratum


def test_by_hand() -> None:
    """Shares .8/.2 and .4/.6, rates 5/10 and 4/12 per 1,000 words.

    Coverage (.4 - .8)(5 + 4)/2 + (.6 - .2)(10 + 12)/2 = -1.8 + 4.4 = 2.6; wording
    (4 - 5)(.8 + .4)/2 + (12 - 10)(.2 + .6)/2 = -.6 + .8 = .2; together 8.8 - 6 = 2.8.
    """
    words = np.array([800.0, 200, 400, 600])
    counts = (np.array([5.0, 10, 4, 12]) * words / 1000 * 10).round().astype(int)[:, None]
    found = kitagawa(
        counts, words * 10, np.array([False, False, True, True]), np.array([0, 1, 0, 1]), np.ones(1)
    )
    assert found.difference.value[0] == pytest.approx(2.8)
    assert found.coverage.value[0] == pytest.approx(2.6)
    assert found.wording.value[0] == pytest.approx(0.2)
    # By stratum coverage counts against the mean of both rates, (6 + 8.8) / 2.
    assert found.coverage_by_stratum[:, 0].tolist() == pytest.approx([-0.4 * (4.5 - 7.4), 0.4 * (11 - 7.4)])
    assert found.wording_by_stratum[:, 0].tolist() == pytest.approx([-0.6, 0.8])


def test_parts_add_up(simulated: Simulated) -> None:
    rng = np.random.default_rng(1)
    for _ in range(20):
        counts, words, later, stratum = draw(rng, simulated, n=15)
        found = kitagawa(counts, words, later, stratum, np.ones(1))
        rates = [1000 * counts[side].sum() / words[side].sum() for side in (~later, later)]
        assert found.difference.value[0] == pytest.approx(rates[1] - rates[0])
        assert found.coverage.value[0] + found.wording.value[0] == found.difference.value[0]
        assert found.coverage_by_stratum.sum() == pytest.approx(found.coverage.value[0])
        assert found.wording_by_stratum.sum() == pytest.approx(found.wording.value[0])


def test_sides_mirror_each_other(simulated: Simulated) -> None:
    counts, words, later, stratum = draw(np.random.default_rng(2), simulated, n=30)
    one, two = (kitagawa(counts, words, side, stratum, np.full(1, 2.0)) for side in (later, ~later))
    for mine, its in zip(one[:3], two[:3], strict=True):
        assert (mine.value[0], mine.low[0]) == pytest.approx((-its.value[0], -its.high[0]))


def test_a_stratum_of_one_side_is_coverage() -> None:
    found = kitagawa(
        np.array([[2], [2], [9]]),
        np.full(3, 1000.0),
        np.array([False, True, True]),
        np.array([0, 0, 1]),
        np.ones(1),
    )
    assert found.wording.value[0] == pytest.approx(0)
    assert found.coverage.value[0] == pytest.approx(3.5)


def test_equal_shares_are_wording_and_equal_rates_are_coverage() -> None:
    words, later, stratum = np.full(8, 500.0), np.arange(8) > 3, np.array([0, 0, 1, 1] * 2)
    same_shares = kitagawa(np.array([[1, 1, 4, 4, 2, 2, 9, 9]]).T, words, later, stratum, np.ones(1))
    assert same_shares.coverage.value[0] == pytest.approx(0)
    same_rates = kitagawa(
        np.array([[1, 4, 4, 4, 1, 1, 1, 4]]).T, words, later, np.array([0, 1, 1, 1, 0, 0, 0, 1]), np.ones(1)
    )
    assert same_rates.wording.value[0] == pytest.approx(0)
    assert same_rates.coverage.value[0] == pytest.approx(-3)


def test_limits_agree_with_a_bootstrap_of_articles(simulated: Simulated) -> None:
    """Many articles: half the width over the quantile is the standard error of resampled articles."""
    rng = np.random.default_rng(3)
    counts, words, later, stratum = draw(rng, simulated, n=300)
    cells = np.char.add(stratum.astype(str), later.astype(str))
    shared = pooled_dispersion(counts, words, cells)
    found = kitagawa(counts, words, later, stratum, shared, level=0.6827)
    values = []
    for _ in range(400):
        rows = np.concatenate([rng.choice(np.flatnonzero(s), s.sum()) for s in (~later, later)])
        again = kitagawa(counts[rows], words[rows], later[rows], stratum[rows], np.full(1, 2.0))
        values.append([part.value[0] for part in again[:3]])
    for part, error in zip(found[:3], np.std(values, axis=0), strict=True):
        assert (part.high[0] - part.low[0]) / 2 == pytest.approx(error, rel=0.15)


def test_limits_cover(simulated: Simulated) -> None:
    """The true parts by hand.

    Shares .5 .3 .2 and .2 .3 .5, rates 2 4 6 and 3 4 9: coverage -.3 x 2.5 + .3 x 7.5 = 1.5, wording
    .35 x 1 + .35 x 3 = 1.4, together 2.9 = (.6 + 1.2 + 4.5) - (1 + 1.2 + 1.2).
    """
    rng = np.random.default_rng(4)
    inside = np.zeros(3)
    for _ in range(200):
        found = kitagawa(*draw(rng, simulated, n=40), np.full(1, 2.0))
        for at, (part, true) in enumerate(zip(found[:3], (2.9, 1.5, 1.4), strict=True)):
            inside[at] += part.low[0] <= true <= part.high[0]
    assert (inside >= 182).all()
