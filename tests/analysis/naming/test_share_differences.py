from __future__ import annotations

import numpy as np
import pytest
from made_up_naming import choices
from scipy import stats
from statsmodels.stats.contingency_tables import StratifiedTable
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from framing.analysis.naming.share_differences import share_difference, stratified_difference
from framing.analysis.naming.shares import Shares

ALIKE = np.array([0.3])


def wilson(named: int, references: int) -> Shares:
    low, high = proportion_confint(named, references, method="wilson")
    return Shares(*(np.array([[value]]) for value in (named / references, low, high, 1.0)))


def test_limits_are_those_of_newcombe() -> None:
    found = share_difference(wilson(56, 70), wilson(48, 80))
    expected = confint_proportions_2indep(56, 70, 48, 80, method="newcomb", compare="diff")
    assert found.difference[0, 0] == pytest.approx(56 / 70 - 48 / 80)
    assert [found.low[0, 0], found.high[0, 0]] == pytest.approx(expected)


def test_sides_can_be_exchanged() -> None:
    one, other = (
        share_difference(wilson(5, 9), wilson(2, 30)),
        share_difference(wilson(2, 30), wilson(5, 9)),
    )
    assert one.difference == -other.difference
    assert one.low == -other.high


def stratified() -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(1)
    strata = rng.integers(0, 5, 60)
    inside = rng.random(60) < np.linspace(0.2, 0.8, 5)[strata]
    references = rng.geometric(0.4, 60)
    return choices(rng, 0.1 + 0.15 * strata, references, 0.3), references.astype(float), inside, strata


def test_difference_is_that_of_mantel_and_haenszel() -> None:
    named, references, inside, strata = stratified()
    found = stratified_difference(named[:, None], references, inside, strata.astype(str), ALIKE)
    above = below = 0.0
    for name in set(strata.tolist()):
        here = strata == name
        a, b = named[here & inside].sum(), named[here & ~inside].sum()
        n, m = references[here & inside].sum(), references[here & ~inside].sum()
        above += (a * m - b * n) / (n + m)
        below += n * m / (n + m)
    assert found.difference[0] == pytest.approx(above / below)
    assert found.low[0] < found.difference[0] < found.high[0]


def test_difference_fits_the_ratio_of_another_library() -> None:
    """Ratio and difference of Mantel and Haenszel are made of the same two sums, X / Y and (X - Y) / W."""
    named, references, inside, strata = stratified()
    tables, y, weight = [], 0.0, 0.0
    for name in range(5):
        sides = [(strata == name) & side for side in (inside, ~inside)]
        (a, n), (b, m) = ((named[rows].sum(), references[rows].sum()) for rows in sides)
        tables.append([[a, n - a], [b, m - b]])
        y += b * n / (n + m)
        weight += n * m / (n + m)
    ratio = StratifiedTable(tables).riskratio_pooled
    found = stratified_difference(named[:, None], references, inside, strata.astype(str), ALIKE)
    assert found.difference[0] == pytest.approx((ratio - 1) * y / weight)
    assert abs(found.difference[0]) > 0.01


def test_limits_agree_with_articles_one_at_a_time() -> None:
    named, references, inside, strata = stratified()
    found = stratified_difference(named[:, None], references, inside, strata.astype(str), ALIKE)
    d = found.difference[0]
    observed = scattered = repeated = weight = 0.0
    for name in set(strata.tolist()):
        here = np.flatnonzero(strata == name)
        total, mine = references[here].sum(), references[here][inside[here]].sum()
        p = named[here].sum() / total
        weight += mine * (total - mine) / total
        for i in here:
            factor = 1 - mine / total if inside[i] else mine / total
            share = p + d * (1 - mine / total) if inside[i] else p - d * mine / total
            part = references[i] / total
            observed += (factor * (named[i] - share * references[i]) / (1 - part)) ** 2
            scattered += factor**2 * p * (1 - p) * references[i]
            repeated += factor**2 * p * (1 - p) * references[i] ** 2
    rarest = min(inside.sum(), (~inside).sum(), (named > 0).sum(), (named < references).sum())
    informative = (rarest - 1) * references.sum() ** 2 / (60 * (references**2).sum())
    part = informative / (informative + 2)
    expected = 1 + ALIKE[0] * (repeated / scattered - 1)
    widen = (stats.t.ppf(0.975, informative + 2) / stats.norm.ppf(0.975)) ** 2
    effect = (part * observed / scattered + (1 - part) * expected) * (1 + part * (widen - 1))
    half = stats.norm.ppf(0.975) * np.sqrt(effect * scattered) / weight
    assert [found.low[0], found.high[0]] == pytest.approx([d - half, d + half])


def test_limits_cover_the_true_difference() -> None:
    rng = np.random.default_rng(5)
    covered = []
    for _ in range(400):
        strata = np.repeat(np.arange(8), 8)
        inside = rng.random(64) < rng.uniform(0.3, 0.7, 8)[strata]
        references = rng.geometric(0.45, 64)
        share = rng.uniform(0.1, 0.6, 8)[strata] + 0.2 * inside
        named = choices(rng, share, references, 0.3)
        found = stratified_difference(
            named[:, None], references.astype(float), inside, strata.astype(str), ALIKE
        )
        covered.append(found.low[0] <= 0.2 <= found.high[0])
    assert 0.92 <= np.mean(covered) <= 0.99


def test_always_against_never_is_not_certain() -> None:
    named = np.array([[1], [1], [1], [0], [0], [0]])
    inside = np.array([True] * 3 + [False] * 3)
    found = stratified_difference(named, np.ones(6), inside, np.full(6, "a"), ALIKE)
    assert found.difference[0] == 1
    assert found.low[0] < 0.6
    assert found.high[0] == 1


def test_strata_with_one_side_tell_nothing() -> None:
    named, references, inside, strata = stratified()
    more = np.append(strata, [9, 9]), np.append(inside, [True, True])
    found = stratified_difference(
        np.append(named, [7, 0])[:, None], np.append(references, [7, 5]), more[1], more[0].astype(str), ALIKE
    )
    assert found == stratified_difference(named[:, None], references, inside, strata.astype(str), ALIKE)
    apart = stratified_difference(named[:, None], references, inside, inside.astype(str), ALIKE)
    assert np.isnan(np.concatenate(apart)).all()
