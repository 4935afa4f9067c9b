from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.sparse import csr_array

from framing.analysis.intervals import pooled_dispersion as pooled_by_group
from framing.analysis.keyness.keyness_measures import (
    log_ratio,
    pooled_dispersion,
    side_sums,
    top_article_share,
)
from framing.analysis.keyness.word_matrix import SparseMatrix
from framing.analysis.mantel_haenszel import stratified_ratio
from framing.analysis.ratios import rate_ratio, side_of

INSIDE = np.arange(40) < 15


def sample(strata: np.ndarray | None = None) -> SparseMatrix:
    rng = np.random.default_rng(7)
    words = rng.integers(200, 900, 40).astype(float)
    counts = rng.poisson(rng.gamma(0.5, np.geomspace(0.2, 9, 20)[:, None], (20, 40)))
    counts[0] = np.where(INSIDE, 0, counts[0] + 1)
    counts[1] = np.where(INSIDE, 2, 0)
    return SparseMatrix(
        np.where(INSIDE, "a", "b"), np.arange(40).astype(str), words, csr_array(counts),
        np.array([f"w{i:02}" for i in range(20)], dtype=object), {}, strata,
    )  # fmt: skip


def test_sums_agree_with_the_full_matrix() -> None:
    matrix = sample()
    found = side_sums(matrix.select(INSIDE))
    expected = side_of(matrix.counts.toarray().T[INSIDE], matrix.words[INSIDE])
    for name in found._fields:
        assert np.asarray(getattr(found, name)) == pytest.approx(np.asarray(getattr(expected, name)))


def test_pooled_dispersion_agrees_with_the_full_matrix() -> None:
    matrix = sample()
    found = pooled_dispersion(side_sums(matrix.select(INSIDE)), side_sums(matrix.select(~INSIDE)))
    assert found == pytest.approx(pooled_by_group(matrix.counts.toarray().T, matrix.words, matrix.groups))


def test_log_ratio_by_hand() -> None:
    # 12 in 3,000 words are 4 per 1,000, 6 in 6,000 are 1: four times as often, two powers of two.
    counts = np.array([[6, 6, 2, 2, 2], [0, 0, 3, 0, 0], [1, 0, 0, 0, 0]])
    words = np.array([1500.0, 1500, 2000, 2000, 2000])
    inside = np.arange(5) < 2
    matrix = SparseMatrix(
        np.where(inside, "a", "b"), np.arange(5).astype(str), words, csr_array(counts),
        np.array(["x", "y", "z"], dtype=object), {},
    )  # fmt: skip
    sides = [side_sums(matrix.select(rows)) for rows in (inside, ~inside)]
    found = log_ratio(matrix, inside, *sides, 0.95)
    assert found.ratio[0] == pytest.approx(2)
    # Absent words count half: .5/3000 against 3/6000 is a third, 1/3000 against .5/6000 four times.
    assert found.ratio[1:] == pytest.approx([math.log2(1 / 3), 2])
    assert (found.low[1], found.high[2]) == (-math.inf, math.inf)
    assert np.isfinite([found.high[1], found.low[2]]).all()


def test_limits_are_those_of_the_ratio() -> None:
    matrix = sample()
    sides = [side_sums(matrix.select(rows)) for rows in (INSIDE, ~INSIDE)]
    found = log_ratio(matrix, INSIDE, *sides, 0.9)
    dense = matrix.counts.toarray().T
    expected = rate_ratio(
        side_of(dense[INSIDE], matrix.words[INSIDE]), side_of(dense[~INSIDE], matrix.words[~INSIDE]),
        pooled_by_group(dense, matrix.words, matrix.groups), level=0.9,
    )  # fmt: skip
    assert found.low[2:] == pytest.approx(np.log2(expected.low[2:]))
    assert found.high[2:] == pytest.approx(np.log2(expected.high[2:]))
    assert (found.low <= found.ratio).all()
    assert (found.ratio <= found.high).all()


def test_strata_give_the_mantel_haenszel_ratio(monkeypatch: pytest.MonkeyPatch) -> None:
    strata = np.array(list("xyz"))[np.arange(40) % 3]
    matrix = sample(strata)
    sides = [side_sums(matrix.select(rows)) for rows in (INSIDE, ~INSIDE)]
    expected = stratified_ratio(
        matrix.counts.toarray().T, matrix.words, INSIDE, strata, pooled_dispersion(*sides)
    )
    # Few words at a time, as with many articles, give the same.
    monkeypatch.setattr("framing.analysis.keyness.keyness_measures._DENSE_AT_ONCE", 100)
    found = log_ratio(matrix, INSIDE, *sides, 0.95)
    known = ~np.isnan(expected.low)
    assert known.sum() > 10
    for mine, its in zip(found, expected, strict=True):
        np.testing.assert_allclose(mine[known], np.log2(its[known]))
        assert np.isnan(mine[~known]).all()  # a side never has it


def test_top_article_share() -> None:
    matrix = sample()
    dense = matrix.counts.toarray()[:, INSIDE]
    found = top_article_share(matrix.select(INSIDE))
    assert np.isnan(found[0])
    assert found[1:] == pytest.approx(dense[1:].max(axis=1) / dense[1:].sum(axis=1))
