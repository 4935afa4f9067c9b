from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_array

from framing.analysis.correction import benjamini_hochberg
from framing.analysis.keyness.sparse_permutation import sparse_permutation_p
from framing.analysis.permutation import permutation_p
from framing.analysis.units import ArticleMatrix
from framing.errors import AnalysisError


def sample(
    seed: int, articles: int, features: int, difference: float = 1.0
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Counts in articles of which two fifths are inside; the first feature differs by a factor there."""
    rng = np.random.default_rng(seed)
    words = rng.integers(200, 900, articles).astype(float)
    inside = rng.permutation(articles) < articles * 2 // 5
    mean = np.repeat(words[:, None] / 250, features, axis=1)
    mean[inside, 0] *= difference
    return rng.poisson(rng.gamma(mean / 2, 2)), words, inside


def matrix_of(
    counts: np.ndarray, words: np.ndarray, inside: np.ndarray, strata: object = None
) -> ArticleMatrix:
    return ArticleMatrix(
        np.where(inside, "a", "b"), np.array([f"{i:04}" for i in range(len(words))]), words,
        counts.astype(np.int32), tuple(f"f{i}" for i in range(counts.shape[1])), {},
        None if strata is None else np.asarray(strata, dtype=np.str_),
    )  # fmt: skip


def test_without_more_shuffles_it_is_the_permutation_test() -> None:
    counts, words, inside = sample(5, 50, 30, 2.0)
    expected = permutation_p(matrix_of(counts, words, inside), "a", "b", permutations=499, seed=3)
    nobody = np.zeros(30, dtype=bool)
    found = sparse_permutation_p(csr_array(counts.T), words, inside, family=nobody, permutations=499, seed=3)
    assert found.p.tolist() == expected.tolist()
    assert set(found.shuffles.tolist()) == {499}


def test_more_shuffles_go_where_they_decide() -> None:
    counts, words, inside = sample(6, 60, 100, 4.0)
    table = csr_array(counts.T)
    found = sparse_permutation_p(table, words, inside, permutations=99, seed=1)
    # 99 shuffles cannot bring one difference among 100 features below .05; 2,000 can.
    assert found.shuffles[0] > 99
    assert benjamini_hochberg(found.p)[0] < 0.05
    few = sparse_permutation_p(
        table, words, inside, family=np.zeros(100, dtype=bool), permutations=99, seed=1
    )
    assert benjamini_hochberg(few.p)[0] >= 0.05
    settled = found.shuffles == 99
    assert settled.sum() > 70
    assert (few.p[settled] == found.p[settled]).all()
    assert (found.p[settled & (np.arange(100) > 0)] >= 11 / 100).all()


def test_p_of_those_that_go_on_is_that_of_all_their_shuffles() -> None:
    counts, words, inside = sample(6, 60, 100, 1.7)
    table = csr_array(counts.T)
    found = sparse_permutation_p(table, words, inside, permutations=99, seed=1)
    going = np.flatnonzero(found.shuffles > 99)
    most = int(found.shuffles.max())
    whole = sparse_permutation_p(
        table, words, inside, family=np.zeros(100, dtype=bool), permutations=most, seed=1
    )
    last = going[found.shuffles[going] == most]
    assert len(last)
    assert found.p[last].tolist() == whole.p[last].tolist()


def test_p_is_uniform_where_nothing_differs() -> None:
    p = np.concatenate(
        [
            sparse_permutation_p(csr_array(counts.T), words, inside, permutations=99, seed=seed).p
            for seed in range(40)
            for counts, words, inside in [sample(100 + seed, 40, 40)]
        ]
    )
    assert np.mean(p <= 0.01) <= 0.015
    assert 0.03 < np.mean(p <= 0.05) < 0.06
    assert 0.46 < np.mean(p <= 0.5) < 0.54


def test_another_test_can_hold_it_up() -> None:
    counts, words, inside = sample(6, 60, 100, 4.0)
    floor = np.full(100, 0.3)
    found = sparse_permutation_p(csr_array(counts.T), words, inside, at_least=floor, permutations=99)
    assert found.p.min() == 0.3
    assert set(found.shuffles.tolist()) == {99}  # no number of shuffles could change that


def test_strata_agree_with_the_full_matrix() -> None:
    counts, words, inside = sample(9, 80, 12)
    strata = np.array(list("uvwx"))[np.arange(80) % 4]
    strata[-3:] = "lonely"
    inside[-3:] = True
    expected = permutation_p(matrix_of(counts, words, inside, strata), "a", "b", permutations=4999)
    found = sparse_permutation_p(csr_array(counts.T), words, inside, strata=strata, permutations=4999, seed=7)
    assert found.p == pytest.approx(expected, abs=4 * np.sqrt(0.5 / 5000))


def test_a_topic_is_not_a_difference_inside_strata() -> None:
    # The term stands in war articles only, and the one side writes more of them.
    inside = np.arange(240) % 2 == 0
    strata = np.where(np.arange(240) < 120, "war", "sport")
    rng = np.random.default_rng(4)
    chosen = np.where(strata == "war", rng.random(240) < np.where(inside, 0.9, 0.3), True)
    words = np.full(240, 500.0)[chosen]
    counts = rng.poisson(np.where(strata == "war", 6, 0.2))[chosen][None]
    inside, strata = inside[chosen], strata[chosen]
    plain = sparse_permutation_p(csr_array(counts), words, inside).p[0]
    within = sparse_permutation_p(csr_array(counts), words, inside, strata=strata).p[0]
    assert plain < 0.02 < 0.05 < within


def test_thin_data() -> None:
    counts = csr_array(np.array([[1, 0, 2], [0, 0, 0]]))
    words = np.full(3, 100.0)
    one = sparse_permutation_p(counts, words, np.array([True, False, False]))
    assert np.isnan(one.p).all()
    assert one.shuffles.tolist() == [0, 0]
    apart = sparse_permutation_p(
        counts, words, np.array([True, True, False]), strata=np.array(["x", "x", "y"])
    )
    assert np.isnan(apart.p).all()
    assert len(sparse_permutation_p(csr_array((0, 3)), words, np.array([True, True, False])).p) == 0


def test_too_few_shuffles_are_refused() -> None:
    with pytest.raises(AnalysisError, match="permutations is too small"):
        sparse_permutation_p(csr_array([[1, 2]]), np.ones(2), np.array([True, False]), permutations=18)
