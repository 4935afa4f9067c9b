from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_array

from framing.analysis.keyness.conditional import conditional_p
from framing.analysis.keyness.keyness_decision import decide, statistic, untested
from framing.analysis.keyness.keyness_measures import pooled_dispersion, side_sums
from framing.analysis.keyness.sparse_permutation import sparse_permutation_p
from framing.analysis.keyness.welch import welch_p
from framing.analysis.keyness.word_matrix import SparseMatrix


@pytest.mark.parametrize("permutations", [0, 199])
def test_the_larger_p_of_both_tests_decides(permutations: int) -> None:
    rng = np.random.default_rng(3)
    inside = np.arange(90) < 50
    words = rng.integers(200, 900, 90) * np.where(inside, 5.0, 1.0)
    counts = csr_array(rng.poisson(np.geomspace(2, 60, 80)[:, None] * words / words.sum()))
    matrix = SparseMatrix(
        np.where(inside, "a", "b"), np.arange(90).astype(str), words, counts,
        np.array([f"w{i:02}" for i in range(80)], dtype=object), {},
    )  # fmt: skip
    sides = [side_sums(matrix.select(rows)) for rows in (inside, ~inside)]
    nobody = np.zeros(80, dtype=bool)
    found = decide(matrix, inside, *sides, nobody, permutations, 4)
    held = conditional_p(counts, words, inside, pooled_dispersion(*sides))
    if permutations:
        alone = sparse_permutation_p(counts, words, inside, family=nobody, permutations=199, seed=4).p
    else:
        alone = welch_p(counts, words, inside)
    assert (alone < held).any()
    assert (alone > held).any()
    np.testing.assert_array_equal(found.p, np.maximum(alone, held))


def test_words_for_it() -> None:
    said = {statistic(p, stratified=s).split(";")[0] for p, s in ((999, False), (999, True), (0, False))}
    assert len(said) == 3
    assert np.isnan(untested(3).p).tolist() == [True] * 3
