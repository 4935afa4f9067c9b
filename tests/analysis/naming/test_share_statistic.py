from __future__ import annotations

import numpy as np
import pytest
from made_up_naming import choices
from scipy import stats

from framing.analysis.naming.share_differences import stratified_difference
from framing.analysis.naming.share_statistic import ShareStatistic, share_tests
from framing.analysis.units import ArticleMatrix
from framing.errors import AnalysisError


def matrix_of(groups: object, counts: object, strata: object = None) -> ArticleMatrix:
    table = np.asarray(counts, dtype=np.int32)
    return ArticleMatrix(
        np.asarray(groups, dtype=np.str_), np.array([f"d{i:05}" for i in range(len(table))]),
        table.sum(axis=1).astype(float), table, tuple(f"n{i}" for i in range(table.shape[1])), {},
        None if strata is None else np.asarray(strata, dtype=np.str_),
    )  # fmt: skip


def drawn(rng: np.random.Generator, share: object, likeness: float = 0.3) -> np.ndarray:
    """Two names: how often each article uses them, one reference or more."""
    probability = np.asarray(share, dtype=float)
    references = rng.geometric(0.4, len(probability))
    named = choices(rng, probability, references, likeness)
    return np.column_stack([named, references - named])


def naive(y: np.ndarray, t: np.ndarray, inside: np.ndarray, strata: np.ndarray) -> float:
    """One article at a time: observed minus expected over its standard error."""
    excess = 0.0
    squared, independent = {True: 0.0, False: 0.0}, {True: 0.0, False: 0.0}
    variance = {True: 0.0, False: 0.0}
    for name in set(strata.tolist()):
        here = np.flatnonzero(strata == name)
        p, part = y[here].sum() / t[here].sum(), t[here][inside[here]].sum() / t[here].sum()
        for i in here:
            side, deviation = bool(inside[i]), y[i] - p * t[i]
            excess += deviation * side
            squared[side] += deviation**2 * len(here) / (len(here) - 1)
            independent[side] += p * (1 - p) * t[i]
            variance[side] += p * (1 - p) * t[i] * ((1 - part) if side else part) ** 2
    shared = sum(squared.values()) / sum(independent.values())
    total = 0.0
    for side in (True, False):
        rows = inside == side
        weight = min((y[rows] > 0).sum(), (y[rows] < t[rows]).sum(), rows.sum() - 1)
        spread = (weight * squared[side] / independent[side] + 2 * shared) / (weight + 2)
        total += spread * variance[side]
    return float(abs(excess) / np.sqrt(total))


@pytest.mark.parametrize("strata", [np.zeros(36, dtype=np.intp), np.repeat(np.arange(4), 9)])
def test_statistic_agrees_with_articles_one_at_a_time(strata: np.ndarray) -> None:
    rng = np.random.default_rng(1)
    counts = rng.poisson([2, 1, 0.5], (36, 3)) + np.array([1, 0, 0])
    references = counts.sum(axis=1).astype(float)
    labels = rng.permuted(np.repeat([0, 1, 2], 12)).astype(np.int32)
    statistic = ShareStatistic(counts, references, labels, strata, 3)
    shuffled = np.array([rng.permutation(labels) if not strata.any() else labels for _ in range(3)])
    found, difference = statistic.of(shuffled.astype(np.int32))
    for shuffle in range(3):
        for group in range(3):
            inside = shuffled[shuffle] == group
            for name in range(3):
                expected = naive(counts[:, name], references, inside, strata)
                assert found[shuffle, group, name] == pytest.approx(expected)
            expected = stratified_difference(
                counts, references, inside, strata.astype(str), np.full(3, 0.3)
            ).difference
            assert difference[shuffle, group] == pytest.approx(expected)


def test_p_agrees_with_the_permutation_test_of_another_library() -> None:
    rng = np.random.default_rng(6)
    counts = drawn(rng, [0.6] * 10 + [0.35] * 12)
    groups = np.repeat([0, 1], [10, 12])
    references = counts.sum(axis=1)
    expected = stats.permutation_test(
        (groups,), lambda labels: naive(counts[:, 0], references, labels == 0, np.zeros(22)),
        permutation_type="pairings", vectorized=False, n_resamples=1999, alternative="greater",
        rng=np.random.default_rng(2),
    )  # fmt: skip
    found = share_tests(matrix_of(groups, counts), permutations=1999)
    assert found.p[0, 0] == pytest.approx(expected.pvalue, abs=0.03)
    assert 0.02 < found.p[0, 0] < 0.8  # a p at an end would prove nothing


def test_two_names_are_one_question() -> None:
    found = share_tests(matrix_of(["a"] * 9 + ["b"] * 9, drawn(np.random.default_rng(3), [0.5] * 18)))
    assert found.p[0, 0] == found.p[0, 1] == found.p[1, 0] == found.p_any[0]


