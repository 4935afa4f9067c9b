from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations

import numpy as np
import pytest
from scipy import stats

from framing.analysis.permutation import permutation_p, permutation_table
from framing.analysis.studentised import _columns, _statistic, _sums
from framing.analysis.units import ArticleMatrix
from framing.errors import AnalysisError

Simulated = Callable[..., tuple[np.ndarray, np.ndarray]]


def matrix_of(groups: object, words: object, counts: object) -> ArticleMatrix:
    table = np.asarray(counts, dtype=np.int32)
    table = table[:, None] if table.ndim == 1 else table
    return ArticleMatrix(
        np.asarray(groups, dtype=np.str_), np.array([f"d{i:05}" for i in range(len(table))]),
        np.asarray(words, dtype=float), table, tuple(f"f{i}" for i in range(table.shape[1])), {},
    )  # fmt: skip


def studentised(y1: np.ndarray, w1: np.ndarray, y2: np.ndarray, w2: np.ndarray) -> float:
    """Independent statistic: residuals one article at a time, no sums of squares."""

    def spread(y: Sequence[float], w: Sequence[float]) -> float:
        rate = sum(y) / sum(w)
        squares = [(a - rate * b) ** 2 for a, b in zip(y, w, strict=True)]
        return len(y) / (len(y) - 1) * sum(squares) / sum(y) if sum(y) else 0.0

    everyone = [*y1, *y2], [*w1, *w2]
    common, shared = sum(everyone[0]) / sum(everyone[1]), max(spread(*everyone), 1)
    variance = 0.0
    for y, w in ((y1, w1), (y2, w2)):
        weight = min(len(y) - 1, sum(y))
        variance += common / sum(w) * (weight * spread(y, w) + 2 * shared) / (weight + 2)
    return float((sum(y1) / sum(w1) - sum(y2) / sum(w2)) / np.sqrt(variance))


@pytest.fixture
def tiny() -> ArticleMatrix:
    words = [310, 520, 275, 640, 480, 390, 555, 610, 405]
    return matrix_of(["a"] * 4 + ["b"] * 5, words, [6, 3, 5, 9, 2, 0, 3, 1, 5])


def exact_p(matrix: ArticleMatrix, feature: int = 0) -> float:
    y, w = matrix.counts[:, feature], matrix.words
    everyone = range(len(y))
    size = int((matrix.groups == matrix.groups[0]).sum())

    def value(inside: tuple[int, ...]) -> float:
        out = [i for i in everyone if i not in inside]
        return abs(studentised(y[list(inside)], w[list(inside)], y[out], w[out]))

    observed = value(tuple(np.flatnonzero(matrix.groups == matrix.groups[0]).tolist()))
    every = [value(subset) for subset in combinations(everyone, size)]
    return float(np.mean([v >= observed - 1e-9 for v in every]))


def test_statistic_agrees_with_residuals_one_at_a_time(simulated: Simulated) -> None:
    words, counts = simulated(np.random.default_rng(11), 24, rate=5, dispersion=3, features=3)
    labels = np.repeat(np.array([0, 1, 2], dtype=np.int32), [5, 8, 11])
    sums = _sums(_columns(counts, words), labels[None, :], 3)
    found = _statistic(sums, sums[0].sum(axis=0), np.array([5.0, 8.0, 11.0]))[0]
    for group in range(3):
        mine = labels == group
        for i in range(3):
            expected = abs(studentised(counts[mine, i], words[mine], counts[~mine, i], words[~mine]))
            assert found[group, i] == pytest.approx(expected)


def test_agrees_with_every_permutation(tiny: ArticleMatrix) -> None:
    expected = exact_p(tiny)
    assert 0.02 < expected < 0.5
    found = permutation_p(tiny, "a", permutations=20_000)[0]
    assert found == pytest.approx(expected, abs=3.5 * np.sqrt(expected * (1 - expected) / 20_000))


def test_agrees_with_scipy(tiny: ArticleMatrix) -> None:
    a, b = tiny.groups == "a", tiny.groups == "b"
    pairs = np.column_stack([tiny.counts[:, 0], tiny.words])
    position = {tuple(pair): pair for pair in pairs.tolist()}
    assert len(position) == len(pairs)

    def statistic(x: np.ndarray, y: np.ndarray) -> float:
        first, second = pairs[x.astype(int)], pairs[y.astype(int)]
        return abs(studentised(first[:, 0], first[:, 1], second[:, 0], second[:, 1]))

    result = stats.permutation_test(
        (np.flatnonzero(a), np.flatnonzero(b)), statistic, vectorized=False, n_resamples=np.inf,
        alternative="greater",
    )  # fmt: skip
    found = permutation_p(tiny, "b", "a", permutations=20_000, seed=5)[0]
    assert found == pytest.approx(result.pvalue, abs=0.012)


