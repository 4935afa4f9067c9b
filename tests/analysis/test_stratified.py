from __future__ import annotations

import dataclasses
from itertools import permutations as orders

import numpy as np
import pytest

from framing.analysis.permutation import permutation_p, permutation_table, permutation_tests
from framing.analysis.stratified import StratifiedStatistic
from framing.analysis.units import ArticleMatrix


def matrix_of(groups: object, strata: object, words: object, counts: object) -> ArticleMatrix:
    table = np.asarray(counts, dtype=np.int32)
    table = table[:, None] if table.ndim == 1 else table
    return ArticleMatrix(
        np.asarray(groups, dtype=np.str_), np.array([f"d{i:05}" for i in range(len(table))]),
        np.asarray(words, dtype=float), table, tuple(f"f{i}" for i in range(table.shape[1])), {},
        np.asarray(strata, dtype=np.str_),
    )  # fmt: skip


def confounded(rng: np.random.Generator, articles: int, strata: int, features: int) -> ArticleMatrix:
    """Topics differ in how often a term occurs and in who writes about them; the writers do not differ."""
    place = rng.integers(0, strata, articles)
    inside = rng.random(articles) < np.linspace(0.1, 0.9, strata)[place]
    words = rng.uniform(200, 900, articles)
    level = np.linspace(0.3, 4, strata)[place] * words / 1000
    counts = rng.poisson(rng.gamma(np.repeat(level[:, None], features, axis=1) / 2, 2))
    return matrix_of(np.where(inside, "a", "b"), place, words, counts)


def naive(y: np.ndarray, w: np.ndarray, inside: np.ndarray, strata: np.ndarray) -> float:
    """One article at a time: observed minus expected over its standard error."""
    excess = variance = 0.0
    for name in set(strata.tolist()):
        here = np.flatnonzero(strata == name)
        rate = y[here].sum() / w[here].sum()
        share = inside[here].mean()
        for i in here:
            deviation = y[i] - rate * w[i]
            excess += deviation * inside[i]
            factor = (1 - share) if inside[i] else share
            variance += (factor * deviation) ** 2 * len(here) / (len(here) - 1)
    return float(abs(excess) / np.sqrt(variance))


def test_statistic_agrees_with_articles_one_at_a_time() -> None:
    rng = np.random.default_rng(1)
    strata = np.repeat(np.arange(4), 8)
    labels = rng.integers(0, 3, 32).astype(np.int32)
    words, counts = rng.uniform(200, 900, 32), rng.poisson(2, (32, 2)).astype(np.int32)
    statistic = StratifiedStatistic(counts, words, labels, strata, 3)
    found = statistic.of(labels[None, :])[0]
    for group in range(3):
        for feature in range(2):
            expected = naive(counts[:, feature], words, labels == group, strata)
            assert found[group, feature] == pytest.approx(expected)


def test_p_is_the_share_of_all_shuffles_inside_the_strata() -> None:
    strata = np.repeat(["x", "y"], 4)
    groups = np.array(list("aabbabbb"))
    words = np.array([310.0, 520, 275, 640, 480, 390, 555, 610])
    y = np.array([6, 3, 1, 0, 9, 2, 4, 3])
    every = {
        (*first, *second)
        for first in set(orders(groups[:4].tolist()))
        for second in set(orders(groups[4:].tolist()))
    }
    values = {row: naive(y, words, np.array(row) == "a", strata) for row in every}
    observed = values[tuple(groups.tolist())]
    exact = np.mean([value >= observed - 1e-9 for value in values.values()])
    found = permutation_p(matrix_of(groups, strata, words, y), "a", permutations=20_000, seed=5)[0]
    assert found == pytest.approx(exact, abs=0.012)


def test_what_topics_explain_is_no_difference_inside_them() -> None:
    rng = np.random.default_rng(8)
    inside, across = [], []
    for _ in range(12):
        matrix = confounded(rng, 100, 5, 20)
        inside.append(permutation_table(matrix, permutations=99)["a"] <= 0.05)
        across.append(
            permutation_table(dataclasses.replace(matrix, strata=None), permutations=99)["a"] <= 0.05
        )
    assert 0.01 < np.mean(inside) < 0.1
    assert np.mean(across) > 0.4


def test_a_difference_inside_strata_is_found() -> None:
    rng = np.random.default_rng(9)
    matrix = confounded(rng, 200, 5, 1)
    more = matrix.counts + (matrix.groups == "b")[:, None] * rng.poisson(1.5, (200, 1))
    found = permutation_table(dataclasses.replace(matrix, counts=more.astype(np.int32)), permutations=199)
    assert found["b"][0] <= 0.01


def test_strata_of_one_group_tell_nothing() -> None:
    matrix = confounded(np.random.default_rng(3), 60, 4, 3)
    extra = matrix_of(["a"] * 3, ["only a"] * 3, [300] * 3, [[9, 9, 9]] * 3)
    both = matrix_of(
        np.concatenate([matrix.groups, extra.groups]), np.concatenate([matrix.strata, extra.strata]),
        np.concatenate([matrix.words, extra.words]), np.concatenate([matrix.counts, extra.counts]),
    )  # fmt: skip
    expected = permutation_table(matrix, permutations=199, seed=2)
    assert np.array_equal(permutation_table(both, permutations=199, seed=2)["a"], expected["a"])
    apart = matrix_of(list("aabb"), ["x", "x", "y", "y"], [300] * 4, [1, 2, 3, 4])
    assert np.isnan(permutation_table(apart, permutations=19)["a"]).all()


def test_order_and_blocks_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(4)
    matrix = confounded(rng, 60, 4, 5)
    expected = permutation_table(matrix, permutations=99, seed=1)
    shuffled = matrix.select(rng.permutation(60))
    monkeypatch.setattr("framing.analysis.permutation._FEATURES_AT_ONCE", 2)
    found = permutation_table(shuffled, permutations=99, seed=1)
    assert all(np.array_equal(found[name], expected[name]) for name in "ab")
    monkeypatch.setattr("framing.analysis.stratified._CELLS_AT_ONCE", 200)
    found = permutation_table(shuffled, permutations=99, seed=1)
    assert all(np.array_equal(found[name], expected[name]) for name in "ab")


def test_all_groups_together_equal_the_one_test_of_two_groups() -> None:
    matrix = confounded(np.random.default_rng(6), 60, 4, 6)
    for chosen in (matrix, dataclasses.replace(matrix, strata=None)):
        tests = permutation_tests(chosen, permutations=199, seed=3)
        assert np.array_equal(tests.overall, tests.groups["a"])