def test_no_false_alarms_beyond_the_level() -> None:
    rng = np.random.default_rng(12)
    single, together = [], []
    for seed in range(250):
        references = rng.geometric(0.4, 40)
        counts = np.array(
            [rng.multinomial(n, rng.dirichlet([1.5, 1.0, 0.5])) for n in references], dtype=np.int32
        )
        found = share_tests(matrix_of(["a"] * 15 + ["b"] * 25, counts), permutations=99, seed=seed)
        single += (found.p[0] <= 0.05).tolist()
        together.append(found.p_any[0] <= 0.05)
    assert 0.03 <= np.mean(single) <= 0.075
    assert 0.02 <= np.mean(together) <= 0.085


def test_finds_a_planted_difference_and_where_it_lies() -> None:
    rng = np.random.default_rng(2)
    shares = np.where(np.arange(90) < 30, 0.75, 0.3)
    counts = drawn(rng, shares)
    third = rng.binomial(1, 0.5, 90)
    found = share_tests(matrix_of(np.repeat(["a", "b", "c"], 30), np.column_stack([counts, third])))
    assert max(found.p[0, 0], found.p[0, 1], found.p_any[0]) <= 0.005
    assert found.p[0, 2] > 0.05


def test_a_side_that_never_uses_a_rare_name_is_not_certain() -> None:
    counts = np.tile([4, 0], (60, 1))
    counts[[0, 5], 1] = 1
    found = share_tests(matrix_of(["a"] * 30 + ["b"] * 30, counts))
    assert found.p[1, 1] > 0.2


def test_strata_take_the_confounding_away() -> None:
    """Topics decide the name and who writes about them; inside a topic the writers do not differ."""
    rng = np.random.default_rng(4)
    topic = np.repeat([0, 1, 2], 60)
    inside = rng.random(180) < np.array([0.1, 0.5, 0.9])[topic]
    counts = drawn(rng, np.array([0.1, 0.5, 0.9])[topic], 0.2)
    groups = np.where(inside, "a", "b")
    assert share_tests(matrix_of(groups, counts)).p_any[0] < 0.01
    assert share_tests(matrix_of(groups, counts, topic)).p_any[0] > 0.05


def test_labels_stay_in_their_stratum() -> None:
    """One article a side in each stratum: a shuffle can only exchange the two of a stratum."""
    counts = [[2, 0], [0, 2]] * 6
    found = share_tests(matrix_of(["a", "b"] * 6, counts, np.repeat(np.arange(6), 2)), permutations=4999)
    assert found.p[0, 0] == pytest.approx(2 / 2**6, abs=0.006)


def test_strata_without_a_second_group_are_not_read() -> None:
    rng = np.random.default_rng(7)
    counts, groups = drawn(rng, [0.5] * 40), np.array(["a", "b"] * 20)
    strata = np.repeat(np.arange(4), 10)
    more = matrix_of(
        np.append(groups, ["a"] * 5), np.vstack([counts, [[9, 0]] * 5]), np.append(strata, [7] * 5)
    )
    assert (share_tests(more).p == share_tests(matrix_of(groups, counts, strata)).p).all()
    apart = share_tests(matrix_of(groups, counts, groups))
    assert np.isnan(apart.p).all()
    assert np.isnan(apart.p_any).all()


def test_order_of_articles_and_size_of_blocks_do_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(9)
    for strata in (None, rng.integers(0, 4, 60)):
        matrix = matrix_of(rng.choice(["a", "b", "c"], 60), drawn(rng, [0.5] * 60), strata)
        expected = share_tests(matrix, seed=3)
        shuffled = share_tests(matrix.select(rng.permutation(60)), seed=3)
        assert (shuffled.p == expected.p).all()
        with monkeypatch.context() as patch:
            patch.setattr("framing.analysis.naming.share_statistic._LABELS_AT_ONCE", 60 * 7)
            small = share_tests(matrix, seed=3)
        assert (small.p == expected.p).all()
        assert (share_tests(matrix, seed=4).p != expected.p).any()


def test_one_article_or_one_group_has_no_p() -> None:
    counts = drawn(np.random.default_rng(1), [0.5] * 8)
    found = share_tests(matrix_of(["a"] + ["b"] * 7, counts))
    assert np.isnan(found.p).all()
    assert np.isnan(share_tests(matrix_of(["a"] * 8, counts)).p_any).all()


def test_distance_by_chance_is_that_of_random_splits() -> None:
    rng = np.random.default_rng(10)
    counts = drawn(rng, [0.4] * 30)
    groups = np.array(["a"] * 10 + ["b"] * 20)
    found = share_tests(matrix_of(groups, counts), permutations=1999)
    distances = []
    for _ in range(2000):
        inside = rng.permutation(groups) == "a"
        shares = [counts[side].sum(axis=0) / counts[side].sum() for side in (inside, ~inside)]
        distances.append(np.abs(shares[0] - shares[1]).sum() / 2)
    assert found.distance_by_chance[0] == pytest.approx(np.mean(distances), rel=0.05)


def test_too_few_permutations_are_refused() -> None:
    with pytest.raises(AnalysisError, match="permutations"):
        share_tests(matrix_of(["a", "b"], [[1, 0], [0, 1]]), permutations=9)