def test_sparse_columns_and_small_blocks_give_the_same(
    simulated: Simulated, monkeypatch: pytest.MonkeyPatch
) -> None:
    words, counts = simulated(np.random.default_rng(1), 90, rate=3, dispersion=2, features=5)
    matrix = matrix_of(np.repeat(["a", "b", "c"], 30), words, counts)
    expected = permutation_table(matrix, permutations=199)
    monkeypatch.setattr("framing.analysis.studentised._LABELS_AT_ONCE", 90 * 7)
    blocks = permutation_table(matrix, permutations=199)
    monkeypatch.setattr("framing.analysis.studentised._SPARSE_BELOW", 2.0)
    sparse = permutation_table(matrix, permutations=199)
    for name in "abc":
        assert np.array_equal(expected[name], blocks[name])
        assert np.array_equal(expected[name], sparse[name])


def test_one_group_equals_its_row_in_the_table(simulated: Simulated) -> None:
    words, counts = simulated(np.random.default_rng(2), 60, rate=3, dispersion=2, features=3)
    matrix = matrix_of(np.repeat(["a", "b", "c"], 20), words, counts)
    table = permutation_table(matrix, permutations=99, seed=4)
    assert np.array_equal(permutation_p(matrix, "b", permutations=99, seed=4), table["b"])


def test_order_of_articles_and_unit_of_words_change_nothing(simulated: Simulated) -> None:
    rng = np.random.default_rng(3)
    words, counts = simulated(rng, 50, rate=3, dispersion=3, features=4)
    matrix = matrix_of(np.repeat(["a", "b"], 25), words, counts)
    expected = permutation_p(matrix, "a", permutations=299, seed=9)
    assert np.array_equal(
        expected, permutation_p(matrix.select(rng.permutation(50)), "a", permutations=299, seed=9)
    )
    for unit in (1000, 0.001, 1 / 7):
        scaled = matrix_of(matrix.groups, words * unit, counts)
        assert np.array_equal(expected, permutation_p(scaled, "a", permutations=299, seed=9))
    assert not np.array_equal(expected, permutation_p(matrix, "a", permutations=299, seed=10))


def test_two_sides_are_one_question(simulated: Simulated) -> None:
    words, counts = simulated(np.random.default_rng(4), 40, rate=3, dispersion=3, features=4)
    matrix = matrix_of(np.repeat(["a", "b"], 20), words, counts)
    assert np.array_equal(permutation_p(matrix, "a"), permutation_p(matrix, "b", "a"))


def test_reference_leaves_out_other_groups(simulated: Simulated) -> None:
    words, counts = simulated(np.random.default_rng(5), 60, rate=3, dispersion=3)
    counts[40:] = 90
    matrix = matrix_of(np.repeat(["a", "b", "c"], 20), words, counts)
    pair = matrix.select(np.arange(40))
    assert np.array_equal(permutation_p(matrix, "a", "b"), permutation_p(pair, "a"))


def test_no_spread_and_no_difference() -> None:
    words = np.full(16, 500.0)
    half = np.repeat([1, 3], 8)
    matrix = matrix_of(np.repeat(["a", "b"], 8), words, np.column_stack([half, np.full(16, 2), np.zeros(16)]))
    p = permutation_p(matrix, "a", permutations=999)
    # Only the shuffles that separate them again (2 of 12,870) are as extreme.
    assert p[0] <= 0.004
    assert p[1] == p[2] == 1


def test_p_is_never_zero() -> None:
    rng = np.random.default_rng(6)
    counts = np.concatenate([rng.poisson(40, 30), rng.poisson(1, 30)])
    matrix = matrix_of(np.repeat(["a", "b"], 30), np.full(60, 400.0), counts)
    assert permutation_p(matrix, "a", permutations=199)[0] == 1 / 200


@pytest.mark.parametrize("share", [0.5, 0.2])
def test_type_one_error_of_random_halves(simulated: Simulated, share: float) -> None:
    rng = np.random.default_rng(12)
    words, counts = simulated(rng, 70, rate=4, dispersion=3.5)
    labels = np.where(np.arange(70) < 70 * share, "a", "b")
    alarms = [
        permutation_p(matrix_of(rng.permutation(labels), words, counts), "a", permutations=99, seed=i)[0]
        <= 0.05
        for i in range(300)
    ]
    assert 0.02 <= np.mean(alarms) <= 0.085


def test_type_one_error_with_equal_rates_but_unequal_spread(simulated: Simulated) -> None:
    # Not exchangeable: only the studentised statistic keeps its level here.
    rng = np.random.default_rng(13)
    alarms = []
    for i in range(300):
        w1, y1 = simulated(rng, 30, rate=8, dispersion=6)
        w2, y2 = simulated(rng, 90, rate=8, dispersion=1)
        matrix = matrix_of(
            np.repeat(["a", "b"], [30, 90]), np.concatenate([w1, w2]), np.concatenate([y1, y2])
        )
        alarms.append(permutation_p(matrix, "a", permutations=99, seed=i)[0] <= 0.05)
    assert np.mean(alarms) <= 0.1


def test_few_mentions_in_short_articles_are_no_evidence(simulated: Simulated) -> None:
    # About six mentions are expected in the group; the rates are the same, the lengths are not.
    rng = np.random.default_rng(15)
    alarms = []
    for i in range(600):
        w1, y1 = simulated(rng, 40, rate=0.35, dispersion=2.5)
        w2, y2 = simulated(rng, 400, rate=0.35, dispersion=2.5)
        w2, y2 = w2 + w2[::-1], y2 + y2[::-1]
        matrix = matrix_of(
            np.repeat(["a", "b"], [40, 400]), np.concatenate([w1, w2]), np.concatenate([y1, y2])
        )
        alarms.append(permutation_p(matrix, "a", permutations=99, seed=i)[0] <= 0.05)
    assert 0.02 <= np.mean(alarms) <= 0.07


def test_finds_more_in_one_group_where_most_have_none(simulated: Simulated) -> None:
    # Shuffles often leave one side empty; they must not hide a group with nine times the rate.
    rng = np.random.default_rng(16)
    found = []
    for i in range(40):
        w1, y1 = simulated(rng, 70, rate=1.0, dispersion=2.5)
        w2, y2 = simulated(rng, 400, rate=0.11, dispersion=2.5)
        matrix = matrix_of(
            np.repeat(["a", "b"], [70, 400]), np.concatenate([w1, w2]), np.concatenate([y1, y2])
        )
        found.append(permutation_p(matrix, "a", permutations=199, seed=i)[0] <= 0.02)
    assert np.mean(found) >= 0.9


def test_finds_a_planted_ratio_of_three(simulated: Simulated) -> None:
    rng = np.random.default_rng(14)
    found = []
    for i in range(40):
        w1, y1 = simulated(rng, 40, rate=6, dispersion=3)
        w2, y2 = simulated(rng, 80, rate=2, dispersion=3)
        matrix = matrix_of(
            np.repeat(["a", "b"], [40, 80]), np.concatenate([w1, w2]), np.concatenate([y1, y2])
        )
        found.append(permutation_p(matrix, "a", permutations=199, seed=i)[0] <= 0.05)
    assert np.mean(found) >= 0.9


def test_groups_of_one_are_missing_in_the_table() -> None:
    matrix = matrix_of(["a", "b", "b", "b", "b", "b"], np.full(6, 300.0), [1, 2, 0, 1, 3, 1])
    table = permutation_table(matrix, permutations=99)
    assert np.isnan(table["a"]).all()
    assert np.isnan(table["b"]).all()


def test_errors(tiny: ArticleMatrix) -> None:
    with pytest.raises(AnalysisError, match="unknown group") as caught:
        permutation_p(tiny, "z")
    assert caught.value.allowed == "a, b"
    with pytest.raises(AnalysisError, match="cannot be compared with itself"):
        permutation_p(tiny, "a", "a")
    with pytest.raises(AnalysisError, match="permutations is too small"):
        permutation_p(tiny, "a", permutations=5)
    single = matrix_of(["a", "b", "b", "c"], np.full(4, 300.0), [1, 2, 0, 1])
    with pytest.raises(AnalysisError, match="too few articles to compare") as caught:
        permutation_p(single, "a", "b")
    assert caught.value.where == "group a"
